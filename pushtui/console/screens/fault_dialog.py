"""How a fault should be set: where, how often, and with its own parameters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Button

from pushtui.console.screens.value_dialog import TryingDialog
from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, button, literal, literal_line
from pushtui.providers.apps import provider_title
from pushtui.services.sandbox_values import ALWAYS, AS_USUAL, fault_values, parameter_help, parameter_words
from pushtui.services.sandbox_world import EVERY_CLOUD

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.sandbox_world import FaultParameter, KnownFault

PLACEHOLDERS = {"times": f"a number, or {ALWAYS}", "path": "*"}


class FaultDialog(TryingDialog):
    """A row for each parameter, with its default; the focus starts on the button, so that Enter sets it as it is."""

    AUTO_FOCUS = "#set"

    explained = query_one("#explained", Block)

    DEFAULT_CSS = """
    FaultDialog {
        #rows { height: auto; margin: 1 0; }
        #rows Horizontal { height: auto; }
        .name { width: 13; color: $quiet; }
        #explained { height: 2; color: $quiet; }
        #answers { height: 1; margin-top: 1; }
        #answers Button { margin-right: 2; }
    }
    """

    BINDINGS = [("down", "app.focus_next", "Next row"), ("up", "app.focus_previous", "Row above")]

    def __init__(self, fault: KnownFault, set_fault: Callable[[JsonObject], Awaitable[None]]) -> None:
        super().__init__()
        self._fault = fault
        self._set_fault = set_fault
        self._editors: dict[Widget, FaultParameter] = {}
        self._typed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield Line(literal_line(f"Set the fault “{self._fault.name}”", "bold $primary"))
            yield Block(literal(self._fault.help, "$quiet"))
            with Vertical(id="rows"):
                for parameter in self._fault.parameters:
                    with Horizontal():
                        yield Line(literal_line(parameter.name.replace("_", " ")), classes="name")
                        yield self._editor(parameter)
            yield Block(
                literal("Enter sets it as it stands; Shift+Tab and the arrows lead to the rows."), id="explained"
            )
            yield Block(id="problem")
            with Horizontal(id="answers"):
                yield button("Set it", "set")
                yield button("Cancel", "cancel")

    @on(Choices.Changed)
    def _choose(self, event: Choices.Changed) -> None:
        parameter = self._editors[event.choices]
        self._typed[parameter.name] = _options(parameter)[event.chosen[0]][1]

    @on(Entry.Changed)
    def _type(self, event: Entry.Changed) -> None:
        self._typed[self._editors[event.input].name] = event.value

    @on(Entry.Submitted)
    def _set(self) -> None:
        self.attempt(self._try)

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        if event.button.id == "set":
            self.attempt(self._try)
        else:
            self.dismiss(None)

    @on(DescendantFocus)
    def _explain(self, event: DescendantFocus) -> None:
        parameter = self._editors.get(event.widget)
        if parameter is not None:
            self.explained.show(literal(parameter_help(parameter)))

    async def _try(self) -> None:
        await self._set_fault(fault_values(self._fault, self._typed))

    def _editor(self, parameter: FaultParameter) -> Widget:
        options, words = _options(parameter), parameter_words(parameter, parameter.default)
        self._typed[parameter.name] = words
        editor: Widget
        if options:
            chosen = [text for _, text in options].index(words)
            editor = Choices(tuple(label for label, _ in options), (chosen,))
        else:
            editor = Entry(words, placeholder=PLACEHOLDERS.get(parameter.name, "none"))
        self._editors[editor] = parameter
        return editor


def _options(parameter: FaultParameter) -> list[tuple[str, str]]:
    """Return what can be chosen for a parameter, each with the text that stands for it; none if it is typed."""
    if parameter.type == "boolean":
        return [(AS_USUAL, ""), ("yes", "on"), ("no", "off")]
    texts = [parameter_words(parameter, choice) for choice in parameter.choices]
    return [("every cloud" if text == EVERY_CLOUD else provider_title(text), text) for text in texts]
