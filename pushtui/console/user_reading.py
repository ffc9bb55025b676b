"""Reading about the user who is open: every account at once, each answer shown as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.errors import AccountError, PushtuiError
from pushtui.services.explaining import asked_about
from pushtui.services.profiles import Look, Wanted

if TYPE_CHECKING:
    from pushtui.console.opened_user import OpenedUser
    from pushtui.domain.account import Account
    from pushtui.domain.conversation import Conversation
    from pushtui.domain.profile import Profile
    from pushtui.services.services import Services


@dataclass(frozen=True, slots=True)
class UserReading:
    """Fills an opened user; `news` is called whenever there is more to show."""

    services: Services
    opened: OpenedUser
    news: Callable[[], None]

    async def begin(self) -> None:
        """Look which accounts there are."""
        self.opened.explanations.clear()
        try:
            found = await self.services.accounts.list()
        except AccountError:  # The screen of accounts says what is wrong with the file.
            found = self.services.accounts.attached
        self.opened.accounts = tuple(found)

    async def read(self) -> None:
        """Ask every account about every user that is shown."""
        opened = self.opened
        await asyncio.gather(*(self._look(account, user) for account in opened.accounts for user in opened.users))

    async def _look(self, account: Account, user: str) -> None:
        wanted = Wanted(conversations_for(self.opened, account))
        try:
            self._take(await self.services.profiles.open(account, user, self._take, wanted))
        except PushtuiError as error:
            self.opened.take(user, Look(account, None, error.message))
        else:
            await self._judge(account)
        self.news()

    def _take(self, profile: Profile) -> None:
        if self.opened.take(profile.user, Look(profile.account, profile)):
            self.news()

    async def _judge(self, account: Account) -> None:
        """Answer the question once everything about the user is known."""
        profile = self.opened.profile(account)
        if profile is not None and profile.complete:
            explanation = await self.services.explaining.judge(profile, self.opened.question)
            self.opened.explanations[account.name] = explanation


def conversations_for(opened: OpenedUser, account: Account) -> tuple[Conversation, ...]:
    """Return the conversation that the question is about, and those that were named."""
    return tuple(dict.fromkeys((*asked_about(account, opened.question), *opened.conversations)))
