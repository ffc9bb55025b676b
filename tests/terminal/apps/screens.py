"""Small screens that stand in for the real ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Static

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.options import ConsoleOptions
from pushtui.console.screens.base import ConsoleScreen
from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, button, literal, literal_cell, literal_line
from pushtui.domain.account import Account, Environment
from pushtui.domain.secret import Secret

if TYPE_CHECKING:
    from pushtui.services.services import Services

HOSTILE = "\x1b]0;PWNED\x07\x1b[2J\x9b31m\x9d0;C1\x9c[@click=app.bell]x[/nope] [b\u202e\x00\x05end"
SECRET = Secret("hunter2-hunter2")
LOCAL = "a-local-that-must-not-be-printed"

BODY = """{
  "platform": ["ios", "android"],
  "audience": {"tag": ["vip", "北京"], "is_to_all": false},
  "notification": {"title": "Sale 🎉", "alert": "Half price", "ttl": 3600, "x": null}
}"""


class ComposeStub(ConsoleScreen[None]):
    """An entry, an editor, and actions that can be forbidden."""

    scope = Scope.COMPOSE
    BINDINGS = bindings_for(Scope.COMPOSE)
    AUTO_FOCUS = "#entry"
    forbidden: str | None = None
    console = getters.app(PushtuiApp)

    DEFAULT_CSS = """
    ComposeStub VerticalScroll { padding: 1 2; }
    ComposeStub Entry { margin-bottom: 1; }
    ComposeStub Editor { height: 10; }
    """

    def compose_content(self) -> ComposeResult:
        with VerticalScroll():
            yield Line(literal_line("Compose a push"))
            yield Entry(id="entry", placeholder="Title")
            yield Editor(BODY, json=True, id="editor")

    def help_topic(self) -> HelpTopic | None:
        return HelpTopic("Compose", "Write a push, then review it.")

    def what_to_copy(self) -> Copyable | None:
        return Copyable("The JSON", self.query_one(Editor).text)

    def why_not(self, action: Action) -> str | None:
        return self.forbidden if action.id == "review" else None

    def action_save_draft(self) -> None:
        """Fail in a message handler."""
        in_a_local = LOCAL
        raise RuntimeError(f"failed with {SECRET.reveal()} and {HOSTILE}, {len(in_a_local)}")

    def action_new_draft(self) -> None:
        """Fail in a worker."""
        run_guarded(self, self._fail)

    async def _fail(self) -> None:
        raise RuntimeError(f"failed with {SECRET.reveal()} and {HOSTILE}")

    def action_open_draft(self) -> None:
        """Block the event loop for longer than a test lasts."""
        (self.console.options.paths.state.parent / "stuck").touch()
        time.sleep(300)


class HostileScreen(ConsoleScreen[None]):
    """Hostile text in every widget that the console uses, and once around the adapter."""

    scope = Scope.COMPOSE

    def compose_content(self) -> ComposeResult:
        with VerticalScroll():
            yield Line(literal_line(HOSTILE))
            yield Block(literal(HOSTILE))
            yield button(HOSTILE, "button")
            yield Entry(HOSTILE, placeholder=HOSTILE)
            yield Entry(placeholder=HOSTILE)
            yield Editor(HOSTILE)
            yield Editor(HOSTILE, json=True)
            yield DataTable[object]()
            yield Static(HOSTILE, markup=False)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_column(literal_cell(HOSTILE))
        table.add_row(literal_cell(HOSTILE))


class Elsewhere(ConsoleScreen[None]):
    """Another screen."""

    scope = Scope.HISTORY

    def compose_content(self) -> ComposeResult:
        yield Line(literal_line("History of runs"))


class Sandbox(Elsewhere):
    scope = Scope.SANDBOX


class Accounts(Elsewhere):
    scope = Scope.ACCOUNTS


STUBS: dict[str, Callable[[], Screen[None]]] = {
    "compose": ComposeStub,
    "history": Elsewhere,
    "sandbox": Sandbox,
    "accounts": Accounts,
}


def account(environment: Environment = Environment.SANDBOX, name: str = "sandbox") -> Account:
    """Make an account for the top bar."""
    return Account(name, "rongcloud", environment, ("http://127.0.0.1:1",), {"app_key": "key"})


def no_services() -> Services:
    """Stand in for services that these tests do not need."""
    from pushtui.domain.errors import JournalError

    raise JournalError("The journal is not there today.")


def make_app(options: ConsoleOptions, words: Sequence[str] = ()) -> PushtuiApp:
    """Build the app with stub screens; a word may ask for a fault."""
    screens = dict(STUBS)
    if "hostile" in words:
        screens["compose"] = HostileScreen
    app = PushtuiApp(_slow if "slow" in words else no_services, options, screens=screens)
    app.account = account(Environment.LIVE if "live" in words else Environment.SANDBOX)
    return app


def _slow() -> Services:
    time.sleep(300)
    return no_services()
