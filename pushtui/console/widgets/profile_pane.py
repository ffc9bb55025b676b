"""The facts of a user by account, or those of two users beside each other, and the highlighted one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.getters import query_one

from pushtui.console.actions import BY_ID
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import own_bindings
from pushtui.console.widgets.literal import Block
from pushtui.console.widgets.profile_view import (
    BETWEEN,
    COLUMNS,
    COMPARED_COLUMNS,
    UNTOLD,
    account_content,
    compared_content,
    compared_rows,
    fact_content,
    profile_rows,
    row_key,
    untold_content,
)
from pushtui.console.widgets.table import Table
from pushtui.domain.profile import Fact, FactState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pushtui.console.opened_user import OpenedUser
    from pushtui.domain.account import Account

HELP = (
    "All that the clouds tell of a user, account by account: ● is known, … is awaited, ✖ could not be read, – cannot "
    "be told. Enter changes the highlighted setting: the difference is shown before anything happens. Left and right "
    "lead to the account before and after, a keeps to one, b puts another user beside, r reads everything anew."
)


class FactTable(Table):
    """Left and right lead from account to account."""

    BINDINGS = own_bindings(BY_ID["previous_account"], BY_ID["next_account"])


class ProfilePane(Container):
    """One of two tables, and below it the highlighted row in full."""

    facts = query_one("#facts", FactTable)
    compared = query_one("#compared", FactTable)

    DEFAULT_CSS = """
    ProfilePane {
        height: 1fr;
        Table { height: 1fr; }
        #compared { display: none; }
        &.-compared #compared { display: block; }
        &.-compared #facts { display: none; }
        .detail { height: auto; max-height: 35%; padding: 0 1; border-top: hkey $rule; }
        .detail Block { height: auto; }
    }
    """

    def __init__(self, hint: Callable[[Account, Fact], str]) -> None:
        """`hint` says what can be done about a fact."""
        super().__init__()
        self._hint = hint
        self._opened: OpenedUser | None = None
        self._accounts: Sequence[Account] = ()
        self._unfolded: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        yield FactTable(COLUMNS, id="facts")
        yield FactTable(COMPARED_COLUMNS, id="compared")
        with VerticalScroll(classes="detail", can_focus=False):
            yield Block()

    def show(self, opened: OpenedUser, accounts: Sequence[Account]) -> None:
        """Show a user at some accounts; nothing is repainted if it is the same."""
        self._opened, self._accounts = opened, accounts
        self.set_class(bool(opened.beside), "-compared")
        if opened.beside:
            self.compared.show([*compared_rows(opened, accounts)])
        else:
            self.facts.show([*profile_rows(opened, accounts, self._unfolded)])
        self.show_detail()

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self.compared if self.has_class("-compared") else self.facts

    @property
    def account(self) -> Account | None:
        """The account of the highlighted row."""
        name = (self.table.highlighted or "").partition(BETWEEN)[0]
        found = next((account for account in self._accounts if account.name == name), None)
        return found or next(iter(self._accounts), None)

    @property
    def fact(self) -> Fact | None:
        """The highlighted fact."""
        name, account = (self.table.highlighted or "").partition(BETWEEN)[2], self.account
        return self._opened.fact(account, name) if self._opened is not None and account is not None else None

    @property
    def on_untold(self) -> bool:
        """Whether the highlighted row stands for all that a cloud cannot tell."""
        return (self.table.highlighted or "").endswith(BETWEEN + UNTOLD)

    def go_to(self, account: str) -> None:
        """Highlight an account's first row, and show as much below it as fits, unless one of its rows is."""
        if (self.table.highlighted or "").partition(BETWEEN)[0] != account:
            self.table.highlight(row_key(account))
            self.table.scroll_to(y=self.table.cursor_row, animate=False)

    def fold(self) -> None:
        """Unfold what the highlighted account's cloud cannot tell, or fold it."""
        if self.account is not None and self._opened is not None:
            self._unfolded ^= {self.account.name}
            self.show(self._opened, self._accounts)

    def show_detail(self) -> None:
        """Show the highlighted row in full."""
        self.query_one(".detail Block", Block).show(self._detail())

    def _detail(self) -> Content:
        account, opened = self.account, self._opened
        if account is None or opened is None:
            return Content("")
        profile = opened.profile(account)
        if self.on_untold and profile is not None:
            untold = [fact for fact in profile.facts if fact.state is FactState.UNAVAILABLE]
            return untold_content(untold, is_open=account.name in self._unfolded)
        fact = self.fact
        if fact is None:
            return account_content(account, profile, opened.problem(account))
        if opened.beside:
            told = [(user, opened.profile(account, user)) for user in opened.users]
            facts = [(user, profile.fact(fact.name)) for user, profile in told if profile is not None]
            return compared_content(account, [(user, found) for user, found in facts if found is not None])
        return fact_content(account, fact, self._hint(account, fact))

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Profile", HELP)
