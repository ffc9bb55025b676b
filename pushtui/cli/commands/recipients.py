"""Looking at recipients: what a file holds, what is wrong with it, and what people would read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pushtui.cli.documents import findings_document
from pushtui.cli.draft_argument import read_draft
from pushtui.cli.exits import Exit
from pushtui.cli.progress import ReadingLines
from pushtui.cli.reading_views import person_document, person_lines
from pushtui.cli.session import run_alone
from pushtui.cli.standard_input import STANDARD_INPUT, read_standard_input
from pushtui.cli.text import Line, Span, Style, heading, table
from pushtui.cli.views import finding_lines
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import DraftError, UsageError
from pushtui.domain.finding import blocks
from pushtui.domain.json_body import pretty
from pushtui.domain.recipient import RECIPIENTS, RecipientSource, TableEncoding, TableFormat
from pushtui.providers.kinds import kind_named
from pushtui.services.audience import reading
from pushtui.services.recipients.inspecting import Column, Inspection, inspect, pasted
from pushtui.services.recipients.preview import Person, Preview
from pushtui.services.source_text import source_document, word

if TYPE_CHECKING:
    from pushtui.cli.context import Context
    from pushtui.domain.draft import Draft
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.recipients.importing import Told

MOST_COLUMNS = 40
"""Shown of a table's; more are counted."""
SHORT_SAMPLE = 40
"""Characters."""

_Shown = tuple[Person, str]
"""Somebody, and what makes them worth a look."""
_Word = TypeVar("_Word", TableFormat, TableEncoding)


def recipients(given: Namespace, context: Context) -> int:
    """Look at a source of recipients, alone or for a draft; status 1 if there are errors."""
    draft = read_draft(given, context.paths) if given.draft else None
    source = _source(given, draft)
    lines = ReadingLines("reading", context.output, SystemClock())
    found = run_alone(reading(lambda told: inspect(source, draft, told), lines))
    people = _people(given, replace(draft, recipients=found.source), lines) if draft and found.source else []
    context.output.answer(_document(found, people), _lines(source, found, people))
    return Exit.FAILED if blocks(found.findings) else Exit.DONE


def _source(given: Namespace, draft: Draft | None) -> RecipientSource:
    """Take what the arguments say before what the draft says."""
    if (given.person is not None or given.worst) and draft is None:
        raise UsageError("--person and --worst show what people read, so they need --draft.")
    if given.file is None and (draft is None or draft.recipients is None):
        raise UsageError("FILE is missing: no file of recipients is given, and no draft that names one.")
    known = draft.recipients if draft else None
    source = known if given.file is None and known else _named(given.file, known)
    return replace(
        source,
        user=given.user or source.user,
        values=tuple(_pair(pair) for pair in given.value) or source.values,
        format=_word("--format", given.format, TableFormat) or source.format,
        encoding=_word("--encoding", given.encoding, TableEncoding) or source.encoding,
        sheet=given.sheet or source.sheet,
    )


def _named(file: str, known: RecipientSource | None) -> RecipientSource:
    if file == STANDARD_INPUT:
        return pasted(read_standard_input())
    return RecipientSource(user="", file=file) if known is None else replace(known, file=file, text="", folder="")


def _word(option: str, text: str, words: type[_Word]) -> _Word | None:
    try:
        return word(option, text, words) if text else None
    except DraftError as error:
        raise UsageError(error.message) from None


def _pair(text: str) -> tuple[str, str]:
    name, given, column = text.partition("=")
    if not given or not name.strip("{}") or not column:
        raise UsageError(
            f"--value: “{text}” is given; a placeholder and its column are needed, such as name=first_name."
        )
    return name.strip("{}"), column


def _people(given: Namespace, draft: Draft, lines: ReadingLines) -> list[_Shown]:
    if given.person is None and not given.worst:
        return []
    kind = kind_named(draft.kind)

    def look(told: Told) -> list[_Shown]:
        preview, shown = Preview.look(kind, draft, told), dict[int, _Shown]()
        if given.person is not None:
            person = preview.person(given.person)
            if person is None:
                raise UsageError(f"--person: {given.person} is given; there are {preview.count:,} recipients.")
            shown[person.number] = (person, "")
        worst = (("the most text", preview.longest()[:1]), ("the least text", preview.emptiest()[:1]))
        for why, people in worst if given.worst else ():
            for person in people:
                known = shown.get(person.number, (person, ""))[1]
                shown[person.number] = (person, f"{known} and {why}" if known else why)
        return list(shown.values())

    return run_alone(reading(look, lines))


def _document(found: Inspection, people: list[_Shown]) -> JsonObject:
    layout = found.layout
    return {
        RECIPIENTS: source_document(found.source) if found.source else None,
        "count": found.recipients,
        "format": layout.format.value,
        "encoding": layout.encoding.value if layout.encoding else None,
        "delimiter": layout.delimiter or None,
        "sheet": layout.sheet or None,
        "sheets": list(layout.sheets),
        "columns": [
            {
                "name": column.name,
                "user": column.is_user,
                "placeholders": list(column.placeholders),
                "samples": list(column.samples),
            }
            for column in found.columns
        ],
        "findings": findings_document(found.findings),
        "people": [person_document(person, why) for person, why in people],
    }


def _lines(source: RecipientSource, found: Inspection, people: list[_Shown]) -> Iterator[Line]:
    count = f"{found.recipients:,} recipient{'' if found.recipients == 1 else 's'}"
    yield heading(f"{source.name}: {count}")
    yield f"  {_layout(found)}"
    yield ""
    yield heading("Columns")
    yield from table([_column(column) for column in found.columns[:MOST_COLUMNS]])
    if len(found.columns) > MOST_COLUMNS:
        yield (Span(f"  and {len(found.columns) - MOST_COLUMNS:,} more", Style.QUIET),)
    yield ""
    yield heading("Findings")
    yield from finding_lines(found.findings)
    for person, why in people:
        yield ""
        yield from person_lines(person, why)
    if found.source is not None and len(found.columns) <= MOST_COLUMNS:
        yield ""
        yield heading("In a draft")
        said = f'"{RECIPIENTS}": {pretty(source_document(found.source))}'
        yield from (f"  {line}" for line in said.split("\n"))


def _layout(found: Inspection) -> str:
    layout = found.layout
    parts = [str(layout.format)]
    if layout.encoding:
        parts.append(layout.encoding.value)
    if layout.delimiter:
        parts.append("split by " + {"\t": "tabs"}.get(layout.delimiter, f"“{layout.delimiter}”"))
    if layout.sheet:
        others = ", ".join(name for name in layout.sheets if name != layout.sheet)
        parts.append(f"sheet “{layout.sheet}”" + (f" (there are also {others})" if others else ""))
    return ", ".join(parts)


def _column(column: Column) -> tuple[str | Span, ...]:
    meaning = "user id" if column.is_user else ", ".join(f"{{{name}}}" for name in column.placeholders)
    samples = ", ".join(_short(sample) for sample in column.samples if sample)
    return ("  " + (column.name or "(no name)"), meaning or Span("not used", Style.QUIET), Span(samples, Style.QUIET))


def _short(sample: str) -> str:
    return sample if len(sample) <= SHORT_SAMPLE else sample[: SHORT_SAMPLE - 1] + "…"
