"""Findings over several fields of a tagged push, and its reach."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.finding import Severity
from pushtui.domain.reach import Extent
from pushtui.providers.kinds import check, kind_named
from pushtui.providers.rongcloud.push import PUSH_ONLY, TAGGED_PUSH, WITH_MESSAGE
from pushtui.providers.rongcloud.push_rules import reach
from tests.bodies import example, push

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
TEXT = {"alert": "hi"}


def found(body: dict[str, Any]) -> set[tuple[Severity, str]]:
    return {(finding.severity, finding.field) for finding in check(TAGGED_PUSH, body)}


def audience(**fields: Any) -> dict[str, Any]:
    return push(audience={"is_to_all": False} | fields)


def message(name: str, content: str, **fields: Any) -> dict[str, Any]:
    return push(message={"objectName": name, "content": content} | fields)


def android(**vendors: Any) -> dict[str, Any]:
    return push(notification=TEXT | {"android": vendors})


def test_a_good_push_has_no_findings() -> None:
    assert found(push()) == set()
    assert found(push(message=None, fromuserid=None)) == set()


def test_the_pages_example() -> None:
    assert found(example()) == {
        (WARNING, "audience.tag"),
        (WARNING, "audience.tag_or"),
        (ADVICE, "notification.android.mi.large_icon_uri"),
    }


CASES: list[tuple[str, dict[str, Any], set[tuple[Severity, str]]]] = [
    ("everybody alone", audience(is_to_all=True), set()),
    (
        "everybody and more",
        audience(is_to_all=True, tag=["a"], userid=["u"], packageName="p"),
        {(ERROR, "audience.tag"), (ERROR, "audience.userid"), (ERROR, "audience.packageName")},
    ),
    ("everybody with empty lists", audience(is_to_all=True, tag=[], userid=[]), set()),
    ("nobody", audience(), {(ERROR, "audience")}),
    ("nobody, empty list", audience(tag=[]), {(ERROR, "audience")}),
    ("user ids beat tags", audience(userid=["u"], tag=["a"]), {(WARNING, "audience.tag")}),
    ("user ids beat platform", audience(userid=["u"]) | {"platform": ["ios"]}, {(WARNING, "platform")}),
    ("blank id", audience(userid=[" "]), {(ERROR, "audience.userid[0]")}),
    ("invisible id", audience(userid=["\u200b"]), {(ERROR, "audience.userid[0]"), (WARNING, "audience.userid[0]")}),
    ("ids in one", audience(userid=["a,b"]), {(WARNING, "audience.userid[0]")}),
    ("blank package", audience(packageName=" "), {(ERROR, "audience.packageName")}),
    ("unknown in the audience", audience(tag=["t"], everyone=True), {(ERROR, "audience.everyone")}),
    ("unknown beside the audience", push(tagItems=[]), {(ERROR, "tagItems")}),
    ("duplicate id", audience(userid=["u", "u"]), {(WARNING, "audience.userid")}),
    ("blank at the end", audience(tag=["a", " b"]), {(WARNING, "audience.tag[1]")}),
    ("tag of 40 bytes", audience(tag=["京" * 13 + "x"]), set()),
    ("tag of 41 bytes", audience(tag=["京" * 13 + "xx"]), {(WARNING, "audience.tag[0]")}),
    ("message without sender", push(fromuserid=None), {(ERROR, "fromuserid")}),
    ("sender without message", push(message=None), {(ERROR, "message")}),
    ("misspelt built-in", message("RC:TxtMessage", "{}"), {(ERROR, "message.objectName")}),
    ("reserved prefix", message("rc:mine", "{}"), {(ERROR, "message.objectName")}),
    ("own type", message("App:Order", "anything at all"), {(ADVICE, "message.objectName")}),
    ("signal", message("RC:TypSts", "{}"), {(WARNING, "message.objectName")}),
    ("text is not JSON", message("RC:TxtMsg", "hello"), {(ERROR, "message.content")}),
    ("encoded twice", message("RC:TxtMsg", '"{\\"content\\":\\"x\\"}"'), {(ERROR, "message.content")}),
    ("a JSON list", message("RC:TxtMsg", "[]"), {(ERROR, "message.content")}),
    ("misspelt key", message("RC:TxtMsg", '{"contents":"x"}'), {(WARNING, "message.content")}),
    ("empty text", message("RC:TxtMsg", '{"content":""}'), {(WARNING, "message.content")}),
    (
        "not stored",
        message("RC:CmdMsg", '{"name":"n"}', disableUpdateLastMsg=True),
        {(WARNING, "message.disableUpdateLastMsg")},
    ),
    ("stored", message("RC:TxtMsg", '{"content":"x"}', disableUpdateLastMsg=True), set()),
    ("no text at all", push(notification={}), {(ERROR, "notification.alert")}),
    (
        "own text type without text",
        message("App:X", "y") | {"notification": {"title": "t"}},
        {(ADVICE, "message.objectName"), (ERROR, "notification.alert")},
    ),
    (
        "iOS text only",
        push(notification={"ios": TEXT}),
        {(ERROR, "notification.android.alert")},
    ),
    (
        "both platforms, no common text",
        push(notification={"ios": TEXT, "android": TEXT}),
        {(WARNING, "notification.alert")},
    ),
    ("all platforms, no common text", push(notification=dict.fromkeys(["ios", "android", "harmonyOS"], TEXT)), set()),
    (
        "one platform, its own text",
        push(platform=["ios"], notification={"ios": TEXT, "harmonyOS": TEXT}),
        {(WARNING, "notification.alert")},
    ),
    (
        "part for a platform not chosen",
        push(platform=["ios"], notification=TEXT | {"android": {"hw": {"channelId": "c"}}}),
        {(WARNING, "notification.android")},
    ),
    ("oppo level alone", android(oppo={"notify_level": 2}), {(ERROR, "notification.android.oppo.notify_level")}),
    ("oppo level and category", android(oppo={"notify_level": 2, "category": "IM"}), set()),
    ("vivo category alone", android(vivo={"category": "IM"}), {(ERROR, "notification.android.vivo.classification")}),
    ("vivo both", android(vivo={"category": "IM", "classification": "1"}), set()),
    (
        "honor marketing image",
        android(honor={"importance": "LOW", "image": "https://e.com/i.png"}),
        {(WARNING, "notification.android.honor.image")},
    ),
    ("honor http", android(honor={"image": "http://e.com/i.png"}), {(ERROR, "notification.android.honor.image")}),
    ("huawei http", android(hw={"image": "ftp://e.com/i.png"}), {(ERROR, "notification.android.hw.image")}),
    ("huawei small letters", android(hw={"category": "im"}), {(WARNING, "notification.android.hw.category")}),
    ("fcm http", android(fcm={"imageUrl": "http://e.com/i.png"}), {(ADVICE, "notification.android.fcm.imageUrl")}),
    (
        "harmony http",
        push(notification=TEXT | {"harmonyOS": {"ohos": {"image": "http://e.com/i.png"}}}),
        {(ERROR, "notification.harmonyOS.ohos.image")},
    ),
    (
        "rich media without category",
        push(notification=TEXT | {"ios": {"richMediaUri": "https://e.com/i.png"}}),
        {(WARNING, "notification.ios.category")},
    ),
    (
        "silent",
        push(notification=TEXT | {"ios": {"contentAvailable": 1}}),
        {(WARNING, "notification.ios.contentAvailable")},
    ),
    (
        "extras that are not text",
        push(notification=TEXT | {"ios": {"extras": {"n": 1}}}),
        {(ADVICE, "notification.ios.extras")},
    ),
    ("hidden direction", push(notification={"alert": "abc\u202edef"}), {(WARNING, "notification.alert")}),
    ("line break in text", push(notification={"alert": "two\nlines"}), set()),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_rules(body: dict[str, Any], expected: set[tuple[Severity, str]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("given", "extent", "users"),
    [
        ({"is_to_all": True}, Extent.EVERYBODY, 0),
        ({"is_to_all": True, "userid": ["u"]}, Extent.EVERYBODY, 0),
        ({}, Extent.EVERYBODY, 0),
        ({"is_to_all": "false"}, Extent.EVERYBODY, 0),
        ({"is_to_all": False, "userid": ["a", "b", "a"]}, Extent.AT_MOST, 2),
        ({"is_to_all": False, "userid": ["a"], "tag": ["t"]}, Extent.AT_MOST, 1),
        ({"is_to_all": False, "tag": ["t"], "tag_or": ["x", "y"]}, Extent.UNKNOWN, 0),
        ({"is_to_all": False, "packageName": "p"}, Extent.EVERYBODY, 0),
        ({"is_to_all": False, "packageName": "p", "tag": ["t"]}, Extent.UNKNOWN, 0),
        ({"is_to_all": False}, Extent.UNKNOWN, 0),
    ],
)
def test_reach(given: dict[str, Any], extent: Extent, users: int) -> None:
    found = reach({"audience": given})
    assert (found.extent, found.users) == (extent, users)


def test_reach_of_a_body_that_is_no_push() -> None:
    assert reach({"audience": "everybody"}).extent is Extent.EVERYBODY


def test_push_only_takes_message_and_sender_out_and_back() -> None:
    variant = TAGGED_PUSH.variants[0]
    body = push()
    only = variant.write(body, PUSH_ONLY)
    assert variant.read(only) == PUSH_ONLY
    assert not {"message", "fromuserid"} & only.keys()
    assert variant.read(variant.write(only, WITH_MESSAGE)) == WITH_MESSAGE
    assert variant.write(body, WITH_MESSAGE) == body


def test_a_new_draft_names_nobody() -> None:
    kind = kind_named("rongcloud.push")
    assert (ERROR, "audience") in found(kind.new_body())
    assert kind.reach(kind.new_body()).extent is Extent.UNKNOWN
