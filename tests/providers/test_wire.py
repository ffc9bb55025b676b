"""Validation and forms made from wire models."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.field import FieldKind, Limit, Unit
from pushtui.domain.finding import Severity
from pushtui.domain.json_body import dotted
from pushtui.domain.nearest import nearest
from pushtui.providers.rongcloud.push_model import PushRequest
from pushtui.providers.wire import findings_of, form_fields
from tests.bodies import example, push

PAGE_FIELDS = [
    "platform",
    "fromuserid",
    "audience.userid",
    "audience.tag",
    "audience.tag_or",
    "audience.is_to_all",
    "audience.packageName",
    "message.content",
    "message.objectName",
    "message.disableUpdateLastMsg",
    "notification.title",
    "notification.forceShowPushContent",
    "notification.alert",
    "notification.ios.title",
    "notification.ios.contentAvailable",
    "notification.ios.alert",
    "notification.ios.badge",
    "notification.ios.thread-id",
    "notification.ios.apns-collapse-id",
    "notification.ios.category",
    "notification.ios.richMediaUri",
    "notification.ios.interruption-level",
    "notification.ios.extras",
    "notification.android.alert",
    "notification.android.extras",
    "notification.android.honor.importance",
    "notification.android.honor.image",
    "notification.android.hw.channelId",
    "notification.android.hw.importance",
    "notification.android.hw.image",
    "notification.android.hw.category",
    "notification.android.mi.channelId",
    "notification.android.mi.large_icon_uri",
    "notification.android.oppo.channelId",
    "notification.android.oppo.category",
    "notification.android.oppo.notify_level",
    "notification.android.vivo.classification",
    "notification.android.vivo.category",
    "notification.android.fcm.channelId",
    "notification.android.fcm.collapse_key",
    "notification.android.fcm.imageUrl",
    "notification.harmonyOS.alert",
    "notification.harmonyOS.ohos.category",
    "notification.harmonyOS.ohos.image",
    "notification.harmonyOS.extras",
]


def test_the_form_has_every_field_of_the_page() -> None:
    assert sorted(dotted(spec.path) for spec in form_fields(PushRequest)) == sorted(PAGE_FIELDS)


def test_every_field_explains_itself() -> None:
    for spec in form_fields(PushRequest):
        assert len(spec.help) > 20, spec.path
        assert spec.source.title
        assert spec.source.date


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("audience.userid", Limit(1000, Unit.ITEMS)),
        ("audience.tag", Limit(20, Unit.ITEMS)),
        ("audience.tag_or", Limit(20, Unit.ITEMS)),
        ("fromuserid", Limit(64, Unit.CHARACTERS)),
        ("message.objectName", Limit(32, Unit.CHARACTERS)),
        ("message.content", Limit(128 * 1024, Unit.BYTES)),
        ("notification.title", Limit(50, Unit.CHARACTERS)),
        ("notification.ios.badge", Limit(9999, Unit.VALUE)),
    ],
)
def test_limits_and_units(path: str, limit: Limit) -> None:
    spec = next(spec for spec in form_fields(PushRequest) if dotted(spec.path) == path)
    assert spec.limits == (limit,)


@pytest.mark.parametrize(
    ("limit", "value", "used"),
    [
        (Limit(9, Unit.CHARACTERS), "北京", 2),
        (Limit(9, Unit.BYTES), "北京", 6),
        (Limit(9, Unit.ITEMS), ["a", "b"], 2),
        (Limit(9, Unit.VALUE), 7, 7),
        (Limit(9, Unit.VALUE), True, 0),
        (Limit(9, Unit.CHARACTERS), 7, 0),
    ],
)
def test_units_count(limit: Limit, value: Any, used: int) -> None:
    assert limit.used(value) == used


def test_choices_come_from_the_type() -> None:
    by_path = {dotted(spec.path): spec for spec in form_fields(PushRequest)}
    assert by_path["platform"].kind is FieldKind.CHOICES
    assert [choice.value for choice in by_path["notification.android.oppo.notify_level"].choices] == [1, 2, 16]
    assert [choice.value for choice in by_path["notification.android.vivo.classification"].choices] == ["0", "1"]


def test_the_pages_example_is_valid() -> None:
    assert findings_of(PushRequest, example()) == []
    assert findings_of(PushRequest, push()) == []


def change(path: str, value: Any) -> dict[str, Any]:
    body: dict[str, Any] = push()
    *parents, last = path.split(".")
    place = body
    for parent in parents:
        place = place.setdefault(parent, {})
    place[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("platform", [], "0 items are given; at least 1 needed"),
        ("platform", ["iOS"], '"iOS" is given; allowed: ios, android'),
        ("platform", "ios", '"ios" is given; a list is needed'),
        ("audience.is_to_all", 1, "1 is given; true or false is needed"),
        ("audience.tag", ["t"] * 21, "21 items are given; at most 20 are allowed"),
        ("audience.tag", [""], "empty text is given"),
        ("audience.tag", [7], "7 is given; text is needed"),
        ("audience.userid", ["u"] * 1001, "1001 items are given; at most 1000 are allowed"),
        ("audience.userid", ["u" * 65], "65 characters are given; at most 64 are allowed"),
        ("fromuserid", "", "empty text is given"),
        ("fromuserid", "u" * 65, "65 characters are given; at most 64 are allowed"),
        ("message.objectName", "x" * 33, "33 characters are given; at most 32 are allowed"),
        ("message.content", "é" * 65_537, "131,074 UTF-8 bytes are given; at most 131,072 are allowed"),
        ("message.disableUpdateLastMsg", "true", '"true" is given; true or false is needed'),
        ("notification.title", "t" * 51, "51 characters are given; at most 50 are allowed"),
        ("notification.forceShowPushContent", 2, "2 is given; allowed: 0, 1"),
        ("notification.forceShowPushContent", True, "true is given; a whole number is needed"),
        ("notification.ios.badge", 10_000, "10000 is given; at most 9999 is allowed"),
        ("notification.ios.badge", "abc", '"abc" is given; a whole number is needed'),
        ("notification.ios.badge", 1.5, "1.5 is given; a whole number is needed"),
        ("notification.ios.interruption-level", "loud", "allowed: passive, active, time-sensitive, critical"),
        ("notification.android.oppo.notify_level", 3, "3 is given; allowed: 1, 2, 16"),
        ("notification.android.vivo.classification", 0, "0 is given; allowed: 0, 1"),
        ("notification.ios.extras", "{", '"{" is given; an object is needed'),
        ("notification.android", [], "[] is given; an object is needed"),
    ],
)
def test_wrong_values_are_errors_that_say_what_is_allowed(path: str, value: Any, message: str) -> None:
    found = findings_of(PushRequest, change(path, value))
    assert any(dotted(finding.path).startswith(path) and message in finding.message for finding in found), found
    assert all(finding.severity is Severity.ERROR for finding in found)


@pytest.mark.parametrize("path", ["platform", "audience", "audience.is_to_all", "notification", "message.content"])
def test_required_fields(path: str) -> None:
    body: dict[str, Any] = push()
    *parents, last = path.split(".")
    place = body
    for parent in parents:
        place = place[parent]
    del place[last]
    found = findings_of(PushRequest, body)
    assert [(dotted(finding.path), finding.message) for finding in found] == [(path, "required, but not given")]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("fromUserId", "fromuserid"),
        ("audience.tags", "tag"),
        ("audience.isToAll", "is_to_all"),
        ("audience.userId", "userid"),
        ("message.objectname", "objectName"),
        ("notification.ios.threadId", "thread-id"),
        ("notification.android.HW", "hw"),
        ("notification.harmonyos", "harmonyOS"),
    ],
)
def test_a_misspelt_field_is_an_error_with_the_nearest_name(path: str, meant: str) -> None:
    found = findings_of(PushRequest, change(path, "x"))
    about = next(finding for finding in found if dotted(finding.path) == path)
    assert about.severity is Severity.ERROR
    assert f"did you mean “{meant}”?" in about.message


def test_an_unknown_field_unlike_any_other_is_a_warning() -> None:
    found = findings_of(PushRequest, change("notification.android.zzz9", "x"))
    assert [finding.severity for finding in found] == [Severity.WARNING]
    assert "will probably ignore" in found[0].message


def test_null_is_pointed_out() -> None:
    found = findings_of(PushRequest, change("notification.title", None))
    assert [(finding.severity, dotted(finding.path)) for finding in found] == [(Severity.WARNING, "notification.title")]


def test_all_findings_come_at_once() -> None:
    body = push(platform=["x"], fromuserid="", notification={"title": "t" * 51, "ios": {"badge": "b"}})
    assert len(findings_of(PushRequest, body)) == 4


def test_long_values_are_cut_in_messages() -> None:
    found = findings_of(PushRequest, change("audience.is_to_all", "y" * 500))
    assert len(found[0].message) < 100


def test_nearest_is_honest_about_strangers() -> None:
    assert nearest("qqq", ["alert", "title"]) is None
