"""Whatever arrives, Tencent's side answers in its own terms."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pushtui.domain.clock import SystemClock
from pushtui.providers.tencent.codes import CODES
from pushtui.providers.tencent.push_model import PushRequest
from pushtui.providers.tencent.user_sig import make
from pushtui.sandbox.cloud import Call
from pushtui.sandbox.state import SandboxState
from pushtui.sandbox.tencent import push
from pushtui.sandbox.tencent.data import TencentData
from pushtui.sandbox.tencent.front import TENCENT
from pushtui.sandbox.tencent.reading import as_sent
from tests.sandbox.tencent.client import ALL, TEXT

STATE = SandboxState(SystemClock(), 1, limits=False)
KNOWN = STATE.credentials
QUERY = {
    "sdkappid": str(KNOWN.sdkappid),
    "identifier": KNOWN.admin,
    "usersig": make(KNOWN.admin, KNOWN.sdkappid, KNOWN.secret_key, 1700000000, 10**10),
    "random": "1",
    "contenttype": "json",
}
TAGGED = {"UserTags": [{"To_Account": "123", "Tags": ["a"]}]}
SOME_USERS = {"To_Account": ["123", "nobody"]}
EXAMPLES: dict[str, dict[str, Any]] = {
    f"{ALL}im_push": {
        "From_Account": "123",
        "MsgRandom": 1,
        "MsgLifeTime": 60,
        "Condition": {"TagsOr": ["vip"], "TagsAnd": ["a"], "AttrsOr": {"sex": "x"}, "AttrsAnd": {"city": "x"}},
        "MsgBody": [*TEXT, {"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}", "Desc": "d"}}],
        "OfflinePushInfo": {"PushFlag": 0, "AndroidInfo": {"Sound": "s"}, "ApnsInfo": {"BadgeMode": 1}},
    },
    f"{ALL}im_set_attr_name": {"AttrNames": {"0": "sex", "9": "x"}},
    f"{ALL}im_get_attr_name": {},
    f"{ALL}im_set_attr": {"UserAttrs": [{"To_Account": "123", "Attrs": {"sex": "x"}}]},
    f"{ALL}im_get_attr": SOME_USERS,
    f"{ALL}im_remove_attr": {"UserAttrs": [{"To_Account": "123", "Attrs": ["sex"]}]},
    f"{ALL}im_add_tag": TAGGED,
    f"{ALL}im_get_tag": SOME_USERS,
    f"{ALL}im_remove_tag": TAGGED,
    f"{ALL}im_remove_all_tags": SOME_USERS,
    "/v4/im_open_login_svc/account_check": {"CheckItem": [{"UserID": "123"}]},
    "/v4/im_open_login_svc/account_import": {"UserID": "new", "Nick": "n", "FaceUrl": "f"},
    "/v4/im_open_login_svc/multiaccount_import": {"Accounts": ["new"], "AccountList": [{"UserID": "newer"}]},
    "/v4/im_open_login_svc/account_delete": {"DeleteItem": [{"UserID": "new"}]},
    "/v4/openim/query_online_status": {**SOME_USERS, "IsNeedDetail": 1, "IsReturnInstid": 1},
    "/v4/profile/portrait_get": {**SOME_USERS, "TagList": ["Tag_Profile_IM_Nick"]},
    "/v4/profile/portrait_set": {"From_Account": "123", "ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": "x"}]},
    "/v4/im_msg_db_logic/admin_set_do_not_disturb": {
        "To_Account": "123",
        "StartTime": 1,
        "EndTime": 2,
        "IsRepeated": 0,
        "Level": 1,
    },
}

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70)
JSON = st.recursive(
    SCALARS,
    lambda child: st.lists(child, max_size=4) | st.dictionaries(st.text(max_size=9), child, max_size=4),
    max_leaves=20,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in pairs for deeper in places(child, (*path, key)))]


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    body = copy.deepcopy(body)
    parent: Any = body
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return body


def check(path: str, body: bytes, query: dict[str, str]) -> None:
    call = Call("POST", path, {}, body, "id", query, tuple(path.strip("/").split("/")))
    reply = TENCENT.answer(STATE, call)
    said = json.loads(reply.body)
    assert reply.status == 200
    assert (said["ActionStatus"] == "OK") is (said["ErrorCode"] == 0)
    assert said["ErrorCode"] == 0 or said["ErrorCode"] in CODES
    assert QUERY["usersig"] not in reply.body.decode()
    for send in STATE.inbox.sends[:1]:
        json.dumps(send.as_json(), allow_nan=False).encode()


def test_the_examples_cover_every_command() -> None:
    assert set(EXAMPLES) == {operation.endpoint.path for operation in TENCENT.operations}


@given(st.sampled_from(list(EXAMPLES)), st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes(path: str, body: bytes) -> None:
    check(path, body, QUERY)


@given(
    st.sampled_from([(path, place) for path, body in EXAMPLES.items() for place in places(body)]),
    JSON | st.sampled_from(["x" * 51, "标" * 17, 2**32, 2**70, -1, "123", [], {}, ["123"] * 501]),
)
@settings(deadline=None, max_examples=600)
def test_the_examples_with_anything_anywhere(where: tuple[str, tuple[Any, ...]], value: Any) -> None:
    path, place = where
    check(path, json.dumps(replaced(EXAMPLES[path], place, value)).encode(), QUERY)


@given(st.dictionaries(st.sampled_from([*QUERY, "other"]), st.text(max_size=60)))
@settings(deadline=None)
def test_any_query(query: dict[str, str]) -> None:
    check(f"{ALL}im_get_attr_name", b"{}", {**QUERY, **query})


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_path(path: str) -> None:
    check(f"/v4/{path}", b"{}", QUERY)


OBJECTS: list[tuple[Any, ...]] = [
    (),
    ("Condition",),
    ("MsgBody", 1),
    ("MsgBody", 1, "MsgContent"),
    ("OfflinePushInfo",),
    ("OfflinePushInfo", "AndroidInfo"),
    ("OfflinePushInfo", "ApnsInfo"),
]
"""Where a push may hold members that no document names."""


@given(st.sampled_from(OBJECTS), st.dictionaries(st.text(max_size=9).map("New{}".format), JSON, max_size=3))
@settings(deadline=None)
def test_a_push_is_kept_as_it_was_sent(place: tuple[Any, ...], more: dict[str, Any]) -> None:
    example = EXAMPLES[f"{ALL}im_push"]
    known: Any = example
    for key in place:
        known = known[key]
    body = replaced(example, place, {**known, **more})
    assert json.dumps(as_sent(PushRequest.model_validate(body, extra="allow"))) == json.dumps(body)


def test_a_push_that_broke_inside_is_not_taken_for_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    path, body = f"{ALL}im_push", json.dumps({"MsgRandom": 77, "MsgBody": TEXT}).encode()
    call = Call("POST", path, {}, body, "id", QUERY, tuple(path.strip("/").split("/")))
    before = STATE.inbox.sequence
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(push, "deliver", lambda *_: 1 // 0)
        TENCENT.answer(STATE, call)
    assert json.loads(TENCENT.answer(STATE, call).body)["ErrorCode"] == 0
    assert STATE.inbox.sequence == before + 1


def test_what_is_remembered_can_be_written_and_read() -> None:
    keeper = TypeAdapter(TencentData)
    assert keeper.validate_json(keeper.dump_json(STATE.tencent)) == STATE.tencent
