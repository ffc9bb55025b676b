"""The console's composition root: it wires, it does not behave."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.reactive import reactive

from pushtui.console import commanding
from pushtui.console.actions import BY_ID, Scope
from pushtui.console.arrival import Arrival, in_daemon_thread
from pushtui.console.belt import LastBelt
from pushtui.console.clipboard import wrapped_copy_sequence
from pushtui.console.driver import PoliteDriver
from pushtui.console.guarded import run_guarded
from pushtui.console.keyboard import Keyboard, Passed
from pushtui.console.keys import bindings_for
from pushtui.console.modes import SCREENS
from pushtui.console.opening import close_down, lay_draft, open_up
from pushtui.console.options import ConsoleOptions
from pushtui.console.runs_at_work import RunsAtWork
from pushtui.console.theme_names import stand_ins
from pushtui.console.user_finding import find_user
from pushtui.console.wardrobe import Wardrobe
from pushtui.console.widgets.literal import toast
from pushtui.domain.account import Account
from pushtui.domain.secret import redact
from pushtui.reports import Report, write_report

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.filter import LineFilter
    from textual.screen import Screen

    from pushtui.services.desk import Desk
    from pushtui.services.services import Services

OpenServices = Callable[["Services", ConsoleOptions], Awaitable[list[str]]]
CloseServices = Callable[["Services"], Awaitable[None]]


class PushtuiApp(App[int], inherit_bindings=False):
    """The console.

    `services` may be a function: then it is called in a thread after the first paint, so that
    nothing slow is imported before. `opening` makes them usable and returns what to tell the person.
    """

    TITLE = "pushtui"
    CSS_PATH = "app.tcss"
    DEFAULT_MODE = "compose"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Scope.GLOBAL),
        Binding("ctrl+c", "nothing_selected", show=False, id="nothing_selected", tooltip="Say how to copy and to quit"),
    ]

    account: reactive[Account | None] = reactive(None, init=False, repaint=False)
    """The account in use; the top bar shows it."""
    run_note: reactive[str] = reactive("", init=False, repaint=False)
    """How far the runs are that this console began; the top bar shows it."""

    def __init__(
        self,
        services: Services | Callable[[], Services],
        options: ConsoleOptions,
        *,
        opening: OpenServices = open_up,
        closing: CloseServices = close_down,
        screens: Mapping[str, Callable[[], Screen[None]]] = SCREENS,
    ) -> None:
        super().__init__(driver_class=PoliteDriver)
        self.options = options
        self.reports: list[Report] = []
        """Unexpected errors of this session."""
        self.recent_users: list[str] = []
        """Ids of the users that were open, the latest first."""
        self._source = services
        self._at_opening = opening
        self._at_closing = closing
        self._opened: Services | None = None
        self.desk: Arrival[Desk] = Arrival()
        """The draft's desk, which is there before everything else is open."""
        self.services: Arrival[Services] = Arrival()
        """Await `services.get()`; it raises what opening them raised."""
        self.runs_at_work = RunsAtWork(self)
        self._farewells: list[Callable[[], None]] = []
        self._belt = LastBelt()
        self._keyboard = Keyboard(self, super().on_event)
        self.wardrobe = Wardrobe(self, options.paths)
        self.wardrobe.dress(options.theme)
        self.stylesheet.set_variables(self.get_css_variables())
        for name, screen in screens.items():
            self.add_mode(name, screen)

    def before_leaving(self, farewell: Callable[[], None]) -> None:
        """Have something quick done however the console ends, such as keeping an unsaved draft."""
        self._farewells.append(farewell)

    def leave(self, status: int = 0) -> None:
        """End the console in order, with an exit status."""
        self.say_farewell()
        self.exit(status, return_code=status)

    def say_farewell(self) -> None:
        """Do what must be done before the process ends; any thread may call it."""
        for farewell in self._farewells:
            try:
                farewell()
            except Exception as error:  # noqa: BLE001 - part of the crash handler: nothing may block the way out
                self.report(error)

    def stop_reading(self) -> None:
        """End the thread that reads keys: after a lost terminal it would read nothing, for ever."""
        if isinstance(self._driver, PoliteDriver):
            self._driver.exit_event.set()

    def report(self, error: BaseException) -> Report:
        """Write an unexpected error down."""
        report = write_report(self.options.paths.logs, error, self.options.clock.now())
        self.reports.append(report)
        return report

    async def action_perform(self, action_id: str) -> None:
        """Do an action of the registry, or say why not; all keys, clicks and commands come here."""
        await commanding.perform(self, BY_ID[action_id])

    async def action_help(self) -> None:
        commanding.show_help(self)

    async def action_commands(self) -> None:
        commanding.show_palette(self)

    async def action_compose(self) -> None:
        await self.switch_mode("compose")

    async def action_history(self) -> None:
        await self.switch_mode("history")

    async def action_sandbox(self) -> None:
        await self.switch_mode("sandbox")

    async def action_accounts(self) -> None:
        await self.switch_mode("accounts")

    async def action_user(self) -> None:
        find_user(self)

    async def action_next_theme(self) -> None:
        self.wardrobe.change()

    async def action_copy(self) -> None:
        commanding.copy_shown(self)

    async def action_quit(self) -> None:
        self.runs_at_work.leave()

    def action_nothing_selected(self) -> None:
        commanding.explain_ctrl_c(self)

    def on_mount(self) -> None:
        self.wardrobe.complain()
        self.call_after_refresh(run_guarded, self, self._open_services)

    async def on_unmount(self) -> None:
        if self._opened is not None:
            await self._at_closing(self._opened)

    async def _open_services(self) -> None:
        source = self._source
        try:
            services = await in_daemon_thread(source) if callable(source) else source
            self._opened = services
            self._tell(await lay_draft(services, self.options))
            self.before_leaving(services.recovery.flush)
            self.before_leaving(services.sandbox.hang_up)
            self.desk.give(services.desk)
            self._tell(await self._at_opening(services, self.options))
        except Exception as error:
            self.desk.fail(error)
            self.services.fail(error)
            raise
        self.services.give(services)

    def _tell(self, messages: list[str]) -> None:
        for message in messages:
            toast(self, message, severity="warning", timeout=12)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self._keyboard.take(event)
        else:
            await super().on_event(event)

    async def on_passed(self, message: Passed) -> None:
        await self._keyboard.passed(message)

    def copy_to_clipboard(self, text: str) -> None:
        """Send text to the terminal's clipboard, secrets masked."""
        super().copy_to_clipboard(clean := redact(text))
        if self._driver is not None:
            self._driver.write(wrapped_copy_sequence(clean.encode("utf-8", "replace"), os.environ))

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._belt]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return stand_ins(self.current_theme.to_color_system().generate())

    def _handle_exception(self, error: Exception) -> None:
        """The crash handler: keep the draft, write a report, end with status 1."""
        self.say_farewell()
        self.report(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without textual's traceback, which prints the locals of every frame."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End without printing; what is to be said is said after the terminal is restored."""
        self._return_code = 1
        self._close_messages_no_wait()
