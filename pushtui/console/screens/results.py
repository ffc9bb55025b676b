"""What became of each recipient of a run, and what one can do about those whom it went wrong with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize, ScreenResume
from textual.getters import app as app_of
from textual.getters import query_one

from pushtui.console.acting import Copyable
from pushtui.console.actions import BY_ID, Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen, ask
from pushtui.console.screens.confirm import ConfirmDialog
from pushtui.console.screens.reopening import lay_on_desk
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.filter_bar import FILTERS, FilterBar
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line, toast
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.outcome import state_content
from pushtui.console.widgets.result_table import ResultTable
from pushtui.console.widgets.run_view import bar_account
from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.services.result_files import save_results
from pushtui.services.result_pages import ResultPages

if TYPE_CHECKING:
    from pushtui.domain.run import Run
    from pushtui.services.results import RecipientResult
    from pushtui.services.services import Services

HELP = """\
Every recipient of the run and how the request that names them stands, in the order of the requests. 1 to 5 choose \
whom one sees, / finds a user id. Only what is in sight is read, so that a million are as quick as ten; while the \
run goes on, r looks again.

e writes those shown to a file: its name ends in .csv or .json. n makes a new draft for those who were rejected, with \
the values they had, and opens it: nothing is sent before you have reviewed it.

Those who are unknown may have got the message or not. pushtui never sends to them again by itself. If you know that \
it did not arrive, or that twice does no harm, u plans them once more: it asks why, and for the number of people who \
may get the same twice."""


class ResultsScreen(ConsoleScreen[None]):
    """A filter, the recipients, and the highlighted one in full."""

    CSS_PATH = "results.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Scope.RESULTS),
        Binding("escape", "leave", "Back", show=False, id="results.leave"),
    ]
    scope = Scope.RESULTS

    console = app_of(PushtuiApp)
    filters = query_one(FilterBar)
    table = query_one(ResultTable)
    note = query_one("#note", Note)

    def __init__(self, services: Services, run: Run) -> None:
        super().__init__()
        self._services = services
        self._run = run
        self._filter = "show_everybody"
        self._shown = ""
        """The filter whose recipients the table has."""
        self.account = bar_account(run)

    def compose_content(self) -> ComposeResult:
        with Vertical(id="list"):
            yield FilterBar()
            yield Line(id="header")
            yield ResultTable(id="recipients")
            yield Note(id="note")
            yield Block(id="detail")

    # What is shown

    @on(ScreenResume)
    def action_refresh_results(self) -> None:
        """Look again who stands where."""
        run_guarded(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        run = self._run = await self._services.history.run(self._run.id)
        pages = await ResultPages.of(self._services.journal, run, FILTERS[self._filter])
        if self not in self.app.screen_stack:  # It may be closed as soon as it is shown.
            return
        self.filters.show(run.tally, self._filter)
        self.set_class(not pages.count, "-empty")
        self.note.say(_NOBODY[self._filter], "1 shows everybody.")
        self.table.show(pages, from_first=self._shown != self._filter)
        self._shown = self._filter
        if self.focused is None and pages.count:
            self.table.focus()
        self.key_bar.renew()

    @on(ResultTable.Highlighted)
    def _show_detail(self, event: ResultTable.Highlighted) -> None:
        self.query_one("#detail", Block).show(_detail(event.result, self._run) if event.result else Content(""))
        self.key_bar.renew()

    @on(Resize)
    def _show_header(self) -> None:
        width = self.table.size.width or self.size.width - 2
        self.query_one("#header", Line).show(literal_line(self.table.header(width), "$quiet"))

    # What keys do

    def action_show_everybody(self) -> None:
        self._choose("show_everybody")

    def action_show_accepted(self) -> None:
        self._choose("show_accepted")

    def action_show_rejected(self) -> None:
        self._choose("show_rejected")

    def action_show_unknown(self) -> None:
        self._choose("show_unknown")

    def action_show_planned(self) -> None:
        self._choose("show_planned")

    def _choose(self, chosen: str) -> None:
        self._filter = chosen
        self.action_refresh_results()

    def action_find_recipient(self) -> None:
        run_guarded(self, self._find, group="dialog", exclusive=True)

    def action_export_results(self) -> None:
        run_guarded(self, self._export, group="dialog", exclusive=True)

    def action_draft_rejected(self) -> None:
        run_guarded(self, self._draft_rejected, group="dialog", exclusive=True)

    def action_retry_unknown(self) -> None:
        run_guarded(self, self._retry_unknown, group="dialog", exclusive=True)

    def action_leave(self) -> None:
        """Go back to the run."""
        self.dismiss(None)

    async def _find(self) -> None:
        """Go to a user among those shown."""
        pages = self.table.pages

        async def go(user: str) -> None:
            place = await pages.place_of(user) if pages is not None and user else None
            if place is None:
                raise Refused(f"None of the {self.table.count:,} recipients shown has the user id “{user}”.")
            self.table.go(place)

        text = "The user id, exactly; it is looked for among those shown. Enter goes there."
        await ask(self.app, ValueDialog("Find a recipient", text, go, placeholder="user id"))

    async def _export(self) -> None:
        """Write those shown to a file that is asked for."""
        states, name = FILTERS[self._filter], f"run-{self._run.id[:8]}.csv"
        people = f"{self.table.count:,} {'person' if self.table.count == 1 else 'people'}"
        where: list[Path] = []

        async def write(typed: str) -> None:
            path = _place(typed or name)
            await save_results(self._run, self._services.results.of(self._run, states), path)
            where.append(path)

        text = (
            f"{people}: user id, state, message UID, reason, request id. The name ends in .csv or .json; a plain one "
            "goes to the folder where the console was started."
        )
        if await ask(self.app, ValueDialog("Write the results to a file", text, write, value=name)):
            toast(self.app, f"{people}: written to {where[-1]}.")

    async def _draft_rejected(self) -> None:
        """Save a draft for those who were rejected, and lay it on the desk."""
        services, run = self._services, self._run

        async def lay() -> None:
            await services.desk.open(await services.results.draft_rejected(run))

        if await lay_on_desk(self.console, services, lay):
            count = run.tally.of(AttemptState.REJECTED).recipients
            toast(self.app, f"A new draft for the {count:,} who were rejected. Nothing is sent before you review it.")

    async def _retry_unknown(self) -> None:
        """Plan those who are unknown once more, for a reason and with the ritual of so many."""
        runs = self._services.runs
        doubt = await runs.doubt(self._run.id)
        text = (
            f"{doubt.warning} Look first whether it arrived: ask one of them, or look in the provider's own records "
            "for the request id, which is shown with each. The reason is kept in the journal. Nothing leaves yet."
        )
        dialog = ConfirmDialog(
            "Plan those who are unknown once more",
            text,
            "Plan them once more?",
            doubt.ritual,
            asks_why="why, such as: the provider's records have none of them",
        )
        confirmation = await ask(self.app, dialog)
        if confirmation is not None:
            await runs.retry_unknown(doubt.run.id, confirmation.reason, confirmation.typed)
            toast(self.app, f"{doubt.unknown.recipients:,} people are planned once more. “r” at the run sends to them.")
            self.dismiss(None)

    # What the shell asks

    @property
    def users_shown(self) -> tuple[str, ...]:
        """The highlighted recipient can be opened."""
        return (self.table.result.user,) if self.table.result is not None else ()

    def why_not(self, action: Action) -> str | None:
        """Decisions need somebody to decide about."""
        tally = self._run.tally
        if action.id == "draft_rejected" and not tally.of(AttemptState.REJECTED).batches:
            return "nobody was rejected"
        if action.id in ("export_results", "find_recipient") and not self.table.count:
            return "nobody is shown"
        if action.id != "retry_unknown":
            return None
        if self._run.sending:
            return f"the run is being sent; stop it first (Esc, {BY_ID['stop_run'].key})"
        return None if tally.of(AttemptState.UNKNOWN).batches else "nobody is unknown"

    def what_to_copy(self) -> Copyable | None:
        """F12 copies all that is known of the highlighted recipient."""
        result = self.table.result
        return Copyable("The recipient", _detail(result, self._run).plain) if result is not None else None

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Results", HELP)


_NOBODY = {
    "show_everybody": "The run has no recipients",
    "show_accepted": "Nobody was accepted yet",
    "show_rejected": "Nobody was rejected",
    "show_unknown": "Nobody is unknown",
    "show_planned": "Nobody is left",
}


def _place(typed: str) -> Path:
    return Path(typed).expanduser().absolute()


def _detail(result: RecipientResult, run: Run) -> Content:
    """Write all that is known of a recipient."""
    what = joined(state_content(result.state), literal_line(f"  {result.user}", "bold"))
    where = literal_line(f"   request {result.batch:,} of {run.batches:,}", "$quiet")
    uid = [joined(literal_line("message UID  ", "$quiet"), literal_line(result.uid))] if result.uid else []
    request = [joined(literal_line("request id   ", "$quiet"), literal_line(result.request_id))]
    reason = [literal(result.reason)] if result.reason else []
    return lines(joined(what, where), *uid, *(request if result.request_id else []), *reason)
