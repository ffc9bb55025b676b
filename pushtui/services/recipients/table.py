"""What every reader of recipients gives: columns, rows, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pushtui.domain.errors import DraftError
from pushtui.domain.finding import Finding
from pushtui.domain.recipient import RowFinding, TableEncoding, TableFormat


class Unreadable(DraftError):
    """The recipients cannot be read, or not beyond some line."""

    title = "Recipients"


class Row(NamedTuple):
    """The wanted cells of one row, None where the row has none, and what the reader finds wrong with it."""

    line: int
    cells: tuple[str | None, ...]
    faults: tuple[RowFinding, ...] = ()


class Meter:
    """How much of the source was read: of its bytes, or of its rows."""

    def __init__(self) -> None:
        self._total = 0
        self._done: Callable[[], int] = lambda: 0

    def measure(self, total: int, done: Callable[[], int]) -> None:
        """Say how much there is, and how to learn how much was read."""
        self._total, self._done = total, done

    @property
    def fraction(self) -> float:
        """From 0 to 1; 0 while nothing is known."""
        return min(self._done() / self._total, 1.0) if self._total else 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written down."""

    format: TableFormat
    encoding: TableEncoding | None = None
    """None where the format has its own."""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


ReadRows = Callable[[Sequence[str], Meter], Iterator[Row]]
"""Yields the rows from the first on, with the wanted columns in that order."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows that can be read again and again."""

    columns: tuple[str, ...]
    layout: Layout
    rows: ReadRows
    complete: bool = True
    """Whether there are no other columns; later rows of JSON Lines may bring more."""
    findings: tuple[Finding, ...] = ()
    """About the file as a whole."""
    doubts: Mapping[str, Finding] = field(default_factory=dict)
    """About single columns, for those who use them."""
