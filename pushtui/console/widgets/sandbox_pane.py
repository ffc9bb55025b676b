"""What the four parts of the sandbox screen have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.getters import app as app_of
from textual.getters import query_one
from textual.message import Message
from textual.widgets import DataTable

from pushtui.console.acting import Copyable, Hinders
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.widgets.literal import Block
from pushtui.console.widgets.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pushtui.services.sandbox_control import SandboxControl


class SandboxPane(Container):
    """A table, and below it the highlighted row in full; does the actions of its part.

    Subclasses set the class variables, `load` what they show, and write the detail.
    """

    scope: ClassVar[Scope]
    columns: ClassVar[Sequence[Column]]
    help: ClassVar[str]
    lively: ClassVar[bool] = False
    """Whether what it shows changes with each send."""

    console = app_of(PushtuiApp)
    table = query_one(Table)

    DEFAULT_CSS = """
    SandboxPane {
        height: 1fr;
        Table { height: 1fr; }
        .detail { height: auto; max-height: 50%; padding: 0 1; border-top: hkey $rule; }
        .detail Block { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._changing = asyncio.Lock()

    class Changed(Message):
        """Something about the part changed, such as what its keys can do."""

    def compose(self) -> ComposeResult:
        yield Table(self.columns)
        yield from self.compose_detail()

    def compose_detail(self) -> ComposeResult:
        """Yield what shows the highlighted row in full."""
        with VerticalScroll(classes="detail", can_focus=False):
            yield Block()

    async def control(self) -> SandboxControl:
        """Return the calls to the sandbox; raises SandboxError without one."""
        return (await self.console.services.get()).sandbox.control

    async def load(self) -> None:
        """Ask the sandbox, and show what it says."""
        raise NotImplementedError

    def detail(self) -> Content:
        """Write the highlighted row in full."""
        raise NotImplementedError

    @property
    def count(self) -> str:
        """How much there is, for the row of parts."""
        raise NotImplementedError

    def come_in(self) -> None:
        """Take the focus, once the part is shown."""
        self.table.focus()

    def do(self, work: Callable[[], Awaitable[None]]) -> None:
        """Change something in the sandbox, then show what became of it; one change after the other."""

        async def work_and_load() -> None:
            async with self._changing:
                await work()
                await self.load()

        run_guarded(self, work_and_load, group="change")

    @on(DataTable.RowHighlighted)
    def _look(self) -> None:
        self.show_detail()

    def show_detail(self) -> None:
        """Show the highlighted row in full."""
        self.query_one(".detail Block", Block).show(self.detail())
        self.post_message(self.Changed())

    def why_not(self, action: Action) -> str | None:
        """Say why an action of the part cannot be done now; what hinders the whole screen hinders each part."""
        hindrance = self.screen.why_not(action) if isinstance(self.screen, Hinders) else None
        return hindrance or ("there is nothing here yet" if self.table.highlighted is None else None)

    def label_of(self, action: Action) -> str:
        """Return what the key bar calls an action now."""
        return action.label

    def what_to_copy(self) -> Copyable | None:
        """F12 copies the highlighted row in full."""
        return Copyable(self.scope.value, self.detail().plain) if self.table.highlighted is not None else None

    def help_topic(self) -> HelpTopic:
        return HelpTopic(self.scope.value, self.help)
