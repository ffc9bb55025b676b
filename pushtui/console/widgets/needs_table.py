"""Which column fills what, with the first rows of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from pushtui.console.widgets.table import Cell, Column, Row, Table
from pushtui.services.recipients.choosing import Need, needs, unused

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.domain.recipient import RecipientSource
    from pushtui.services.recipients.inspecting import Column as FoundColumn
    from pushtui.services.recipients.inspecting import Inspection

COLUMNS = (Column("Needed", 12), Column("Column", 16), Column("First rows", 14, stretches=True))


class NeedsTable(Table):
    """A row for each thing that a column has to fill, then the columns that fill nothing."""

    @dataclass
    class Left(Message):
        """A person moved past the first row (-1)."""

        step: int

    @dataclass
    class NeedChosen(Message):
        """A person wants another column for something."""

        need: Need

    @dataclass
    class ColumnChosen(Message):
        """A person wants a column that fills nothing to fill something."""

        column: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(COLUMNS, id=id)
        self._needs: tuple[Need, ...] = ()
        self._unused: tuple[FoundColumn, ...] = ()

    def show_columns(self, found: Inspection, source: RecipientSource, draft: Draft) -> None:
        """Show what the columns of a source fill, and what none fills."""
        self._needs, self._unused = needs(found, source, draft), unused(found, source)
        self.show([*_needed(self._needs), *_spare(self._unused)])

    def show_nothing(self) -> None:
        """Show no rows: nothing is known of any column."""
        self._needs, self._unused = (), ()
        self.show([])

    def action_cursor_up(self) -> None:
        if self.cursor_row:
            super().action_cursor_up()
        else:
            self.post_message(self.Left(-1))

    def on_data_table_row_selected(self, event: Table.RowSelected) -> None:
        """Ask for another column, or for what the column fills."""
        event.stop()
        row = event.cursor_row
        if row < len(self._needs):
            self.post_message(self.NeedChosen(self._needs[row]))
        elif row < len(self._needs) + len(self._unused):
            self.post_message(self.ColumnChosen(self._unused[row - len(self._needs)].name))


def _needed(found: tuple[Need, ...]) -> Iterator[Row]:
    for need in found:
        column = Cell(need.column) if need.column else Cell("✖ no column", "$finding-error")
        yield Row(f"need {need.placeholder}", (Cell(need.label, "bold"), column, Cell(shown(need.samples), "$quiet")))


def _spare(columns: tuple[FoundColumn, ...]) -> Iterator[Row]:
    for number, column in enumerate(columns):
        name = column.name or "(no name)"
        yield Row(f"spare {number}", tuple(Cell(text, "$quiet") for text in ("not used", name, shown(column.samples))))


def shown(samples: tuple[str, ...]) -> str:
    """Write the first few cells of a column."""
    return " · ".join(sample or "(empty)" for sample in samples)
