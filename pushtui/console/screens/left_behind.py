"""Drafts that a console left behind when its terminal went away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from pushtui.console.screens.base import Dialog, ask
from pushtui.console.screens.question import Question
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line, option
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.services.recovery import LeftBehind, Recovery


@dataclass(frozen=True, slots=True)
class Chosen:
    """A draft, and whether it is wanted or not."""

    left: LeftBehind
    wanted: bool


class LeftBehindDialog(Dialog[Chosen]):
    """Answers the draft to take up or to delete; Esc leaves them for the next start."""

    BINDINGS = [("delete", "answer(False)", "Delete")]

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
            yield Block(literal("Enter takes it up, Delete deletes it, Esc leaves it for the next start.", "$quiet"))
            yield OptionList(*(option(_row(left)) for left in self._left), compact=True)

    @on(OptionList.OptionSelected)
    def _take_up(self) -> None:
        self.action_answer(True)

    def action_answer(self, wanted: bool) -> None:
        """Answer the highlighted draft."""
        index = self.query_one(OptionList).highlighted
        if index is not None:
            self.dismiss(Chosen(self._left[index], wanted))


async def choose_left_behind(app: App[Any], recovery: Recovery) -> LeftBehind | None:
    """Offer what was left behind, less what the person deletes, and return the draft to take up, if any."""
    while left := await recovery.left_behind():
        chosen = await ask(app, LeftBehindDialog(left))
        if chosen is None or chosen.wanted:
            return chosen.left if chosen else None
        question = f"Delete the draft that was left behind at {clock_time(chosen.left.kept_at)}? No file holds it."
        if await ask(app, Question(question, yes="Delete it", no="Keep it")):
            recovery.drop(chosen.left)
    return None


def _row(left: LeftBehind) -> Content:
    unsaved = left.unsaved
    name = unsaved.path.name if unsaved.path else "new draft"
    first = " ".join(unsaved.text.split())
    return lines(
        joined(literal_line(name, "bold"), literal_line(f"  {clock_time(left.kept_at)}", "$quiet")),
        literal_line(first[:68], "$quiet"),
    )
