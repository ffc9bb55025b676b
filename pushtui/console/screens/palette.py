"""Ctrl+P: any action by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.fuzzy import Matcher

from pushtui.console.actions import Action
from pushtui.console.screens.search_dialog import SearchDialog
from pushtui.console.widgets.literal import joined, literal_line

LABEL_WIDTH, TEXT_WIDTH = 17, 46


@dataclass(frozen=True, slots=True)
class Command:
    """An action, and why it cannot be done now, if so."""

    action: Action
    reason: str | None


class Palette(SearchDialog[str, Command]):
    """Answers the id of the chosen action. What cannot be done stays in view and says why."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("What do you want to do?")
        self._commands = commands

    def matches(self, query: str) -> list[Command]:
        return _ranked(self._commands, query)

    def prompt(self, item: Command) -> Content:
        return _prompt(item)

    def choose(self, item: Command) -> None:
        self.dismiss(item.action.id)


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
