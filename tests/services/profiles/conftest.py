"""One sandbox process with its three clouds, at noon, and services that know their accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pushtui.domain.account import Account
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.profile import Fact, Profile
from pushtui.paths import Paths
from pushtui.services.profiles import Wanted
from pushtui.services.services import Services
from tests.sandbox.clouds import NOON, Clouds, running_clouds
from tests.services.cloud_accounts import attach_clouds


@pytest.fixture(scope="package")
def clouds_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clouds]:
    """One sandbox process for these tests."""
    with running_clouds(tmp_path_factory.mktemp("clouds")) as (_process, clouds):
        yield clouds


@pytest.fixture
def clouds(clouds_process: Clouds) -> Clouds:
    """The clouds as if they had just been started, at noon, when no quiet time holds."""
    clouds_process.sandbox.reset()
    clouds_process.sandbox.freeze(NOON)
    return clouds_process


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
