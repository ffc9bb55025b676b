"""The question before something leaves, and the phrase or key that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Button

from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, button, joined, literal_line, toast

if TYPE_CHECKING:
    from pushtui.domain.confirmation import Ritual


class RitualPane(Vertical):
    """The focus starts on Cancel, and nothing but the phrase or the key says yes."""

    phrase = query_one("#phrase", Entry)

    DEFAULT_CSS = """
    RitualPane { height: auto; }
    RitualPane #question { height: auto; }
    RitualPane #answers { height: 1; margin: 1 0 0 0; }
    RitualPane #cancel { margin-right: 2; min-width: 10; }
    RitualPane #phrase { width: 1fr; }
    RitualPane.-cancel-last #phrase { margin-right: 2; }
    RitualPane.-cancel-last #cancel { margin-right: 0; }
    """

    @dataclass
    class Confirmed(Message):
        """A person did what the ritual asks for."""

        typed: str

    @dataclass
    class Declined(Message):
        """A person thought better of it."""

    def __init__(
        self,
        question: Content,
        ritual: Ritual,
        *,
        possible: bool = True,
        cancel_last: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Without being possible there is only Cancel; that comes last where Tab leads to something else first."""
        super().__init__(id=id)
        self._question = question
        self._ritual = ritual
        self._possible = possible
        self._cancel_last = cancel_last
        self.set_class(cancel_last, "-cancel-last")

    def compose(self) -> ComposeResult:
        yield Block(self._question, id="question")
        with Horizontal(id="answers"):
            answers = [button("Cancel", "cancel"), Entry(placeholder=self._ritual.phrase, id="phrase")]
            yield from reversed(answers) if self._cancel_last else answers

    def on_mount(self) -> None:
        self.phrase.display = self._possible
        self.query_one("#cancel").focus()

    def take(self, event: Key) -> None:
        """Let the one key of a small reach say yes, unless a text is being typed."""
        key = self._ritual.key
        typing = isinstance(self.screen.focused, Entry)
        if key is not None and event.character == key and not typing and self._possible:
            event.stop()
            self.post_message(self.Confirmed(key))

    @on(Entry.Submitted, "#phrase")
    def _typed(self, event: Entry.Submitted) -> None:
        event.stop()
        if self._ritual.accepts(event.value):
            self.post_message(self.Confirmed(event.value))
        else:
            words = f"To confirm, type exactly: {self._ritual.phrase}"
            toast(self.app, words, title="Not confirmed", severity="warning")

    @on(Button.Pressed, "#cancel")
    def _cancel(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Declined())


def ritual_words(question: str, ritual: Ritual) -> Content:
    """Write a question, and what says yes to it."""
    words = literal_line(ritual.phrase, "bold $primary")
    ask = joined(literal_line(f"{question}  ", "bold"), literal_line("Tab, type "), words, literal_line(", Enter"))
    if ritual.key is None:
        return joined(ask, literal_line("."))
    return joined(ask, literal_line(", or just press "), literal_line(ritual.key, "bold $primary"), literal_line("."))
