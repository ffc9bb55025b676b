"""Whatever arrives at any port, the answer is a cloud's or the control API's own, and nothing fails inside."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.clock import SystemClock
from pushtui.providers.base import Encoding, Endpoint
from pushtui.sandbox.app import CLOUDS, SandboxApp
from pushtui.sandbox.control import CALLS, CONTROL
from pushtui.sandbox.fault_kinds import FaultName
from pushtui.sandbox.gates import Gates
from pushtui.sandbox.snapshot import load_snapshot, take_snapshot
from pushtui.sandbox.state import SandboxState
from tests.sandbox.agora.client import app_token
from tests.sandbox.client import PAGE_EXAMPLE
from tests.sandbox.clouds import Clouds, Request, clouds_of
from tests.sandbox.direct import ask

PORTS = dict(zip((cloud.name for cloud in CLOUDS), range(2001, 2004), strict=True))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["amelie", "vip", "1", "true", "2026-11-22 15:30:00", "\ud800", "x" * 5000, 10**30, -1])
)
NAMES = st.sampled_from(["userId", "users", "targets", "pushMessage", "MsgBody", "To_Account", "tags", "id", "name"])
JSON = st.recursive(
    SCALARS,
    lambda child: st.lists(child, max_size=3) | st.dictionaries(NAMES | st.text(max_size=5), child, max_size=4),
    max_leaves=12,
)
OPERATIONS = [(cloud.name, operation.endpoint) for cloud in CLOUDS for operation in cloud.operations]
SEGMENTS = st.sampled_from(["amelie", "chatgroup", "user", "vip", "%ff", "a%2Fb", "..", "", "%00"]) | st.text(
    max_size=6
)
METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW"])


class World:
    """One sandbox without a process, and clients that have its credentials."""

    def __init__(self) -> None:
        self.state = SandboxState(SystemClock(), 1, limits=False)
        self.app = SandboxApp(self.state, Gates({}, self.state.faults), {PORTS[cloud.name]: cloud for cloud in CLOUDS})
        mine = self.state.credentials
        line: dict[str, Any] = {name: {"base_url": f"http://127.0.0.1:{port}"} for name, port in PORTS.items()}
        line["control_url"] = f"http://127.0.0.1:1{CONTROL}"
        line["rongcloud"] |= {"app_key": mine.app_key, "app_secret": mine.app_secret.reveal()}
        line["agora"] |= {"org_name": mine.org_name, "app_name": mine.app_name, "app_id": mine.app_id}
        line["agora"] |= {"app_certificate": mine.app_certificate.reveal(), "client_id": mine.client_id}
        line["agora"] |= {"client_secret": mine.client_secret.reveal()}
        line["tencent"] |= {"sdkappid": mine.sdkappid, "secret_key": mine.secret_key.reveal(), "admin": mine.admin}
        self.clouds: Clouds = clouds_of(json.dumps(line))
        self.token = app_token(mine.app_id, mine.app_certificate.reveal(), expire=10**6)

    def call(self, cloud: str, method: str, path: str, body: bytes, form: bool = False) -> tuple[int, bytes]:
        """Call with valid credentials."""
        request: Request = self.clouds.call(cloud, method, path, body, self.token if cloud == "agora" else "")
        headers = {**request.headers, **({"Content-Type": Encoding.FORM.value} if form else {})}
        bare, _, query = request.path.partition("?")
        return ask(self.app, method, bare, headers, body, port=PORTS[cloud], query=query)


WORLD = World()


@pytest.fixture(autouse=True, scope="module")
def mishaps() -> Iterator[list[str]]:
    """What is logged while these tests run: nothing."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # a handler in a line
    log = logging.getLogger("pushtui.sandbox")
    log.addHandler(handler)
    yield said
    log.removeHandler(handler)
    assert said == []


NOTE = {"title": "a", "content": "b"}
PUSH = {
    **NOTE,
    "sub_title": "c",
    "ext": {"k": 1},
    "config": {"clickAction": {"url": "https://example.com", "action": "x"}, "badge": {"addNum": 1}},
    "apns": {"badge": 1, "sound": "s", "collapseKey": "k"},
    "fcm": {"collapseKey": "k", "notification": {"title": "t", "body": "b"}},
    "huawei": {"androidNotification": {"title": "t", "badge": {"setNum": 2}}},
}
INFO = {
    "PushFlag": 0,
    "Title": "t",
    "Desc": "d",
    "Ext": "{}",
    "ApnsInfo": {"Sound": "s", "BadgeMode": 1, "Title": "a", "SubTitle": "b", "Image": "i", "MutableContent": 1},
    "AndroidInfo": {"Sound": "s", "OPPOChannelID": "o", "XiaoMiChannelID": "x"},
}
TEXT = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}]
ALL_PUSH = {"MsgRandom": 1, "MsgLifeTime": 9, "MsgBody": TEXT, "From_Account": "amelie", "OfflinePushInfo": INFO}
NICK = [{"Tag": "Tag_Profile_IM_Nick", "Value": "n"}]
BODIES: list[tuple[str, str, str, Any]] = [
    ("rongcloud", "POST", "/push.json", PAGE_EXAMPLE),
    ("rongcloud", "POST", "/user/tag/batch/set.json", {"userIds": ["amelie"], "tags": ["a"]}),
    ("agora", "POST", "/push/single", {"targets": ["amelie", "omar"], "strategy": 2, "pushMessage": PUSH}),
    ("agora", "POST", "/push/sync/amelie", {"strategy": 3, "pushMessage": PUSH}),
    (
        "agora",
        "POST",
        "/push/list/label",
        {"targets": ["vip"], "startDate": "2030-01-01 10:00:00", "pushMessage": PUSH},
    ),
    ("agora", "POST", "/push/task", {"pushMessage": PUSH}),
    ("agora", "POST", "/messages/users", {"from": "amelie", "to": ["omar"], "type": "txt", "body": {"msg": "hi"}}),
    (
        "agora",
        "PUT",
        "/users/amelie/notification/user/omar",
        {"type": "AT", "ignoreDuration": 9, "ignoreInterval": "1:0-2:0"},
    ),
    ("agora", "PUT", "/users/amelie", {"nickname": "n", "notification_display_style": 1}),
    ("agora", "POST", "/users", [{"username": "nina", "password": "p", "nickname": "n"}]),
    ("agora", "POST", "/notification/template", {"name": "t", "title_pattern": "{0}", "content_pattern": "{1}"}),
    ("agora", "POST", "/token", {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y", "ttl": 9}),
    ("tencent", "POST", "/v4/all_member_push/im_push", {**ALL_PUSH, "Condition": {"TagsOr": ["vip"]}}),
    ("tencent", "POST", "/v4/all_member_push/im_push", {**ALL_PUSH, "Condition": {"AttrsAnd": {"sex": "女"}}}),
    ("tencent", "POST", "/v4/profile/portrait_set", {"From_Account": "amelie", "ProfileItem": NICK}),
    ("tencent", "POST", "/v4/all_member_push/im_add_tag", {"UserTags": [{"To_Account": "omar", "Tags": ["a"]}]}),
    (
        "tencent",
        "POST",
        "/v4/im_msg_db_logic/admin_set_do_not_disturb",
        {"To_Account": "omar", "StartTime": 1, "EndTime": 2},
    ),
]


def path_of(endpoint: Endpoint[Any], values: list[str]) -> str:
    parts = endpoint.path.split("/")
    given = iter(values)
    return "/".join(quote(next(given, "x"), safe="%") if part.startswith("{") else part for part in parts)


def check(answer: tuple[int, bytes]) -> None:
    status, body = answer
    assert status != 500, body
    if body:
        json.loads(body)


@given(st.sampled_from(OPERATIONS), st.lists(SEGMENTS, min_size=3, max_size=3), JSON)
@settings(deadline=None, max_examples=600)
def test_any_json_for_any_operation(operation: tuple[str, Endpoint[Any]], values: list[str], body: Any) -> None:
    cloud, endpoint = operation
    content = json.dumps(body).encode()
    check(WORLD.call(cloud, endpoint.method, path_of(endpoint, values), content))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where something stands in a body."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in pairs for deeper in _places(child, (*path, key)))]


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copied = value.copy()
    copied[path[0]] = _with(value[path[0]], path[1:], new)
    return copied


@given(st.sampled_from([(body, place) for body in BODIES for place in _places(body[3])]), JSON)
@settings(deadline=None, max_examples=600)
def test_a_body_that_works_with_anything_anywhere(case: tuple[Any, tuple[Any, ...]], new: Any) -> None:
    (cloud, method, path, body), place = case
    check(WORLD.call(cloud, method, path, json.dumps(_with(body, place, new)).encode()))
    json.dumps([send.as_json() for send in WORLD.state.inbox.sends[:1]], allow_nan=False).encode()


def test_whatever_came_of_it_can_be_kept() -> None:
    kept = take_snapshot(WORLD.state)
    load_snapshot(WORLD.state, kept)
    assert take_snapshot(WORLD.state) == kept


@given(
    st.sampled_from([item for item in OPERATIONS if item[1].encoding is Encoding.FORM]),
    st.lists(st.tuples(NAMES | st.sampled_from(["toUserId", "content", "objectName"]), st.text(max_size=9))),
)
@settings(deadline=None, max_examples=300)
def test_any_form(operation: tuple[str, Endpoint[Any]], pairs: list[tuple[str, str]]) -> None:
    cloud, endpoint = operation
    body = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs]).encode()
    check(WORLD.call(cloud, endpoint.method, endpoint.path, body, form=True))


@given(st.sampled_from(list(PORTS)), METHODS, st.lists(SEGMENTS, max_size=6), st.binary(max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_path_and_bytes(cloud: str, method: str, segments: list[str], body: bytes) -> None:
    path = "/" + "/".join(quote(segment, safe="%") for segment in segments)
    headers = {"Authorization": "Bearer x", "App-Key": "\xff", "Content-Type": "a/b; c"}
    check(ask(WORLD.app, method, path, headers, body, port=PORTS[cloud], query="usersig=%zz&sdkappid=x"))
    check(WORLD.call(cloud, method, path, body))


VALUES = st.dictionaries(
    st.sampled_from(["name", "cloud", "path", "times", "probability", "seconds", "status", "freeze", "advance", "seed"])
    | st.text(max_size=5),
    SCALARS | st.sampled_from(list(FaultName)),
    max_size=4,
)


@given(st.sampled_from(CALLS), VALUES | JSON, st.text(max_size=9))
@settings(deadline=None, max_examples=400)
def test_any_control_call(call: Any, body: Any, query: str) -> None:
    content = json.dumps(body).encode()
    asked = f"after={quote(query)}&id={quote(query)}" if call.path in ("/inbox", "/faults") else ""
    status, answer = ask(WORLD.app, call.method, CONTROL + call.path, {"Host": "localhost"}, content, query=asked)
    WORLD.state.faults.clear()
    WORLD.state.clock.follow()
    assert status in (200, 400), answer
    json.loads(answer)
