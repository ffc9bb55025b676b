"""A run of many requests: how far it is, what goes wrong, and the keys that steer it, whoever sends it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import ScreenResume, ScreenSuspend
from textual.getters import app as app_of
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.worker import Worker

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen, ask
from pushtui.console.screens.confirm import ConfirmDialog
from pushtui.console.screens.question import Question
from pushtui.console.widgets.literal import Block, Line, joined, literal_line, toast
from pushtui.console.widgets.run_progress import RunBar, counts_content, phase_content, story_content
from pushtui.console.widgets.run_view import bar_account, wire_content, wire_text
from pushtui.console.widgets.top_bar import chip_of
from pushtui.domain.attempt import AttemptState
from pushtui.domain.run import Phase
from pushtui.services.run_control import Progress

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pushtui.domain.run import Run, Trouble
    from pushtui.services.history import Decision
    from pushtui.services.run_questions import Rest
    from pushtui.services.services import Services

HELP = """\
A run sends a message to many people, request by request, just below the provider's rate. Each request is in the \
journal before it leaves, so whatever happens, nobody is sent the same twice, and r sends exactly what never left.

p lets it wait and go on; s ends it, and what did not leave stays planned. Esc leads back to the history while the run \
goes on: the row at the top keeps showing how far it is. d hands it to a process of its own, which goes on when the \
console is left or its terminal is lost. All of this works for runs of other processes too. A run stops by itself when \
several requests in a row go wrong, and says why.

✔ accepted and ✖ rejected are the provider's word. ? unknown means that no answer came: those people may or may not \
have it. Enter shows every recipient."""

STEERING = ("pause_run", "stop_run", "resume_run", "detach_run")
ENDED = "nothing is left to send"
NOBODY_SENDS = "nobody sends it now"


class RunScreen(ConsoleScreen[None]):
    """Follows a run while it is shown, and turns keys into wishes to whoever sends it."""

    CSS_PATH = "run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Scope.RUN),
        Binding("escape", "leave", "Back", show=False, id="run.leave"),
    ]
    AUTO_FOCUS = "#detail"
    scope = Scope.RUN

    console = app_of(PushtuiApp)
    bar = query_one(RunBar)

    def __init__(self, services: Services, run: Run) -> None:
        super().__init__()
        self._services = services
        self._progress = Progress(run)
        self._troubles: Sequence[Trouble] = ()
        self._decisions: Sequence[Decision] = ()
        self._as_request = False
        self._busy = ""
        """What is being waited for, where that takes its time."""
        self._following: Worker[None] | None = None
        self.account = bar_account(run)

    @property
    def run(self) -> Run:
        """The run as it was seen last."""
        return self._progress.run

    def compose_content(self) -> ComposeResult:
        run = self.run
        where = joined(chip_of(run.environment).content, literal_line(f" {run.draft.account}   ", "bold"))
        what = literal_line(f"{run.reach}   run {run.id[:8]}   {run.draft.kind}", "$quiet")
        with Vertical(id="head"):
            yield Line(literal_line(self._services.planning.gist(run.draft) or "no text", "bold"), id="gist")
            yield Line(joined(where, what), id="about")
            yield Line(id="phase")
            yield RunBar(id="bar")
            yield Block(id="counts")
        with VerticalScroll(id="detail"):
            yield Block(id="text")

    # What is shown

    @on(ScreenResume)
    def follow(self) -> None:
        """Look at the run now, and once a second: whoever sends it, or begins to."""
        if self._following is None or self._following.is_finished:
            self._following = run_guarded(self, self._follow, group="live")

    @on(ScreenSuspend)
    def _rest(self) -> None:
        """Look no more while another screen is shown; under a dialog the run stays in sight."""
        if self._following is not None and not isinstance(self.app.screen, ModalScreen):
            self._following.cancel()
            self._following = None

    async def _follow(self) -> None:
        history = self._services.history
        looked = False
        async for progress in self._services.runs.watch(self.run.id):
            if progress == self._progress and looked:
                continue
            self._troubles = await history.troubles(progress.run)
            self._decisions = await history.decisions(progress.run)
            if not self._is_open:
                return
            looked = True
            self._show(progress)

    def _show(self, progress: Progress) -> None:
        """Show how far it is; what is the same is not painted anew."""
        self._progress = progress
        run = progress.run
        busy = literal_line(f"… {self._busy}", "bold $state-waiting") if self._busy else None
        self.query_one("#phase", Line).show(busy or phase_content(progress, here=self._is_here))
        self.bar.show(run.tally)
        self.query_one("#counts", Block).show(counts_content(run.tally))
        self._show_detail()
        self.key_bar.renew()

    def _show_detail(self) -> None:
        story = story_content(self.run, self._troubles, self._decisions, tips=not self._busy)
        content = wire_content(self.run) if self._as_request else story
        self.query_one("#text", Block).show(content)

    @property
    def _is_open(self) -> bool:
        """Whether there is anything to show it on; a screen may be closed as soon as it is shown."""
        return self in self.app.screen_stack

    @property
    def _is_here(self) -> bool:
        return self.run.id in self._services.here.ids

    # What keys do

    def action_pause_run(self) -> None:
        """Let the run wait, or go on."""
        runs = self._services.runs
        self._do(partial(runs.go_on if self.run.phase is Phase.PAUSED else runs.pause, self.run.id))

    def action_stop_run(self) -> None:
        run_guarded(self, self._stop, group="dialog", exclusive=True)

    def action_resume_run(self) -> None:
        if self.run.phase is Phase.PAUSED:
            self.action_pause_run()
        else:
            run_guarded(self, self._resume, group="dialog", exclusive=True)

    def action_detach_run(self) -> None:
        run_guarded(self, self._send_elsewhere, group="dialog", exclusive=True)

    def action_toggle_request(self) -> None:
        """Change between what went wrong and the latest request."""
        self._as_request = not self._as_request
        self._show_detail()
        self.query_one("#detail").scroll_home(animate=False)
        self.key_bar.renew()

    def action_show_results(self) -> None:
        """Go on to the recipients."""
        from pushtui.console.screens.results import ResultsScreen

        self.app.push_screen(ResultsScreen(self._services, self.run))

    def action_leave(self) -> None:
        """Go back; the run goes on. A run that changes hands is waited for, since nobody else would see to it."""
        if self._busy:
            toast(self.app, f"Wait a moment: {self._busy}.")
        else:
            self.dismiss(None)

    def _do(self, wish: Callable[[], Awaitable[Run]]) -> None:
        """Have something done with the run, and show what it made of it."""

        async def work() -> None:
            self._show(Progress(await wish(), self._progress.rate))

        run_guarded(self, work, group="wish", exclusive=True)

    async def _stop(self) -> None:
        left = self.run.tally.of(AttemptState.PLANNED).recipients
        question = (
            f"Stop the run? What is under way is waited for. The {left:,} people who are left stay planned, and r "
            "sends to them whenever you like."
        )
        if await ask(self.app, Question(question, yes="Stop it", no="Let it go on")):
            self._show(Progress(await self._services.runs.stop(self.run.id), self._progress.rate))

    async def _resume(self) -> None:
        confirmed = await self._confirmed("Go on with the run")
        if confirmed is not None:
            await self._services.here.resume(*confirmed)
            self.console.runs_at_work.follow(self.run.id)
            self.follow()

    async def _send_elsewhere(self) -> None:
        """Hand a run over, or have the rest of one that nobody sends sent elsewhere."""
        here = self._services.here
        if self._is_here:
            await self._waiting("handing over; the answers under way are waited for", self._hand_over)
            return
        confirmed = await self._confirmed("Go on with the run in a process of its own")
        if confirmed is not None:
            await self._waiting("starting a process", partial(here.resume_elsewhere, *confirmed))

    async def _hand_over(self) -> Run:
        return await self.console.runs_at_work.hand_over(self.run)

    async def _waiting(self, words: str, work: Callable[[], Awaitable[Run]]) -> None:
        """Say what is waited for while something is done, then follow the run again."""
        self._busy = words
        self._show(self._progress)
        try:
            self._progress = Progress(await work())
        finally:
            self._busy = ""
            self._show(self._progress)
        self.console.runs_at_work.follow(self.run.id)
        self.follow()

    async def _confirmed(self, title: str) -> tuple[Rest, str] | None:
        """Ask for the ritual of those who are left, as for sending to so many; return what was confirmed, and how."""
        rest = await self._services.runs.rest(self.run.id)
        question = f"Send to {rest.recipients:,} {rest.run.environment.value.upper()} users?"
        confirmation = await ask(self.app, ConfirmDialog(title, rest.text, question, rest.ritual))
        return (rest, confirmation.typed) if confirmation is not None else None

    # What the shell asks

    def look_before(self, action: Action) -> Awaitable[None] | None:
        """Steering is for the run as it is, not as it was seen last."""
        return self._look() if action.id in STEERING else None

    async def _look(self) -> None:
        run = await self._services.history.run(self.run.id)
        if self._is_open:
            self._show(Progress(run, self._progress.rate))

    def why_not(self, action: Action) -> str | None:
        """Each key has its phases."""
        run = self.run
        if action.id in STEERING and (self._busy or self._services.read_only):
            return self._busy or "this session is read-only"
        if action.id in ("pause_run", "stop_run") and not run.sending:
            return ENDED if run.phase is Phase.DONE else NOBODY_SENDS
        if action.id in ("resume_run", "detach_run") and run.phase is Phase.DONE:
            return ENDED
        if action.id == "resume_run" and run.phase is Phase.SENDING:
            return "it is being sent"
        if action.id == "detach_run":
            return self._why_not_detach()
        return None

    def _why_not_detach(self) -> str | None:
        if self.run.sending and not self._is_here:
            return "a process of its own sends it already"
        return self._services.here.why_bound(self.run)

    def label_of(self, action: Action) -> str:
        """Keys are called by what they do now."""
        if action.id == "pause_run" and self.run.phase is Phase.PAUSED:
            return "Go on"
        return "Trouble" if action.id == "toggle_request" and self._as_request else action.label

    def what_to_copy(self) -> Copyable | None:
        """F12 copies the latest request and its answer."""
        return Copyable("Request and answer", wire_text(self.run)) if self.run.attempts else None

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Run", HELP)
