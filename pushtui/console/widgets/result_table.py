"""A list of recipients that may be longer than memory: only what is in sight is read."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pushtui.console.guarded import run_guarded
from pushtui.console.widgets.literal import literal_cell
from pushtui.console.widgets.outcome import STATE_STYLES
from pushtui.console.widgets.table import PADDING, Cell, Column, fitting

if TYPE_CHECKING:
    from pushtui.services.result_pages import ResultPages
    from pushtui.services.results import RecipientResult

COLUMNS = (
    Column("State", 11),
    Column("User id", 22),
    Column("Message UID, or why not", 24, stretches=True),
    Column("Request", 8, spare=1),
)
CHUNK = 64
"""Rows that are read at once."""
_CURSOR = {True: "$block-cursor-foreground on $block-cursor-background", False: "bold on $panel"}
"""How the highlighted row looks with and without the focus."""
KEPT = 12
"""Chunks in memory."""


class ResultTable(ScrollView, can_focus=True):
    """Rows are painted as they arrive; arrows, page keys, Home and End move the highlight."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", "Up"),
        ("down", "move(1)", "Down"),
        ("pageup", "page(-1)", "Page up"),
        ("pagedown", "page(1)", "Page down"),
        ("home", "go(0)", "First"),
        ("end", "go(-1)", "Last"),
    ]

    DEFAULT_CSS = """
    ResultTable { height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Highlighted(Message):
        """Another recipient is highlighted, or what is known of the same one has arrived."""

        result: RecipientResult | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._pages: ResultPages | None = None
        self._chunks: OrderedDict[int, list[RecipientResult]] = OrderedDict()
        self._asked: set[int] = set()
        self._row = 0

    @property
    def count(self) -> int:
        """How many recipients there are."""
        return self._pages.count if self._pages is not None else 0

    @property
    def pages(self) -> ResultPages | None:
        """What is shown."""
        return self._pages

    @property
    def result(self) -> RecipientResult | None:
        """What is highlighted, if it is known yet."""
        return self._known(self._row)

    def show(self, pages: ResultPages, *, from_first: bool) -> None:
        """Show other pages, from the first row or from where one was."""
        self._pages = pages
        self._forget()
        self._row = 0 if from_first else min(self._row, max(self.count - 1, 0))
        self.virtual_size = Size(self.size.width, self.count)
        self.scroll_to(y=0 if from_first else None, animate=False, force=True)
        self._reveal()
        self.refresh()
        self._tell()

    def go(self, row: int) -> None:
        """Highlight a row, and scroll to it."""
        before, self._row = self._row, max(0, min(row, self.count - 1))
        if self._row != before:
            self.refresh_line(before)
            self.refresh_line(self._row)
            self._reveal()
            self._tell()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda theme: self.refresh())

    def on_resize(self, event: Resize) -> None:
        self.virtual_size = Size(event.size.width, self.count)
        self._reveal()
        self.refresh()

    def on_focus(self) -> None:
        self.refresh_line(self._row)

    def on_blur(self) -> None:
        self.refresh_line(self._row)

    def on_click(self, event: Click) -> None:
        self.go(event.y + self.scroll_offset.y)

    def action_move(self, step: int) -> None:
        """Highlight a neighbour."""
        self.go(self._row + step)

    def action_page(self, step: int) -> None:
        """Go on by as many rows as are in sight."""
        self.go(self._row + step * max(self.size.height - 1, 1))

    def action_go(self, row: int) -> None:
        """Go to the first row, or to the last."""
        self.go(row if row >= 0 else self.count - 1)

    def render_line(self, y: int) -> Strip:
        row, width = y + self.scroll_offset.y, self.size.width
        if row >= self.count:
            return Strip.blank(width, self.rich_style)
        result = self._known(row)
        if result is None:
            self._ask_for(row // CHUNK)
        return self._strip(_cells(result), row == self._row, width)

    def header(self, width: int) -> str:
        """Return the columns' titles for so many columns of room."""
        parts = (literal_cell(column.title).plain.ljust(column.width) for _, column in fitting(COLUMNS, width))
        return "".join(f"{' ' * PADDING}{part}{' ' * PADDING}" for part in parts)

    def _strip(self, cells: tuple[Cell, ...], is_highlighted: bool, width: int) -> Strip:
        segments = []
        for index, column in fitting(COLUMNS, width):
            style = self._style(_CURSOR[self.has_focus] if is_highlighted else cells[index].style)
            text = _shortened(literal_cell(cells[index].text).plain, column.width)
            segments.append(Segment(f"{' ' * PADDING}{text}{' ' * PADDING}", style))
        return Strip(segments).adjust_cell_length(width, self._style(_CURSOR[self.has_focus] if is_highlighted else ""))

    def _style(self, words: str) -> Style:
        return self.rich_style + (self.app.stylesheet.parse_style(words).rich_style if words else Style())

    def _reveal(self) -> None:
        """Scroll just as far as brings the highlight into sight."""
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        if self._row < top:
            self.scroll_to(y=self._row, animate=False, force=True)
        elif self._row >= top + height:
            self.scroll_to(y=self._row - height + 1, animate=False, force=True)

    def _tell(self) -> None:
        if self.result is None and self._row < self.count:
            self._ask_for(self._row // CHUNK)
        self.post_message(self.Highlighted(self.result))

    def _known(self, row: int) -> RecipientResult | None:
        chunk = self._chunks.get(row // CHUNK, [])
        return chunk[row % CHUNK] if row % CHUNK < len(chunk) else None

    def _forget(self) -> None:
        self._chunks.clear()
        self._asked.clear()

    def _ask_for(self, chunk: int) -> None:
        if chunk not in self._asked and self._pages is not None:
            self._asked.add(chunk)
            run_guarded(self, partial(self._read, self._pages, chunk), group="rows")

    async def _read(self, pages: ResultPages, chunk: int) -> None:
        rows = await pages.rows(chunk * CHUNK, (chunk + 1) * CHUNK)
        if pages is not self._pages:
            return
        self._chunks[chunk] = rows
        if len(self._chunks) > KEPT:
            forgotten, _ = self._chunks.popitem(last=False)
            self._asked.discard(forgotten)
        self.refresh_lines(chunk * CHUNK, CHUNK)
        if self._row // CHUNK == chunk:
            self._tell()


def _cells(result: RecipientResult | None) -> tuple[Cell, ...]:
    if result is None:
        return tuple(Cell("…", "$quiet") for _ in COLUMNS)
    style = STATE_STYLES.get(result.state, "bold $state-waiting")
    return (
        Cell(f"{result.state.mark} {result.state}", style),
        Cell(result.user),
        Cell(result.uid or result.reason, "" if result.reason else "$quiet"),
        Cell(f"{result.batch:>7,}", "$quiet"),
    )


def _shortened(text: str, width: int) -> str:
    """Return a text of exactly so many cells; one that is cut ends with dots."""
    fits = set_cell_size(text, width)
    return fits if fits.rstrip() == text.rstrip() else set_cell_size(text, width - 1) + "…"
