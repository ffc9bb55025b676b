"""Whatever arrives, Agora's side answers in its own terms."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pushtui.domain.clock import SystemClock
from pushtui.providers.agora.codes import CODES
from pushtui.sandbox.agora.data import AgoraData
from pushtui.sandbox.agora.front import AGORA
from pushtui.sandbox.cloud import Call, Reply
from pushtui.sandbox.state import SandboxState
from tests.sandbox.agora.client import GROUP, app_token

STATE = SandboxState(SystemClock(), 1, limits=False)
KNOWN = STATE.credentials
SOON = (STATE.clock.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
BASE = (KNOWN.org_name, KNOWN.app_name)
HEADERS = {"authorization": f"Bearer {app_token(KNOWN.app_id, KNOWN.app_certificate.reveal())}"}

MESSAGE = {
    "title": "t",
    "subTitle": "s",
    "content": "c",
    "ext": {"k": "v"},
    "config": {"clickAction": {"url": "u"}, "badge": {"addNum": 1, "setNum": 0}},
    "apns": {"title": "a", "badge": 1, "threadId": "x"},
    "fcm": {"notification": {"title": "f", "tag": "t"}},
    "agora": {"title": "o"},
}
EXT = {
    "em_at_list": ["yuki"],
    "em_force_notification": "YES",
    "em_push_ext": {"title": "t", "group_user_nickname": "g"},
    "em_apns_ext": {"em_push_title": "t", "em_push_sound": "s"},
    "em_push_template": {
        "name": "hello",
        "title_args": ["x"],
        "content_args": [1],
        "directed_template": {"target": ["yuki"], "name": "hello", "content_args": ["y"]},
    },
}
EXAMPLES: dict[tuple[str, str], Any] = {
    ("POST", "/token"): {
        "grant_type": "client_credentials",
        "client_id": KNOWN.client_id,
        "client_secret": KNOWN.client_secret.reveal(),
        "ttl": 5,
    },
    ("POST", "/users"): [{"username": "n1", "password": "p", "nickname": "n"}, {"username": "n2"}],
    ("PUT", "/users/yuki"): {
        "nickname": "n",
        "notification_display_style": "1",
        "notification_no_disturbing": True,
        "notification_no_disturbing_start": "22",
        "notification_no_disturbing_end": 7,
    },
    ("POST", "/users/batch/status"): {"usernames": ["yuki", "nobody"]},
    ("PUT", "/push/nickname"): [{"username": "yuki", "push_nickname": "n"}],
    ("PUT", "/users/yuki/push/binding"): {"device_id": "yuki-ios", "device_token": "t", "notifier_name": "n"},
    ("PUT", "/users/yuki/notification/user/yuki"): {
        "type": "AT",
        "ignoreInterval": "21:30-08:00",
        "ignoreDuration": 1000,
    },
    ("PUT", f"/users/yuki/notification/chatgroup/{GROUP}"): {"type": "DEFAULT", "ignoreDuration": 0},
    ("PUT", "/users/yuki/notification/language"): {"translationLanguage": "ja"},
    ("PUT", "/users/yuki/notification/template"): {"templateName": "hello"},
    ("POST", "/notification/template"): {"name": "hello", "title_pattern": "{0}", "content_pattern": "{$msg}"},
    ("POST", "/push/label"): {"name": "l", "description": "d"},
    ("POST", "/push/label/vip/user"): {"usernames": ["yuki", "nobody"]},
    ("DELETE", "/push/label/vip/user"): {"usernames": ["yuki", "nobody"]},
    ("POST", "/push/sync/yuki"): {"strategy": 3, "pushMessage": MESSAGE},
    ("POST", "/push/async/yuki"): {"strategy": 0, "pushMessage": MESSAGE},
    ("POST", "/push/single"): {"targets": ["yuki", "dora"], "strategy": 1, "pushMessage": MESSAGE},
    ("POST", "/push/list/label"): {"targets": ["vip"], "startDate": SOON, "pushMessage": MESSAGE},
    ("POST", "/push/task"): {"pushMessage": MESSAGE},
    ("POST", "/messages/users"): {
        "from": "yuki",
        "to": ["yuki", "omar"],
        "type": "txt",
        "body": {"msg": "m", "translations": {"ja": "x"}},
        "ext": EXT,
    },
    ("POST", "/messages/chatgroups"): {"to": [GROUP], "type": "txt", "body": {"msg": "m"}, "ext": EXT},
}
SCALARS = st.none() | st.booleans() | st.integers() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=70)
JSON = st.recursive(
    SCALARS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(st.text(max_size=9), child, max_size=4),
    max_leaves=20,
)
SEGMENT = st.sampled_from(
    ["users", "yuki", "notification", "user", "push", "label", "vip", "template", "language", "token", "single", ""]
) | st.text(max_size=5)


def answer(
    state: SandboxState, method: str, segments: tuple[str, ...], body: bytes, query: dict[str, str] | None = None
) -> Reply:
    call = Call(method, "/" + "/".join(segments), HEADERS, body, "id", query or {}, segments)
    return AGORA.answer(state, call)


def check(method: str, segments: tuple[str, ...], body: bytes, query: dict[str, str] | None = None) -> None:
    reply = answer(STATE, method, segments, body, query)
    said = json.loads(reply.body)
    if reply.status != 200:
        known = {(code.http, code.error) for code in CODES.values() if code.http < 500}
        assert (reply.status, said["error"]) in known
    for send in STATE.inbox.sends[:1]:
        json.dumps(send.as_json(), allow_nan=False).encode()


def below(path: str) -> tuple[str, ...]:
    return (*BASE, *path.split("/")[1:])


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in pairs for deeper in paths(child, (*path, key)))]


PLACES = [(place, path) for place, body in EXAMPLES.items() for path in paths(body)]


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    body = copy.deepcopy(body)
    parent: Any = body
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return body


def test_the_examples_are_taken_as_they_are() -> None:
    state = SandboxState(SystemClock(), 1, limits=False)
    early = [("POST", "/token"), ("POST", "/notification/template")]
    for method, path in [*early, *(place for place in EXAMPLES if place not in early)]:
        reply = answer(state, method, below(path), json.dumps(EXAMPLES[method, path]).encode())
        assert reply.status == 200, (path, reply.body)


@given(st.sampled_from(list(EXAMPLES)), st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes(place: tuple[str, str], body: bytes) -> None:
    check(place[0], below(place[1]), body)


@given(st.sampled_from(list(EXAMPLES)), st.sampled_from(["utf-8-sig", "utf-16", "utf-16-be", "utf-32-le", "utf-7"]))
@settings(deadline=None)
def test_the_examples_in_any_encoding(place: tuple[str, str], encoding: str) -> None:
    check(place[0], below(place[1]), json.dumps(EXAMPLES[place]).encode(encoding))


@given(st.sampled_from(PLACES), JSON)
@settings(deadline=None, max_examples=600)
def test_the_examples_with_anything_anywhere(place: tuple[tuple[str, str], tuple[Any, ...]], value: Any) -> None:
    (method, path), where = place
    check(method, below(path), json.dumps(replaced(EXAMPLES[method, path], where, value)).encode())


@given(
    st.sampled_from(["GET", "PUT", "POST", "DELETE", "PATCH"]),
    st.lists(SEGMENT, max_size=7),
    st.dictionaries(st.sampled_from(["limit", "cursor", "user", "group", "resource"]), st.text(max_size=30)),
)
@settings(deadline=None, max_examples=400)
def test_any_address_and_any_query(method: str, segments: list[str], query: dict[str, str]) -> None:
    check(method, (*BASE, *segments), b"{}", query)
    check(method, tuple(segments), b"{}", query)


def test_what_is_remembered_can_be_written_and_read() -> None:
    adapter = TypeAdapter(AgoraData)
    written = adapter.dump_json(STATE.agora)
    assert adapter.validate_json(written) == STATE.agora
