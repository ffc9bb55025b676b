"""What a setting shall be: made from the setting's own declaration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.widgets import Button, OptionList

from pushtui.console.screens.base import Dialog
from pushtui.console.screens.value_dialog import TryingDialog
from pushtui.console.widgets.change_view import change_content
from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, button, literal, literal_line, option
from pushtui.domain.change import Scope
from pushtui.domain.errors import UsageError
from pushtui.services.changeable import takes_lines, typed_text

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue
    from pushtui.domain.profile import Fact
    from pushtui.providers.changes import SettingChange
    from pushtui.services.change_words import ToldChange

Propose = Callable[[str | None, str], Awaitable[None]]
"""From what was typed, None to clear, and the place."""

PLACES = {Scope.CONVERSATION: "which conversation: user/anna, group/42", Scope.TYPE: "which kind: user, group"}


class ChangeDialog(TryingDialog):
    """Takes a value, and where it is for if need be; nothing is changed by it, only shown as a difference."""

    DEFAULT_CSS = """
    ChangeDialog {
        Entry, Editor, OptionList { margin-top: 1; }
        Editor { height: 4; }
        OptionList { height: auto; max-height: 9; border: none; padding: 0; background: $surface; }
        #answers { height: 1; margin-top: 1; }
        #answers Button { margin-right: 2; }
    }
    """

    def __init__(self, setting: SettingChange, fact: Fact, place: str, propose: Propose) -> None:
        """`place` is what a conversation or kind of conversation starts from."""
        super().__init__()
        self._setting = setting
        self._fact = fact
        self._place = place
        self._propose = propose

    def compose(self) -> ComposeResult:
        setting = self._setting
        now = f"Now: {self._fact.words}" if self._fact.words else f"Now: {self._fact.problem or 'not known'}"
        with Vertical(classes="window"):
            yield Line(literal_line(f"Change the {setting.label}", "bold $primary"))
            yield Block(literal(now))
            yield Block(literal(setting.spec.help, "$quiet"))
            if setting.scope is not Scope.USER:
                yield Entry(self._place, placeholder=PLACES[setting.scope], id="place")
            if setting.spec.choices:
                yield OptionList(*(option(literal_line(f" {one.label}")) for one in setting.spec.choices), compact=True)
            else:
                yield Block(literal(f"Type {setting.syntax}.", "$quiet"))
                yield self._editor()
            yield Block(id="problem")
            with Horizontal(id="answers"):
                yield button("Show the difference", "propose")
                if setting.cleared is not None:
                    yield button("Clear it", "clear")
                yield button("Cancel", "cancel")

    def on_mount(self) -> None:
        """Start on the choice that holds now, else on none: a list by itself starts on its first."""
        values: list[JsonValue] = [choice.value for choice in self._setting.spec.choices]
        for listed in self.query(OptionList):
            listed.highlighted = values.index(self._fact.value) if self._fact.value in values else None

    @on(DescendantFocus)
    def _forget_problem(self) -> None:
        self.problem.remove_class("-told")

    @on(Entry.Submitted)
    @on(OptionList.OptionSelected)
    def _enter(self) -> None:
        self._try(self._typed)

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        if event.button.id == "cancel":
            self.dismiss(None)
        else:
            self._try((lambda: None) if event.button.id == "clear" else self._typed)

    def _try(self, typed: Callable[[], str | None]) -> None:
        places = self.query("#place").results(Entry)
        place = next((entry.value.strip() for entry in places), "")

        async def propose() -> None:
            await self._propose(typed(), place)

        self.attempt(propose)

    def _typed(self) -> str:
        choices = self._setting.spec.choices
        if choices:
            chosen = self.query_one(OptionList).highlighted
            if chosen is None:
                raise UsageError("None of these is chosen yet: Tab leads to them, and the arrows to the one you want.")
            return str(choices[chosen].value)
        if takes_lines(self._setting):
            return self.query_one(Editor).text
        return self.query_one("#value", Entry).value

    def _editor(self) -> Editor | Entry:
        now = typed_text(self._fact) if self._setting.scope is Scope.USER else ""
        if takes_lines(self._setting):
            return Editor(now, id="value")
        return Entry(now, placeholder=self._setting.spec.placeholder, id="value")


class ToldDialog(Dialog[bool]):
    """Shows what became of a change."""

    DEFAULT_CSS = """
    ToldDialog > Vertical { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $surface; }
    ToldDialog > Vertical { padding: 1 2; }
    ToldDialog Block { height: auto; }
    ToldDialog Button { margin-top: 1; }
    """

    def __init__(self, told: ToldChange) -> None:
        super().__init__()
        self._told = told

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Block(change_content(self._told))
            yield button("Close", "close")

    @on(Button.Pressed)
    def _close(self) -> None:
        self.dismiss(True)
