"""The way of a change: which setting, what it shall be, the difference, the confirmation, and what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.console.screens.base import ask
from pushtui.console.screens.change_dialog import ChangeDialog, ToldDialog
from pushtui.console.screens.confirm import ConfirmDialog
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.change_view import proposal_text
from pushtui.domain.change import Scope
from pushtui.domain.errors import Refused
from pushtui.services.changeable import settings_for

if TYPE_CHECKING:
    from pushtui.console.app import PushtuiApp
    from pushtui.domain.account import Account
    from pushtui.domain.profile import Fact
    from pushtui.providers.changes import SettingChange
    from pushtui.services.changes import Changes, Proposal

SCOPES = {
    Scope.USER: "for the user as a whole",
    Scope.CONVERSATION: "of one conversation",
    Scope.TYPE: "of a kind of conversation",
}


@dataclass(frozen=True, slots=True)
class Changing:
    """Leads a person through changes; all of it in a worker."""

    app: PushtuiApp
    changes: Changes

    async def change(self, account: Account, user: str, fact: Fact, place: str = "") -> bool:
        """Change what a fact tells; True if something may have been changed."""
        setting = await self._setting(settings_for(account, fact))
        if setting is None:
            return False
        found: list[Proposal] = []

        async def propose(typed: str | None, where: str) -> None:
            found[:] = [await _acceptable(self._proposed(account, user, setting, typed, where))]

        started = place if setting.scope is Scope.CONVERSATION else ""
        if not await ask(self.app, ChangeDialog(setting, fact, started, propose)):
            return False
        return await self._confirm(found[0], f"Change the {setting.label}")

    async def undo(self, change_id: str) -> bool:
        """Take a change back; True if something may have been changed."""
        return await self._confirm(await _acceptable(self.changes.undo(change_id)), "Take the change back")

    async def _setting(self, settings: Sequence[SettingChange]) -> SettingChange | None:
        if len(settings) < 2:
            return next(iter(settings), None)
        chosen: list[SettingChange] = []

        async def accept(number: str) -> None:
            chosen[:] = [settings[int(number)]]

        labels = [(f"{setting.label} {SCOPES[setting.scope]}", str(at)) for at, setting in enumerate(settings)]
        await ask(self.app, ValueDialog("What do you want to change?", "", accept, choices=labels))
        return next(iter(chosen), None)

    async def _proposed(
        self, account: Account, user: str, setting: SettingChange, typed: str | None, place: str
    ) -> Proposal:
        if typed is None:
            return await self.changes.clearing(account, user, setting, place)
        return await self.changes.propose(account, user, setting, setting.typed(typed), place)

    async def _confirm(self, proposal: Proposal, title: str) -> bool:
        dialog = ConfirmDialog(title, proposal_text(proposal), "Change it?", proposal.ritual)
        confirmed = await ask(self.app, dialog)
        if confirmed is None:
            return False
        await ask(self.app, ToldDialog(await self.changes.apply(proposal, confirmed.typed)))
        return True


async def _acceptable(proposing: Awaitable[Proposal]) -> Proposal:
    """Return a proposal that can be made; Refused, with the reason, for any other."""
    proposal = await proposing
    if proposal.problem:
        raise Refused(proposal.problem)
    return proposal
