"""A first look at recipients: columns, what they probably mean, and everything that is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.finding import PUSHTUI, Finding, Severity, in_order
from pushtui.domain.recipient import RECIPIENTS, USER, RecipientSource, TableFormat
from pushtui.providers.base import DraftKind
from pushtui.providers.kinds import check, kind_named
from pushtui.services.recipients.guessing import guess_user, guess_values, looks_like_header
from pushtui.services.recipients.importing import Survey, Told, nobody
from pushtui.services.recipients.json_lines import AS_LINES
from pushtui.services.recipients.opening import open_table
from pushtui.services.recipients.table import Layout, Meter, Table, Unreadable

SAMPLES = 3
"""Rows shown of each column."""
_BETWEEN = re.compile(r"[\s,;]+")
ANY_KIND = "rongcloud.system-template"
"""By whose rules recipients are looked at that are for no draft yet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the placeholder that it fills, and the first few cells."""

    name: str
    is_user: bool
    placeholders: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a source holds; `source` is what a draft would say of it, None while it has no column of user ids."""

    layout: Layout
    columns: tuple[Column, ...]
    recipients: int
    findings: tuple[Finding, ...]
    source: RecipientSource | None
    is_whole: bool = True
    """Whether all of it was read."""


def pasted(text: str) -> RecipientSource:
    """Return a source of text as people paste or type it: a table with a header, JSON Lines, or ids alone.

    Ids alone may stand in lines of their own, or in one line between commas, semicolons or blanks, in quotation
    marks and brackets or without. The columns are left open. Raises Unreadable.
    """
    text = text.strip("\ufeff\r\n")
    if text.startswith("{"):
        return RecipientSource(user="", text=text, format=TableFormat.JSON_LINES)
    if "\n" not in text.replace("\r", "\n"):
        return RecipientSource(user="", text="\n".join(_ids(text.strip())), format=TableFormat.LINES)
    if text.startswith("["):
        raise Unreadable(f"A list stands here. {AS_LINES}")
    header = open_table(RecipientSource(user="", text=text)).columns
    written = TableFormat.CSV if looks_like_header(header) else TableFormat.LINES
    return RecipientSource(user="", text=text, format=written)


def glimpse(source: RecipientSource) -> Inspection:
    """Look at the columns and first rows of a source only; run it in a thread. Raises Unreadable."""
    table = open_table(source)
    return Inspection(table.layout, _columns(source, table), 0, (), source, is_whole=False)


def inspect(source: RecipientSource, draft: Draft | None = None, told: Told = nobody) -> Inspection:
    """Look at all of a source, for a draft if one is given; run it in a thread.

    What the source leaves open, its column of user ids or all columns of values, is guessed. Raises Unreadable
    where there is no table.
    """
    table = open_table(source)
    kind = _kind(draft.kind if draft else ANY_KIND)
    guessed = _guessed(source, table, kind.batching.placeholders(draft.body) if draft and kind.batching else None)
    columns = _columns(guessed, table)
    if not guessed.user:
        unclear = Finding(Severity.ERROR, (RECIPIENTS, *USER), _unclear(table), PUSHTUI)
        return Inspection(table.layout, columns, 0, in_order([*table.findings, unclear]), None)
    subject = replace(draft, recipients=guessed) if draft else Draft(ANY_KIND, "", {}, guessed)
    survey = Survey(kind, subject, told)
    for _ in survey:
        pass
    about_draft = check(kind, subject.body, guessed) if draft else ()
    findings = in_order([*about_draft, *survey.findings, *_lone(source, table)])
    return Inspection(table.layout, columns, survey.count, findings, guessed, survey.is_whole)


def _ids(line: str) -> Iterator[str]:
    """Yield the user ids of a line, such as `21, 22` or `["21","22"]`."""
    inside = line[1:-1] if line[:1] + line[-1:] in ("[]", "()") else line
    for word in _BETWEEN.split(inside.strip()):
        yield word[1:-1] if len(word) > 1 and word[:1] + word[-1:] in ("''", '""', "“”", "‘’") else word


def _kind(name: str) -> DraftKind:
    kind = kind_named(name)
    if kind.batching is None:
        raise DraftError(f"{name} goes to one audience, which stands in its body; it takes no recipients of its own.")
    return kind


def _guessed(source: RecipientSource, table: Table, placeholders: tuple[str, ...] | None) -> RecipientSource:
    """Fill what is left open; without a draft every other column may be wanted."""
    user = source.user or guess_user(table.columns)
    if source.values:
        return replace(source, user=user)
    others = [name for name in dict.fromkeys(table.columns) if name and name != user]
    values = [(name, name) for name in others] if placeholders is None else guess_values(table.columns, placeholders)
    return replace(source, user=user, values=tuple(values))


def _columns(source: RecipientSource, table: Table) -> tuple[Column, ...]:
    unique = [name for name, count in Counter(table.columns).items() if count == 1]
    rows = list(_samples(table, unique))
    samples = {name: tuple(cells[place] or "" for cells in rows) for place, name in enumerate(unique)}
    filled: dict[str, list[str]] = {}
    for placeholder, column in source.values:
        filled.setdefault(column, []).append(placeholder)
    return tuple(
        Column(name, name == source.user, tuple(filled.get(name, ())), samples.get(name, ())) for name in table.columns
    )


def _samples(table: Table, columns: list[str]) -> Iterator[tuple[str | None, ...]]:
    """Yield the first few rows; what keeps others from being read is a finding of the survey."""
    with suppress(Unreadable, OSError):
        yield from (row.cells for row in islice(table.rows(columns, Meter()), SAMPLES))


def _unclear(table: Table) -> str:
    shown = ", ".join(f"“{name}”" for name in table.columns[:20])
    if len(table.columns) == 1:
        return f"{shown} looks like a user id, not like the name of a column; if it is one, say the format: lines"
    return (
        f"which column holds the user ids cannot be told from the names {shown}; choose it, or let the first line "
        "name the columns"
    )


def _lone(source: RecipientSource, table: Table) -> Iterator[Finding]:
    """The only column holds the ids whatever it is called, unless there is no header at all."""
    if not source.user and table.layout.format is not TableFormat.LINES and not looks_like_header(table.columns):
        said = f"“{table.columns[0]}” is taken for the name of the column; if it is a user id, say the format: lines"
        yield Finding(Severity.WARNING, (RECIPIENTS, *USER), said, PUSHTUI)
