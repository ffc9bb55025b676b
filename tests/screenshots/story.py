"""What the pictures tell: a shop with a little history plans its spring sale."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from textual.pilot import Pilot

from pushtui.console.app import PushtuiApp
from pushtui.console.options import ConsoleOptions
from pushtui.domain.draft import Draft
from pushtui.domain.json_body import compact
from pushtui.paths import Paths
from pushtui.providers.changes import setting_named
from pushtui.sandbox.announcement import describe
from pushtui.sandbox.chance import SeededRandomness
from pushtui.sandbox.credentials import credentials_of
from pushtui.services.changes import changes_of
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.console.full import settle
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NAMES, clouds_of
from tests.screenshots.standstill import NOW, SHOWN_PORT, StoryClock, lead_to, story_randomness

SECRETS = {"PUSHTUI_SECRET_SHOP_LIVE": "not shown", "PUSHTUI_SECRET_SHOP_TEST": "not shown"}
ACCOUNTS = """\
[accounts.shop-live]
provider = "rongcloud"
environment = "live"
region = "beijing"
app_key = "0123456789abc"
read_only = true

[accounts.shop-test]
provider = "rongcloud"
environment = "test"
region = "singapore"
app_key = "82hegw5u8vqxx"
"""
SPRING_SALE: dict[str, Any] = {
    "platform": ["ios", "android"],
    "audience": {"tag_or": ["vip", "北京", "上海"], "is_to_all": False},
    "fromuserid": "fromuseId1",
    "message": {"objectName": "RC:TxtMsg", "content": '{"content":"Spring sale: 20 % off until Sunday"}'},
    "notification": {
        "title": "Spring sale",
        "alert": "20 % off everything until Sunday. Doors open at nine.",
        "ios": {"badge": 1, "thread-id": "sale", "interruption-level": "active"},
        "android": {
            "alert": "20 % off everything until Sunday.",
            "hw": {"channelId": "offers", "importance": "LOW", "category": "MARKETING"},
            "honor": {"importance": "LOW", "image": "https://example.com/sale.png"},
            "fcm": {"channelId": "offers", "collapse_key": "sale"},
        },
    },
}

PICK_UP: dict[str, Any] = {
    "fromUserId": "fromuseId1",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Hello {name}, your order awaits you in {shop}. The code at the counter is {code}."}',
    "pushContent": ["{name}, your order is ready: {code}"],
}
CUSTOMERS = """\
user_id,first name,code,shop,since
amelie,Amélie,4711,Lyon,2019
bao,宝,0815,北京,2021
carlos,Carlos,1337,Sevilla,2020
dora,Dora,,Wien,2018
yuki,ゆき,2718,東京,2023
zoe,Zoë,3141,Bruxelles,2022
"""


@dataclass(frozen=True, slots=True)
class Past:
    """A push of the days before: when, what, and what went wrong."""

    at: datetime
    title: str
    alert: str
    tag: str
    fault: str = ""
    enabled: bool = True


LOOKED_AT = "zoe"
QUIET = (
    ("sandbox", "quiet-hours", "22:00-11:00 5"),
    ("sandbox-agora", "quiet-time", "21:30-08:00"),
    ("sandbox-tencent", "messages", "1"),
)
"""Account, setting, and value as typed."""
HISTORY = (
    Past(datetime(2026, 11, 18, 16, 20, tzinfo=UTC), "Weekend hours", "Open until ten on Saturday.", "vip"),
    Past(datetime(2026, 11, 19, 10, 5, tzinfo=UTC), "Try the beta", "A new basket awaits you.", "beta", enabled=False),
    Past(datetime(2026, 11, 19, 10, 20, tzinfo=UTC), "Try the beta", "Its basket is new.", "beta", "answer-lost"),
    Past(datetime(2026, 11, 20, 7, 45, tzinfo=UTC), "Good morning", "Fresh bread from eight.", "北京"),
)


@dataclass(frozen=True, slots=True)
class Story:
    """A home, the sandbox, and the time and chance of both."""

    sandbox: SandboxClient
    paths: Paths = field(default_factory=Paths.from_environment)
    clock: StoryClock = field(default_factory=StoryClock)
    randomness: SeededRandomness = field(default_factory=story_randomness)

    @property
    def draft(self) -> Path:
        return self.paths.drafts / "spring-sale.json"

    @property
    def draft_for_many(self) -> Path:
        return self.paths.drafts / "pick-up.json"

    def services(self) -> Services:
        return Services(self.paths, clock=self.clock, randomness=self.randomness)

    async def begin(self) -> None:
        """Write accounts, draft and address, and send what belongs to the past."""
        lead_to(dict(enumerate(self._ports(), start=SHOWN_PORT)))
        _write(self.paths.accounts_file, ACCOUNTS)
        _write(self.draft, json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": SPRING_SALE}))
        _write(self.draft_for_many, json.dumps(self._for_many()))
        _write(self.paths.drafts / "customers.csv", CUSTOMERS)
        _write(self.paths.sandbox_file, self._address())
        services = self.services()
        await services.journal.open()
        self.sandbox.freeze(HISTORY[0].at.isoformat())
        await services.sandbox.attach()
        services.attach_sandbox()
        for past, then in zip(HISTORY, (*(later.at for later in HISTORY[1:]), NOW), strict=True):
            self.clock.set(past.at)
            await self._send(services, past)
            self.sandbox.advance((then - past.at).total_seconds())
        self.clock.set(NOW)
        self._let_others_send()
        for account, setting, typed in QUIET:
            await self._change(services, account, setting, typed)
        await services.calls.close()
        await services.journal.close()

    def _for_many(self) -> dict[str, Any]:
        """Tell customers that their orders are ready; for the shop there is no column yet."""
        columns = {"name": "first name", "code": "code"}
        source = {"file": "customers.csv", "user": "user_id", "values": columns}
        return {"kind": "rongcloud.system-template", "account": "sandbox", "body": PICK_UP, "recipients": source}

    def _let_others_send(self) -> None:
        """Let other programs send by the other clouds, an hour ago, and let something go wrong there."""
        clouds = clouds_of(address_line(self.sandbox))
        self.sandbox.advance(-3600)
        clouds.agora.message("yuki", "zoe", "dora", text="Your table for two is booked", sender="amelie")
        clouds.send("tencent")
        self.sandbox.advance(3600)
        self.sandbox.fault("rate-limited", cloud="agora", path="/messages/*", times=3, retry_after="2")
        self.sandbox.fault("latency", cloud="tencent", times=None, seconds=2)
        self.sandbox.settings(rongcloud__active_days=7)

    async def _change(self, services: Services, account: str, name: str, typed: str) -> None:
        """Change a setting of the user whose profile is looked at."""
        where = await services.accounts.get(account)
        setting = setting_named(changes_of(where.provider), name, "")
        proposal = await services.changes.propose(where, LOOKED_AT, setting, setting.typed(typed))
        await services.changes.apply(proposal, proposal.ritual.phrase)

    @contextmanager
    def only_sandbox(self) -> Iterator[None]:
        """Forget the shop's own accounts for a while: nobody answers for them here."""
        _write(self.paths.accounts_file, "")
        try:
            yield
        finally:
            _write(self.paths.accounts_file, ACCOUNTS)

    async def _send(self, services: Services, past: Past) -> None:
        self.sandbox.settings(rongcloud__broadcast_enabled=past.enabled)
        if past.fault:
            self.sandbox.fault(past.fault)
        body: dict[str, Any] = {
            "platform": ["ios", "android"],
            "audience": {"tag": [past.tag], "is_to_all": False},
            "notification": {"title": past.title, "alert": past.alert},
        }
        plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", body))
        await services.sending.send(plan, plan.ritual.phrase)
        self.sandbox.settings(rongcloud__broadcast_enabled=True)

    def _address(self) -> str:
        shown = {cloud: SHOWN_PORT + number for number, cloud in enumerate(NAMES, start=1)}
        return compact(describe(credentials_of(1), f"http://127.0.0.1:{SHOWN_PORT}/_sandbox", shown))

    def _ports(self) -> list[int]:
        """Return the ports that the sandbox got: for the control API, and for each cloud."""
        said = json.loads(address_line(self.sandbox))
        urls = (said["control_url"], *(said[cloud]["base_url"] for cloud in NAMES))
        return [urlsplit(url).port or 0 for url in urls]

    @asynccontextmanager
    async def console(
        self, size: tuple[int, int] = (120, 40), theme: str = "dark", draft: Path | None = None
    ) -> AsyncIterator[Pilot[int]]:
        """Open the console on a draft, the way the command line does."""
        options = ConsoleOptions(self.paths, self.clock, theme=theme, draft=draft or self.draft)
        app = PushtuiApp(self.services, options)
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            await app.services.get()
            await settle(pilot)
            yield pilot


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
