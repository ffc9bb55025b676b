"""Dialogs that stay open, and say why, until what was typed is accepted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.widgets import OptionList

from pushtui.console.guarded import run_guarded
from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, literal, literal_line, option
from pushtui.domain.errors import PushtuiError


class TryingDialog(Dialog[bool]):
    """Answers True once what it asked for was accepted."""

    problem = query_one("#problem", Block)

    DEFAULT_CSS = """
    TryingDialog {
        .window { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding: 1 2; }
        .window Block { height: auto; }
        #problem { margin-top: 1; display: none; }
        #problem.-told { display: block; }
    }
    """

    def attempt(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it and close, or stay and say why it was not accepted."""
        run_guarded(self, lambda: self._attempt(work), group="attempt", exclusive=True)

    async def _attempt(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except PushtuiError as error:
            self.problem.show(literal(f"✖ {error.message}", "$finding-error"))
            self.problem.add_class("-told")
        else:
            self.dismiss(True)


class ValueDialog(TryingDialog):
    """Takes one value: one of the choices, or what is typed; without a value to start from only a choice."""

    DEFAULT_CSS = """
    ValueDialog {
        Entry { margin-top: 1; }
        OptionList { height: auto; max-height: 12; margin-top: 1; border: none; padding: 0; background: $surface; }
    }
    """

    def __init__(
        self,
        title: str,
        text: str,
        accept: Callable[[str], Awaitable[None]],
        *,
        choices: Sequence[tuple[str, str]] = (),
        value: str = "",
        placeholder: str = "",
        typed: bool | None = None,
    ) -> None:
        """`choices` are labels and what stands for them; `typed` says whether other values can be typed."""
        super().__init__()
        self._title, self._text, self._accept = title, text, accept
        self._choices = choices
        self._value, self._placeholder = value, placeholder
        self._typed = not choices if typed is None else typed

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield Line(literal_line(self._title, "bold $primary"))
            yield Block(literal(self._text, "$quiet"))
            if self._choices:
                yield OptionList(*(option(self._prompt(label, text)) for label, text in self._choices), compact=True)
            if self._typed:
                yield Entry(self._value, placeholder=self._placeholder)
            yield Block(id="problem")

    def on_mount(self) -> None:
        """Start on the choice that holds now."""
        texts = [text for _, text in self._choices]
        if self._value in texts:
            self.query_one(OptionList).highlighted = texts.index(self._value)

    def on_key(self, event: Key) -> None:
        """What is typed at the choices belongs to the entry below them."""
        typed = event.character if event.is_printable else None
        if typed and typed.strip() and self._typed and isinstance(self.focused, OptionList):
            event.stop()
            entry = self.query_one(Entry)
            entry.focus()
            entry.insert_text_at_cursor(typed)

    @on(Entry.Submitted)
    def _typed_in(self, event: Entry.Submitted) -> None:
        text = event.value.strip()
        self.attempt(lambda: self._accept(text))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        text = self._choices[event.option_index][1]
        self.attempt(lambda: self._accept(text))

    def _prompt(self, label: str, text: str) -> Content:
        return literal_line(f"{'●' if text == self._value else ' '} {label}")
