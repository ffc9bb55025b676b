"""Services that know the accounts of the three clouds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pushtui.domain.account import Account
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.profile import Fact, Profile
from pushtui.paths import Paths
from pushtui.services.profiles import Wanted
from pushtui.services.services import Services
from tests.sandbox.clouds import Clouds
from tests.services.cloud_accounts import attach_clouds


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens profiles at any of the clouds."""

    services: Services
    accounts: dict[str, Account]

    async def __call__(self, cloud: str, user: str, *conversations: str, labels: tuple[str, ...] = ()) -> Profile:
        wanted = Wanted(tuple(map(parse_conversation, conversations)), labels)
        return await self.services.profiles.open(self.accounts[cloud], user, wanted=wanted)

    async def fact(self, cloud: str, user: str, name: str, *conversations: str) -> Fact:
        """Open a profile and return one fact of it."""
        found = (await self(cloud, user, *conversations)).fact(name)
        assert found is not None
        return found


@pytest.fixture
async def opened(clouds: Clouds, isolated_home: Path) -> AsyncIterator[Opener]:
    """Services that know the three accounts."""
    services = Services(Paths.from_environment())
    await services.journal.open()
    yield Opener(services, attach_clouds(services, clouds))
    await services.calls.close()
    await services.journal.close()
