"""F3: what was sent, what came back, and how it ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.events import ScreenResume, ScreenSuspend
from textual.getters import app as app_of
from textual.getters import query_one
from textual.widgets import DataTable

from pushtui.console.acting import Copyable
from pushtui.console.actions import BY_ID, Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen
from pushtui.console.screens.reopening import lay_on_desk
from pushtui.console.screens.run import RunScreen
from pushtui.console.widgets.literal import Block
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.run_view import COLUMNS, facts_content, run_row, wire_content, wire_text
from pushtui.console.widgets.table import Table
from pushtui.domain.errors import PushtuiError
from pushtui.services.named_users import users_named
from pushtui.services.run_control import LOOK_AGAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushtui.domain.run import Run

HELP = (
    "Every push that was confirmed here, the newest first. The state is that of its last attempt: "
    "accepted and rejected are the provider's word, except that a push which never reached it counts as rejected too "
    "and is titled “Not sent”; unknown means that no answer says what became of it.\n\nA run to many people shows how "
    "far it is, whichever process sends it. Enter opens it: there you pause, stop and resume it, and see everybody."
)


class HistoryScreen(ConsoleScreen[None]):
    """The runs of the journal, and the highlighted one in full."""

    CSS_PATH = "history.tcss"
    BINDINGS = [*bindings_for(Scope.HISTORY), Binding("escape", "close_detail", "Back", show=False, id="history.back")]
    scope = Scope.HISTORY

    console = app_of(PushtuiApp)
    note = query_one("#note", Note)
    table = query_one("#runs", Table)
    detail = query_one("#detail", VerticalScroll)

    def __init__(self) -> None:
        super().__init__()
        self._runs: dict[str, Run] = {}

    def compose_content(self) -> ComposeResult:
        yield Note(id="note")
        with Container(id="book"):
            yield Table(COLUMNS, id="runs")
            with VerticalScroll(id="detail"):
                yield Block(id="facts")
                yield Block(id="wire")

    # What is shown

    @on(ScreenResume)
    def action_refresh_history(self) -> None:
        """Read the journal again."""
        run_guarded(self, self._load, group="load", exclusive=True)

    @on(ScreenSuspend)
    def _rest(self) -> None:
        """Look no more at runs that go on."""
        self.workers.cancel_group(self, "live")

    async def _follow(self) -> None:
        """Read the runs that go on again, once a second, until none does."""
        services = await self.console.services.get()
        while any(run.sending for run in self._runs.values()):
            await asyncio.sleep(LOOK_AGAIN)
            self._show(await services.history.renewed(list(self._runs.values())))

    async def _load(self) -> None:
        try:
            services = await self.console.services.get()
            runs = await services.history.runs()
        except PushtuiError as error:
            self._empty(error.title, error.message)
            return
        if not runs:
            self._empty(
                "Nothing was sent yet",
                f"Write a push ({BY_ID['compose'].key}), then review and send it ({BY_ID['review'].key}). "
                "What left, what came back and how it ended is kept here.",
            )
            return
        self.remove_class("-empty")
        self._show(runs)
        if self.focused is None:
            self.table.focus()
        if self.app.screen is self:
            run_guarded(self, self._follow, group="live", exclusive=True)

    def _show(self, runs: Sequence[Run]) -> None:
        self._runs = {run.id: run for run in runs}
        self.table.show([run_row(run) for run in runs], follow_first=not self.reading)
        self._show_detail()

    def _empty(self, title: str, text: str) -> None:
        self._runs = {}
        self.action_close_detail()
        self.add_class("-empty")
        self.note.say(title, text)
        self.key_bar.renew()

    @on(DataTable.RowHighlighted)
    def _show_detail(self) -> None:
        """Show the highlighted run."""
        run = self.run_shown
        if run is not None:
            self.query_one("#facts", Block).show(facts_content(run))
            self.query_one("#wire", Block).show(wire_content(run))
        self.key_bar.renew()

    @property
    def run_shown(self) -> Run | None:
        """The highlighted run."""
        return self._runs.get(self.table.highlighted or "")

    @property
    def users_shown(self) -> tuple[str, ...]:
        """Whom the latest request of the highlighted run names can be opened."""
        return users_named(self.run_shown) if self.run_shown is not None else ()

    @property
    def reading(self) -> bool:
        """Whether the detail has the whole screen."""
        return self.has_class("-reading")

    # What keys do

    @on(DataTable.RowSelected)
    def action_open_detail(self) -> None:
        """Open a run for many; give the detail of any other the whole screen, or take it back."""
        services, run = self.console.services.value, self.run_shown
        if run is not None and run.for_many and services is not None:
            self.app.push_screen(RunScreen(services, run))
        elif self.reading:
            self.action_close_detail()
        else:
            self.add_class("-reading")
            self.detail.scroll_home(animate=False)
            self.detail.focus()
            self.key_bar.renew()

    def action_close_detail(self) -> None:
        """Go back to the list."""
        if self.reading:
            self.remove_class("-reading")
            self.table.focus()
            self.key_bar.renew()

    def action_new_from_run(self) -> None:
        """Open what was sent as a new draft."""
        run_guarded(self, self._reopen, group="reopen", exclusive=True)

    async def _reopen(self) -> None:
        services, run = await self.console.services.get(), self.run_shown
        if run is None:
            return

        async def lay() -> None:
            services.desk.reopen(run)

        await lay_on_desk(self.console, services, lay)

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Nothing can be opened while there is nothing."""
        needs_run = action.id in ("open_detail", "new_from_run")
        return "nothing was sent yet" if needs_run and self.run_shown is None else None

    def label_of(self, action: Action) -> str:
        """Enter opens a run for many, and leads back from the detail of any other."""
        if action.id != "open_detail":
            return action.label
        if self.run_shown is not None and self.run_shown.for_many:
            return "Run"
        return "List" if self.reading else action.label

    def what_to_copy(self) -> Copyable | None:
        """F12 copies request and answer."""
        run = self.run_shown
        return Copyable("Request and answer", wire_text(run)) if run is not None else None

    def help_topic(self) -> HelpTopic:
        return HelpTopic("History", HELP)
