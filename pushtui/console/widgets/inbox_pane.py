"""The sandbox's inbox: sends as they arrive, and what every handset made of the highlighted one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.getters import query_one
from textual.widgets import DataTable

from pushtui.console.acting import Copyable
from pushtui.console.actions import BY_ID, Scope
from pushtui.console.keys import bindings_for
from pushtui.console.widgets.handset_wall import HandsetWall, wall
from pushtui.console.widgets.inbox_view import COLUMNS, push_row
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.sandbox_pane import SandboxPane
from pushtui.services.sandbox_feed import InboxFeed

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush
    from pushtui.services.sandbox_control import SandboxControl

COPIED_WIDTH = 100


class InboxPane(SandboxPane):
    """The newest sends of all clouds, and the handsets of the highlighted one."""

    scope = Scope.INBOX
    columns = COLUMNS
    help = (
        "Each send that a cloud accepted is listed as it arrives; below it is what every handset of the audience "
        "showed, after all rules of platform and vendor, or why it shows nothing. Codes such as P17 are those of "
        "RongCloud's own push diagnosis."
    )
    BINDINGS = [*bindings_for(Scope.INBOX), Binding("escape", "to_list", "Back", show=False, id="inbox.back")]

    handsets = query_one(HandsetWall)
    note = query_one(Note)

    DEFAULT_CSS = """
    InboxPane {
        Note { display: none; }
        &.-empty Note { display: block; }
        &.-empty Table, &.-empty HandsetWall { display: none; }
        Table { height: auto; max-height: 6; }
        HandsetWall { height: 1fr; padding: 0 1; border-top: hkey $rule; scrollbar-size-vertical: 1; }
        HandsetWall Block { height: auto; }
    }
    .-tall InboxPane Table { max-height: 10; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._feed: InboxFeed | None = None

    def compose_detail(self) -> ComposeResult:
        yield HandsetWall(id="handsets")
        yield Note()

    # What is shown

    async def load(self) -> None:
        """Show what the feed knows; it is told of all that arrives."""
        self._show()

    async def begin(self, control: SandboxControl) -> None:
        """Show a sandbox from its newest sends on."""
        feed = InboxFeed(control)
        await feed.begin()
        self._feed = feed
        self._show()

    async def wait(self) -> bool:
        """Wait for news, and tell whether there are any."""
        return self._feed is not None and await self._feed.wait()

    @property
    def restarted(self) -> bool:
        """Whether the news are that the sandbox began anew."""
        return self._feed is not None and self._feed.restarted

    async def show_news(self) -> None:
        """Show what arrived, and what that changed about the send that is looked at."""
        shown = self.push_shown
        self._show()
        if self._feed is not None and shown is not None and await self._feed.renew(shown.id) is not None:
            self._show()

    def _show(self) -> None:
        pushes = self._pushes
        self.set_class(not pushes, "-empty")
        self.note.say(
            "Nothing was accepted yet",
            f"Write a push ({BY_ID['compose'].key}) and send it ({BY_ID['review'].key}), or let your own program send "
            f"to one of the three clouds: “{BY_ID['show_addresses'].key}” shows where they answer. What every handset "
            "made of it is shown here, as it arrives.",
        )
        self.table.show([push_row(push) for push in pushes], follow_first=self.screen.focused is not self.handsets)
        self.show_detail()

    def show_detail(self) -> None:
        """Show the handsets of the highlighted send."""
        push = self.push_shown
        if push is not None:
            self.handsets.show(push)
        self.post_message(self.Changed())

    @property
    def push_shown(self) -> InboxPush | None:
        """The highlighted send."""
        return next((push for push in self._pushes if push.id == self.table.highlighted), None)

    @property
    def users_shown(self) -> tuple[str, ...]:
        """Whom the highlighted send went to."""
        push = self.push_shown
        return tuple(dict.fromkeys((*push.recipients, *(one.user for one in push.deliveries)))) if push else ()

    @property
    def count(self) -> str:
        return str(self._feed.sequence) if self._feed is not None else ""

    @property
    def _pushes(self) -> tuple[InboxPush, ...]:
        return self._feed.pushes if self._feed is not None else ()

    # What keys do

    @on(DataTable.RowSelected)
    def action_read_handsets(self) -> None:
        """Go on to the handsets, where arrow and page keys scroll."""
        self.handsets.focus()

    def action_to_list(self) -> None:
        """Go back to the list of sends."""
        self.table.focus()

    # What the shell asks

    def detail(self) -> Content:
        push = self.push_shown
        return wall(push, COPIED_WIDTH) if push is not None else Content("")

    def what_to_copy(self) -> Copyable | None:
        """F12 copies what the handsets showed, as text."""
        return Copyable("What handsets showed", self.detail().plain) if self.push_shown is not None else None
