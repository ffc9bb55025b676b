"""A dialog with the ritual before something leaves, and with the reason for it where one has to be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one

from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, literal, literal_line, toast
from pushtui.console.widgets.ritual_pane import RitualPane, ritual_words

if TYPE_CHECKING:
    from pushtui.domain.confirmation import Ritual


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person typed, and why."""

    typed: str
    reason: str = ""


class ConfirmDialog(Dialog[Confirmation]):
    """Says what is at stake, and answers once the ritual was done."""

    pane = query_one(RitualPane)

    DEFAULT_CSS = """
    ConfirmDialog > Vertical { width: 76; max-width: 96%; height: auto; background: $surface; padding: 1 2; }
    ConfirmDialog #text { height: auto; margin-bottom: 1; }
    ConfirmDialog #reason { margin-bottom: 1; }
    """

    def __init__(self, title: str, text: str, question: str, ritual: Ritual, *, asks_why: str = "") -> None:
        """`asks_why` is the placeholder of the reason; empty where none is needed."""
        super().__init__()
        self._title, self._text, self._question = title, text, question
        self._ritual = ritual
        self._asks_why = asks_why

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(literal_line(self._title, "bold $primary"))
            yield Block(literal(self._text), id="text")
            if self._asks_why:
                yield Entry(placeholder=self._asks_why, id="reason")
            yield RitualPane(self._asked(), self._ritual, cancel_last=bool(self._asks_why))

    def _asked(self) -> Content:
        return ritual_words(self._question, self._ritual)

    def on_key(self, event: Key) -> None:
        self.pane.take(event)

    @on(Entry.Submitted, "#reason")
    def _on_to_the_phrase(self) -> None:
        self.pane.phrase.focus()

    @on(RitualPane.Confirmed)
    def _confirmed(self, event: RitualPane.Confirmed) -> None:
        reason = self.query_one("#reason", Entry).value.strip() if self._asks_why else ""
        if self._asks_why and not reason:
            toast(self.app, "Say why first: the reason is kept in the journal.", severity="warning")
            self.query_one("#reason").focus()
        else:
            self.dismiss(Confirmation(event.typed, reason))

    @on(RitualPane.Declined)
    def _declined(self) -> None:
        self.dismiss(None)
