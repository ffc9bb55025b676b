"""Tencent Chat: what holds a push back, as far as it tells."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.diagnosis import Incoming, Mark
from pushtui.domain.json_body import JsonObject
from pushtui.services.diagnosing import diagnose
from tests.providers.cases import NOON, judged, mark, profile_of

PASS, FAIL, UNKNOWN, IDLE = Mark.PASS, Mark.FAIL, Mark.UNKNOWN, Mark.NOT_APPLICABLE
TEXT: Any = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}]


def push(**changed: Any) -> Incoming:
    return Incoming(kind="tencent.push", body={"MsgRandom": 1, "MsgLifeTime": 60, "MsgBody": TEXT, **changed})


def test_do_not_disturb_and_token_stay_open() -> None:
    diagnosis = diagnose(profile_of("tencent"), push(), NOON)
    assert diagnosis.shows is None
    assert [check.name for check in diagnosis.open_questions] == ["token", "quiet_hours"]
    assert [check.name for check in diagnosis.checks] == [
        *("account", "exists", "audience", "message", "online", "token"),
        *("mode", "quiet_until", "quiet_hours", "conversation"),
        *("language", "display_style", "sender_name", "channel", "quota"),
    ]
    message = diagnose(profile_of("tencent"), Incoming(sender="u7"), NOON)
    assert [check.name for check in message.open_questions] == ["token", "quiet_hours", "conversation"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({"iPhone": "PushOnline"}, PASS),
        ({"iPhone": "PushOnline", "PC": "Online"}, PASS),
        ({"Android": "Online"}, FAIL),
        ({"Web": "Online", "Android": "Offline"}, FAIL),
        ({"Android": "Offline"}, FAIL),
        ({"Web": "PushOnline"}, FAIL),
        ({}, UNKNOWN),
        (..., UNKNOWN),
    ],
)
def test_whom_offline_pushes_reach(states: Any, expected: Mark) -> None:
    assert mark("tencent", "online", push(), online=states) is expected


@pytest.mark.parametrize(
    ("presence", "states", "expected"),
    [
        ("PushOnline", {}, PASS),
        ("Online", {}, FAIL),
        ("Offline", {}, FAIL),
        ("Away", {}, UNKNOWN),
        ("PushOnline", {"Android": "Offline"}, UNKNOWN),
        ("Online", {"Android": "Offline"}, UNKNOWN),
        ("PushOnline", {"Web": "PushOnline"}, FAIL),
        ("Offline", {"Android": "Offline"}, FAIL),
    ],
)
def test_no_verdict_contradicts_the_status_as_a_whole(presence: str, states: Any, expected: Mark) -> None:
    assert mark("tencent", "online", push(), presence=presence, online=states) is expected


def test_settings_of_groups_are_not_said_to_be_unknowable() -> None:
    group = judged("tencent", "conversation", Incoming(group="g"))
    assert (group.mark, "pushtui does not read it yet" in group.evidence) == (UNKNOWN, True)
    assert "between two" in judged("tencent", "conversation", Incoming(sender="u7")).evidence


@pytest.mark.parametrize(("value", "expected"), [(0, PASS), (2, PASS), (1, FAIL), (3, FAIL), (..., UNKNOWN)])
def test_bit_0_of_the_message_settings(value: Any, expected: Mark) -> None:
    assert mark("tencent", "mode", push(), message_settings=value) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, PASS),
        ({"TagsOr": ["a", "z"]}, PASS),
        ({"TagsOr": ["y", "z"]}, FAIL),
        ({"TagsAnd": ["a", "b"]}, PASS),
        ({"TagsAnd": ["a", "z"]}, FAIL),
        ({"TagsOr": ["z"], "TagsAnd": ["a"]}, FAIL),
        ({"TagsOr": ["A"]}, FAIL),
        ({"AttrsAnd": {"city": "Rome"}}, PASS),
        ({"AttrsAnd": {"city": "Rome", "sex": "x"}}, FAIL),
        ({"AttrsOr": {"city": "Rome", "sex": "x"}}, PASS),
        ({"AttrsOr": {"city": "rome"}}, FAIL),
    ],
)
def test_the_condition_of_a_push(condition: JsonObject, expected: Mark) -> None:
    own: dict[str, Any] = {"tags": ["a", "b"], "attributes": {"city": "Rome"}}
    assert mark("tencent", "audience", push(Condition=condition), **own) is expected


def test_without_tags_or_attributes_nobody_knows_whether_a_condition_holds() -> None:
    assert mark("tencent", "audience", push(Condition={"TagsOr": ["a"]}), tags=...) is UNKNOWN
    assert mark("tencent", "audience", push(Condition={"AttrsOr": {"a": "b"}}), attributes=...) is UNKNOWN
    assert mark("tencent", "audience", push(Condition={"AttrsOr": {"a": "b"}}), tags=...) is FAIL


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, PASS),
        ({"MsgLifeTime": 0}, FAIL),
        ({"MsgLifeTime": None}, FAIL),
        ({"OfflinePushInfo": {"PushFlag": 1}}, FAIL),
        ({"OfflinePushInfo": {"ApnsInfo": {"ContentAvailable": 1}}}, UNKNOWN),
        ({"MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}"}}]}, FAIL),
        (
            {
                "MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}"}}],
                "OfflinePushInfo": {"Desc": "hi"},
            },
            PASS,
        ),
    ],
)
def test_some_bodies_notify_nobody(changed: dict[str, Any], expected: Mark) -> None:
    assert mark("tencent", "message", push(**changed)) is expected


def test_the_language_is_a_number_and_no_language() -> None:
    assert "7; Tencent translates nothing" in judged("tencent", "language", push(), language=7).evidence
