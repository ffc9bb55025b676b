"""Profiles of many users, one after the other, a few of them read at the same time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING

from pushtui.domain.errors import PushtuiError
from pushtui.domain.profile import FactState
from pushtui.providers.profiles import Asked
from pushtui.services.profiles import EVERYTHING, Profiles, Wanted, cloud_of, nobody

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.profile import Profile

AT_ONCE = 16
"""Users that are asked about at the same time; how fast calls leave is the clouds' own rates."""
GIVEN_UP = 16
"""Users in a row of whom nothing at all could be read, after which a cloud is taken to be out of reach."""


async def exported(
    profiles: Profiles, account: Account, users: Iterable[str], wanted: Wanted = EVERYTHING, at_once: int = AT_ONCE
) -> AsyncIterator[Profile]:
    """Yield the users' profiles in the order of the users.

    Raises what `Profiles.open` does, and PushtuiError when nothing more can be read of anybody.
    """
    opening: deque[asyncio.Task[Profile]] = deque()
    rest = iter(users)
    silent = 0
    try:
        while True:
            while len(opening) < at_once and (user := next(rest, None)) is not None:
                opening.append(asyncio.create_task(profiles.open(account, user, nobody, wanted)))
            if not opening:
                return
            profile = await opening.popleft()
            yield profile
            silent = 0 if _says_anything(profile) else silent + 1
            if silent == GIVEN_UP:
                raise PushtuiError(f"{_why(profile)} The last {silent} users could not be read.", title="Export ended")
    finally:
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)


def readable_names(account: Account, wanted: Wanted) -> tuple[str, ...]:
    """Return the names of the facts that an export of an account's users holds."""
    asked = Asked(account, "", wanted.conversations, wanted.labels)
    cloud = cloud_of(account.provider)
    told = {kind.name for read in cloud.reads if not read.unasked(asked) for kind in read.facts}
    return tuple(name for name in cloud.names if name in told and (not wanted.only or name in wanted.only))


def _says_anything(profile: Profile) -> bool:
    return any(fact.state is not FactState.FAILED for fact in profile.facts if fact.source)


def _why(profile: Profile) -> str:
    return next((fact.problem for fact in profile.facts if fact.state is FactState.FAILED), "")
