"""A table whose columns fit the room there is, and whose highlight stays where it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.text import Text
from textual.coordinate import Coordinate
from textual.events import Resize
from textual.widgets import DataTable

from pushtui.console.widgets.literal import literal_cell

PADDING = 1
"""Blank columns on each side of a cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of so many cells; `spare` columns are left out first when room runs out, the highest first."""

    title: str
    width: int
    spare: int = 0
    stretches: bool = False
    """It takes the room that is left, or its share of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Any text, and how it looks: words such as `bold` and theme variables such as `$quiet`."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in each column, by the columns' order, under a key."""

    key: str
    cells: tuple[Cell, ...]


def fitting(columns: Sequence[Column], room: int) -> list[tuple[int, Column]]:
    """Return the columns that fit, each with its index; the stretching one takes what is left."""
    kept = list(enumerate(columns))
    while len(kept) > 1 and _needed(kept) > room and max(column.spare for _, column in kept):
        kept.remove(max(kept, key=lambda one: one[1].spare))
    left = max(0, room - _needed(kept)) // max(1, sum(column.stretches for _, column in kept))
    return [(index, _stretched(column, left)) for index, column in kept]


class Table(DataTable[Text]):
    """Shows rows; nothing is repainted if they are the same."""

    DEFAULT_CSS = """
    Table, Table:focus {
        background: $background;
        background-tint: $background 0%;
        scrollbar-size-horizontal: 0;
        & > .datatable--header {
            background: $background; background-tint: $background 0%; color: $quiet; text-style: none;
        }
        & > .datatable--even-row, & > .datatable--odd-row { background: $background; }
        & > .datatable--hover { background: $panel; }
        & > .datatable--cursor { background: $panel; color: $foreground; text-style: bold; }
    }
    Table:focus > .datatable--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            id=id, cursor_type="row", cell_padding=PADDING, cursor_background_priority="css", zebra_stripes=False
        )
        self._all_columns = tuple(columns)
        self._fitting: list[tuple[int, Column]] = []
        self._shown: tuple[Row, ...] = ()

    @property
    def highlighted(self) -> str | None:
        """The key of the highlighted row; None while there are no rows."""
        return self._shown[self.cursor_row].key if 0 <= self.cursor_row < len(self._shown) else None

    def show(self, rows: Sequence[Row], *, follow_first: bool = False) -> None:
        """Show rows; the highlight stays on its row, or on the first if it is there and may follow."""
        if tuple(rows) == self._shown:
            return
        key = None if follow_first and self.cursor_row == 0 else self.highlighted
        before, self._shown = self._shown, tuple(rows)
        if [row.key for row in before] == [row.key for row in rows]:
            self._change(before)
        else:
            self._fill(key)

    def highlight(self, key: str) -> None:
        """Move to the row of a key; without such a row nothing happens."""
        keys = [row.key for row in self._shown]
        if key in keys:
            self.move_cursor(row=keys.index(key))

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda theme: self._fill(self.highlighted))

    def on_resize(self, event: Resize) -> None:
        """Choose other columns if the width changed."""
        fits = fitting(self._all_columns, event.size.width)
        if fits != self._fitting:
            key = self.highlighted
            self._fitting = fits
            self.clear(columns=True)
            for index, column in fits:
                self.add_column(literal_cell(column.title), width=column.width, key=str(index))
            self._fill(key)

    def _change(self, before: Sequence[Row]) -> None:
        """Paint the cells that are not as they were, for the same rows in the same order."""
        for number, (old, new) in enumerate(zip(before, self._shown, strict=True)):
            for place, (index, _) in enumerate(self._fitting):
                if old.cells[index] != new.cells[index]:
                    self.update_cell_at(coordinate=Coordinate(number, place), value=self._cell(new.cells[index]))

    def _fill(self, key: str | None) -> None:
        """Put the rows in and the highlight on the row of a key, or on the first."""
        if not self._fitting:
            return
        self.clear()
        for row in self._shown:
            self.add_row(*(self._cell(row.cells[index]) for index, _ in self._fitting), key=row.key)
        keys = [row.key for row in self._shown]
        self.move_cursor(row=keys.index(key) if key in keys else 0)

    def _cell(self, cell: Cell) -> Text:
        style = self.app.stylesheet.parse_style(cell.style).rich_style if cell.style else ""
        text = literal_cell(cell.text)
        text.style, text.overflow = style, "ellipsis"
        return text


def _needed(columns: Sequence[tuple[int, Column]]) -> int:
    return sum(column.width + 2 * PADDING for _, column in columns)


def _stretched(column: Column, left: int) -> Column:
    return replace(column, width=column.width + left) if column.stretches else column
