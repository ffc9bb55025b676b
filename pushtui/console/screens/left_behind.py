"""Drafts that a console left behind when its terminal went away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line, option
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.services.recovery import LeftBehind


class LeftBehindDialog(Dialog["LeftBehind"]):
    """Answers the draft to take up; Esc leaves them for the next start."""

    DEFAULT_CSS = """
    LeftBehindDialog > Vertical { width: 76; max-width: 96%; height: auto; background: $surface; padding: 1 2; }
    LeftBehindDialog OptionList { height: auto; max-height: 12; border: none; padding: 0; margin-top: 1; }
    LeftBehindDialog OptionList { background: $surface; }
    """

    def __init__(self, left: Sequence[LeftBehind]) -> None:
        super().__init__()
        self._left = left

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(literal_line("An unsaved draft was left behind", "bold $primary"))
            yield Block(literal("Enter takes it up. Esc leaves it for the next start.", "$quiet"))
            yield OptionList(*(option(_row(left)) for left in self._left), compact=True)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._left[event.option_index])


def _row(left: LeftBehind) -> Content:
    unsaved = left.unsaved
    name = unsaved.path.name if unsaved.path else "new draft"
    first = " ".join(unsaved.text.split())
    return lines(
        joined(literal_line(name, "bold"), literal_line(f"  {clock_time(left.kept_at)}", "$quiet")),
        literal_line(first[:68], "$quiet"),
    )
