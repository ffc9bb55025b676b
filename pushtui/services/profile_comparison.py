"""Profiles side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.profile import Fact, FactState, Profile
from pushtui.services.profiles import EVERYTHING, Look, Profiles, Wanted

if TYPE_CHECKING:
    from pushtui.domain.account import Account


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """One fact of several users, in their order."""

    name: str
    label: str
    section: str
    facts: tuple[Fact, ...]

    @property
    def differs(self) -> bool:
        """Whether it is not the same for all, or nobody can say that it is."""
        first = self.facts[0]
        if first.state is FactState.FAILED:
            return True
        return any((fact.state, fact.value) != (first.state, first.value) for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several users at one account; without rows, why nothing could be asked there."""

    account: Account
    users: tuple[str, ...]
    rows: tuple[ComparedFact, ...]
    problem: str = ""


async def compared(
    profiles: Profiles, users: Sequence[str], accounts: Sequence[Account], wanted: Wanted = EVERYTHING
) -> tuple[Comparison, ...]:
    """Open the profiles of several users at once, and put them side by side, account by account."""
    looks = await asyncio.gather(*(profiles.everywhere(user, wanted=wanted, accounts=accounts) for user in users))
    return tuple(
        _comparison(account, users, [found[place] for found in looks]) for place, account in enumerate(accounts)
    )


def side_by_side(profiles: Sequence[Profile]) -> tuple[ComparedFact, ...]:
    """Put the facts of profiles of one account side by side."""
    return tuple(
        ComparedFact(facts[0].name, facts[0].label, facts[0].section, facts)
        for facts in zip(*(profile.facts for profile in profiles), strict=True)
    )


def _comparison(account: Account, users: Sequence[str], looks: Sequence[Look]) -> Comparison:
    problem = next((look.problem for look in looks if look.problem), "")
    opened = [look.profile for look in looks if look.profile is not None]
    rows = side_by_side(opened) if not problem else ()
    return Comparison(account, tuple(users), rows, problem)
