"""F4: the sandbox: what arrived, who is there, what goes wrong, and how the clouds behave."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import ScreenResume, ScreenSuspend
from textual.getters import app as app_of
from textual.getters import query_one
from textual.worker import Worker

from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.screens.addresses import AddressesDialog
from pushtui.console.screens.base import ConsoleScreen, ask
from pushtui.console.screens.question import Question
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.faults_pane import FaultsPane
from pushtui.console.widgets.inbox_pane import InboxPane
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.parts_bar import PartsBar
from pushtui.console.widgets.people_pane import PeoplePane
from pushtui.console.widgets.sandbox_pane import SandboxPane
from pushtui.console.widgets.settings_pane import SettingsPane
from pushtui.domain.errors import SandboxError
from pushtui.services.inbox import why_no_inbox
from pushtui.services.sandbox_clock import ORDERS, set_clock, time_words

if TYPE_CHECKING:
    from pushtui.services.services import Services

HELP = (
    "The sandbox is three clouds on this machine, with users and handsets of its own. 1 to 4 change between what "
    "arrived, who is there, what goes wrong, and how the clouds behave. Its clock can stand still or be moved; `a` "
    "shows where your own programs reach it. `pushtui sandbox` does the same from the command line."
)
BREATH = 0.25
"""Seconds between two looks at what arrived: in a storm nobody reads more, and every look is painted."""
LOST_BREATH = 2.0
"""Seconds between two attempts to find a sandbox that is gone."""
CHANGES = frozenset(
    {
        "set_clock",
        "reset_sandbox",
        "toggle_online",
        "toggle_details",
        "toggle_token",
        "switch_fault",
        "clear_faults",
        "change_setting",
        "restore_setting",
    }
)
PANES: Mapping[Scope, type[SandboxPane]] = {
    Scope.INBOX: InboxPane,
    Scope.PEOPLE: PeoplePane,
    Scope.FAULTS: FaultsPane,
    Scope.SETTINGS: SettingsPane,
}


class SandboxScreen(ConsoleScreen[None]):
    """Four parts, one of which is shown; the inbox is followed as long as the screen is."""

    CSS_PATH = "sandbox.tcss"
    BINDINGS = bindings_for(Scope.SANDBOX)
    scope = Scope.INBOX

    console = app_of(PushtuiApp)
    note = query_one("#note", Note)
    box = query_one("#sandbox", Container)
    bar = query_one(PartsBar)
    inbox = query_one(InboxPane)

    def __init__(self) -> None:
        super().__init__()
        self._time = ""
        """The sandbox's time in words, as of the last look."""
        self._following: Worker[None] | None = None

    def compose_content(self) -> ComposeResult:
        yield Note(id="note")
        with Container(id="sandbox"):
            yield PartsBar()
            yield InboxPane()

    # What is shown

    @on(ScreenResume)
    def action_refresh_sandbox(self) -> None:
        """Ask the sandbox again, and follow it from then on."""
        self._following = run_guarded(self, self._follow, group="live", exclusive=True)

    @on(ScreenSuspend)
    def _stop_following(self) -> None:
        """Who does not look needs no news."""
        if self._following is not None:
            self._following.cancel()

    async def _follow(self) -> None:
        """Show the sandbox as it is, then each news; find it again if it goes away."""
        services = await self.console.services.get()
        while not self._is_elsewhere(services):
            try:
                await self._begin(services)
                while True:
                    await self._next(services)
            except SandboxError as error:
                self._gone(error.title, f"{error.message} It is looked for as long as this screen is shown.")
            await asyncio.sleep(LOST_BREATH)

    def _is_elsewhere(self, services: Services) -> bool:
        """Tell whether the account in use has no sandbox, and say so."""
        reason = why_no_inbox(self.console.account, connected=True)
        if reason is not None:
            self._gone("No handsets to look at", reason)
        return reason is not None

    async def _begin(self, services: Services) -> None:
        await self._reach(services)
        await services.follow_sandbox()
        control = services.sandbox.control
        self._time = time_words((await control.state()).time, self.console.options.clock.now())
        await self.inbox.begin(control)
        if self.pane is not self.inbox:
            await self.pane.load()
        self._found()

    async def _reach(self, services: Services) -> None:
        """Find the sandbox if it is not known yet, or went away."""
        if self.has_class("-gone") or not services.sandbox.connected:
            try:
                await services.sandbox.reconnect()
            except SandboxError:
                raise SandboxError(why_no_inbox(None, connected=False) or "", title="No sandbox") from None
            services.attach_sandbox()

    async def _next(self, services: Services) -> None:
        """Wait for news and show them."""
        if not await self.inbox.wait():
            return
        if self.inbox.restarted:
            await self._begin(services)
            return
        await self.inbox.show_news()
        if self.pane.lively:
            await self.pane.load()
        self._found()
        await asyncio.sleep(BREATH)

    def _found(self) -> None:
        self.remove_class("-gone")
        self._show_parts()
        if self.focused is None:
            self.pane.come_in()

    def _gone(self, title: str, text: str) -> None:
        self.add_class("-gone")
        self.note.say(title, text)
        self.key_bar.renew()

    @on(SandboxPane.Changed)
    def _show_parts(self) -> None:
        """Show what is known of each part, and what the keys do now."""
        counts = {pane.scope: pane.count for pane in self.query(SandboxPane)}
        self.bar.show(self.pane.scope, counts, self._time)
        self.key_bar.renew()

    # The parts

    @property
    def pane(self) -> SandboxPane:
        """The part that is shown."""
        return next(pane for pane in self.query(SandboxPane) if pane.scope is self.key_bar.scope)

    @property
    def actor(self) -> SandboxPane:
        """The part that is shown does what only it can do."""
        return self.pane

    async def action_show_inbox(self) -> None:
        await self._show_part(Scope.INBOX)

    async def action_show_people(self) -> None:
        await self._show_part(Scope.PEOPLE)

    async def action_show_faults(self) -> None:
        await self._show_part(Scope.FAULTS)

    async def action_show_settings(self) -> None:
        await self._show_part(Scope.SETTINGS)

    async def _show_part(self, scope: Scope) -> None:
        """Show a part, which is made when it is first wanted, and ask for what it shows."""
        if scope not in [pane.scope for pane in self.query(SandboxPane)]:
            await self.box.mount(PANES[scope]())
        self.set_focus(None)
        self.key_bar.scope = scope
        for pane in self.query(SandboxPane):
            pane.display = pane.scope is scope
        self.pane.come_in()
        self._show_parts()
        run_guarded(self.pane, self.pane.load, group="load", exclusive=True)

    # What keys do everywhere here

    def action_show_addresses(self) -> None:
        """Show where the clouds answer."""
        run_guarded(self, self._show_addresses, group="dialog", exclusive=True)

    async def _show_addresses(self) -> None:
        services = await self.console.services.get()
        await ask(self.app, AddressesDialog(services.sandbox.address, services.paths.sandbox_file))

    def action_set_clock(self) -> None:
        """Freeze, move or release the clock."""
        run_guarded(self, self._set_clock, group="dialog", exclusive=True)

    async def _set_clock(self) -> None:
        control = (await self.console.services.get()).sandbox.control

        async def accept(text: str) -> None:
            await set_clock(control, text)

        now = time_words((await control.state()).time, self.console.options.clock.now())
        help_text = (
            f"{now[0].upper()}{now[1:]}. Quotas, tokens, quiet hours and time stamps go by it. Choose, or type how far "
            "to move it (90, 15m, 2h, -1d) or where to freeze it (2026-11-22T12:00, in UTC)."
        )
        dialog = ValueDialog(
            "The sandbox's clock", help_text, accept, choices=ORDERS, placeholder="15m, or a time", typed=True
        )
        await ask(self.app, dialog)

    def action_reset_sandbox(self) -> None:
        """Bring the sandbox back to its beginning, if the person agrees."""
        run_guarded(self, self._reset, group="dialog", exclusive=True)

    async def _reset(self) -> None:
        question = (
            "Bring the sandbox back to its beginning? Its inbox, its users, its quota counts, its clock, its settings "
            "and its faults are lost. The history (F3) keeps what was sent."
        )
        if await ask(self.app, Question(question, yes="Reset", no="Leave it")):
            services = await self.console.services.get()
            await services.reset_sandbox()
            toast(self.app, "The sandbox is as it was at its beginning.")
            self.action_refresh_sandbox()

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Without a sandbox nothing of it can be done, and in a read-only session nothing can be changed."""
        if action.scope is Scope.GLOBAL:
            return None
        if self.has_class("-gone"):
            return None if action.id == "refresh_sandbox" else "there is no sandbox here"
        services = self.console.services.value
        if action.id in CHANGES and services is not None and services.read_only:
            return "this session is read-only"
        return None

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Sandbox", HELP)
