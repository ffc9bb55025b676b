"""What all screens and dialogs share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar, TypeVar

from textual import getters, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import ScreenResume
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from pushtui.console.actions import Scope
from pushtui.console.widgets.key_bar import KeyBar
from pushtui.console.widgets.top_bar import TopBar
from pushtui.domain.account import Account

Answer = TypeVar("Answer")

LAYOUT_STEPS = 3
"""Rounds of layout, size and focus until a new widget looks as it will."""


class QuietScreen(Screen[Answer]):
    """A screen that is not painted anew when the focus moves: the two widgets concerned paint themselves."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    _held = False

    @asynccontextmanager
    async def painted_once(self) -> AsyncIterator[None]:
        """Paint what is changed inside only when its layout has settled; from a worker only.

        Textual paints a new widget for its layout, again for its size, and again for its focus;
        over SSH one picture is a third of the bytes.
        """
        self._held = True
        try:
            yield
            for _ in range(LAYOUT_STEPS):
                await self.wait_for_refresh()
        finally:
            self._held = False
            self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        if not self._held:
            super()._compositor_refresh()


class ConsoleScreen(QuietScreen[Answer]):
    """A screen between the two bars. Subclasses set `scope` and `BINDINGS` and yield their content.

    They may also have the methods of `console.acting` and a `help_topic`.
    """

    scope: ClassVar[Scope]
    account: Account | None = None
    """The account that the screen is about, if that is not the one in use."""

    key_bar = getters.query_one(KeyBar)
    top_bar = getters.query_one(TopBar)

    def compose(self) -> ComposeResult:
        yield TopBar(self.scope, self.account)
        yield from self.compose_content()
        yield KeyBar(self.scope)

    @on(ScreenResume)
    def _renew_top_bar(self) -> None:
        """Show what became known while another screen was in sight."""
        self.top_bar.renew()

    def compose_content(self) -> ComposeResult:
        """Yield what stands between the bars."""
        yield from ()


class Dialog(QuietScreen[Answer | None], ModalScreen[Answer | None]):
    """A window over a screen; Esc closes it and answers None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, id="dialog.close", tooltip="Close without an answer"),
    ]

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 70%; }
    """

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


async def ask(app: App[Any], screen: QuietScreen[Answer | None]) -> Answer | None:
    """Show a dialog or a screen and wait for its answer; from a worker only, since a handler would wait for itself.

    It is painted once, not once per step of its layout: over SSH that halves the bytes.
    """
    answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
    with app.batch_update():
        await app.push_screen(screen, answer.set_result)
    return await answer
