"""F4: what each of the sandbox's handsets showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.events import ScreenResume
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
from pushtui.console.screens.question import Question
from pushtui.console.widgets.handset_wall import HandsetWall, wall
from pushtui.console.widgets.inbox_view import COLUMNS, push_row
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.table import Table
from pushtui.domain.errors import PushtuiError
from pushtui.services.inbox import why_no_inbox

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush

HELP = (
    "The sandbox is a cloud on this machine, with users and handsets of its own. Each push it accepted is listed; "
    "below it is what every handset of the audience showed, after all rules of platform and vendor, or why it "
    "shows nothing. Codes such as P17 are those of RongCloud's own push diagnosis."
)
COPIED_WIDTH = 100


class InboxScreen(ConsoleScreen[None]):
    """The pushes that the sandbox accepted, and the handsets of the highlighted one."""

    CSS_PATH = "inbox.tcss"
    BINDINGS = [*bindings_for(Scope.INBOX), Binding("escape", "to_list", "Back", show=False, id="inbox.back")]
    scope = Scope.INBOX

    console = app_of(PushtuiApp)
    note = query_one("#note", Note)
    table = query_one("#pushes", Table)
    handsets = query_one("#handsets", HandsetWall)

    def __init__(self) -> None:
        super().__init__()
        self._pushes: dict[str, InboxPush] = {}
        self._reachable = False

    def compose_content(self) -> ComposeResult:
        yield Note(id="note")
        with Container(id="box"):
            yield Table(COLUMNS, id="pushes")
            yield HandsetWall(id="handsets")

    # What is shown

    @on(ScreenResume)
    def action_refresh_inbox(self) -> None:
        """Ask the sandbox again."""
        run_guarded(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        services = await self.console.services.get()
        reason = why_no_inbox(self.console.account, connected=services.sandbox.connected)
        self._reachable = reason is None
        if reason is not None:
            self._empty("No handsets to look at", reason)
            return
        try:
            pushes = await services.sandbox.inbox()
        except PushtuiError as error:
            self._empty(error.title, error.message)
            return
        self._show(pushes)

    def _show(self, pushes: list[InboxPush]) -> None:
        if not pushes:
            self._empty(
                "No push has arrived yet",
                f"Write one ({BY_ID['compose'].key}) and send it ({BY_ID['review'].key}): "
                "what every handset made of it is shown here.",
            )
            return
        self._pushes = {push.id: push for push in pushes}
        self.remove_class("-empty")
        self.table.show([push_row(push) for push in pushes], follow_first=self.focused is not self.handsets)
        self._show_handsets()
        if self.focused is None:
            self.table.focus()

    def _empty(self, title: str, text: str) -> None:
        self._pushes = {}
        self.add_class("-empty")
        self.note.say(title, text)
        self.key_bar.renew()

    @on(DataTable.RowHighlighted)
    def _show_handsets(self) -> None:
        """Show the handsets of the highlighted push."""
        push = self.push_shown
        if push is not None:
            self.handsets.show(push)
        self.key_bar.renew()

    @property
    def push_shown(self) -> InboxPush | None:
        """The highlighted push."""
        return self._pushes.get(self.table.highlighted or "")

    # What keys do

    @on(DataTable.RowSelected)
    def _to_handsets(self) -> None:
        """Enter goes on to the handsets, where arrow and page keys scroll."""
        self.handsets.focus()

    def action_to_list(self) -> None:
        """Go back to the list of pushes."""
        if not self.has_class("-empty"):
            self.table.focus()

    def action_reset_sandbox(self) -> None:
        """Bring the sandbox back to its beginning, if the person agrees."""
        run_guarded(self, self._reset, group="reset", exclusive=True)

    async def _reset(self) -> None:
        question = (
            "Bring the sandbox back to its beginning? Its inbox, its quota counts, its clock and its faults are lost. "
            "The history (F3) keeps what was sent."
        )
        if await self.app.push_screen_wait(Question(question, yes="Reset", no="Leave it")):
            services = await self.console.services.get()
            await services.reset_sandbox()
            toast(self.app, "The sandbox is as it was at its beginning.")
            await self._load()

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Without a sandbox there is nothing to reset."""
        return "there is no sandbox here" if action.id == "reset_sandbox" and not self._reachable else None

    def what_to_copy(self) -> Copyable | None:
        """F12 copies what the handsets showed, as text."""
        push = self.push_shown
        return Copyable("What handsets showed", wall(push, COPIED_WIDTH).plain) if push is not None else None

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Inbox", HELP)
