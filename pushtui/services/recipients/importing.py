"""The recipients of a draft as a stream, and everything that is wrong with them.

`recipients_of` yields those that a draft goes to. A `Survey` yields the same and looks at each of
them meanwhile. Both read the source anew each time, and hold one row in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from pushtui.domain.draft import Draft
from pushtui.domain.finding import PUSHTUI, Finding, Severity, blocks
from pushtui.domain.json_body import JsonPath
from pushtui.domain.nearest import did_you_mean
from pushtui.domain.reach import Extent, Reach
from pushtui.domain.recipient import RECIPIENTS, USER, Recipient, RecipientSource, RowFinding
from pushtui.domain.row_tally import NAMED, Tally
from pushtui.domain.safe_text import is_blank
from pushtui.providers.base import DraftKind
from pushtui.services.recipients.duplicates import SeenUsers, Twice
from pushtui.services.recipients.opening import open_table
from pushtui.services.recipients.rows import BLANK_ROW, NO_ID, TWICE, faults, looks_plain, names_somebody
from pushtui.services.recipients.table import Meter, Row, Table, Unreadable

OFTEN = 1 << 12
"""Rows between two reports of progress."""


class Progress(NamedTuple):
    """How far a source was read."""

    rows: int
    fraction: float
    """From 0 to 1; 0 while nothing is known."""


Told = Callable[[Progress], None]
"""Told now and then of progress; whatever it raises ends the reading."""


def nobody(_progress: Progress) -> None:
    """Tell nobody."""


def recipients_of(kind: DraftKind, draft: Draft, told: Told = nobody) -> Iterator[Recipient]:
    """Yield the recipients of a draft, from its source or its body; raises Unreadable, a DraftError."""
    source = draft.recipients
    if kind.batching is None:
        return
    if source is None:
        yield from kind.batching.inline(draft.body)
        return
    table = open_table(source)
    wrong = _column_findings(source, table)
    if wrong:
        raise Unreadable(f"{source.name}: {wrong[0].message}.")
    names = source.placeholders
    for row in _rows(source, table, told):
        if names_somebody(row.cells[0]):
            yield _recipient(row, names)


class Survey:
    """One reading of a draft's recipients; iterate over it once, then ask what it found.

    Recipients that stand in the body are findings of the body, not of this.
    """

    def __init__(self, kind: DraftKind, draft: Draft, told: Told = nobody) -> None:
        self.kind = kind
        self.draft = draft
        self.count = 0
        """Recipients so far."""
        self.is_whole = True
        """False once something kept the source from being read to its end."""
        self._told = told
        self._about_source: list[Finding] = []
        self._tally = Tally()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, one finding for each rule; which ids came before is known once all were read."""
        return (*self._about_source, *self._tally.findings(lambda path: (RECIPIENTS, *path)))

    @property
    def reach(self) -> Reach:
        """Whom the draft reaches; unknown where its source could not be read to its end."""
        name = self.draft.recipients.name if self.draft.recipients else "the body"
        if not self.is_whole:
            return Reach(Extent.UNKNOWN, reason=f"{name} cannot be read to its end")
        return Reach(Extent.EXACTLY, self.count, f"everybody in {name}")

    def __iter__(self) -> Iterator[Recipient]:
        if self.draft.recipients is not None and self.draft.recipients.is_empty:
            # The check of the body says so already.
            self.is_whole = False
            return
        with SeenUsers() as users:
            try:
                yield from self._surveyed(users)
            except Unreadable as error:
                self.is_whole = False
                self._refuse((), error.message.rstrip("."))
            self._tell_twice(users)
        if self.draft.recipients is not None and not self.count and not blocks(self.findings):
            self._refuse((), "there is nobody in it")

    def _surveyed(self, users: SeenUsers) -> Iterator[Recipient]:
        source, batching = self.draft.recipients, self.kind.batching
        if source is None or batching is None:
            for recipient in recipients_of(self.kind, self.draft):
                self.count += 1
                yield recipient
            return
        table = open_table(source)
        wrong = _column_findings(source, table)
        self._about_source += [*table.findings, *_doubts(source, table), *wrong]
        if wrong:
            self.is_whole = False
            return
        check, names, add = batching.check(self.draft.body), source.placeholders, self._tally.add
        for row in _rows(source, table, self._told):
            if not self._sound(row, names):
                continue
            recipient = _recipient(row, names)
            for found in check(recipient):
                add(f"line {row.line}", found)
            self.count += 1
            users.add(recipient.user, row.line)
            yield recipient

    def _sound(self, row: Row, names: tuple[str, ...]) -> bool:
        """Note what is wrong with a row, and tell whether it names a recipient."""
        line, cells, noted = row
        user = cells[0]
        if user is None or not names_somebody(user):
            self._tally.add(f"line {line}", _blank(row))
            return False
        if noted or None in cells or not looks_plain(cells):  # type: ignore[arg-type]  # no None in it here
            for found in (*noted, *faults(cells, names)):
                self._tally.add(f"line {line}", found)
        return True

    def _tell_twice(self, users: SeenUsers) -> None:
        """Count the ids that came before; the first few rows are read again, for what they hold."""
        count, first = 0, list[Twice]()
        for one in users.twice():
            count += 1
            if len(first) < NAMED or one < first[-1]:
                first = sorted([*first, one])[:NAMED]
        ids = self._ids([one.line for one in first])
        for one in first:
            found = RowFinding(Severity.ERROR, USER, TWICE, PUSHTUI, ids.get(one.line, ""))
            self._tally.add(f"line {one.line}, as on line {one.first}", found)
        if count:
            self._tally.add_more(RowFinding(Severity.ERROR, USER, TWICE, PUSHTUI), count - len(first))

    def _ids(self, lines: list[int]) -> dict[int, str]:
        """Read the source once more for the ids on a few lines; a file that is gone has none."""
        if not lines:
            return {}
        people = takewhile(lambda one: one.line <= lines[-1], recipients_of(self.kind, self.draft))
        try:
            return {one.line: one.user for one in people if one.line in lines}
        except Unreadable:
            return {}

    def _refuse(self, path: JsonPath, said: str) -> None:
        self._about_source.append(Finding(Severity.ERROR, (RECIPIENTS, *path), said, PUSHTUI))


def _rows(source: RecipientSource, table: Table, told: Told) -> Iterator[Row]:
    """Yield the rows that are not blank, telling of progress."""
    meter, count = Meter(), 0
    wanted = (source.user, *(column for _, column in source.values))
    told(Progress(0, 0.0))
    try:
        for row in table.rows(wanted, meter):
            count += 1
            if not count % OFTEN:
                told(Progress(count, meter.fraction))
            yield row
    except Unreadable as error:
        raise Unreadable(f"{source.name}: {error.message}") from None
    except OSError as error:
        raise Unreadable(f"{source.name}: it cannot be read further: {error.strerror or error}.") from None
    told(Progress(count, 1.0))


def _recipient(row: Row, names: tuple[str, ...]) -> Recipient:
    line, cells, _ = row
    pairs = tuple(zip(names, cells[1:]))  # noqa: B905 - one cell for each name; asking costs time in every row
    if None in cells:
        pairs = tuple(pair for pair in pairs if pair[1] is not None)
    return Recipient(line, cells[0] or "", pairs)  # type: ignore[arg-type]  # those without a value are gone


def _blank(row: Row) -> RowFinding:
    """Without an id a row is an error, unless it holds nothing at all."""
    if any(cell and not is_blank(cell) for cell in row.cells[1:]):
        return RowFinding(Severity.ERROR, USER, NO_ID, PUSHTUI)
    severity = Severity.ADVICE if len(row.cells) > 1 else Severity.WARNING
    return RowFinding(severity, (), BLANK_ROW, PUSHTUI)


def _doubts(source: RecipientSource, table: Table) -> Iterator[Finding]:
    """What is odd about the columns that are used."""
    if source.user.isdecimal():
        said = (
            f"the column of user ids is called “{source.user}”, which looks like one; the first line names the columns"
        )
        yield Finding(Severity.WARNING, (RECIPIENTS, *USER), said, PUSHTUI)
    for column in dict.fromkeys((source.user, *(column for _, column in source.values))):
        if column in table.doubts:
            yield table.doubts[column]


def _column_findings(source: RecipientSource, table: Table) -> list[Finding]:
    """Say which columns of the source's are not there, or there twice."""
    wanted: list[tuple[JsonPath, str]] = [(USER, source.user)]
    wanted += [(("values", name), column) for name, column in source.values]
    counts = Counter(table.columns)
    return [found for path, column in wanted for found in _column(path, column, counts)]


def _column(path: JsonPath, column: str, columns: Counter[str]) -> Iterator[Finding]:
    if column not in columns:
        shown = ", ".join(f"“{name}”" for name in islice(columns, 20))
        are = "there is only" if len(columns) == 1 else "there are"
        said = f"there is no column “{column}”; {are} {shown}.{did_you_mean(column, columns)}".rstrip(".")
        yield Finding(Severity.ERROR, (RECIPIENTS, *path), said, PUSHTUI)
    elif columns[column] > 1:
        said = f"{columns[column]} columns are called “{column}”; give each a name of its own"
        yield Finding(Severity.ERROR, (RECIPIENTS, *path), said, PUSHTUI)
