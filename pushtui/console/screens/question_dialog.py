"""What is asked about a user: who writes, where, whether the user is mentioned, and when; or a push of the history."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Button

from pushtui.console.screens.search_dialog import SearchDialog
from pushtui.console.screens.value_dialog import TryingDialog
from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, button, joined, literal, literal_line
from pushtui.console.widgets.outcome import STATE_STYLES
from pushtui.domain.diagnosis import Incoming
from pushtui.services.explaining import Question
from pushtui.services.time_words import short_time

if TYPE_CHECKING:
    from pushtui.domain.run import Run

MENTIONS: tuple[tuple[str, bool | None, bool | None], ...] = (
    ("not said", None, None),
    ("the user", True, False),
    ("everybody", False, True),
    ("nobody", False, False),
)
HELP = (
    "What would reach the user? Whatever is left empty is not known, and the checks that need it say so. "
    "Enter asks; Tab leads to the next row."
)


class QuestionDialog(TryingDialog):
    """A row each for sender, group, mention and moment."""

    sender = query_one("#sender", Entry)
    group = query_one("#group", Entry)
    at = query_one("#at", Entry)

    DEFAULT_CSS = """
    QuestionDialog {
        #rows { height: auto; margin: 1 0; }
        #rows Horizontal { height: auto; }
        .name { width: 11; color: $quiet; }
        #answers { height: 1; }
        #answers Button { margin-right: 2; }
    }
    """

    BINDINGS = [("down", "app.focus_next", "Next row"), ("up", "app.focus_previous", "Row above")]

    def __init__(self, question: Question, accept: Callable[[Question], Awaitable[None]]) -> None:
        super().__init__()
        self._question = question
        self._accept = accept
        self._mention = next(
            (
                number
                for number, (_, one, everybody) in enumerate(MENTIONS)
                if (one, everybody) == (question.incoming.mentions, question.incoming.mentions_all)
            ),
            0,
        )

    def compose(self) -> ComposeResult:
        incoming = self._question.incoming
        with Vertical(classes="window"):
            yield Line(literal_line("Ask about a message", "bold $primary"))
            yield Block(literal(HELP, "$quiet"))
            with Vertical(id="rows"):
                yield self._row("from", Entry(incoming.sender, placeholder="sender's id", id="sender"))
                yield self._row("in group", Entry(incoming.group, placeholder="group's id", id="group"))
                yield self._row("mentions", Choices(tuple(label for label, *_ in MENTIONS), (self._mention,)))
                at = Entry(self._question.at, placeholder="now; or 22:30, 2026-11-22T22:30, +2h", id="at")
                yield self._row("at", at)
            yield Block(id="problem")
            with Horizontal(id="answers"):
                yield button("Ask", "ask")
                yield button("Any message, now", "any")
                yield button("Cancel", "cancel")

    def _row(self, name: str, editor: Entry | Choices) -> Horizontal:
        return Horizontal(Line(literal_line(name), classes="name"), editor)

    @on(Choices.Changed)
    def _choose(self, event: Choices.Changed) -> None:
        self._mention = event.chosen[0]

    @on(Entry.Submitted)
    def _enter(self) -> None:
        self.attempt(lambda: self._accept(self._asked()))

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        if event.button.id == "cancel":
            self.dismiss(None)
        else:
            asked = self._asked() if event.button.id == "ask" else Question(self._question.user)
            self.attempt(lambda: self._accept(asked))

    def _asked(self) -> Question:
        _, one, everybody = MENTIONS[self._mention]
        incoming = Incoming(
            sender=self.sender.value.strip(),
            group=self.group.value.strip(),
            mentions=one,
            mentions_all=everybody,
        )
        return Question(self._question.user, incoming, at=self.at.value.strip())


class WhichPush(SearchDialog[str, "Run"]):
    """Answers the id of a run of the history."""

    def __init__(self, runs: Sequence[Run]) -> None:
        super().__init__("A push of the history")
        self._runs = runs

    def matches(self, query: str) -> list[Run]:
        return [run for run in self._runs if query.lower() in _words(run).lower()]

    def prompt(self, item: Run) -> Content:
        return joined(literal_line(f"{item.state.mark} ", STATE_STYLES.get(item.state, "")), literal_line(_words(item)))

    def choose(self, item: Run) -> None:
        self.dismiss(item.id)


def _words(run: Run) -> str:
    return f"{short_time(run.made_at)}  {run.draft.account}  {run.draft.kind}  {run.reach}  {run.id[:8]}"
