"""Reads and changes at the three clouds, over HTTP to the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from pushtui.domain.account import Account
from pushtui.domain.clock import SystemClock, SystemRandomness
from pushtui.domain.errors import (
    NotSent,
    OutcomeUnknown,
    ProviderError,
    Refused,
    Rejected,
    SecretUnavailable,
    UsageError,
)
from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.domain.secret import Secret
from pushtui.providers.agora.users import CHANGE_USER, READ_USER, SET_NICKNAMES
from pushtui.providers.base import Endpoint
from pushtui.providers.errors import (
    AuthenticationFailed,
    ConnectionLost,
    FailedInside,
    NoSuchUser,
    QuotaExhausted,
    RateExceeded,
    TokenExpired,
    UnknownApp,
)
from pushtui.providers.rongcloud.tags import GET_TAGS, SET_TAGS
from pushtui.providers.tencent.users import GET_PROFILES, SET_PROFILE
from pushtui.providers.tencent.users_model import NICKNAME
from pushtui.providers.transport import Timeouts
from pushtui.services.calls import Calls, Told
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NAMES, Clouds, clouds_of
from tests.services.cloud_accounts import attach_clouds

EVERY = pytest.mark.parametrize("cloud", NAMES)
TOKENS = pytest.mark.parametrize("cloud", ["agora", "tencent"])
DEAD = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Example:
    """A value of amelie's that a cloud tells and takes."""

    reading: Endpoint[Any]
    changing: Endpoint[Any]
    values: Mapping[str, str]
    asked: JsonObject
    change: JsonObject
    told: tuple[str | int, ...]
    """Where the answer says it."""
    value: JsonValue


EXAMPLES = {
    "rongcloud": Example(
        GET_TAGS,
        SET_TAGS,
        {},
        {"userIds": ["amelie"]},
        {"userId": "amelie", "tags": ["night"]},
        ("result", "amelie"),
        ["night"],
    ),
    "agora": Example(
        READ_USER, CHANGE_USER, {"username": "amelie"}, {}, {"nickname": "Am"}, ("entities", 0, "nickname"), "Am"
    ),
    "tencent": Example(
        GET_PROFILES,
        SET_PROFILE,
        {},
        {"To_Account": ["amelie"], "TagList": [NICKNAME]},
        {"From_Account": "amelie", "ProfileItem": [{"Tag": NICKNAME, "Value": "Am"}]},
        ("UserProfileItem", 0, "ProfileItem", 0, "Value"),
        "Am",
    ),
}


class Waiting:
    """A sleep that takes no time and remembers what it was asked for."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def __call__(self, seconds: float) -> None:
        self.seconds += seconds


class Skipping(SystemClock):
    """A clock that a Waiting moves on."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting

    def monotonic(self) -> float:
        return super().monotonic() + self._waiting.seconds


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls at the three clouds of a sandbox."""

    services: Services
    clouds: Clouds
    accounts: dict[str, Account]
    calls: Calls
    waiting: Waiting

    async def read(self, cloud: str, **changes: Any) -> Told:
        example = EXAMPLES[cloud]
        account = replace(self.accounts[cloud], **changes)
        return await self.calls.read(account, example.reading, example.values, example.asked)

    async def write(self, cloud: str, **changes: Any) -> Told:
        example = EXAMPLES[cloud]
        account = replace(self.accounts[cloud], **changes)
        return await self.calls.write(account, example.changing, example.values, example.change)

    def requests(self, cloud: str, endpoint: Endpoint[Any]) -> int:
        """Return how many requests for an operation arrived."""
        path = endpoint.path.format(**EXAMPLES[cloud].values) if cloud != "agora" else endpoint.path
        counted = self.clouds.sandbox.control("GET", "/state")["requests"]
        return int(sum(count for key, count in counted.items() if key.endswith(path)))

    def account(self, name: str, secret: str, like: str = "agora", **changes: Any) -> Account:
        """Attach an account like one of the sandbox's."""
        account = replace(self.accounts[like], name=name, **changes)
        self.services.accounts.attach(account, Secret(secret))
        return account


@pytest.fixture
async def caller(services: Services, sandbox: SandboxClient) -> AsyncIterator[Caller]:
    clouds, waiting = clouds_of(address_line(sandbox)), Waiting()
    calls = Calls(
        services.accounts,
        Skipping(waiting),
        SystemRandomness(),
        read_only=False,
        timeouts=Timeouts(2, 5, 10),
        logs=services.paths.logs,
        sleep=waiting,
    )
    yield Caller(services, clouds, attach_clouds(services, clouds), calls, waiting)
    await calls.close()


@EVERY
async def test_a_change_is_made_and_read_back(caller: Caller, cloud: str) -> None:
    before = await caller.read(cloud)
    assert get(before.body, EXAMPLES[cloud].told) != EXAMPLES[cloud].value
    assert before.server_time is not None and before.server_time.tzinfo is not None and before.elapsed > 0
    await caller.write(cloud)
    assert get((await caller.read(cloud)).body, EXAMPLES[cloud].told) == EXAMPLES[cloud].value


@EVERY
async def test_reads_run_side_by_side(caller: Caller, cloud: str) -> None:
    told = await asyncio.gather(*(caller.read(cloud) for _ in range(100)))
    assert len({str(get(one.body, EXAMPLES[cloud].told)) for one in told}) == 1
    assert caller.requests(cloud, EXAMPLES[cloud].reading) == 100


@EVERY
@pytest.mark.parametrize("fault", ["reset-before", "answer-lost", "half-body"])
async def test_a_broken_read_is_repeated_once(caller: Caller, cloud: str, fault: str) -> None:
    caller.clouds.sandbox.fault(fault, cloud=cloud, times=1)
    assert (await caller.read(cloud)).body
    caller.clouds.sandbox.fault(fault, cloud=cloud, times=2)
    with pytest.raises(ConnectionLost, match="Nothing was changed; ask again") as caught:
        await caller.read(cloud)
    assert caught.value.title == "No usable answer"


@EVERY
@pytest.mark.parametrize("fault", ["reset-before", "answer-lost", "html-5xx", "html-200", "invalid-json"])
async def test_a_change_in_doubt_is_never_repeated(caller: Caller, cloud: str, fault: str) -> None:
    caller.clouds.sandbox.fault(fault, cloud=cloud, times=1)
    with pytest.raises(OutcomeUnknown, match="The change may or may not have been made; look before you try again"):
        await caller.write(cloud)


@EVERY
@pytest.mark.parametrize("fault", ["html-5xx", "html-200", "invalid-json", "internal-timeout"])
async def test_an_unreadable_answer_says_so(caller: Caller, cloud: str, fault: str) -> None:
    caller.clouds.sandbox.fault(fault, cloud=cloud, times=3)
    with pytest.raises(ProviderError) as caught:
        await caller.read(cloud)
    assert "push" not in caught.value.message
    assert caught.value.request_id and caught.value.answer is not None


@EVERY
async def test_too_many_calls_wait_a_moment_once(caller: Caller, cloud: str) -> None:
    caller.clouds.sandbox.fault("rate-limited", cloud=cloud, times=1, retry_after="2")
    assert (await caller.read(cloud)).body
    assert 1.9 < caller.waiting.seconds < 2.5
    caller.clouds.sandbox.fault("rate-limited", cloud=cloud, times=2)
    with pytest.raises(RateExceeded, match=r"more often|too often"):
        await caller.read(cloud)


@EVERY
async def test_a_long_wait_is_left_to_the_person(caller: Caller, cloud: str) -> None:
    caller.clouds.sandbox.fault("rate-limited", cloud=cloud, times=1, retry_after="60")
    with pytest.raises(RateExceeded):
        await caller.read(cloud)
    assert caller.waiting.seconds == 0


@EVERY
async def test_a_change_that_was_too_fast_is_not_repeated(caller: Caller, cloud: str) -> None:
    caller.clouds.sandbox.fault("rate-limited", cloud=cloud, times=1)
    with pytest.raises(RateExceeded):
        await caller.write(cloud)


@TOKENS
async def test_what_a_plan_allows_is_not_asked_for_twice(caller: Caller, cloud: str) -> None:
    caller.clouds.sandbox.fault("quota-hit", cloud=cloud, times=1)
    with pytest.raises(QuotaExhausted):
        await caller.read(cloud)


async def test_tencent_failing_inside_is_asked_again(caller: Caller) -> None:
    caller.clouds.sandbox.fault("internal-error", cloud="tencent", times=1)
    assert (await caller.read("tencent")).body
    caller.clouds.sandbox.fault("internal-error", cloud="tencent", times=2)
    with pytest.raises(FailedInside):
        await caller.read("tencent")


@TOKENS
async def test_an_expired_token_is_renewed_once(caller: Caller, cloud: str) -> None:
    await caller.read(cloud)
    caller.clouds.sandbox.fault("token-expired", cloud=cloud, times=1)
    await caller.read(cloud)
    caller.clouds.sandbox.fault("token-expired", cloud=cloud, times=1)
    await caller.write(cloud)
    assert get((await caller.read(cloud)).body, EXAMPLES[cloud].told) == EXAMPLES[cloud].value
    caller.clouds.sandbox.fault("token-expired", cloud=cloud, times=2)
    with pytest.raises(TokenExpired):
        await caller.read(cloud)


@TOKENS
async def test_calls_side_by_side_renew_a_token_together(caller: Caller, cloud: str) -> None:
    await caller.read(cloud)
    caller.clouds.sandbox.fault("token-expired", cloud=cloud, times=1)
    for told in await asyncio.gather(*(caller.read(cloud) for _ in range(20))):
        assert told.body


@TOKENS
@pytest.mark.parametrize("days", [-3, 3])
async def test_tokens_are_made_by_the_providers_clock(caller: Caller, cloud: str, days: int) -> None:
    caller.clouds.sandbox.advance(days * 86400)
    assert (await caller.read(cloud)).body
    caller.clouds.sandbox.advance(86400 * 10)
    assert (await caller.read(cloud)).body


@EVERY
async def test_the_next_host_is_asked_when_one_is_surely_not_reached(caller: Caller, cloud: str) -> None:
    hosts = (DEAD, *caller.accounts[cloud].hosts)
    await caller.write(cloud, hosts=hosts)
    assert get((await caller.read(cloud, hosts=hosts)).body, EXAMPLES[cloud].told) == EXAMPLES[cloud].value


@EVERY
async def test_no_host_reached_is_said(caller: Caller, cloud: str) -> None:
    for call in (caller.read, caller.write):
        with pytest.raises(NotSent, match=r"No connection to http://127\.0\.0\.1:9: "):
            await call(cloud, hosts=(DEAD,))


@EVERY
async def test_nothing_is_changed_where_nothing_may_be(caller: Caller, cloud: str) -> None:
    with pytest.raises(Refused, match="read-only"):
        await caller.write(cloud, read_only=True)
    closed = Calls(caller.services.accounts, SystemClock(), SystemRandomness(), read_only=True)
    example = EXAMPLES[cloud]
    with pytest.raises(Refused, match="read-only"):
        await closed.write(caller.accounts[cloud], example.changing, example.values, example.change)
    assert caller.requests(cloud, example.changing) == 0
    assert (await caller.read(cloud, read_only=True)).body


@pytest.mark.parametrize(
    "user", ["a/b", "ü", "a b", "%41", "a?b=c", "a#b", "..%2f", "{username}", "*", "+", "a&b", ":", "@", ";"]
)
async def test_names_reach_the_cloud_as_they_are(caller: Caller, user: str) -> None:
    with pytest.raises(Rejected) as caught:
        await caller.calls.read(caller.accounts["agora"], READ_USER, {"username": user})
    assert isinstance(caught.value, NoSuchUser), caught.value.message
    assert caller.requests("agora", READ_USER) == 1


@pytest.mark.parametrize("user", ["", ".", ".."])
async def test_names_that_lead_elsewhere_are_refused(caller: Caller, user: str) -> None:
    with pytest.raises(UsageError, match="username is “"):
        await caller.calls.read(caller.accounts["agora"], READ_USER, {"username": user})


async def test_a_list_that_is_the_whole_body(caller: Caller) -> None:
    nicknames: JsonObject = {"nicknames": [{"username": "amelie", "push_nickname": "Lia"}]}
    await caller.calls.write(caller.accounts["agora"], SET_NICKNAMES, body=nicknames)
    assert get((await caller.read("agora")).body, ("entities", 0, "nickname")) == "Lia"


async def test_an_app_by_its_id_alone(caller: Caller) -> None:
    agora = caller.clouds.agora
    by_id = caller.account("by-id", agora.app_certificate, ids={"app_id": agora.app_id})
    assert "organization" not in (await caller.calls.read(by_id, READ_USER, {"username": "amelie"})).body


async def test_client_credentials_are_exchanged_once_for_many(caller: Caller) -> None:
    agora = caller.clouds.agora
    ids = {"org_name": agora.org_name, "app_name": agora.app_name, "client_id": agora.client_id}
    account = caller.account("by-client", agora.client_secret, ids=ids)
    await asyncio.gather(*(caller.calls.read(account, READ_USER, {"username": "amelie"}) for _ in range(20)))
    assert caller.clouds.sandbox.control("GET", "/state")["requests"]["/token"] == 1
    caller.clouds.sandbox.fault("token-expired", cloud="agora", times=1)
    await caller.calls.read(account, READ_USER, {"username": "amelie"})
    assert caller.clouds.sandbox.control("GET", "/state")["requests"]["/token"] == 2


async def test_a_cloud_that_takes_its_own_tokens_only(caller: Caller) -> None:
    caller.clouds.sandbox.settings(agora__token_exchange_required=True)
    with pytest.raises(AuthenticationFailed):
        await caller.read("agora")
    assert (await caller.read("agora", token_exchange=True)).body


async def test_a_token_is_renewed_before_it_ends(caller: Caller) -> None:
    agora = caller.clouds.agora
    ids = {"org_name": agora.org_name, "app_name": agora.app_name, "client_id": agora.client_id}
    account = caller.account("by-client", agora.client_secret, ids=ids)
    caller.clouds.sandbox.settings(agora__token_ttl=1)
    for expected in (1, 1):
        await caller.calls.read(account, READ_USER, {"username": "amelie"})
        assert caller.clouds.sandbox.control("GET", "/state")["requests"]["/token"] == expected


WRONG = {
    "rongcloud": ("x" * 14, {"app_key": "another"}),
    "agora": ("0" * 32, {"org_name": "no", "app_name": "where", "app_id": "0" * 32}),
    "tencent": ("0" * 64, {"sdkappid": "1400000999", "admin": "administrator"}),
}


@EVERY
async def test_a_wrong_secret_and_a_wrong_app_are_told_apart(caller: Caller, cloud: str) -> None:
    secret, ids = WRONG[cloud]
    example = EXAMPLES[cloud]
    with_wrong_secret = caller.account("wrong", secret, like=cloud)
    with pytest.raises(AuthenticationFailed) as caught:
        await caller.calls.read(with_wrong_secret, example.reading, example.values, example.asked)
    assert not isinstance(caught.value, UnknownApp)
    elsewhere = caller.account("elsewhere", secret, like=cloud, ids=ids)
    with pytest.raises(UnknownApp):
        await caller.calls.read(elsewhere, example.reading, example.values, example.asked)


@EVERY
async def test_a_corrected_secret_works_at_once(caller: Caller, cloud: str) -> None:
    right = (await caller.services.accounts.secret(caller.accounts[cloud].name)).secret.reveal()
    example, wrong = EXAMPLES[cloud], caller.account("mine", WRONG[cloud][0], like=cloud)
    with pytest.raises(AuthenticationFailed):
        await caller.calls.read(wrong, example.reading, example.values, example.asked)
    corrected = caller.account("mine", right, like=cloud)
    assert (await caller.calls.read(corrected, example.reading, example.values, example.asked)).body


async def test_a_certificate_that_can_be_none_is_told_before_anything_leaves(caller: Caller) -> None:
    account = caller.account("mine", "not hexadecimal")
    with pytest.raises(SecretUnavailable, match="no App Certificate, which has 32 hexadecimal digits"):
        await caller.calls.read(account, READ_USER, {"username": "amelie"})
