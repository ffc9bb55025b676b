"""F5: the apps that pushes can go to, and whether their secrets are at hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.getters import app as app_of
from textual.getters import query_one
from textual.widgets import DataTable

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen
from pushtui.console.screens.question import Question
from pushtui.console.widgets.account_view import COLUMNS, SecretState, account_content, account_row
from pushtui.console.widgets.literal import Block, lines, literal, literal_line, toast
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.table import Table
from pushtui.domain.account import Account, Environment
from pushtui.domain.errors import AccountError, PushtuiError

if TYPE_CHECKING:
    from pushtui.services.account_tests import Verdict
    from pushtui.services.services import Services

HELP = (
    "An account is one app at one provider. Accounts are described in a file that you may edit; their secrets are "
    "never in it, but in an environment variable or in the system's keyring. Enter composes for the highlighted one; t "
    "asks its provider one harmless question, and says what is wrong with it if anything is."
)


class AccountsScreen(ConsoleScreen[None]):
    """The accounts, and the highlighted one in full."""

    CSS_PATH = "accounts.tcss"
    BINDINGS = bindings_for(Scope.ACCOUNTS)
    scope = Scope.ACCOUNTS

    console = app_of(PushtuiApp)
    note = query_one("#note", Note)
    problem = query_one("#problem", Block)
    table = query_one("#accounts", Table)

    def __init__(self) -> None:
        super().__init__()
        self._accounts: dict[str, Account] = {}
        self._secrets: dict[str, SecretState] = {}
        self._misfits: dict[str, str] = {}
        """Why the draft in hand cannot go to an account, by its name."""
        self._verdicts: dict[str, tuple[Verdict, ...] | None] = {}
        """What tests said; None while one is under way."""

    def compose_content(self) -> ComposeResult:
        yield Block(id="problem")
        yield Note(id="note")
        with Container(id="list"):
            yield Table(COLUMNS, id="accounts")
            with VerticalScroll(id="detail"):
                yield Block(id="facts")

    # What is shown

    @on(ScreenResume)
    def action_refresh_accounts(self) -> None:
        """Read the account file again, and look for the secrets."""
        run_guarded(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        services = await self.console.services.get()
        accounts, wrong = await self._read(services)
        self._complain(wrong, services)
        self._accounts = {account.name: account for account in accounts}
        self._secrets = {name: self._secrets.get(name, SecretState()) for name in self._accounts}
        kind = services.desk.composition.kind
        self._misfits = {account.name: services.planning.misfit(kind, account) for account in accounts}
        self.set_class(not accounts, "-empty")
        self._show()
        if accounts and self.focused is None:
            self.table.focus()
        await asyncio.gather(*(self._look_for_secret(services, name) for name in self._accounts))

    async def _read(self, services: Services) -> tuple[tuple[Account, ...], str]:
        """Return the accounts, and what is wrong with their file; those of this session are there anyway."""
        try:
            return await services.accounts.list(), ""
        except AccountError as error:
            return services.accounts.attached, error.message

    def _complain(self, wrong: str, services: Services) -> None:
        self.set_class(bool(wrong), "-wrong")
        title = literal_line("✖ The accounts of the file are left out until it is mended:", "bold $finding-error")
        self.problem.show(lines(title, literal(wrong)))
        self.note.say(
            "No account yet",
            f"Describe one in {services.paths.accounts_file}, or run: pushtui accounts add. "
            "To try without one: pushtui demo.",
        )

    async def _look_for_secret(self, services: Services, name: str) -> None:
        try:
            found = SecretState(place=(await services.accounts.secret(name)).place)
        except PushtuiError as error:
            found = SecretState(problem=error.message)
        self._secrets[name] = found
        self._show()

    def _show(self) -> None:
        in_use = self.console.account.name if self.console.account else ""
        self.table.show(
            [
                account_row(account, self._secrets[name], in_use=name == in_use)
                for name, account in self._accounts.items()
            ]
        )
        self._show_detail()

    @on(DataTable.RowHighlighted)
    def _show_detail(self) -> None:
        """Show the highlighted account."""
        account = self.account_shown
        if account is not None:
            self.query_one("#facts", Block).show(self._content(account))
        self.key_bar.renew()

    def _content(self, account: Account) -> Content:
        return account_content(account, self._secrets[account.name], self._verdicts.get(account.name, ()))

    @property
    def account_shown(self) -> Account | None:
        """The highlighted account."""
        return self._accounts.get(self.table.highlighted or "")

    # What keys do

    @on(DataTable.RowSelected)
    def action_use_account(self) -> None:
        """Compose for the highlighted account."""
        run_guarded(self, self._use, group="use", exclusive=True)

    async def _use(self) -> None:
        account = self.account_shown
        misfit = self._misfits.get(account.name) if account is not None else ""
        if misfit:
            toast(self.app, misfit, severity="warning")
        if account is None or misfit or not await self._agrees(account):
            return
        desk = (await self.console.services.get()).desk
        desk.composition.account = account.name
        desk.keep()
        self.console.account = account
        self._show()
        toast(self.app, f"The draft in hand is for “{account.name}” now ({account.environment}).")

    def action_test_account(self) -> None:
        """Ask the highlighted account's provider one harmless question."""
        run_guarded(self, self._test, group="test", exclusive=True)

    async def _test(self) -> None:
        account = self.account_shown
        if account is None:
            return
        self._verdicts[account.name] = None
        self._show_detail()
        try:
            self._verdicts[account.name] = await (await self.console.services.get()).account_tests.test(account.name)
        finally:
            if self._verdicts[account.name] is None:
                del self._verdicts[account.name]
            self._show_detail()

    async def _agrees(self, account: Account) -> bool:
        """Ask before a draft goes from toys to people."""
        current = self.console.account
        toys = current is None or current.environment is Environment.SANDBOX
        if not toys or account.environment is Environment.SANDBOX:
            return True
        question = (
            f"“{account.name}” is {account.environment}: pushes to it reach real handsets. "
            "Compose for it? Nothing is sent before you review and confirm."
        )
        return await self.app.push_screen_wait(Question(question, yes=f"Use {account.name}", no="Stay")) is True

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Without an account there is nothing to use, and a draft goes to its own cloud only."""
        if action.id not in ("use_account", "test_account"):
            return None
        account = self.account_shown
        if account is None:
            return "there is no account"
        return self._misfits.get(account.name) or None if action.id == "use_account" else None

    def what_to_copy(self) -> Copyable | None:
        """F12 copies what is shown about the account; its secret is not among it."""
        account = self.account_shown
        if account is None:
            return None
        return Copyable("The account", self._content(account).plain)

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Accounts", HELP)
