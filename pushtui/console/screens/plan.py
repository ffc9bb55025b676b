"""The last look before a push leaves, the confirmation, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, ScreenResume
from textual.getters import app as app_of
from textual.getters import query_one
from textual.widgets import Button

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, button, joined, lines, literal, literal_line, toast
from pushtui.console.widgets.outcome import attempt_line, outcome_content, state_content
from pushtui.console.widgets.plan_view import PlanFacts, question_content
from pushtui.console.widgets.request_view import request_content
from pushtui.domain.errors import PushtuiError

if TYPE_CHECKING:
    from pushtui.domain.attempt import Attempt
    from pushtui.domain.plan import Plan
    from pushtui.domain.run import Run
    from pushtui.services.services import Services


SHOWN_ATTEMPTS = 8
"""Of many requests, the latest are shown."""


class PlanScreen(ConsoleScreen["Run | None"]):
    """Shows a plan, asks for the ritual that fits its reach, sends, and shows the receipt."""

    CSS_PATH = "plan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Scope.REVIEW),
        Binding("escape", "leave", "Back", show=False, id="review.leave"),
    ]
    scope = Scope.REVIEW

    console = app_of(PushtuiApp)
    progress = query_one("#progress", Block)
    phrase = query_one("#phrase", Entry)

    def __init__(self, services: Services, plan: Plan) -> None:
        super().__init__()
        self._services = services
        self._plan = plan
        self.account = plan.account
        self._composition = services.desk.composition
        self._ritual = plan.ritual
        self._as_curl = False
        self._under_way = False
        self._run: Run | None = None
        self._attempts: dict[str, Attempt] = {}

    def compose_content(self) -> ComposeResult:
        with Container(id="look"):
            with VerticalScroll(id="summary", can_focus=False):
                yield PlanFacts(self._plan, self._services.planning.gist(self._plan.draft))
            with Vertical(id="wire"):
                yield Line(id="request-title")
                with VerticalScroll(id="request-scroll"):
                    yield Block(id="request")
        with Vertical(id="ritual"):
            yield Block(question_content(self._plan, self._ritual), id="question")
            with Horizontal(id="answers"):
                yield button("Cancel", "cancel")
                yield Entry(id="phrase", placeholder=self._ritual.phrase)
        yield Block(id="progress")

    def on_mount(self) -> None:
        self._show_request()
        self.phrase.display = self._plan.sendable
        self.query_one("#cancel").focus()

    @on(ScreenResume)
    def _make_way(self) -> None:
        """Leave, if another screen put another draft on the desk or chose another account."""
        desk = self._services.desk.composition
        planned = desk is self._composition and desk.account == self._plan.account.name
        if not planned and not self._under_way:
            self.dismiss(self._run)

    # The request

    def action_toggle_curl(self) -> None:
        """Change between the request and the same as a curl command."""
        self._as_curl = not self._as_curl
        self._show_request()

    def _show_request(self) -> None:
        title = (
            "The same as a curl command"
            if self._as_curl
            else "The request as it will leave; F12 copies the body as it is"
        )
        self.query_one("#request-title", Line).show(literal_line(title))
        self.query_one("#request", Block).show(literal(self._curl()) if self._as_curl else self._request())

    def _request(self) -> Content:
        return Content("\n\n").join(request_content(request) for request in self._services.planning.preview(self._plan))

    def _curl(self) -> str:
        return self._services.planning.curl(self._plan)

    # The confirmation

    def on_key(self, event: Key) -> None:
        """A small reach is confirmed by one key, unless a phrase is being typed."""
        key = self._ritual.key
        if key is not None and event.character == key and self.focused is not self.phrase and self._plan.sendable:
            event.stop()
            self._confirm(key)

    @on(Entry.Submitted, "#phrase")
    def _typed(self) -> None:
        if self._ritual.accepts(self.phrase.value):
            self._confirm(self.phrase.value)
        else:
            toast(self.app, f"To send, type exactly: {self._ritual.phrase}", title="Not sent", severity="warning")

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Go back; a push that is under way cannot be called back, so its answer is awaited."""
        if self._under_way:
            toast(self.app, "The request is under way and cannot be called back; wait for its outcome.")
        else:
            self.dismiss(self._run)

    # The run

    def _confirm(self, typed: str) -> None:
        if not self._under_way and self._run is None:
            self._under_way = True
            self.add_class("-sent")
            self.progress.show(literal_line("Writing the journal …", "$quiet"))
            run_guarded(self, lambda: self._send(typed), group="send")

    async def _send(self, typed: str) -> None:
        try:
            self._run = await self._services.sending.send(self._plan, typed, self._watch)
        except PushtuiError as error:
            self.progress.show(
                joined(literal_line(f"✖ {error.title}. ", "bold $finding-error"), literal(error.message))
            )
        else:
            self.progress.show(_receipt(self._run))
        finally:
            self._under_way = False
            self.set_focus(None)

    def _watch(self, attempt: Attempt) -> None:
        self._attempts[attempt.id] = attempt
        for earlier in list(self._attempts)[:-SHOWN_ATTEMPTS]:
            del self._attempts[earlier]
        self.progress.show(lines(*(attempt_line(attempt) for attempt in self._attempts.values())))

    def why_not(self, action: Action) -> str | None:
        """A request under way cannot be called back, and leaving would only lose its outcome."""
        return "the request is under way; wait for its outcome" if self._under_way and action.id == "quit" else None

    def what_to_copy(self) -> Copyable | None:
        """F12 copies the body of the request, or the curl command."""
        if self._as_curl:
            return Copyable("curl command", self._curl())
        first = self._plan.requests.first
        return Copyable("Request body", first.body.decode()) if first is not None else None


def _receipt(run: Run) -> Content:
    """Write how a run ended and where to look next."""
    outcome = run.outcome
    how = [state_content(run.state, run.state_words)] if run.batches > 1 else []
    return lines(
        *how,
        *(attempt_line(attempt) for attempt in run.attempts),
        outcome_content(outcome) if outcome else Content(""),
        literal_line("Esc back to the draft   F3 history   F4 what handsets showed", "$quiet"),
    )
