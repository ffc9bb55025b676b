"""One harmless call tells what is wrong with an account."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from pushtui.domain.account import Account
from pushtui.domain.secret import Secret
from pushtui.services.account_tests import Standing, Verdict
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NAMES, clouds_of
from tests.services.cloud_accounts import attach_clouds

EVERY = pytest.mark.parametrize("cloud", NAMES)
DEAD = "http://127.0.0.1:9"
WRONG_SECRET = {"rongcloud": "x" * 14, "agora": "0" * 32, "tencent": "0" * 64}
OTHER_APP = {
    "rongcloud": {"app_key": "another"},
    "agora": {"org_name": "no", "app_name": "where", "app_id": "0" * 32},
    "tencent": {"sdkappid": "1400000999", "admin": "administrator"},
}


@pytest.fixture
async def accounts(services: Services, sandbox: SandboxClient) -> AsyncIterator[dict[str, Account]]:
    yield attach_clouds(services, clouds_of(address_line(sandbox)))
    await services.calls.close()


async def verdict_of(services: Services, account: Account, secret: str | None = None) -> Verdict:
    """Test an account under another name, with its own secret or another one."""
    known = (await services.accounts.secret(account.name)).secret
    services.accounts.attach(replace(account, name="mine"), Secret(secret) if secret else known)
    (verdict,) = await services.account_tests.test("mine")
    return verdict


@EVERY
async def test_an_account_that_works(services: Services, accounts: dict[str, Account], cloud: str) -> None:
    verdict = await verdict_of(services, accounts[cloud])
    assert (verdict.standing, verdict.title, verdict.host) == (Standing.WORKS, "Works", accounts[cloud].hosts[0])
    assert verdict.elapsed is not None and verdict.ahead is not None
    assert abs(verdict.ahead.total_seconds()) < 60 and "clock" not in verdict.words


@EVERY
async def test_a_wrong_secret(services: Services, accounts: dict[str, Account], cloud: str) -> None:
    verdict = await verdict_of(services, accounts[cloud], WRONG_SECRET[cloud])
    assert (verdict.standing, verdict.title) == (Standing.REFUSED, "Authentication failed")
    assert WRONG_SECRET[cloud] not in verdict.words


@EVERY
async def test_an_app_that_the_host_does_not_know(services: Services, accounts: dict[str, Account], cloud: str) -> None:
    verdict = await verdict_of(services, replace(accounts[cloud], ids=OTHER_APP[cloud]))
    assert (verdict.standing, verdict.title) == (Standing.REFUSED, "Unknown app")
    assert "region" in verdict.words or "host of the data centre" in verdict.words


async def test_another_data_centre(services: Services, accounts: dict[str, Account], sandbox: SandboxClient) -> None:
    sandbox.settings(tencent__refusal_code=60026)
    verdict = await verdict_of(services, accounts["tencent"])
    assert (verdict.standing, verdict.title) == (Standing.REFUSED, "Wrong data centre")
    assert "Give the account the region of the app" in verdict.words


async def test_somebody_who_is_no_admin(services: Services, accounts: dict[str, Account]) -> None:
    ids = {**accounts["tencent"].ids, "admin": "amelie"}
    verdict = await verdict_of(services, replace(accounts["tencent"], ids=ids))
    assert (verdict.standing, verdict.title) == (Standing.REFUSED, "App not allowed")
    assert "an admin of the app" in verdict.words


@EVERY
async def test_a_host_that_nobody_answers_at(services: Services, accounts: dict[str, Account], cloud: str) -> None:
    verdict = await verdict_of(services, replace(accounts[cloud], hosts=(DEAD,)))
    assert (verdict.standing, verdict.title, verdict.elapsed) == (Standing.UNCERTAIN, "Not reached", None)
    assert "Check region or base URL" in verdict.words


@EVERY
async def test_a_host_where_something_else_answers(
    services: Services, accounts: dict[str, Account], sandbox: SandboxClient, cloud: str
) -> None:
    sandbox.fault("html-200", cloud=cloud, times=2)
    verdict = await verdict_of(services, accounts[cloud])
    assert verdict.standing is Standing.UNCERTAIN
    assert "an HTML page came back instead of" in verdict.words


@EVERY
async def test_another_clouds_host(services: Services, accounts: dict[str, Account], cloud: str) -> None:
    elsewhere = accounts[NAMES[NAMES.index(cloud) - 1]].hosts
    verdict = await verdict_of(services, replace(accounts[cloud], hosts=elsewhere))
    assert not verdict.standing.good


@pytest.mark.parametrize("cloud", ["agora", "tencent"])
async def test_a_feature_that_is_off(
    services: Services, accounts: dict[str, Account], sandbox: SandboxClient, cloud: str
) -> None:
    if cloud == "agora":
        sandbox.settings(agora__advanced_push_open=False)
    else:
        sandbox.settings(tencent__push_to_all_enabled=False)
    verdict = await verdict_of(services, accounts[cloud])
    assert (verdict.standing, verdict.title) == (Standing.LIMITED, "Service not enabled")
    assert "knows the app and accepts the secret, but" in verdict.words and "console" in verdict.words


@EVERY
@pytest.mark.parametrize(("days", "words"), [(2, "48 h 00 min behind"), (-2, "48 h 00 min ahead of")])
async def test_a_clock_that_is_wrong_is_said_even_where_it_does_no_harm(
    services: Services, accounts: dict[str, Account], sandbox: SandboxClient, cloud: str, days: int, words: str
) -> None:
    await asyncio.to_thread(sandbox.advance, days * 86400)
    verdict = await verdict_of(services, accounts[cloud])
    assert verdict.standing is Standing.WORKS
    assert f"This machine's clock is {words} the provider's" in verdict.words
    assert verdict.ahead is not None and round(verdict.ahead.total_seconds() / 86400) == days


async def test_every_host_is_asked(services: Services, accounts: dict[str, Account]) -> None:
    both = replace(accounts["agora"], hosts=(*accounts["agora"].hosts, DEAD))
    services.accounts.attach(both, (await services.accounts.secret("sandbox-agora")).secret)
    first, second = await services.account_tests.test("sandbox-agora")
    assert (first.standing, second.standing) == (Standing.WORKS, Standing.UNCERTAIN)


async def test_no_secret_is_the_verdict(services: Services, accounts: dict[str, Account]) -> None:
    verdict = await verdict_of(services, accounts["agora"], "not hexadecimal")
    assert (verdict.standing, verdict.title) == (Standing.REFUSED, "No secret")
    assert "App Certificate" in verdict.words


@EVERY
async def test_nothing_is_changed_or_sent(
    services: Services, accounts: dict[str, Account], sandbox: SandboxClient, cloud: str
) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    before = sandbox.control("GET", "/state")
    await verdict_of(services, accounts[cloud])
    after = sandbox.control("GET", "/state")
    assert (after["users"], after["accepted"]) == (before["users"], 0)
    assert sum(after["requests"].values()) == sum(before["requests"].values()) + 1
