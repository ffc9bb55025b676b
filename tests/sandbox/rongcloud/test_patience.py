"""What SDKs really send, and the values that are meant by it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import SMALL_PUSH, SandboxClient
from tests.sandbox.rongcloud.app_server import TEXT, AppServer, encoded, post

TEMPLATE_PATH = "/message/system/publish_template.json"
MESSAGE_PATH = "/message/system/publish.json"
TEMPLATE: dict[str, Any] = {
    "fromUserId": "dora",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"{c}, hi"}',
    "toUserId": ["123", "456"],
    "values": [{"{c}": "A"}, {"{c}": "B"}],
}
MESSAGE: dict[str, Any] = {"fromUserId": "dora", "toUserId": "123", "objectName": "RC:TxtMsg", "content": TEXT}


def pushed(**changes: Any) -> dict[str, Any]:
    return {**SMALL_PUSH, "platform": ["ios", "android"], "audience": {"userid": ["123"]}, **changes}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (TEMPLATE_PATH, {**TEMPLATE, "pushContent": ["{c} push", "{c} push"], "pushData": [None, None]}),
        (TEMPLATE_PATH, {**TEMPLATE, "pushContent": [None, "x"], "pushExt": [None, "{}"]}),
        (TEMPLATE_PATH, {**TEMPLATE, "toUserId": [21, 22], "values": [{"{c}": 5}, {"{c}": 1.5}]}),
        (TEMPLATE_PATH, {**TEMPLATE, "verifyBlacklist": [0, 0], "contentAvailable": 1, "disablePush": "False"}),
        (TEMPLATE_PATH, {**TEMPLATE, "contentAvailable": "", "disablePush": None, "pushContent": None}),
        (MESSAGE_PATH, {**MESSAGE, "isPersisted": "true", "contentAvailable": "true", "disablePush": "True"}),
        (MESSAGE_PATH, {**MESSAGE, "isPersisted": "0", "isCounted": "0", "pushData": '{"pushData":"hello"}'}),
        (MESSAGE_PATH, {**MESSAGE, "content": "plain"}),
        ("/push.json", pushed(audience={"tag": [], "tag_or": [], "userid": ["123"], "packageName": ""})),
        ("/push.json", pushed(audience={"tag": None, "userid": [123], "is_to_all": None})),
        ("/push.json", pushed(audience={"tag": "", "userid": ["123"], "is_to_all": ""})),
        ("/push.json", pushed(fromuserid=None, message=None)),
        ("/push.json", pushed(notification={"alert": "x", "ios": None, "android": ""})),
        ("/push.json", pushed(notification={"alert": "x", "title": "", "ios": {"badge": "", "contentAvailable": ""}})),
        (
            "/push.json",
            pushed(notification={"alert": "x", "forceShowPushContent": "", "android": {"hw": {"importance": ""}}}),
        ),
        ("/push.json", pushed(notification={"alert": "x", "ios": {"interruption-level": ""}})),
        ("/push.json", pushed(notification={"alert": "x", "android": {"vivo": {"classification": 0}}})),
        ("/push.json", pushed(fromuserid="dora", message={"objectName": "RC:TxtMsg", "content": "plain"})),
        ("/push/user.json", {"userIds": [123], "notification": {"pushContent": "x", "ios": {"badge": "3"}}}),
        ("/user/tag/set.json", {"userId": 123, "tags": []}),
        ("/conversation/notification/set.json", "conversationType=6&requestId=1&targetId=2&isMuted=true"),
    ],
)
def test_what_sdks_send_is_accepted(sandbox: SandboxClient, path: str, body: Any) -> None:
    content = body if isinstance(body, str) else encoded(path, body)
    answer = post(sandbox, path, content)
    assert (answer.status, answer.code) == (200, 200), answer.json


@pytest.mark.parametrize("value", ["yes", "on", "y", "t", 1.0, 2, "no", [], {}])
def test_what_is_no_boolean(sandbox: SandboxClient, value: Any) -> None:
    answer = sandbox.push(pushed(audience={"userid": ["123"], "is_to_all": value}))
    assert (answer.code, answer.json["errorMessage"]) == (1002, "ParamError:audience.is_to_all is invalid.")


def test_null_and_empty_entries_mean_none_for_this_one() -> None:
    app = AppServer()
    app(TEMPLATE_PATH, {**TEMPLATE, "pushContent": [None, "for {c}"], "pushExt": [None, '{"title":"T"}']})
    shown = {name: item.notification for name, item in app.deliveries.items()}
    first, second = shown["123-ios"], shown["456-hw"]
    assert first is not None
    assert second is not None
    assert (first.title, first.text, second.title, second.text) == ("Nagy Dóra", "A, hi", "T", "for B")


def test_numbers_stand_for_their_digits() -> None:
    app = AppServer()
    app(TEMPLATE_PATH, {**TEMPLATE, "toUserId": [123, "456"], "values": [{"{c}": 5}, {"{c}": 1.5}]})
    assert [item.message for item in app.newest.deliveries] == ["5, hi", "1.5, hi"]


@pytest.mark.parametrize(("checked", "code"), [(False, 200), (True, 1002)])
def test_content_is_checked_if_the_setting_says_so(sandbox: SandboxClient, checked: bool, code: int) -> None:
    sandbox.settings(rongcloud__content_checked=checked)
    message = {"objectName": "RC:TxtMsg", "content": "plain"}
    for path, body in (
        ("/push.json", pushed(fromuserid="dora", message=message)),
        (MESSAGE_PATH, {**MESSAGE, **message}),
        ("/message/broadcast.json", {"fromUserId": "dora", **message}),
    ):
        assert post(sandbox, path, body).code == code


def test_tags_may_hold_anything_if_the_setting_says_so(sandbox: SandboxClient) -> None:
    body = {"userId": "u", "tags": ["a b"]}
    assert post(sandbox, "/user/tag/set.json", body).code == 1002
    sandbox.settings(rongcloud__tags_checked=False)
    assert post(sandbox, "/user/tag/set.json", body).code == 200


def test_a_batch_keeps_each_tag_once() -> None:
    app = AppServer()
    app("/user/tag/batch/set.json", {"userIds": ["123", "456"], "tags": ["x", "x"]})
    assert app("/user/tags/get.json", {"userIds": ["123"]})["result"] == {"123": ["x"]}


def test_muted_is_the_level_of_the_setting(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__muted_level=5)
    one = {"conversationType": 6, "requestId": "u", "targetId": "t"}
    for muted, level in ((1, 5), (0, 0)):
        post(sandbox, "/conversation/notification/set.json", {**one, "isMuted": muted})
        assert post(sandbox, "/conversation/notification/get.json", one).json["isMuted"] == level


def test_a_channel_is_no_part_of_the_target() -> None:
    app = AppServer()
    channel = {"conversationType": 10, "requestId": "u", "targetId": "b", "busChannel": "a"}
    app("/conversation/notification/set.json", {**channel, "unpushLevel": 5})
    other = {"conversationType": 10, "requestId": "u", "targetId": "a b"}
    assert app("/conversation/notification/get.json", other)["isMuted"] == 0
    assert app("/conversation/notification/get.json", channel)["isMuted"] == 5


def extended(app: AppServer, user: str, ext: Any, **fields: Any) -> Any:
    (delivery,) = app.text_to(user, pushExt=ext if isinstance(ext, str) else json.dumps(ext), **fields).values()
    return delivery.notification


def test_extensions_are_read_as_patiently_and_shown_as_read() -> None:
    app = AppServer()
    hidden = extended(app, "yuki", {"forceShowPushContent": "1", "title": None})
    assert hidden.text == "hi"
    vivo = extended(app, "olena", {"pushConfigs": [{"VIVO": {"classification": 1}}]})
    assert vivo.sound == "system"
    huawei = extended(app, "456", {"pushConfigs": [{"HW": {"channelId": "", "importance": "", "image": None}}]})
    assert (huawei.channel, huawei.sound, huawei.image) == ("", "NORMAL", "")
    apns = {"alert": "OTHER", "title": "OTHER", "badge": 5, "contentAvailable": 1, "thread-id": "g"}
    ios = extended(app, "123", {"pushConfigs": [{"APNs": apns}]})
    assert (ios.title, ios.text, ios.badge, ios.group) == ("News desk", "hi", None, "g")


def test_an_empty_title_is_none() -> None:
    assert extended(AppServer(), "123", {"title": ""}).title == "News desk"


def test_an_extension_is_not_read_when_nothing_shall_push(sandbox: SandboxClient) -> None:
    assert post(sandbox, MESSAGE_PATH, {**MESSAGE, "disablePush": "true", "pushExt": "garbage"}).code == 200
    assert post(sandbox, MESSAGE_PATH, {**MESSAGE, "pushExt": "garbage"}).code == 1002
    template = {**TEMPLATE, "pushExt": ["garbage"] * 2}
    assert post(sandbox, TEMPLATE_PATH, {**template, "disablePush": True}).code == 200
    assert post(sandbox, TEMPLATE_PATH, template).code == 1002
