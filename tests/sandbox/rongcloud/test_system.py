"""System messages, templates and broadcasts: answers, and what handsets show."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import TEXT, AppServer, post

UID = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
MESSAGE: dict[str, Any] = {
    "fromUserId": "fromuseId1",
    "toUserId": ["zoe", "123", "nobody"],
    "objectName": "RC:TxtMsg",
    "content": TEXT,
}
TEMPLATE: dict[str, Any] = {
    **MESSAGE,
    "content": '{"content":"{a}{b}"}',
    "values": [{"{a}": "1"}, {"{a}": "2", "{b}": "3"}, {}],
}
BROADCAST: dict[str, Any] = {key: MESSAGE[key] for key in ("fromUserId", "objectName", "content")}


@pytest.mark.parametrize(
    ("path", "body"), [("/message/system/publish.json", MESSAGE), ("/message/system/publish_template.json", TEMPLATE)]
)
def test_uids_come_in_the_order_of_the_recipients(sandbox: SandboxClient, path: str, body: Any) -> None:
    said = post(sandbox, path, body).json
    assert list(said) == ["code", "messageUIDs"]
    assert [item["userId"] for item in said["messageUIDs"]] == ["zoe", "123", "nobody"]
    uids = [item["messageUID"] for item in said["messageUIDs"]]
    assert all(UID.fullmatch(uid) for uid in uids)
    assert len({*uids}) == 3
    (send,) = sandbox.inbox()
    assert (send["path"], send["recipients"], send["unknown_users"]) == (path, ["zoe", "123", "nobody"], ["nobody"])
    assert {item["push_id"] for item in send["deliveries"] if item["user"] == "zoe"} == {uids[0]}
    assert sandbox.control("GET", "/sends")["recipients"] == {"zoe": 1, "123": 1, "nobody": 1}


def test_each_recipient_reads_their_own_words_and_leaks_show() -> None:
    app = AppServer()
    app("/message/system/publish_template.json", {**TEMPLATE, "pushContent": ["P {a}", "P {b}", "P"]})
    read = {user: app.deliveries[f"{user}-ios"] for user in ("zoe", "123")}
    assert {user: item.message for user, item in read.items()} == {"zoe": "1{b}", "123": "23"}
    assert {user: item.notification and item.notification.text for user, item in read.items()} == {
        "zoe": "P 1",
        "123": "P 3",
    }


def test_somebody_named_twice_gets_two_messages_of_one_send() -> None:
    app = AppServer()
    body = {**TEMPLATE, "toUserId": ["123", "123"], "values": [{"{a}": "1"}, {"{a}": "2"}]}
    assert len(app("/message/system/publish_template.json", body)["messageUIDs"]) == 2
    assert [item.message for item in app.newest.deliveries] == ["1{b}", "2{b}"]
    assert (app.newest.recipients, app.state.inbox.recipients["123"]) == (("123",), 1)


def test_each_extension_of_a_template_is_checked(sandbox: SandboxClient) -> None:
    answer = post(sandbox, "/message/system/publish_template.json", {**TEMPLATE, "pushExt": ["{}", "{}", "["]})
    assert (answer.code, answer.json["errorMessage"]) == (1002, "ParamError:pushExt is invalid.")


@pytest.mark.parametrize("field", ["values", "pushContent", "pushData", "pushExt"])
def test_lists_have_one_entry_for_each_recipient(sandbox: SandboxClient, field: str) -> None:
    entries: list[Any] = [{}] * 2 if field == "values" else ["{}"] * 2
    answer = post(sandbox, "/message/system/publish_template.json", {**TEMPLATE, field: entries})
    assert answer.code == 1002
    assert answer.json["errorMessage"] == f"ParamError:{field} must have one entry for each of toUserId."
    assert sandbox.accepted() == 0


def test_empty_lists_of_push_texts_are_as_if_not_given(sandbox: SandboxClient) -> None:
    body = {**TEMPLATE, "pushContent": [], "pushData": []}
    assert post(sandbox, "/message/system/publish_template.json", body).code == 200


def test_a_hundred_recipients_and_no_more(sandbox: SandboxClient) -> None:
    for path, extra in (("/message/system/publish.json", {}), ("/message/system/publish_template.json", TEMPLATE)):
        sandbox.settings(limits=False)
        users = [f"u{i}" for i in range(101)]
        full = {**MESSAGE, **extra, "toUserId": users[:100], **({"values": [{}] * 100} if extra else {})}
        assert len(post(sandbox, path, full).json["messageUIDs"]) == 100
        over = {**full, "toUserId": users, **({"values": [{}] * 101} if extra else {})}
        assert post(sandbox, path, over).code == 1002


def reason(app: AppServer, handset: str) -> str:
    delivery = app.deliveries[handset]
    assert delivery.notification is None
    return delivery.reason


def test_online_users_read_the_message_and_get_no_notification() -> None:
    app = AppServer()
    app.text_to("dora")
    assert reason(app, "dora-ios").startswith("Online")
    assert {item.message for item in app.deliveries.values()} == {"hi"}


def test_types_without_a_text_of_their_own_notify_only_with_push_content() -> None:
    app = AppServer()
    command = {"objectName": "RC:CmdMsg", "content": '{"name":"go","data":"x"}'}
    app.text_to("123", **command)
    assert reason(app, "123-ios").startswith("P16: RC:CmdMsg")
    shown = app.text_to("123", **command, pushContent="look")["123-ios"].notification
    assert shown is not None
    assert shown.text == "look"
    app.text_to("123", objectName="my:type", content="anything")
    assert reason(app, "123-ios").startswith("P16: my:type")
    assert app.deliveries["123-ios"].message == "anything"


@pytest.mark.parametrize("written", ["True", "true", "1"])
def test_no_push_silences_everybody_who_is_away(written: str) -> None:
    app = AppServer()
    app.text_to("123", "456", disablePush=written)
    assert reason(app, "123-ios").startswith("disablePush")
    assert reason(app, "456-hw").startswith("disablePush")
    assert app.deliveries["456-hw"].message == "hi"


def test_content_available_is_silent_on_ios_alone() -> None:
    app = AppServer()
    app.text_to("123", "456", contentAvailable="1")
    assert reason(app, "123-ios").startswith("Silent push")
    assert app.deliveries["456-hw"].notification is not None


def test_a_message_that_is_not_kept_reaches_only_those_online() -> None:
    app = AppServer()
    app.text_to("123", "dora", isPersisted="0")
    assert (app.deliveries["123-ios"].message, app.deliveries["dora-ios"].message) == ("", "hi")


def test_the_extension_dresses_the_notification() -> None:
    app = AppServer()
    ext = {"title": "News", "pushConfigs": [{"HW": {"channelId": "c"}}, {"APNs": {"thread-id": "g"}}]}
    app.text_to("123", "456", pushExt=json.dumps(ext))
    ios, huawei = (app.deliveries[name].notification for name in ("123-ios", "456-hw"))
    assert ios is not None
    assert huawei is not None
    assert (ios.title, ios.group, huawei.title, huawei.channel) == ("News", "g", "News", "c")


def test_forms_hold_unencoded_characters(sandbox: SandboxClient) -> None:
    form = 'fromUserId=fromuseId1&toUserId=123&toUserId=456&objectName=RC:TxtMsg&content={"content":"你好"}'
    assert [item["userId"] for item in post(sandbox, "/message/system/publish.json", form).json["messageUIDs"]] == [
        "123",
        "456",
    ]
    assert sandbox.deliveries()["123-ios"]["message"] == "你好"


def test_a_broadcast_reaches_everybody(sandbox: SandboxClient) -> None:
    said = post(sandbox, "/message/broadcast.json", {**BROADCAST, "pushContent": "all"}).json
    assert list(said) == ["code", "messageUID"]
    assert UID.fullmatch(said["messageUID"])
    (send,) = sandbox.inbox()
    people = {user["id"] for user in sandbox.control("GET", "/state")["users"]}
    assert {*send["recipients"]} == people
    assert sandbox.deliveries()["123-ios"]["notification"]["text"] == "all"
    assert sandbox.deliveries()["dora-ios"]["message"] == "hi"


def test_a_broadcast_may_name_one_system() -> None:
    app = AppServer()
    app("/message/broadcast.json", {**BROADCAST, "os": "iOS"})
    assert app.deliveries["123-ios"].notification is not None
    assert reason(app, "456-hw") == "Not addressed: os names iOS, this is android."
    assert app.deliveries["456-hw"].message == ""


def test_broadcasts_have_a_quota_of_their_own(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    assert [post(sandbox, "/message/broadcast.json", BROADCAST).code for _ in range(3)] == [200, 200, 1008]
    assert sandbox.push().code == 200
    sandbox.advance(3600)
    assert [post(sandbox, "/message/broadcast.json", BROADCAST).code for _ in range(2)] == [200, 1008]


def to(count: int) -> dict[str, Any]:
    return {**MESSAGE, "toUserId": [f"u{i}" for i in range(count)]}


def test_the_rate_counts_recipients_of_both_ways_together(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    assert post(sandbox, "/message/system/publish.json", to(60)).code == 200
    template = {**TEMPLATE, **to(41), "content": TEXT, "values": [{}] * 41}
    answer = post(sandbox, "/message/system/publish_template.json", template)
    assert (answer.status, answer.code) == (429, 1008)
    assert answer.json["errorMessage"] == (
        "Call rate exceeded: 100 per second for /message/system/publish_template.json."
    )
    assert post(sandbox, "/message/system/publish.json", to(40)).code == 200
    assert post(sandbox, "/message/system/publish.json", to(1)).code == 1008
    sandbox.advance(0.5)
    assert post(sandbox, "/message/system/publish.json", to(50)).code == 200
    assert post(sandbox, "/message/system/publish.json", to(1)).code == 1008
    assert sandbox.control("GET", "/sends")["accepted"] == 3


def test_too_many_recipients_are_refused_as_such_and_not_as_too_fast(sandbox: SandboxClient) -> None:
    assert post(sandbox, "/message/system/publish.json", to(101)).code == 1002


def test_every_uid_finds_its_send(sandbox: SandboxClient) -> None:
    for path, body in (
        ("/message/system/publish.json", MESSAGE),
        ("/message/system/publish_template.json", TEMPLATE),
        ("/message/broadcast.json", BROADCAST),
    ):
        said = post(sandbox, path, body).json
        uids = [item["messageUID"] for item in said.get("messageUIDs", [said])]
        for uid in uids:
            (found,) = sandbox.control("GET", f"/inbox?push={uid}")["pushes"]
            assert (found["path"], found["message_uid"]) == (path, uids[0])


def test_names_with_braces_of_their_own_are_no_puzzle() -> None:
    names = ["{a" * depth + "}" for depth in range(1, 150)]
    body = {**TEMPLATE, "objectName": "my:type", "content": "{a" * 60_000, "values": [dict.fromkeys(names, "x")] * 3}
    app = AppServer()
    app("/message/system/publish_template.json", body)
    assert app.deliveries["123-ios"].message == body["content"]


LONG = 128 * 1024


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"content": "{a}" * 2, "values": [{"{a}": "x" * (LONG // 2)}]}, ""),
        ({"content": "{a}" * 2 + "x", "values": [{"{a}": "x" * (LONG // 2)}]}, "content"),
        ({"content": "{a}" * 2, "values": [{"{a}": "é" * (LONG // 4 + 1)}]}, "content"),
        ({"content": "{a}" * 43_000, "values": [{"{a}": "x" * 1_000_000}]}, "content"),
        ({"pushContent": ["{a}" * 43_000], "values": [{"{a}": "x" * 100_000}]}, "pushContent"),
        ({"pushData": ["{a}" * 43_000], "values": [{"{a}": "x" * 100_000}]}, "pushData"),
        ({"content": "{a}" * 43_000, "values": [{"{b}": "x" * 100_000, "a": "x" * 100_000}]}, ""),
    ],
)
def test_a_template_is_measured_before_it_is_filled(sandbox: SandboxClient, fields: Any, refused: str) -> None:
    body = {**TEMPLATE, "objectName": "my:type", "toUserId": ["123"], "content": "{a}", **fields}
    if not refused:
        assert post(sandbox, "/message/system/publish_template.json", body).code == 200
        return
    answer = post(sandbox, "/message/system/publish_template.json", body)
    assert (answer.code, answer.json["errorMessage"]) == (1005, f"ParamError:{refused} is too long.")
    assert sandbox.accepted() == 0


@pytest.mark.parametrize(
    ("name", "persisted", "stored"),
    [
        ("RC:TxtMsg", None, True),
        ("RC:TxtMsg", 0, False),
        ("RC:CmdMsg", None, False),
        ("RC:CmdMsg", 1, False),
        ("my:t", 1, True),
    ],
)
def test_what_waits_for_those_who_are_offline(name: str, persisted: int | None, stored: bool) -> None:
    app = AppServer()
    fields = {} if persisted is None else {"isPersisted": persisted}
    app.text_to("123", "dora", objectName=name, **fields)
    assert bool(app.deliveries["123-ios"].message) is stored
    assert app.deliveries["dora-ios"].message
    if persisted is None:
        message = {"objectName": name, "content": TEXT}
        audience = {"userid": ["123", "dora"]}
        push = {"platform": ["ios"], "audience": audience, "notification": {"alert": "x"}}
        app("/push.json", {**push, "fromuserid": "123", "message": message})
        assert bool(app.deliveries["123-ios"].message) is stored
        assert app.deliveries["dora-ios"].message


def test_a_broadcast_to_one_system_reaches_the_web_too() -> None:
    app = AppServer()
    app("/message/broadcast.json", {**BROADCAST, "os": "Android"})
    assert (app.deliveries["dora-web"].message, app.deliveries["dora-ios"].message) == ("hi", "")
    assert app.newest.message_uid == app.newest.id
