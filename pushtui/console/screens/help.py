"""F1: what the focused field is for, and all the keys."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from pushtui.console.actions import Action, Scope, in_scope, scopes_at
from pushtui.console.help_topic import HelpTopic
from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line

WIDTH = 84
MARGINS = 5
KEYS = 21
INDENT = 2

OTHER_KEYS = (
    ("Tab, Shift+Tab", "Next and previous field"),
    ("Esc", "Close a dialog, go back"),
    ("Ctrl+C", "Copy what is selected"),
)


class HelpScreen(Dialog[None]):
    """Topics first, then every action, with the reason where one cannot be done now."""

    DEFAULT_CSS = """
    HelpScreen > VerticalScroll {
        width: 84;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        margin: 1 0;
        padding: 1 2;
        background: $surface;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, topics: list[HelpTopic], scope: Scope | None, why_not: Callable[[Action], str | None]) -> None:
        super().__init__()
        self._topics = topics
        self._scopes = scopes_at(scope)
        self._why_not = why_not

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for topic in self._topics:
                yield Line(literal_line(topic.title, "bold $key"))
                yield Block(literal(f"{topic.text}\n"))
            for scope in self._scopes:
                yield Line(literal_line(f"Keys: {scope.value.lower()}", "bold $key"))
                yield Block(lines(*(self._row(action) for action in in_scope(scope)), Content("")))
            yield Line(literal_line("Moving about", "bold $key"))
            yield Block(lines(*(self._lines(keys, text) for keys, text in OTHER_KEYS)))

    def _row(self, action: Action) -> Content:
        reason = self._why_not(action)
        text = action.description if reason is None else f"{action.description} (not now: {reason})"
        return self._lines(", ".join(action.key_names), text, "" if reason is None else "$quiet")

    def _lines(self, keys: str, text: str, style: str = "") -> Content:
        """Put keys on the left and what they do on the right, wrapped within its own column."""
        room = min(WIDTH, self.app.size.width) - MARGINS
        column = KEYS if room > 2 * KEYS else INDENT
        rows = wrap(text, max(1, room - column))
        if column == INDENT or cell_len(keys) >= column:
            first = [literal_line(keys, "bold")]
        else:
            first = [joined(literal_line(keys.ljust(column), "bold"), literal_line(rows.pop(0), style))]
        return lines(*first, *(literal_line(" " * column + row, style) for row in rows))
