"""Ctrl+F: one user at every account: settings, why a push shows or not, and what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.getters import app as app_of
from textual.getters import query_one
from textual.widgets import DataTable

from pushtui.console.acting import Copyable
from pushtui.console.actions import BY_ID, Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.changing import Changing
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.opened_user import OpenedUser
from pushtui.console.screens.base import ConsoleScreen
from pushtui.console.user_asking import UserAsking
from pushtui.console.user_reading import UserReading, conversations_for
from pushtui.console.widgets.changes_pane import ChangesPane
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.profile_pane import ProfilePane
from pushtui.console.widgets.profile_view import profile_text
from pushtui.console.widgets.user_bar import UserBar, Verdicts, standing
from pushtui.console.widgets.why_pane import WhyPane
from pushtui.services.changeable import why_unchangeable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pushtui.domain.account import Account
    from pushtui.domain.profile import Fact

HELP = (
    "One user at every account: 1 what the clouds tell, 2 why a push would show or not, 3 what was changed from here. "
    "The lines on top say how each account stands; left and right lead from one to the next."
)
BREATH = 0.05
"""Seconds in which answers are gathered, so that each picture shows several."""
PARTS = {"-profile": "show_profile", "-why": "show_why", "-changes": "show_user_changes"}
COPIED_WIDTH = 100


class UserScreen(ConsoleScreen[None]):
    """Shows the user who is open; whatever arrives is shown at once."""

    CSS_PATH = "user.tcss"
    BINDINGS = [*bindings_for(Scope.USER), Binding("escape", "show_profile", "Back", show=False, id="user.back")]
    scope = Scope.USER

    console = app_of(PushtuiApp)
    note = query_one("#note", Note)
    bar = query_one(UserBar)
    verdicts = query_one("#verdicts", Verdicts)
    profile = query_one(ProfilePane)
    why = query_one(WhyPane)
    changes = query_one(ChangesPane)

    def __init__(self) -> None:
        super().__init__()
        self.opened = OpenedUser()
        self._narrow = False
        """Whether only one account is shown."""
        self._here = ""
        """The name of that account."""
        self._due = False
        self.add_class("-profile", "-empty")

    def compose_content(self) -> ComposeResult:
        yield Note(id="note")
        with Container(id="user"):
            yield UserBar()
            yield Verdicts(id="verdicts")
            with Container(id="parts"):
                yield ProfilePane(self._hint)
                yield WhyPane()
                yield ChangesPane()

    def on_mount(self) -> None:
        self.note.say("No user is open", f"{BY_ID['user'].key} asks for a user's id.")

    # What is read

    def open(self, user: str) -> None:
        """Open a user, from the account in use on."""
        used = self.console.account
        self._here = self._here or (used.name if used is not None else "")
        self.opened.begin(user)
        self.remove_class("-empty")
        self.action_read_user()

    def action_read_user(self) -> None:
        """Read everything anew."""
        run_guarded(self, self._read, group="read", exclusive=True)

    async def _read(self) -> None:
        services = await self.console.services.get()
        reading = UserReading(services, self.opened, self._show_soon)
        await reading.begin()
        self._show()
        if not self.has_class("-why", "-changes"):
            self.profile.table.focus()
        run_guarded(self, self._load_changes, group="changes", exclusive=True)
        await reading.read()
        self._show()

    async def _load_changes(self) -> None:
        services, user = await self.console.services.get(), self.opened.id
        self.changes.show(user, await services.changes.history(user=user))
        self._show_here()

    # What is shown

    def _show_soon(self) -> None:
        if not self._due:
            self._due = True
            self.set_timer(BREATH, self._show)

    def _show(self) -> None:
        """Show what is known by now."""
        self._due = False
        self.set_class(not self.opened.beside, "-alone")
        self.profile.show(self.opened, self._shown_accounts())
        self.profile.go_to(self._here)
        self._show_here()

    def _shown_accounts(self) -> tuple[Account, ...]:
        accounts = self.opened.accounts
        kept = tuple(account for account in accounts if account.name == self._here) if self._narrow else ()
        return kept or accounts

    @on(DataTable.RowHighlighted, "ProfilePane Table")
    def _moved(self) -> None:
        """Whatever is about one account follows the highlight."""
        account = self.profile.account
        if account is not None and self.profile.table.has_focus:
            self._here = account.name
        self._show_here()

    def _show_here(self) -> None:
        here, opened = self.here, self.opened
        part = next(action for name, action in PARTS.items() if self.has_class(name))
        beside = f" beside {opened.beside}" if opened.beside else ""
        self.bar.show(f"{opened.id}{beside}", part, self.changes.count)
        self.verdicts.show_user(opened, here)
        self.profile.show_detail()
        self._explain(here)
        self.key_bar.renew()

    def _explain(self, here: Account | None) -> None:
        explanation = self.opened.explanations.get(here.name) if here is not None else None
        if here is not None and explanation is not None:
            self.why.show(here, explanation, self.opened.question)
        else:
            self.why.say(f"{standing(self.opened, here)[2]}." if here is not None else "There is no account yet.")

    @property
    def here(self) -> Account | None:
        """The account that is looked at."""
        accounts = self.opened.accounts
        return next((account for account in accounts if account.name == self._here), next(iter(accounts), None))

    def _hint(self, account: Account, fact: Fact) -> str:
        reason = why_unchangeable(account, fact, read_only=self._read_only)
        return f"Not to be changed: {reason}." if reason else "Enter changes it."

    @property
    def _read_only(self) -> bool:
        services = self.console.services.value
        return services is not None and services.read_only

    # The parts

    def action_show_profile(self) -> None:
        self._show_part("-profile")
        self.profile.table.focus()

    def action_show_why(self) -> None:
        self._show_part("-why")
        self.why.focus()

    def action_show_user_changes(self) -> None:
        self._show_part("-changes")
        self.changes.table.focus()

    def _show_part(self, part: str) -> None:
        self.remove_class(*PARTS)
        self.add_class(part)
        self._show_here()

    # The accounts

    def action_next_account(self) -> None:
        self._step(1)

    def action_previous_account(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        """Look at the account below or above; it stops at the ends."""
        accounts, here = self.opened.accounts, self.here
        if here is not None:
            at = accounts.index(here) + step
            self._here = accounts[min(max(at, 0), len(accounts) - 1)].name
            self._show()

    def action_narrow_accounts(self) -> None:
        """Keep to the account that is looked at, or show all again."""
        self._here = self.here.name if self.here is not None else ""
        self._narrow = not self._narrow
        self._show()

    # Another user beside

    def action_compare_user(self) -> None:
        """Put another user beside, or take that one away."""
        if self.opened.beside:
            self.opened.beside = ""
            self.action_read_user()
        else:
            self._ask(self._compare)

    async def _compare(self) -> None:
        if await self._asking.for_another():
            self.action_show_profile()
            self.action_read_user()

    # What is asked

    @property
    def _asking(self) -> UserAsking:
        return UserAsking(self.console, self.opened)

    def _ask(self, work: Callable[[], Awaitable[None]]) -> None:
        run_guarded(self, work, group="dialog", exclusive=True)

    def action_ask_why(self) -> None:
        """Name sender, group, mention and moment."""
        self._ask(self._ask_why)

    async def _ask_why(self) -> None:
        if await self._asking.about_a_message(self.here):
            self._answer()

    def action_ask_push(self) -> None:
        """Choose a push of the history."""
        self._ask(self._ask_push)

    async def _ask_push(self) -> None:
        if await self._asking.about_a_push():
            push = self.opened.question.push
            self._here = push.account if push is not None else self._here
            self._answer()

    def _answer(self) -> None:
        self.action_show_why()
        self.action_read_user()

    def action_name_conversations(self) -> None:
        """Name conversations to read about."""
        self._ask(self._name_conversations)

    async def _name_conversations(self) -> None:
        if await self._asking.for_conversations():
            self.action_read_user()

    # What is changed

    @on(DataTable.RowSelected, "ProfilePane Table")
    async def _chosen(self) -> None:
        await self.console.action_perform("change_fact")

    def action_change_fact(self) -> None:
        """Change the highlighted setting, or unfold what cannot be told."""
        if self.profile.on_untold:
            self.profile.fold()
        else:
            self._ask(self._change)

    async def _change(self) -> None:
        account, fact = self.profile.account, self.profile.fact
        services = await self.console.services.get()
        if account is not None and fact is not None:
            place = next(map(str, conversations_for(self.opened, account)), "")
            changing = Changing(self.console, services.changes)
            if await changing.change(account, self.opened.id, fact, place):
                self.action_read_user()

    def action_undo_change(self) -> None:
        """Take the highlighted change back."""
        self._ask(self._undo)

    async def _undo(self) -> None:
        told, services = self.changes.change, await self.console.services.get()
        if told is not None and await Changing(self.console, services.changes).undo(told.change.id):
            self.action_read_user()

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Say what hinders an action of this screen."""
        if action.scope is not Scope.USER:
            return None
        if not self.opened.id:
            return f"no user is open; {BY_ID['user'].key} opens one"
        if action.id == "change_fact":
            return self._why_no_change()
        if action.id == "undo_change":
            return self._why_no_undo()
        return None

    def _why_no_change(self) -> str | None:
        account, fact = self.profile.account, self.profile.fact
        if not self.has_class("-profile"):
            return f"it belongs to the profile ({BY_ID['show_profile'].key})"
        if self.profile.on_untold:
            return None
        if account is None or fact is None:
            return "no setting is highlighted"
        return why_unchangeable(account, fact, read_only=self._read_only) or None

    def _why_no_undo(self) -> str | None:
        if not self.has_class("-changes"):
            return f"it belongs to the changes ({BY_ID['show_user_changes'].key})"
        if self.changes.change is None:
            return "nothing was changed yet"
        return "this session is read-only" if self._read_only else None

    def label_of(self, action: Action) -> str:
        """Keys are called by what they do now."""
        if action.id == "narrow_accounts" and self._narrow:
            return "All accounts"
        if action.id == "change_fact" and self.has_class("-profile") and self.profile.on_untold:
            return "Unfold"
        return action.label

    def what_to_copy(self) -> Copyable | None:
        """F12 copies the part that is shown, as text."""
        if not self.opened.id:
            return None
        if self.has_class("-why"):
            return Copyable("Why", self.why.content(COPIED_WIDTH).plain)
        if self.has_class("-changes"):
            return Copyable("The change", self.changes.content().plain) if self.changes.change is not None else None
        return Copyable("The profile", profile_text(self.opened, self._shown_accounts()))

    def help_topic(self) -> HelpTopic:
        return HelpTopic("User", HELP)
