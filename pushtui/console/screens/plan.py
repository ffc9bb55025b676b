"""The last look before a push leaves, the confirmation, and what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, ScreenResume
from textual.getters import app as app_of
from textual.getters import query_one

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line, toast
from pushtui.console.widgets.outcome import attempt_line, outcome_content
from pushtui.console.widgets.plan_view import PlanFacts, question_content
from pushtui.console.widgets.request_view import request_content
from pushtui.console.widgets.ritual_pane import RitualPane
from pushtui.domain.errors import PushtuiError

if TYPE_CHECKING:
    from pushtui.domain.attempt import Attempt
    from pushtui.domain.plan import Plan
    from pushtui.domain.run import Run
    from pushtui.services.recipients.importing import Progress
    from pushtui.services.services import Services


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
        self._written: Progress | None = None
        """How much of a run of many requests is in the journal."""

    def compose_content(self) -> ComposeResult:
        with Container(id="look"):
            with VerticalScroll(id="summary", can_focus=False):
                yield PlanFacts(self._plan, self._services.planning.gist(self._plan.draft))
            with Vertical(id="wire"):
                yield Line(id="request-title")
                with VerticalScroll(id="request-scroll"):
                    yield Block(id="request")
        question = question_content(self._plan, self._ritual)
        yield RitualPane(question, self._ritual, possible=self._plan.sendable, id="ritual")
        yield Block(id="progress")

    def on_mount(self) -> None:
        self._show_request()

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
        self.query_one(RitualPane).take(event)

    @on(RitualPane.Declined)
    def _cancel(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Go back; a push that is under way cannot be called back, so its answer is awaited."""
        if self._under_way:
            toast(self.app, self._why_stay())
        else:
            self.dismiss(self._run)

    # The run

    @on(RitualPane.Confirmed)
    def _confirm(self, event: RitualPane.Confirmed) -> None:
        if not self._under_way and self._run is None:
            self._under_way = True
            self.add_class("-sent")
            self.progress.show(literal_line("Writing the journal …", "$quiet"))
            send = self._begin if self._plan.requests.count > 1 else self._send
            run_guarded(self, lambda: send(event.typed), group="send")

    async def _begin(self, typed: str) -> None:
        """Write a run of many requests, and show it on its way."""
        from pushtui.console.runs_at_work import open_run

        services, telling = self._services, self.set_interval(1, self._tell_written)
        try:
            run = await services.here.begin(self._plan, typed, self._hear)
        except PushtuiError as error:
            self._fail(error)
        else:
            self.console.runs_at_work.follow(run.id)
            self.dismiss(run)
            run_guarded(self.app, partial(open_run, self.console, services, run))
        finally:
            telling.stop()
            self._under_way = False

    def _hear(self, progress: Progress) -> None:
        """Remember, in a thread, how far the writing is."""
        self._written = progress

    def _tell_written(self) -> None:
        if self._written is not None:
            words = f"Writing the journal … {self._written.rows:,} recipients, {self._written.fraction:.0%}"
            self.progress.show(literal_line(words, "$quiet"))

    async def _send(self, typed: str) -> None:
        try:
            self._run = await self._services.sending.send(self._plan, typed, self._watch)
        except PushtuiError as error:
            self._fail(error)
        else:
            self.progress.show(_receipt(self._run))
        finally:
            self._under_way = False
            self.set_focus(None)

    def _fail(self, error: PushtuiError) -> None:
        self.progress.show(joined(literal_line(f"✖ {error.title}. ", "bold $finding-error"), literal(error.message)))

    def _watch(self, attempt: Attempt) -> None:
        self._attempts[attempt.id] = attempt
        self.progress.show(lines(*(attempt_line(attempt) for attempt in self._attempts.values())))

    def why_not(self, action: Action) -> str | None:
        """A request under way cannot be called back, and leaving would only lose its outcome."""
        return "the request is under way; wait for its outcome" if self._under_way and action.id == "quit" else None

    def _why_stay(self) -> str:
        if self._plan.requests.count > 1:
            return "The run is being written to the journal; it is shown as soon as it begins."
        return "The request is under way and cannot be called back; wait for its outcome."

    def what_to_copy(self) -> Copyable | None:
        """F12 copies the body of the request, or the curl command."""
        if self._as_curl:
            return Copyable("curl command", self._curl())
        first = self._plan.requests.first
        return Copyable("Request body", first.body.decode()) if first is not None else None


def _receipt(run: Run) -> Content:
    """Write how a run ended and where to look next."""
    outcome = run.outcome
    return lines(
        *(attempt_line(attempt) for attempt in run.attempts),
        outcome_content(outcome) if outcome else Content(""),
        literal_line("Esc back to the draft   F3 history   F4 what handsets showed", "$quiet"),
    )
