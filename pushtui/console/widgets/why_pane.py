"""Why a push would show or not, at the account that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from pushtui.console.actions import BY_ID
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import own_bindings
from pushtui.console.widgets.diagnosis_view import diagnosis_content
from pushtui.console.widgets.literal import Block, literal

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.services.explaining import Explanation, Question

HELP = (
    "The checks are in the cloud's own order: the first ✖ decides. ✔ holds nothing back, ? nobody here can know, "
    "– does not matter here. q names a sender, a group, a mention or a moment; p asks about a push of the history; "
    "n asks about any message, now. The row of cells is the next 24 hours by the cloud's clock: █ shows, · silent, "
    "▒ not known."
)
MARGIN = 3
"""Columns for padding and scrollbar."""


class WhyPane(VerticalScroll):
    """Verdict, timeline and checks; arrow keys scroll."""

    BINDINGS = own_bindings(BY_ID["previous_account"], BY_ID["next_account"])

    text = query_one("#why", Block)

    DEFAULT_CSS = """
    WhyPane { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    WhyPane #why { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Account, Explanation, Question] | None = None
        self._instead = ""

    def compose(self) -> ComposeResult:
        yield Block(id="why")

    def show(self, account: Account, explanation: Explanation, question: Question) -> None:
        """Show an explanation."""
        self._shown = (account, explanation, question)
        self._renew()

    def say(self, words: str) -> None:
        """Say why there is none."""
        self._shown, self._instead = None, words
        self._renew()

    def content(self, width: int) -> Content:
        """Write what is shown, for a width."""
        return diagnosis_content(*self._shown, width) if self._shown is not None else literal(self._instead, "$quiet")

    def on_resize(self) -> None:
        self._renew()

    def _renew(self) -> None:
        self.text.show(self.content(max(20, self.size.width - MARGIN)))

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Why", HELP)
