"""The user who is open: what the clouds told so far, and what was asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pushtui.services.explaining import Explanation, Question
from pushtui.services.profiles import Look

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.conversation import Conversation
    from pushtui.domain.profile import Fact, Profile


@dataclass(slots=True)
class OpenedUser:
    """Looks come in one after the other; everything else is what a person chose."""

    id: str = ""
    beside: str = ""
    """Another user to compare with; empty for none."""
    accounts: tuple[Account, ...] = ()
    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    """By user and account."""
    explanations: dict[str, Explanation] = field(default_factory=dict)
    """By account."""
    conversations: tuple[Conversation, ...] = ()
    """Those that a person named."""
    question: Question = field(default_factory=lambda: Question(""))

    @property
    def users(self) -> tuple[str, ...]:
        """All that are shown."""
        return (self.id, self.beside) if self.beside else (self.id,)

    def begin(self, user: str) -> None:
        """Open a user; what was asked about another one does not concern this one."""
        if user != self.id:
            self.beside, self.conversations, self.question = "", (), Question(user)
        self.id, self.looks, self.explanations = user, {}, {}

    def take(self, user: str, look: Look) -> bool:
        """Take what arrived; False if it is about somebody who is not shown any more."""
        if user in self.users:
            self.looks[user, look.account.name] = look
        return user in self.users

    def profile(self, account: Account, user: str = "") -> Profile | None:
        """Return what is known at an account, if anything."""
        look = self.looks.get((user or self.id, account.name))
        return look.profile if look is not None else None

    def problem(self, account: Account) -> str:
        """Say why nothing could be asked at an account; empty if something could."""
        look = self.looks.get((self.id, account.name))
        return look.problem if look is not None else ""

    def fact(self, account: Account, name: str) -> Fact | None:
        """Return a fact of the user."""
        profile = self.profile(account)
        return profile.fact(name) if profile is not None else None
