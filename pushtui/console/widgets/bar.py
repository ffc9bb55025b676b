"""A bar of one row: pieces of text, some of which can be clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from pushtui.console.widgets.literal import joined, literal_line
from pushtui.domain.safe_text import line

if TYPE_CHECKING:
    from textual.events import Click


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in a style; clicking it performs an action."""

    text: str
    style: str = ""
    action: str = ""

    @property
    def content(self) -> Content:
        return literal_line(self.text, self.style)

    @property
    def width(self) -> int:
        """Columns."""
        return cell_len(line(self.text))


def width_of(pieces: list[Piece]) -> int:
    """Add up the columns of some pieces."""
    return sum(piece.width for piece in pieces)


class Bar(Widget):
    """Shows pieces in a row; repainted only when they change."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[Piece] = []

    def pieces(self, width: int) -> list[Piece]:
        """Return what to show in so many columns."""
        raise NotImplementedError

    def renew(self) -> None:
        """Repaint if there is something else to show."""
        pieces = self.pieces(self.size.width)
        if pieces != self._pieces:
            self._pieces = pieces
            self.refresh()

    def on_resize(self) -> None:
        self.renew()

    def render(self) -> Content:
        return joined(*(piece.content for piece in self._pieces))

    async def on_click(self, event: Click) -> None:
        column = event.x
        for piece in self._pieces:
            if 0 <= column < piece.width and piece.action:
                await self.run_action(f"app.perform('{piece.action}')")
            column -= piece.width
