"""Every code that RongCloud documents for these operations, provoked over a socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pushtui.providers.rongcloud.codes import CODES, SUCCESS
from tests.sandbox.client import SMALL_PUSH, HttpAnswer, SandboxClient
from tests.sandbox.rongcloud.app_server import post
from tests.sandbox.rongcloud.bodies import MESSAGE, SMALLEST

ALIAS = {"userId": "amelie", "targetId": "nobody"}
USER = {"userId": "new", "name": "New"}
NEVER_SAID = {
    1001: "a secret that is not the app's makes a wrong signature, and that is 1004",
}
"""Codes of the table that the sandbox never gives, and why."""


@dataclass(frozen=True)
class Provoked:
    """A code, its HTTP status, its text, and a call that gets it."""

    code: int
    status: int
    text: str
    call: Callable[[SandboxClient], HttpAnswer]
    settings: dict[str, Any] | None = None
    fault: str = ""


def calls(path: str, body: Any) -> Callable[[SandboxClient], HttpAnswer]:
    return lambda sandbox: post(sandbox, path, body)


def unsigned(sandbox: SandboxClient) -> HttpAnswer:
    return post(sandbox, "/user/info.json", {"userId": "123"}, Signature="0" * 40)


def by_a_foreign_key(sandbox: SandboxClient) -> HttpAnswer:
    return post(sandbox, "/user/info.json", {"userId": "123"}, **{"App-Key": "foreign"})


def too_often(sandbox: SandboxClient) -> HttpAnswer:
    return [post(sandbox, "/message/broadcast.json", {**MESSAGE}) for _ in range(3)][-1]


PROVOKED = [
    Provoked(404, 404, "Unknown path.", calls("/user/register.json", USER)),
    Provoked(1000, 500, "Internal logic error.", calls("/push.json", SMALL_PUSH), fault="internal-error"),
    Provoked(1050, 504, "Internal timeout.", calls("/push.json", SMALL_PUSH), fault="internal-timeout"),
    Provoked(1002, 400, "Invalidate App-Key.", by_a_foreign_key),
    Provoked(1002, 400, "ParamError:data is not exist.", calls("/user/info.json", {"userId": "nobody"})),
    Provoked(1002, 400, "ParamError:name is required.", calls("/user/getToken.json", {"userId": "x"})),
    Provoked(1003, 400, "Post body is empty.", calls("/user/info.json", b"")),
    Provoked(1004, 401, "Signature verification failed.", unsigned),
    Provoked(1005, 400, "ParamError:name is too long.", calls("/user/getToken.json", {**USER, "name": "n" * 65})),
    Provoked(1006, 401, "App is locked or deleted.", calls("/user/info.json", ALIAS), {"app_locked": True}),
    Provoked(
        1007,
        401,
        "This method is restricted for the app.",
        calls("/user/info.json", ALIAS),
        {"closed_paths": "/push.json /user/info.json"},
    ),
    Provoked(1008, 429, "Call rate exceeded: 2 per hour for /message/broadcast.json.", too_often),
    Provoked(
        1009, 430, "Service is not enabled.", calls("/message/broadcast.json", MESSAGE), {"broadcast_enabled": False}
    ),
    Provoked(
        1015, 200, "ParamError:data is not exist.", calls("/user/remarks/del.json", ALIAS), {"missing_data_code": 1015}
    ),
    Provoked(
        1501,
        400,
        "ParamError:period is invalid.",
        calls("/user/blockPushPeriod/set.json", {"userId": "123", "startTime": "00:00:00", "period": "long"}),
        {"wrong_type_code": 1501},
    ),
    Provoked(
        1502,
        400,
        "ParamError:userIds has too many items.",
        calls("/user/tags/get.json", {"userIds": ["u"] * 51}),
        {"too_many_items_code": 1502},
    ),
    Provoked(
        1508,
        400,
        "HTTP body is too large: at most 10 bytes.",
        calls("/user/info.json", {"userId": "u" * 10}),
        {"body_limit": 10},
    ),
    Provoked(
        2007,
        403,
        "The number of registered users is limited to 1.",
        calls("/user/getToken.json", USER),
        {"user_cap": 1},
    ),
]


@pytest.mark.parametrize("provoked", PROVOKED, ids=lambda item: f"{item.code}-{item.text[:20]}")
def test_the_code_comes_with_its_status_and_text(sandbox: SandboxClient, provoked: Provoked) -> None:
    sandbox.settings(**{f"rongcloud__{name}": value for name, value in (provoked.settings or {}).items()})
    if provoked.fault:
        sandbox.fault(provoked.fault)
    answer = provoked.call(sandbox)
    assert (answer.status, answer.code, answer.json["errorMessage"]) == (provoked.status, provoked.code, provoked.text)
    assert list(answer.json) == ["url", "code", "errorMessage"]


def test_every_documented_code_is_provoked() -> None:
    assert {item.code for item in PROVOKED} | {*NEVER_SAID} == {*CODES} - {SUCCESS}
    assert all(CODES[item.code].http == item.status for item in PROVOKED)


REQUIRED = [(path, body, field) for path, body in SMALLEST.items() for field in body]


@pytest.mark.parametrize(("path", "body", "field"), REQUIRED)
def test_what_is_required_is_missed(sandbox: SandboxClient, path: str, body: dict[str, Any], field: str) -> None:
    assert post(sandbox, path, body).code == 200
    answer = post(sandbox, path, {**{key: value for key, value in body.items() if key != field}, "other": "1"})
    assert (answer.status, answer.code) == (400, 1002)
    assert answer.json["errorMessage"] == f"ParamError:{field} is required."
    assert answer.json["url"] == path


@pytest.mark.parametrize(
    ("path", "body", "code", "field"),
    [
        ("/push/user.json", {"userIds": ["u"] * 101, "notification": {"pushContent": "x"}}, 1002, "userIds"),
        ("/push/user.json", {"userIds": [], "notification": {"pushContent": "x"}}, 1002, "userIds"),
        ("/push/user.json", {"userIds": ["u"], "notification": {"alert": "x"}}, 1002, "notification.pushContent"),
        ("/message/system/publish.json", {**MESSAGE, "toUserId": ["u"] * 101}, 1002, "toUserId"),
        ("/message/system/publish.json", {**MESSAGE, "fromUserId": "字" * 22}, 1005, "fromUserId"),
        ("/message/system/publish.json", {**MESSAGE, "objectName": "x" * 33}, 1005, "objectName"),
        ("/message/system/publish.json", {**MESSAGE, "objectName": "RC:Mine"}, 1002, "objectName"),
        ("/message/system/publish.json", {**MESSAGE, "content": "x" * (128 * 1024 + 1)}, 1005, "content"),
        ("/message/system/publish.json", {**MESSAGE, "contentAvailable": 2}, 1002, "contentAvailable"),
        ("/message/system/publish.json", {**MESSAGE, "pushExt": "{"}, 1002, "pushExt"),
        (
            "/message/system/publish.json",
            {**MESSAGE, "pushExt": json.dumps({"title": "t" * 51})},
            1005,
            "pushExt.title",
        ),
        (
            "/message/broadcast.json",
            {**MESSAGE, "pushExt": '{"pushConfigs":[{"HW":{"importance":"?"}}]}'},
            1002,
            "pushExt",
        ),
        ("/message/broadcast.json", {**MESSAGE, "os": "Windows"}, 1002, "os"),
        ("/user/remarks/set.json", {"userId": "u", "remarks": "[]"}, 1002, "remarks"),
        ("/user/remarks/set.json", {"userId": "u", "remarks": "{}"}, 1002, "remarks"),
        ("/user/remarks/set.json", {"userId": "u", "remarks": '[{"id":"a"}]'}, 1002, "remarks[0].remark"),
        (
            "/user/remarks/set.json",
            {"userId": "u", "remarks": json.dumps([{"id": "a", "remark": "b"}] * 101)},
            1002,
            "remarks",
        ),
        ("/user/remarks/get.json", {"userId": "u", "size": "51"}, 1002, "size"),
        ("/user/remarks/get.json", {"userId": "u", "page": "0"}, 1002, "page"),
        ("/user/tag/set.json", {"userId": "u", "tags": ["t"] * 21}, 1002, "tags"),
        ("/user/tag/set.json", {"userId": "u", "tags": ["字" * 14]}, 1005, "tags[0]"),
        ("/user/tag/set.json", {"userId": "u", "tags": ["a-_字1", "a b"]}, 1002, "tags[1]"),
        ("/user/tag/batch/set.json", {"userIds": ["u"], "tags": ["<b>"]}, 1002, "tags[0]"),
        ("/user/tag/batch/set.json", {"userIds": ["u"] * 1001, "tags": []}, 1002, "userIds"),
        ("/user/tags/get.json", {"userIds": ["u"] * 51}, 1002, "userIds"),
        ("/user/blockPushPeriod/set.json", {"userId": "u", "startTime": "24:00:00", "period": 1}, 1002, "startTime"),
        ("/user/blockPushPeriod/set.json", {"userId": "u", "startTime": "2:00:00", "period": 1}, 1002, "startTime"),
        ("/user/blockPushPeriod/set.json", {"userId": "u", "startTime": "00:00:00", "period": 1440}, 1002, "period"),
        (
            "/user/blockPushPeriod/set.json",
            {"userId": "u", "startTime": "00:00:00", "period": 1, "level": 2},
            1002,
            "level",
        ),
        (
            "/conversation/notification/set.json",
            {"conversationType": 2, "requestId": "u", "targetId": "t", "unpushLevel": 1},
            1002,
            "conversationType",
        ),
        (
            "/conversation/notification/set.json",
            {"conversationType": 6, "requestId": "u", "targetId": "t", "unpushLevel": 3},
            1002,
            "unpushLevel",
        ),
        ("/user/getToken.json", {"userId": "字" * 22, "name": "n"}, 1005, "userId"),
        ("/user/getToken.json", {**USER, "portraitUri": "p" * 1025}, 1005, "portraitUri"),
    ],
)
def test_what_does_not_fit_is_named(
    sandbox: SandboxClient, path: str, body: dict[str, Any], code: int, field: str
) -> None:
    answer = post(sandbox, path, body)
    assert (answer.status, answer.code) == (400, code)
    assert answer.json["errorMessage"].startswith(f"ParamError:{field}")
    assert sandbox.accepted() == 0
