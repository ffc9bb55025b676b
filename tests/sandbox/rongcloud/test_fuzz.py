"""Whatever arrives at whichever path, the cloud answers in its own terms."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.client import PAGE_EXAMPLE
from tests.sandbox.rongcloud.app_server import AppServer, encoded
from tests.sandbox.rongcloud.bodies import FULLEST, SMALLEST

BODIES = {**SMALLEST, **FULLEST, "/push.json": PAGE_EXAMPLE}
USUAL = {(200, 200), (400, 1002), (400, 1003), (400, 1005)}
HALVES = st.text(st.sampled_from("a\ud83d\ude00\x00\u202e"), max_size=4)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70) | HALVES
JSON = st.recursive(
    SCALARS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(st.text(max_size=9), child, max_size=4),
    max_leaves=20,
)
NUMBERS = st.sampled_from(["1" * 5000, "--5", "-1", " 6 ", "6.0", "1e3", "٣", "0x1", "+1", "true", "", "null", "NaN"])
Path = tuple[Any, ...]


def paths(value: Any, path: Path = ()) -> list[Path]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in pairs for deeper in paths(child, (*path, key)))]


PLACES = [(url, path) for url, body in BODIES.items() for path in paths(body) if path]


def replaced(body: Any, path: Path, value: Any) -> Any:
    body = copy.deepcopy(body)
    parent: Any = body
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return body


def check(url: str, content: bytes) -> None:
    """Make a call to a fresh cloud, so that an example depends on no other."""
    app = AppServer()
    reply = app.reply(url, content)
    said = json.loads(reply.body)
    assert (reply.status, said["code"]) in USUAL
    for send in app.state.inbox.sends[:1]:
        json.dumps(send.as_json(), allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize("url", BODIES)
def test_the_bodies_to_start_from_are_accepted(url: str) -> None:
    assert AppServer()(url, BODIES[url])["code"] == 200


@given(st.sampled_from([*BODIES]), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None, max_examples=300)
def test_any_bytes(url: str, body: bytes) -> None:
    check(url, body)


@given(st.sampled_from(PLACES), JSON | NUMBERS)
@settings(deadline=None, max_examples=1000)
def test_a_good_body_with_anything_anywhere(place: tuple[str, Path], value: Any) -> None:
    url, path = place
    check(url, encoded(url, replaced(BODIES[url], path, value)))


@given(st.sampled_from([*BODIES]), st.data())
@settings(deadline=None, max_examples=300)
def test_a_good_body_with_fields_left_out_and_added(url: str, data: st.DataObject) -> None:
    body = BODIES[url]
    kept = data.draw(st.lists(st.sampled_from([*body]), unique=True))
    extra = data.draw(st.dictionaries(st.text(max_size=9), st.text(max_size=9) | st.integers(), max_size=3))
    check(url, encoded(url, {**extra, **{key: body[key] for key in kept}}))


@given(JSON)
@settings(deadline=None, max_examples=300)
def test_any_json_inside_a_form(value: Any) -> None:
    text = json.dumps(value)
    for url, field in (
        ("/user/remarks/set.json", "remarks"),
        ("/message/system/publish.json", "pushExt"),
        ("/message/system/publish.json", "content"),
    ):
        check(url, encoded(url, {**BODIES[url], field: text}))


@given(HALVES, st.sampled_from(["content", "pushContent"]))
def test_half_characters_in_the_text_of_a_message(half: str, field: str) -> None:
    text, path = json.dumps({"content": half}), "/message/system/publish.json"
    check(path, encoded(path, {**BODIES[path], field: text}))
    template = {**BODIES["/message/system/publish_template.json"], "values": [{"{a}": text}] * 2, "content": "{a}"}
    check("/message/system/publish_template.json", json.dumps(template).encode())
