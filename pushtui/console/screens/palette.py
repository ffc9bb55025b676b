"""Ctrl+P: any action by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import OptionList

from pushtui.console.actions import Action
from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import joined, literal_line, option

LABEL_WIDTH, TEXT_WIDTH = 17, 46


@dataclass(frozen=True, slots=True)
class Command:
    """An action, and why it cannot be done now, if so."""

    action: Action
    reason: str | None


class Palette(Dialog[str]):
    """Answers the id of the chosen action. What cannot be done stays in view and says why."""

    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > Vertical {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        margin: 2 0 1 0;
        background: $surface;
    }
    Palette Entry, Palette Entry:focus { height: 3; padding: 1 2; background: $field-focus; }
    Palette OptionList, Palette OptionList:focus {
        height: auto;
        max-height: 17;
        padding: 0 0 1 0;
        border: none;
        background: $surface;
        scrollbar-size-vertical: 1;
    }
    Palette OptionList > .option-list--option { padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", id="palette.next", tooltip="Next command"),
        Binding("up", "move(-1)", "Previous", id="palette.previous", tooltip="Previous command"),
    ]

    entry = getters.query_one(Entry)
    found = getters.query_one(OptionList)

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._matches: list[Command] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Entry(placeholder="What do you want to do?")
            yield OptionList()

    def on_mount(self) -> None:
        # The entry keeps the focus: the arrow keys come here and move the list.
        self.found.can_focus = False
        self._search("")

    @on(Entry.Changed)
    def _typed(self, event: Entry.Changed) -> None:
        self._search(event.value)

    @on(Entry.Submitted)
    def _chosen_by_enter(self) -> None:
        if self.found.highlighted is not None:
            self.dismiss(self._matches[self.found.highlighted].action.id)

    @on(OptionList.OptionSelected)
    def _chosen_by_mouse(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._matches[event.option_index].action.id)

    def action_move(self, step: int) -> None:
        """Highlight another command."""
        if self._matches:
            self.found.highlighted = ((self.found.highlighted or 0) + step) % len(self._matches)

    def _search(self, query: str) -> None:
        self._matches = _ranked(self._commands, query.strip())
        self.found.set_options([option(_prompt(command)) for command in self._matches])
        self.found.highlighted = 0 if self._matches else None


def _ranked(commands: Sequence[Command], query: str) -> list[Command]:
    """Return the commands that a query can mean, the likeliest first; all of them for no query."""
    if not query:
        return list(commands)
    matcher = Matcher(query)
    scores = [_score(matcher, query.lower(), command) for command in commands]
    ranked = sorted(zip(scores, commands, strict=True), key=lambda pair: -pair[0])
    return [command for score, command in ranked if score > 0]


def _score(matcher: Matcher, query: str, command: Command) -> float:
    """Letters in order count in a label; in a description, where they would fit anything, whole words do."""
    in_description = 0.5 if query in command.action.description.lower() else 0.0
    return matcher.match(command.action.label) or in_description


def _prompt(command: Command) -> Content:
    action = command.action
    label = literal_line(_column(action.label, LABEL_WIDTH), "bold" if command.reason is None else "$quiet")
    text = action.description if command.reason is None else f"not now: {command.reason}"
    description = literal_line(_column(text, TEXT_WIDTH), "$quiet" if command.reason is None else "$quiet italic")
    return joined(label, description, literal_line(f" {action.key}", "$key"))


def _column(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
