"""A question with two answers."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.literal import Block, button, literal


class Question(Dialog[bool]):
    """Answers True for yes; the focus starts on no."""

    DEFAULT_CSS = """
    Question > Vertical { width: 60; max-width: 90%; height: auto; background: $surface; padding: 1 2; }
    Question Horizontal { height: 1; margin-top: 1; }
    Question Button { margin-right: 2; }
    """

    BINDINGS = [("left,right", "app.focus_next", "Other answer")]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Block(literal(self._question))
            with Horizontal():
                yield button(self._no, "no")
                yield button(self._yes, "yes")

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
