"""Answers that no page documents: each spoils its own row, ends soon, and passes for nothing it does not say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.conversation import Conversation, ConversationKind
from pushtui.domain.diagnosis import Incoming, Mark
from pushtui.domain.json_body import JsonObject
from pushtui.domain.profile import Fact, FactState
from pushtui.providers.agora import profile as agora
from pushtui.providers.agora.conversations import CONVERSATIONS, key_of
from pushtui.providers.base import Endpoint
from pushtui.providers.profiles import Asked, NotTold, ProfileRead, Said, Values
from pushtui.providers.rongcloud.alias_facts import ALIASES, MOST_PAGES
from pushtui.providers.rongcloud.dnd_facts import QUIET_HOURS
from pushtui.services.diagnosing import diagnose
from tests.providers.cases import IDS, NOON, profile_of, told

USER: JsonObject = {"username": "u17", "activated": True}


class Cloud:
    """Answers every call the same way, and counts them."""

    def __init__(self, *answers: JsonObject) -> None:
        self.answers = answers
        self.calls = 0

    async def __call__(self, endpoint: Endpoint[Any], values: Any = (), body: Any = ()) -> Said:
        answer = self.answers[min(self.calls, len(self.answers) - 1)]
        self.calls += 1
        return Said(answer, NOON)

    async def tell(self, read: ProfileRead, provider: str = "rongcloud", *conversations: Conversation) -> Values:
        account = Account("shop", provider, Environment.TEST, ("http://localhost",), IDS[provider])
        return await read.tell(Asked(account, "u17", conversations), self)


def page(number: int, count: int = 50) -> list[JsonObject]:
    return [{"id": f"u{number}-{row}", "remark": "x"} for row in range(count)]


def aliases(total: int, users: list[JsonObject]) -> JsonObject:
    return {"code": 200, "total": total, "users": [*users]}


async def test_a_total_that_no_list_has_does_not_make_a_million_calls() -> None:
    cloud = Cloud(aliases(10**9, []))
    value = (await cloud.tell(ALIASES))["aliases"]
    assert (cloud.calls, value.value) == (1, {})
    assert "1,000,000,000" in value.problem


async def test_an_endless_list_is_cut_off_and_says_so() -> None:
    cloud = Cloud(*(aliases(10**9, page(number)) for number in range(MOST_PAGES + 5)))
    value = (await cloud.tell(ALIASES))["aliases"]
    assert cloud.calls == MOST_PAGES
    assert f"at most the first {MOST_PAGES * 50:,} are read" in value.problem


async def test_an_empty_page_ends_a_list() -> None:
    cloud = Cloud(aliases(5000, page(1)), aliases(5000, []))
    value = (await cloud.tell(ALIASES))["aliases"]
    assert cloud.calls < 12
    assert value.problem == "RongCloud says 5,000, and its pages hold 50; somebody may change them at this moment."


@pytest.mark.parametrize(
    "given",
    [
        {"startTime": "25:00:00", "period": 600},
        {"startTime": "9:00", "period": 600},
        {"startTime": "22:00:60", "period": 600},
        {"startTime": "22:00:00", "period": -600},
        {"startTime": "22:00:00", "period": 1500},
        {"startTime": "22:00:00", "period": 10**30},
    ],
)
async def test_quiet_hours_that_no_day_has_are_not_understood(given: JsonObject) -> None:
    with pytest.raises(NotTold, match="documented"):
        await Cloud({"code": 200, "data": {**given, "unPushLevel": 5}}).tell(QUIET_HOURS)


@pytest.mark.parametrize(("level", "words"), [(None, "level not told"), (0, "level 0 (not"), (3, "level 3 (not")])
async def test_a_level_of_quiet_hours_that_is_not_documented_stays_open(level: int | None, words: str) -> None:
    data: JsonObject = {"startTime": "00:00:00", "period": 1439}
    given: JsonObject = data if level is None else {**data, "unPushLevel": level}
    value = (await Cloud({"code": 200, "data": given}).tell(QUIET_HOURS))["quiet_hours"]
    assert words in value.words
    check = told(diagnose(profile_of("rongcloud", quiet_hours=value.value), Incoming(sender="u7"), NOON), "quiet_hours")
    assert check.mark is Mark.UNKNOWN
    assert words in check.evidence


async def agora_user(**given: Any) -> Values:
    read = next(read for read in agora.READS if read.facts[0].name == "exists")
    return await Cloud({"entities": [{**USER, **given}]}).tell(read, "agora")


async def test_a_token_beside_an_empty_list_of_devices_is_bound() -> None:
    found = await agora_user(pushInfo=[], device_token="tok-legacy-0123456789", notifier_name="FCM")
    assert found["bindings"].value == [{"notifier": "FCM", "device": "", "token": "••••••••6789"}]
    assert (await agora_user(pushInfo=[]))["bindings"].value == []


async def test_conversations_muted_in_the_old_way_are_told_and_stay_open() -> None:
    found = (await agora_user(notification_ignore_g1=True, notification_ignored_users=["Bob"]))["legacy_ignored"]
    assert found.value == ["chatgroup/g1", "user/bob"]
    own = {key: {"mode": None, "quiet_until": None} for key in ("chatgroup/g1", "user/bob", "user/zoe")}
    profile = profile_of("agora", legacy_ignored=found.value, conversations=own)
    for incoming in (Incoming(group="g1"), Incoming(sender="BOB")):
        assert told(diagnose(profile, incoming, NOON), "legacy_ignored").mark is Mark.UNKNOWN
    assert diagnose(profile, Incoming(sender="zoe"), NOON).shows is True


async def test_ids_of_users_are_compared_in_lower_case() -> None:
    assert key_of(Conversation(ConversationKind.USER, "BOB")) == "user/bob"
    assert key_of(Conversation(ConversationKind.GROUP, "G")) == "chatgroup/G"
    listed: JsonObject = {"data": [{"user": "Bob", "value": "NONE"}]}
    found = await Cloud(listed, {"data": {"user": {"BOB": {"type": "NONE"}}}}).tell(CONVERSATIONS, "agora")
    assert found["conversations"].value == {"user/bob": {"mode": "NONE", "quiet_until": None}}
    check = told(
        diagnose(profile_of("agora", conversations=found["conversations"].value), Incoming(sender="BOB"), NOON),
        "conversation",
    )
    assert check.mark is Mark.FAIL


@pytest.mark.parametrize("milliseconds", [253402300799000, 10**18, 10**40])
async def test_moments_that_no_calendar_has_are_not_understood(milliseconds: int) -> None:
    with pytest.raises(NotTold, match="no time"):
        await agora_user(created=milliseconds)


def test_an_alias_that_may_be_among_those_not_read_is_not_said_to_be_missing() -> None:
    profile = profile_of("rongcloud", aliases={"u8": "Bob"}, conversations={"1/u7": 0})
    fact = profile.fact("aliases")
    assert fact is not None
    partly = profile.told([Fact("aliases", "aliases", "", FactState.KNOWN, {"u8": "Bob"}, problem="Only some.")])
    assert told(diagnose(profile, Incoming(sender="u7"), NOON), "sender_name").mark is Mark.PASS
    assert told(diagnose(partly, Incoming(sender="u7"), NOON), "sender_name").mark is Mark.UNKNOWN
    assert told(diagnose(partly, Incoming(sender="u8"), NOON), "sender_name").mark is Mark.PASS


def test_a_level_that_is_not_documented_stays_open() -> None:
    strange: list[dict[str, Any]] = [
        {"conversations": {"1/u7": 3}},
        {"conversations": {"1/u7": 0}, "conversation_types": {"1": 3}},
    ]
    for changed in strange:
        diagnosis = diagnose(profile_of("rongcloud", **changed), Incoming(sender="u7"), NOON + timedelta(hours=1))
        assert diagnosis.shows is None
        assert diagnosis.first_failing is None
