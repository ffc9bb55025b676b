"""The editor paints only the rows that change; the terminal must show the same as if it painted all."""

from __future__ import annotations

import random

import pytest

from tests.terminal.conftest import Console
from tests.terminal.steps import READY
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

STROKES = [
    *("a", '"', "{", "京", " "),
    *("Enter", "Backspace", "Delete", "Left", "Right", "Up", "Down", "Home", "End"),
    *("Shift+Right", "Shift+Down", "Shift+Up"),
]


@pytest.mark.parametrize("seed", range(3))
def test_the_editor_shows_what_it_holds(pushtui: Console, seed: int) -> None:
    strokes = random.Random(seed).choices(STROKES, k=60)
    console = pushtui("demo")
    console.wait_for(*READY)
    console.press("F6", '"is_to_all"')
    console.send(*["Down"] * 4, *strokes)
    console.paste("pasted\nover lines")
    console.send(*strokes[:20])
    console.settle()
    console.send("Home", "z", "Right", "q", "Shift+Right", "y")
    console.settle()
    painted = editor_rows(console)
    console.send("Ctrl+T")
    console.settle()
    assert editor_rows(console) == painted


def editor_rows(console: Terminal) -> list[str]:
    """What the screen shows of the editor, left of where a toast may lie."""
    return [row[:60] for row in console.text.splitlines()]
