"""The screen where a push is written: first the two bars, then the workbench between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.events import ScreenResume
from textual.getters import app as app_of

from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.arrival import in_daemon_thread
from pushtui.console.guarded import run_guarded
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen

if TYPE_CHECKING:
    from pushtui.console.workbench import Workbench


class ComposeScreen(ConsoleScreen[None]):
    """Paints at once and gets its workbench when that is loaded, which takes longer than a first paint should."""

    CSS_PATH = "compose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Scope.COMPOSE)
    scope = Scope.COMPOSE
    console = app_of(PushtuiApp)

    def __init__(self) -> None:
        super().__init__()
        self.workbench: Workbench | None = None

    @property
    def actor(self) -> DOMNode:
        """The workbench does the actions."""
        return self.workbench or self

    def on_mount(self) -> None:
        run_guarded(self, self._lay_workbench, group="start")

    async def _lay_workbench(self) -> None:
        desk = await self.console.desk.get()
        make = await in_daemon_thread(_load)
        async with self.painted_once():
            self.workbench = make(desk)
            await self.mount(self.workbench, before=self.key_bar)
            self.key_bar.renew()
            self.workbench.begin()

    @on(ScreenResume)
    async def _look_again(self) -> None:
        if self.workbench is not None:
            await self.workbench.look_again()

    def why_not(self, action: Action) -> str | None:
        """Without a workbench nothing can be done to a draft."""
        return "still opening" if action.scope is Scope.COMPOSE else None


def _load() -> type[Workbench]:
    from pushtui.console.workbench import Workbench

    return Workbench
