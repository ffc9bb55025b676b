"""The list of a draft's sections, with what is filled in and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from pushtui.console.widgets.literal import joined, lines, literal_line

if TYPE_CHECKING:
    from pushtui.services.form_sections import SectionState

WIDTH = 16


class Sections(Widget, can_focus=True):
    """One row a section: name, number of fields given, worst finding."""

    DEFAULT_CSS = f"""
    Sections {{ width: {WIDTH}; height: 1fr; }}
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", "Previous section"),
        ("down", "move(1)", "Next section"),
        ("enter,right", "enter", "Into the form"),
    ]

    @dataclass
    class Chosen(Message):
        """A person moved to a section."""

        name: str

    @dataclass
    class Entered(Message):
        """A person wants to go on into the section's fields."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._states: Sequence[SectionState] = ()
        self._current = ""

    def show(self, states: Sequence[SectionState], current: str) -> None:
        """Show the sections; nothing is repainted if they are the same."""
        if states != self._states or current != self._current:
            self._states, self._current = states, current
            self.refresh()

    def render(self) -> Content:
        return lines(*(self._row(state) for state in self._states))

    def action_move(self, step: int) -> None:
        """Go to the neighbouring section; it stops at the ends."""
        names = [state.name for state in self._states]
        if self._current in names:
            index = names.index(self._current) + step
            if 0 <= index < len(names):
                self.post_message(self.Chosen(names[index]))

    def action_enter(self) -> None:
        """Go on into the fields."""
        self.post_message(self.Entered())

    def on_click(self, event: Click) -> None:
        """Go to the section that was clicked."""
        if 0 <= event.y < len(self._states):
            self.post_message(self.Chosen(self._states[event.y].name))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _row(self, state: SectionState) -> Content:
        current = state.name == self._current
        mark = state.worst.mark if state.worst else " "
        filled = str(state.filled) if state.filled else ""
        name = literal_line(f"{'›' if current else ' '}{state.name:<12}{filled:>2}")
        if current:
            name = name.stylize(
                "bold $block-cursor-foreground on $block-cursor-background" if self.has_focus else "bold $primary"
            )
        elif not state.filled:
            name = name.stylize("$quiet")
        return joined(name, literal_line(mark, f"$finding-{state.worst}" if state.worst else ""))
