"""Services that change settings at the three clouds."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from pushtui.domain.account import Account
from pushtui.paths import Paths
from pushtui.providers.changes import SettingChange, setting_named
from pushtui.services.change_words import ToldChange
from pushtui.services.changes import Proposal, changes_of
from pushtui.services.services import Services
from tests.sandbox.clouds import Clouds
from tests.services.cloud_accounts import attach_clouds


@dataclass(frozen=True, slots=True)
class Changer:
    """Changes settings at any of the clouds, and looks at them by other ways."""

    services: Services
    accounts: dict[str, Account]
    clouds: Clouds

    def setting(self, cloud: str, name: str, place: str = "") -> SettingChange:
        return setting_named(changes_of(cloud), name, place)

    async def propose(self, cloud: str, user: str, name: str, typed: str, place: str = "") -> Proposal:
        """Propose what somebody typed."""
        setting = self.setting(cloud, name, place)
        return await self.services.changes.propose(self.accounts[cloud], user, setting, setting.typed(typed), place)

    async def clear(self, cloud: str, user: str, name: str, place: str = "") -> ToldChange:
        """Clear a setting."""
        setting = self.setting(cloud, name, place)
        return await self.confirm(await self.services.changes.clearing(self.accounts[cloud], user, setting, place))

    async def confirm(self, proposal: Proposal) -> ToldChange:
        """Make a change by its phrase."""
        return await self.services.changes.apply(proposal, proposal.ritual.phrase)

    async def change(self, cloud: str, user: str, name: str, typed: str, place: str = "") -> ToldChange:
        """Propose what somebody typed, and make it."""
        return await self.confirm(await self.propose(cloud, user, name, typed, place))

    async def undo(self, told: ToldChange) -> ToldChange:
        """Take a change back."""
        return await self.confirm(await self.services.changes.undo(told.change.id))

    def agora(self, path: str) -> Any:
        """Ask Agora Chat directly."""
        return self.clouds.agora.ok("GET", path)

    def mode(self, user: str, conversation: str = "") -> Any:
        """Return mode and do-not-disturb of a user as Agora Chat writes them."""
        return self.agora(f"/users/{user}/notification/{conversation or f'user/{user}'}")["data"]

    def rongcloud(self, path: str, **values: Any) -> Any:
        """Call RongCloud directly."""
        headers = {**self.clouds.sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
        answer = self.clouds.sandbox.request("POST", path, urlencode(values, doseq=True).encode(), headers)
        assert answer.code == 200, answer.body
        return answer.json

    def tencent(self, path: str, body: Any) -> Any:
        """Call Tencent Chat directly."""
        return self.clouds.tencent.ok(path, body)

    def register(self, *users: str) -> None:
        """Register users at Agora Chat and RongCloud."""
        self.clouds.agora.ok("POST", "/users", [{"username": user} for user in users])
        for user in users:
            self.rongcloud("/user/getToken.json", userId=user, name=user)


def bodies(told: ToldChange) -> list[Any]:
    """Return the bodies that were sent, as JSON holds them."""
    return [json.loads(json.dumps(request.body)) for request in told.change.requests]


@pytest.fixture
async def changer(clouds: Clouds, isolated_home: Path) -> AsyncIterator[Changer]:
    """Services that know the three accounts."""
    services = Services(Paths.from_environment())
    await services.journal.open()
    yield Changer(services, attach_clouds(services, clouds), clouds)
    await services.calls.close()
    await services.journal.close()
