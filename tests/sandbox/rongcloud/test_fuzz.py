"""Whatever arrives, the cloud answers in its own terms."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.clock import SystemClock
from pushtui.sandbox.cloud import Call, Reply
from pushtui.sandbox.rongcloud.front import RONGCLOUD
from pushtui.sandbox.state import SandboxState
from tests.sandbox.client import PAGE_EXAMPLE, SandboxClient

STATE = SandboxState(SystemClock(), 1, limits=False)
SIGNED = SandboxClient("", "", STATE.credentials.app_key, STATE.credentials.app_secret.reveal()).signed()

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70)
JSON = st.recursive(
    SCALARS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(st.text(max_size=9), child, max_size=4),
    max_leaves=20,
)


def answer(body: bytes) -> Reply:
    headers = {name.lower(): value for name, value in SIGNED.items()}
    return RONGCLOUD.answer(STATE, Call("POST", "/push.json", headers, body, "id", segments=("push.json",)))


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in pairs for deeper in paths(child, (*path, key)))]


def replaced(path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    body = copy.deepcopy(PAGE_EXAMPLE)
    parent: Any = body
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return body


def check(reply: Reply) -> None:
    said = json.loads(reply.body)
    assert (reply.status, said["code"]) in {(200, 200), (400, 1002), (400, 1003), (400, 1005)}
    for push in STATE.inbox.sends[:1]:
        json.dumps(push.as_json(), allow_nan=False).encode()


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes(body: bytes) -> None:
    check(answer(body))


@given(st.sampled_from(paths(PAGE_EXAMPLE)), JSON)
@settings(deadline=None, max_examples=400)
def test_the_example_with_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    check(answer(json.dumps(replaced(path, value)).encode()))
