"""The requests that RongCloud's pages print, byte for byte, and the answers printed below them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import post

TAGGED_PUSH = """{
"platform":["ios","android"],
"fromuserid": "fromuseId1",
"audience":{
"tag":["女","年轻"],
"tag_or":["北京","上海"],
"userid":["123","456"],
"is_to_all":false
},
"message": {
"content": "{\\"content\\":\\"1111\\",\\"extra\\":\\"aa\\"}",
"objectName": "RC:TxtMsg"
},
"notification":{
"title":"标题",
"forceShowPushContent":0,
"alert":"this is a push",
"ios":
{
"alert": "override alert",
"thread-id":"223",
"apns-collapse-id":"111",
"extras": {"id": "1","name": "2"}
},
"android": {
"alert": "override alert",
"hw":{
"channelId":"NotificationKanong",
"importance": "NORMAL",
"image":"https://example.com/image.png"
},
"mi":{
"channelId":"rongcloud_kanong",
"large_icon_uri":"https://example.com/image.png"
},
"oppo":{
"channelId":"rc_notification_id",
"category": "IM",
"notify_level": 2
},
"vivo":{
"classification":"0"
},
"extras": {"id": "1","name": "2"}
},
"harmonyOS": {
"ohos":{
"category":"IM",
"image":"https://example.com/image.png"
},
"extras": {"id": "1","name": "2"}
}
}
}"""

TEMPLATE = """{
"fromUserId":"fromuser",
"objectName":"RC:TxtMsg",
"content":"{\\"content\\":\\"{c}{d}{e}\\",\\"extra\\":\\"bb\\"}",
"toUserId":["21","22"],
"values":[{"{c}":"1","{d}":"2","{e}":"3"},{"{c}":"4","{d}":"5","{e}":"6"}],
"pushContent":["push{c}","push{c}"],
"pushData":["pushd","pushd{e}"]
}"""

ALIASES = 'userId=uid1&remarks=[{"id":"user11","remark":"remark1"},{"id":"user12","remark":"remark2"}]'

UID = "<four groups of four>"
PAGES: list[tuple[str, str, Any]] = [
    ("/push.json", TAGGED_PUSH, {"code": 200, "id": UID, "messageUID": UID}),
    (
        "/message/system/publish_template.json",
        TEMPLATE,
        {"code": 200, "messageUIDs": [{"userId": "21", "messageUID": UID}, {"userId": "22", "messageUID": UID}]},
    ),
    ("/user/remarks/set.json", ALIASES, {"code": 200}),
]


def with_uids_named(value: Any) -> Any:
    """Put a word in place of each message UID, since a UID is another one each time."""
    if isinstance(value, dict):
        return {key: with_uids_named(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_uids_named(item) for item in value]
    return UID if isinstance(value, str) and re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", value) else value


@pytest.mark.parametrize(("path", "request_text", "printed"), PAGES)
def test_the_example_is_answered_as_printed(sandbox: SandboxClient, path: str, request_text: str, printed: Any) -> None:
    answer = post(sandbox, path, request_text)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert with_uids_named(answer.json) == printed
    assert list(answer.json) == list(printed)


def test_the_aliases_of_the_example_are_set(sandbox: SandboxClient) -> None:
    post(sandbox, "/user/remarks/set.json", ALIASES)
    assert post(sandbox, "/user/remarks/get.json", {"userId": "uid1"}).json == {
        "code": 200,
        "total": 2,
        "users": [{"id": "user11", "remark": "remark1"}, {"id": "user12", "remark": "remark2"}],
    }


def test_users_of_the_template_example_receive_123_and_456(sandbox: SandboxClient) -> None:
    for user in ("fromuser", "21", "22"):
        post(sandbox, "/user/getToken.json", {"userId": user, "name": f"User {user}"})
    post(sandbox, "/message/system/publish_template.json", TEMPLATE)
    read = {item["user"]: (item["message"], item["notification"]) for item in sandbox.inbox()[0]["deliveries"]}
    assert {user: message for user, (message, _) in read.items()} == {"21": "123", "22": "456"}
    assert {user: shown["text"] for user, (_, shown) in read.items()} == {"21": "push1", "22": "push4"}
    assert {shown["title"] for _, shown in read.values()} == {"User fromuser"}


def test_the_fragments_of_the_template_page(sandbox: SandboxClient) -> None:
    people = {"21": ("Tom", ":2"), "22": ("Jerry", ":5"), "23": ("Rose", ":10")}
    for user in people:
        post(sandbox, "/user/getToken.json", {"userId": user, "name": user})
    body = {
        "fromUserId": "fromuser",
        "objectName": "RC:TxtMsg",
        "toUserId": [*people],
        "content": '{"content":"{c}{d}","extra":"bb"}',
        "pushContent": ["hello {c}"] * 3,
        "values": [{"{c}": name, "{d}": rest} for name, rest in people.values()],
    }
    post(sandbox, "/message/system/publish_template.json", body)
    read = {item["user"]: (item["message"], item["notification"]["text"]) for item in sandbox.inbox()[0]["deliveries"]}
    assert read == {"21": ("Tom:2", "hello Tom"), "22": ("Jerry:5", "hello Jerry"), "23": ("Rose:10", "hello Rose")}
