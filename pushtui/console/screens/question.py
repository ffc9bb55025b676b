"""Questions with a few answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.literal import Block, button, literal

Answer = TypeVar("Answer")


class Dilemma(Dialog[Answer]):
    """A question and its answers, each with its label; the focus starts on the first, which does no harm."""

    DEFAULT_CSS = """
    Dilemma > Vertical { width: 60; max-width: 90%; height: auto; background: $surface; padding: 1 2; }
    Dilemma Horizontal { height: 1; margin-top: 1; }
    Dilemma Button { margin-right: 2; }
    """

    BINDINGS = [("left", "app.focus_previous", "Answer before"), ("right", "app.focus_next", "Next answer")]

    def __init__(self, question: str, answers: Sequence[tuple[str, Answer]]) -> None:
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Block(literal(self._question))
            with Horizontal():
                for number, (label, _) in enumerate(self._answers):
                    yield button(label, f"answer-{number}")

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        number = list(self.query(Button)).index(event.button)
        self.dismiss(self._answers[number][1])


class Question(Dilemma[bool]):
    """Answers True for yes; the focus starts on no."""

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__(question, [(no, False), (yes, True)])
