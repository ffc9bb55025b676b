"""RongCloud: what holds a push back, by the tables of its documents."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.diagnosis import Incoming, Mark
from pushtui.domain.json_body import JsonObject
from pushtui.services.diagnosing import diagnose
from tests.providers.cases import NOON, at, judged, mark, profile_of, told

PASS, FAIL, UNKNOWN, IDLE = Mark.PASS, Mark.FAIL, Mark.UNKNOWN, Mark.NOT_APPLICABLE
FROM_U7 = Incoming(sender="u7")
NOBODY, ME, ALL = (
    Incoming(group="g", mentions=False, mentions_all=False),
    Incoming(group="g", mentions=True, mentions_all=False),
    Incoming(group="g", mentions=False, mentions_all=True),
)
TEXT = '{"content":"hi"}'
SYSTEM: JsonObject = {"fromUserId": "desk", "toUserId": ["u17"], "objectName": "RC:TxtMsg", "content": TEXT}


def night(level: int = 5, start: str = "22:00:00", minutes: int = 600) -> dict[str, Any]:
    return {"start": start, "minutes": minutes, "level": level}


def push(**changed: Any) -> Incoming:
    """A tagged push without a message."""
    body: dict[str, Any] = {
        "platform": ["ios", "android"],
        "audience": {"is_to_all": True},
        "notification": {"alert": "hi"},
    }
    return Incoming(kind="rongcloud.push", body={**body, **changed})


def test_nothing_but_the_token_stays_open() -> None:
    diagnosis = diagnose(profile_of("rongcloud", conversations={"1/u7": 0}), FROM_U7, NOON)
    assert diagnosis.shows is None
    assert [check.name for check in diagnosis.open_questions] == ["token"]
    assert [check.name for check in diagnosis.checks] == [
        *("account", "exists", "audience", "message", "online", "token"),
        *("mode", "quiet_until", "quiet_hours", "conversation", "conversation_type"),
        *("language", "display_style", "sender_name", "channel", "quota"),
    ]


@pytest.mark.parametrize(
    ("hours", "clock", "expected"),
    [
        (night(), "21:59:59.999999", PASS),
        (night(), "22:00:00", FAIL),
        (night(), "23:59:59", FAIL),
        (night(), "00:00:00", FAIL),
        (night(), "07:59:59.999999", FAIL),
        (night(), "08:00:00", PASS),
        (night(start="22:00:30", minutes=1), "22:00:29", PASS),
        (night(start="22:00:30", minutes=1), "22:00:30", FAIL),
        (night(start="22:00:30", minutes=1), "22:01:29", FAIL),
        (night(start="22:00:30", minutes=1), "22:01:30", PASS),
        (night(start="00:00:00", minutes=1439), "23:59:30", FAIL),
        (night(start="00:00:01", minutes=1439), "00:00:00", PASS),
        (night(minutes=0), "22:00:00", PASS),
        (None, "22:00:00", PASS),
        (..., "22:00:00", UNKNOWN),
    ],
)
def test_quiet_hours(hours: Any, clock: str, expected: Mark) -> None:
    assert mark("rongcloud", "quiet_hours", FROM_U7, at(f"2026-11-22T{clock}"), quiet_hours=hours) is expected


def test_quiet_hours_are_read_by_the_data_centres_clock() -> None:
    check = judged(
        "rongcloud", "quiet_hours", FROM_U7, at("2026-11-22T14:02:00"), zone="Asia/Shanghai", quiet_hours=night()
    )
    assert (check.mark, check.until) == (FAIL, at("2026-11-23T00:00:00"))
    assert "22:00:00–08:00:00, level 5 nothing pushes; it is 22:02 server time (Asia/Shanghai)" in check.evidence


@pytest.mark.parametrize(
    ("level", "incoming", "expected"),
    [
        (5, ME, FAIL),
        (5, ALL, FAIL),
        (1, NOBODY, FAIL),
        (1, ME, PASS),
        (1, ALL, PASS),
        (1, Incoming(group="g"), UNKNOWN),
        (1, Incoming(), UNKNOWN),
        (1, FROM_U7, FAIL),
        (None, FROM_U7, UNKNOWN),
        (0, FROM_U7, UNKNOWN),
        (3, FROM_U7, UNKNOWN),
        (1, Incoming(kind="rongcloud.system", body=SYSTEM), FAIL),
    ],
)
def test_quiet_hours_of_level_1_let_mentions_through(level: int, incoming: Incoming, expected: Mark) -> None:
    hours = {"start": "11:00:00", "minutes": 120, "level": level}
    assert mark("rongcloud", "quiet_hours", incoming, quiet_hours=hours) is expected


LEVELS = [
    (-1, NOBODY, PASS),
    (1, NOBODY, FAIL),
    (1, ME, PASS),
    (1, ALL, PASS),
    (1, Incoming(group="g"), UNKNOWN),
    (2, ME, PASS),
    (2, ALL, FAIL),
    (2, Incoming(group="g", mentions_all=True), UNKNOWN),
    (4, ME, FAIL),
    (4, ALL, PASS),
    (5, ME, FAIL),
    (5, ALL, FAIL),
]


@pytest.mark.parametrize(("level", "incoming", "expected"), LEVELS)
def test_levels_of_conversations_and_of_their_types(level: int, incoming: Incoming, expected: Mark) -> None:
    assert mark("rongcloud", "conversation", incoming, conversations={"3/g": level}) is expected
    types = {"3": level}
    found = diagnose(profile_of("rongcloud", conversations={"3/g": 0}, conversation_types=types), incoming, NOON)
    assert told(found, "conversation").mark is IDLE
    assert told(found, "conversation_type").mark is expected


def test_quiet_hours_come_before_the_conversation_and_that_before_its_type() -> None:
    levels: dict[str, Any] = {"conversations": {"1/u7": -1}, "conversation_types": {"1": 5}}
    open_all = diagnose(profile_of("rongcloud", **levels), FROM_U7, NOON)
    assert open_all.first_failing is None
    assert told(open_all, "conversation_type").mark is IDLE
    quiet = diagnose(profile_of("rongcloud", quiet_hours=night(start="11:00:00"), **levels), FROM_U7, NOON)
    assert quiet.first_failing is not None
    assert quiet.first_failing.name == "quiet_hours"


def test_what_a_server_sends_is_in_a_system_conversation_and_a_bare_notification_in_none() -> None:
    system = Incoming(kind="rongcloud.system", body=SYSTEM)
    muted: dict[str, Any] = {"conversations": {"6/desk": 5, "1/desk": -1}}
    assert mark("rongcloud", "conversation", system, **muted) is FAIL
    message: Any = {"fromuserid": "desk", "message": {"objectName": "RC:TxtMsg", "content": TEXT}}
    assert mark("rongcloud", "conversation", push(**message), **muted) is FAIL
    assert mark("rongcloud", "conversation", push(), **muted) is IDLE
    assert mark("rongcloud", "conversation_type", push(), conversation_types={"6": 5}) is IDLE


@pytest.mark.parametrize("name", ["conversation", "conversation_type"])
def test_a_level_that_was_not_read_stays_open(name: str) -> None:
    assert mark("rongcloud", name, FROM_U7, conversations={"1/u7": 0}, conversation_types={}) is (
        UNKNOWN if name == "conversation_type" else IDLE
    )
    assert mark("rongcloud", "conversation", FROM_U7) is UNKNOWN
    assert mark("rongcloud", "conversation", FROM_U7, conversations=...) is UNKNOWN
    assert mark("rongcloud", "conversation_type", FROM_U7, conversation_types=...) is UNKNOWN
    assert mark("rongcloud", name, Incoming()) is IDLE


@pytest.mark.parametrize(
    ("audience", "tags", "expected"),
    [
        ({"is_to_all": True, "tag": ["x"], "packageName": "com.a"}, [], PASS),
        ({"tag": ["a", "b"]}, ["a", "b", "c"], PASS),
        ({"tag": ["a", "b"]}, ["a"], FAIL),
        ({"tag_or": ["a", "b"]}, ["b"], PASS),
        ({"tag_or": ["a", "b"]}, [], FAIL),
        ({"tag": ["a"], "tag_or": ["b", "c"]}, ["a", "c"], PASS),
        ({"tag": ["a"], "tag_or": ["b", "c"]}, ["a"], FAIL),
        ({"tag": ["a"], "tag_or": ["b", "c"]}, ["b"], FAIL),
        ({"tag": ["a"], "packageName": "com.a"}, ["a"], UNKNOWN),
        ({"tag": ["a"], "packageName": "com.a"}, [], FAIL),
        ({"userid": ["u17", "u2"], "tag": ["a"]}, [], PASS),
        ({"userid": ["u2"], "tag": ["a"]}, ["a"], FAIL),
        ({"tag": ["a"]}, ..., UNKNOWN),
        ({}, [], FAIL),
    ],
)
def test_the_audience_of_a_tagged_push(audience: JsonObject, tags: Any, expected: Mark) -> None:
    assert mark("rongcloud", "audience", push(audience=audience), tags=tags) is expected


def test_a_push_to_one_platform_may_miss_the_users_devices() -> None:
    assert mark("rongcloud", "audience", push(platform=["ios"])) is UNKNOWN


@pytest.mark.parametrize("kind", ["rongcloud.system", "rongcloud.system-template", "rongcloud.push-user"])
def test_pushes_to_named_users_reach_those(kind: str) -> None:
    field = "userIds" if kind == "rongcloud.push-user" else "toUserId"
    assert mark("rongcloud", "audience", Incoming(kind=kind, body={field: ["u1", "u17"]})) is PASS
    assert mark("rongcloud", "audience", Incoming(kind=kind, body={field: ["u1"]})) is FAIL
    assert mark("rongcloud", "audience", Incoming(kind=kind, body={field: []})) is FAIL


@pytest.mark.parametrize(
    ("incoming", "expected"),
    [
        (FROM_U7, PASS),
        (Incoming(silent=True), FAIL),
        (Incoming(kind="rongcloud.system", body=SYSTEM), PASS),
        (Incoming(kind="rongcloud.system", body={**SYSTEM, "disablePush": True}), FAIL),
        (Incoming(kind="rongcloud.system", body={**SYSTEM, "objectName": "app:news"}), FAIL),
        (Incoming(kind="rongcloud.system", body={**SYSTEM, "objectName": "app:news", "pushContent": "hi"}), PASS),
        (push(), PASS),
        (push(notification={}), FAIL),
        (push(notification={"ios": {"alert": "hi"}}), UNKNOWN),
        (push(notification={"alert": "hi", "ios": {"contentAvailable": 1}}), UNKNOWN),
        (Incoming(kind="rongcloud.push-user", body={"userIds": ["u17"], "notification": {"pushContent": "hi"}}), PASS),
    ],
)
def test_some_bodies_notify_nobody(incoming: Incoming, expected: Mark) -> None:
    assert mark("rongcloud", "message", incoming) is expected


def test_a_template_is_judged_as_this_recipient_gets_it() -> None:
    body: JsonObject = {**SYSTEM, "objectName": "app:n", "toUserId": ["u1", "u17"], "pushContent": ["hi", ""]}
    assert mark("rongcloud", "message", Incoming(kind="rongcloud.system-template", body=body)) is FAIL
    body = {**body, "pushContent": ["", "hi"]}
    assert mark("rongcloud", "message", Incoming(kind="rongcloud.system-template", body=body)) is PASS


def test_being_online_keeps_messages_from_notifying_but_not_bare_notifications() -> None:
    assert mark("rongcloud", "online", FROM_U7, online=True) is FAIL
    assert mark("rongcloud", "online", push(), online=True) is IDLE
    assert mark("rongcloud", "online", Incoming(kind="rongcloud.push-user", body={}), online=True) is IDLE
    assert mark("rongcloud", "online", FROM_U7, online=...) is UNKNOWN


def test_whose_name_the_user_sees() -> None:
    named: dict[str, Any] = {"aliases": {"u7": "Bob"}}
    assert judged("rongcloud", "sender_name", FROM_U7, **named).evidence == "u7 is shown as “Bob”."
    assert "No alias for u8" in judged("rongcloud", "sender_name", Incoming(sender="u8"), **named).evidence
    assert mark("rongcloud", "sender_name", push()) is IDLE


def test_categories_and_channels_are_told() -> None:
    android = {"hw": {"channelId": "news", "importance": "LOW"}, "vivo": {"classification": "0"}}
    check = judged("rongcloud", "channel", push(notification={"alert": "hi", "android": android}))
    assert check.evidence == "hw: channelId news, importance LOW; vivo: classification 0."
    assert check.next_step


def test_a_push_of_another_cloud_is_none_for_this_account() -> None:
    assert mark("rongcloud", "account", Incoming(kind="tencent.push", body={})) is FAIL
