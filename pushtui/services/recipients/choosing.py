"""What a person chooses about recipients: where they stand, and which column means what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.errors import DraftError
from pushtui.domain.recipient import RecipientSource, TableEncoding, TableFormat
from pushtui.providers.kinds import kind_named
from pushtui.services.recipients.guessing import guess_user, guess_values, looks_like_header
from pushtui.services.recipients.importing import recipients_of
from pushtui.services.recipients.inspecting import pasted
from pushtui.services.recipients.opening import open_table
from pushtui.services.recipients.table import Unreadable
from pushtui.services.recipients.writing import USER_COLUMN

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.recipients.inspecting import Column, Inspection

LONGEST_TEXT = 1 << 20
"""Characters of recipients that a draft should hold itself."""


class Where(StrEnum):
    """Where the recipients of a draft stand."""

    BODY = "the body"
    FILE = "a file"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a column has to fill: the user id, or a placeholder."""

    placeholder: str
    """Without braces; empty for the user id."""
    column: str
    """Empty where no column fills it."""
    samples: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{{{self.placeholder}}}" if self.placeholder else "user id"


def where(source: RecipientSource | None) -> Where:
    """Tell where recipients stand."""
    if source is None:
        return Where.BODY
    return Where.FILE if source.file or (source.wants_file and not source.text) else Where.TEXT


def unfilled(place: Where) -> RecipientSource:
    """Let recipients stand in a file that is not chosen, or a text that is not written: nobody is named yet."""
    return RecipientSource(USER_COLUMN, wants_file=place is Where.FILE)


def remembered(draft: Draft) -> str:
    """Name where somebody stands now, for those who are about to choose another place; empty if nobody does."""
    source, batching = draft.recipients, kind_named(draft.kind).batching
    if source is not None:
        return "" if source.is_empty else source.file or "the rows"
    named_there = batching is not None and any(draft.body.get(field) for field in batching.fields)
    return "the recipients in the body" if named_there else ""


def placeholders_of(draft: Draft) -> tuple[str, ...]:
    """Return the placeholders in the texts of a draft."""
    batching = kind_named(draft.kind).batching
    return batching.placeholders(draft.body) if batching is not None else ()


def needs(found: Inspection, source: RecipientSource, draft: Draft) -> tuple[Need, ...]:
    """Return what columns have to fill: the user id first, then the placeholders as people meet them."""
    columns = {column.name: column for column in found.columns}
    filled = dict(source.values)
    names = dict.fromkeys((*placeholders_of(draft), *filled))
    return (_need("", source.user, columns), *(_need(name, filled.get(name, ""), columns) for name in names))


def unused(found: Inspection, source: RecipientSource) -> tuple[Column, ...]:
    """Return the columns that fill nothing."""
    used = {source.user, *(column for _, column in source.values)}
    return tuple(column for column in found.columns if column.name not in used)


def doubt(found: Inspection) -> str:
    """Say what is odd about the columns, if anything; a lone one may be a person."""
    names = [column.name for column in found.columns]
    if len(names) != 1 or found.layout.format is TableFormat.LINES or looks_like_header(names):
        return ""
    return f"“{names[0]}” is taken for the name of the column. If it is a user id, choose the format “lines”."


def likely_column(need: Need, found: Inspection) -> str:
    """Return the column that probably fills a need; empty where none does."""
    names = [column.name for column in found.columns]
    if not need.placeholder:
        return guess_user(names)
    return dict(guess_values(names, [need.placeholder])).get(need.placeholder, "")


def filled_by(source: RecipientSource, need: Need, column: str) -> RecipientSource:
    """Let a column fill a need; an empty one leaves a placeholder unfilled."""
    if not need.placeholder:
        return replace(source, user=column)
    values = {**dict(source.values), need.placeholder: column}
    return replace(source, values=tuple((name, given) for name, given in values.items() if given))


def named(path: str, draft: Draft, folder: Path | None) -> RecipientSource:
    """Take a path as it is being typed, without looking there; an empty one names nobody."""
    if not path:
        return unfilled(Where.FILE)
    return replace(_known(draft), file=path, text="", folder=str(folder) if folder is not None else "")


def in_file(path: str, draft: Draft, folder: Path | None) -> RecipientSource:
    """Take recipients from a file, beside the draft in its folder or in the working directory; run it in a thread.

    Columns of the same names keep their meaning, others are guessed. A file that cannot be read is taken too:
    what the draft then says is what the person said, and it cannot be sent.
    """
    known = _known(draft)
    file, start = _found(Path(path).expanduser(), folder)
    return written_as(
        replace(known, file=file, text="", folder=start, format=None, encoding=None, sheet=""),
        draft,
    )


def written_as(source: RecipientSource, draft: Draft) -> RecipientSource:
    """Look at the columns of a source that is now read in another way; run it in a thread."""
    try:
        return settled(source, placeholders_of(draft))
    except Unreadable:
        return source


def as_text(text: str, draft: Draft) -> RecipientSource:
    """Take recipients from what was pasted or typed; blank text names nobody.

    Columns keep their meaning while the first line, which names them, stays the same. Raises DraftError.
    """
    if len(text) > LONGEST_TEXT:
        raise DraftError(
            f"recipients: {len(text):,} characters are given; a draft holds at most {LONGEST_TEXT:,}. "
            "Save them as a file and choose that."
        )
    if not text.strip():
        return unfilled(Where.TEXT)
    known = draft.recipients
    if known is not None and "\n" in known.text and _first_line(known.text) == _first_line(text):
        return replace(known, text=text)
    try:
        found = pasted(text)
    except Unreadable:
        return RecipientSource(USER_COLUMN, text=text)
    return written_as(replace(found, text=text) if "\n" in text.strip() else found, draft)


def settled(source: RecipientSource, placeholders: Sequence[str]) -> RecipientSource:
    """Give each column that is not there any more, or not yet known, its likely meaning; reads the header only.

    Where no column looks like user ids, one of the usual name is missed, so that nothing is sent.
    """
    table = open_table(source)
    columns, complete = table.columns, table.complete
    user = source.user if source.user in columns else guess_user(columns) or USER_COLUMN
    kept = {name: column for name, column in source.values if column in columns or not complete}
    missing = [name for name in placeholders if name not in kept]
    guessed = dict(guess_values([name for name in columns if name != user], missing))
    return replace(source, user=user, values=tuple({**kept, **guessed}.items()))


def rewritten(source: RecipientSource, draft: Draft, field: str, word: str) -> RecipientSource:
    """Let a source be read in another format, encoding or sheet; run it in a thread."""
    if field == "sheet":
        return written_as(replace(source, sheet=word), draft)
    if field == "encoding":
        return written_as(replace(source, encoding=TableEncoding(word)), draft)
    return written_as(replace(source, format=TableFormat(word)), draft)


def into_body(draft: Draft) -> JsonObject | None:
    """Return the body with all recipients of a source inside; None where it would not take them. Run it in a thread."""
    kind = kind_named(draft.kind)
    if kind.batching is None:
        return None
    try:
        people = list(islice(recipients_of(kind, draft), kind.batching.most + 1))
    except DraftError:
        return None
    if not 0 < len(people) <= kind.batching.most:
        return None
    own = {key: value for key, value in draft.body.items() if key not in kind.batching.fields}
    return kind.batching.body(own, people)


def size_of(source: RecipientSource) -> int:
    """Return the bytes of a file, or the characters of a text; 0 where that cannot be told."""
    if not source.file:
        return len(source.text)
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def beside(source: RecipientSource | None, draft: Path | None) -> RecipientSource | None:
    """Name a file that lies beside a draft from there again."""
    if source is None or draft is None or not source.file:
        return source
    file, folder = _found(source.path, draft.parent)
    return replace(source, file=file, folder=folder)


def _found(file: Path, folder: Path | None) -> tuple[str, str]:
    """Return the file as a draft names it, and the folder that this starts from."""
    if folder is None:
        return str(file), ""
    if file.is_absolute() and file.is_relative_to(folder):
        return str(file.relative_to(folder)), str(folder)
    if not (folder / file).exists() and file.exists():
        return str(file.absolute()), str(folder)
    return str(file), str(folder)


def _known(draft: Draft) -> RecipientSource:
    """Return what is already said of columns."""
    source = draft.recipients
    return RecipientSource(USER_COLUMN) if source is None or source.is_empty else source


def _need(placeholder: str, column: str, columns: dict[str, Column]) -> Need:
    known = columns.get(column)
    return Need(placeholder, column if known else "", known.samples if known else ())


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")
