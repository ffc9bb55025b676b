"""A dialog in which a few letters find what is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from pushtui.console.screens.base import Answer, Dialog
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import joined, lines, literal_line, option

Item = TypeVar("Item")
POINTER, NO_POINTER = "› ", "  "


class SearchDialog(Dialog[Answer], Generic[Answer, Item]):
    """An entry that keeps the focus, and below it what it can mean: the arrows move, Enter chooses."""

    DEFAULT_CSS = """
    SearchDialog { align: center top; }
    SearchDialog > Vertical {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        margin: 2 0 1 0;
        background: $surface;
    }
    SearchDialog Entry, SearchDialog Entry:focus { height: 3; padding: 1 2; background: $field-focus; }
    SearchDialog OptionList, SearchDialog OptionList:focus {
        height: auto;
        max-height: 17;
        padding: 0 0 1 0;
        border: none;
        background: $surface;
        scrollbar-size-vertical: 1;
    }
    SearchDialog OptionList > .option-list--option { padding: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", id="search.next", tooltip="Next one"),
        Binding("up", "move(-1)", "Previous", id="search.previous", tooltip="Previous one"),
    ]

    entry = getters.query_one(Entry)
    found = getters.query_one(OptionList)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder = placeholder
        self._matches: Sequence[Item] = ()
        self._marked: int | None = None
        """Which of them the pointer stands before."""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Entry(placeholder=self._placeholder)
            yield OptionList()

    def on_mount(self) -> None:
        # The entry keeps the focus: the arrow keys come here and move the list.
        self.found.can_focus = False
        self.search("")

    def matches(self, query: str) -> Sequence[Item]:
        """Return what a query can mean, the likeliest first; all for an empty one."""
        raise NotImplementedError

    def prompt(self, item: Item) -> Content:
        """Write what the list shows of one."""
        raise NotImplementedError

    def choose(self, item: Item) -> None:
        """Take one for the answer, or say why not."""
        raise NotImplementedError

    def start(self, query: str) -> int:
        """Return which of the matches the highlight begins on."""
        return 0

    def search(self, query: str) -> None:
        """Show what a query can mean, the highlight on one of them."""
        self._matches = self.matches(query)
        self._marked = None
        self.found.set_options([option(_pointed(self.prompt(item), NO_POINTER)) for item in self._matches])
        self._highlight(min(self.start(query), len(self._matches) - 1) if self._matches else None)

    def _highlight(self, index: int | None) -> None:
        """Highlight one by colour and by shape."""
        for place, pointer in ((self._marked, NO_POINTER), (index, POINTER)):
            if place is not None and self._marked != index:
                self.found.replace_option_prompt_at_index(place, _pointed(self.prompt(self._matches[place]), pointer))
        self._marked = self.found.highlighted = index

    def action_move(self, step: int) -> None:
        """Highlight another one."""
        if self._matches:
            self._highlight(((self.found.highlighted or 0) + step) % len(self._matches))

    @on(Entry.Changed)
    def _typed(self, event: Entry.Changed) -> None:
        self.search(event.value.strip())

    @on(Entry.Submitted)
    def _chosen_by_enter(self) -> None:
        if self.found.highlighted is not None:
            self.choose(self._matches[self.found.highlighted])

    @on(OptionList.OptionSelected)
    def _chosen_by_mouse(self, event: OptionList.OptionSelected) -> None:
        self._highlight(event.option_index)
        self.choose(self._matches[event.option_index])


def _pointed(prompt: Content, pointer: str) -> Content:
    """Put a pointer before the first line; the others stay below it."""
    first, *others = prompt.split("\n")
    return lines(joined(literal_line(pointer), first), *(joined(literal_line(NO_POINTER), one) for one in others))
