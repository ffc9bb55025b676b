"""Exactly at each limit a request is accepted, and beyond it refused, quickly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.tencent.client import ALL, TEXT, TencentClient

PUSH = f"{ALL}im_push"
ACCOUNTS = "/v4/im_open_login_svc/"
STATUS = "/v4/openim/query_online_status"
GET_PROFILE = "/v4/profile/portrait_get"
SET_PROFILE = "/v4/profile/portrait_set"
SILENCE = "/v4/im_msg_db_logic/admin_set_do_not_disturb"

FIFTY = "标" * 16 + "ab"
"""Bytes."""
NICKNAME = "Tag_Profile_IM_Nick"


def users(number: int) -> list[str]:
    return [f"u{index}" for index in range(number)]


def push(**changed: Any) -> dict[str, Any]:
    return {"MsgRandom": 1, "MsgBody": TEXT, **changed}


def field(tag: str, value: Any) -> dict[str, Any]:
    return {"From_Account": "123", "ProfileItem": [{"Tag": tag, "Value": value}]}


def silence(start: int, end: int, level: int) -> dict[str, Any]:
    return {"To_Account": "123", "StartTime": start, "EndTime": end, "IsRepeated": 0, "Level": level}


AT_THE_LIMIT: list[tuple[str, str, dict[str, Any]]] = [
    ("name bytes", f"{ALL}im_set_attr_name", {"AttrNames": {"3": FIFTY}}),
    ("names", f"{ALL}im_set_attr_name", {"AttrNames": {str(slot): f"n{slot}" for slot in range(10)}}),
    ("value bytes", f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"sex": FIFTY}}]}),
    ("set users", f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": user, "Attrs": {}} for user in users(100)]}),
    ("remove users", f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": user, "Attrs": []} for user in users(100)]}),
    ("remove names", f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": ["sex"] * 10}]}),
    ("get users", f"{ALL}im_get_attr", {"To_Account": users(100)}),
    ("tag bytes", f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": [FIFTY]}]}),
    ("tags", f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": users(10)}]}),
    ("tag users", f"{ALL}im_add_tag", {"UserTags": [{"To_Account": user, "Tags": []} for user in users(100)]}),
    ("no tags", f"{ALL}im_remove_tag", {"UserTags": [{"To_Account": "123", "Tags": users(100)}]}),
    ("no tags users", f"{ALL}im_remove_tag", {"UserTags": [{"To_Account": user, "Tags": []} for user in users(100)]}),
    ("tags of", f"{ALL}im_get_tag", {"To_Account": users(100)}),
    ("clear", f"{ALL}im_remove_all_tags", {"To_Account": users(100)}),
    ("lifetime", PUSH, push(MsgLifeTime=604800)),
    ("no lifetime", PUSH, push(MsgLifeTime=0)),
    ("random", PUSH, push(MsgRandom=2**32 - 1)),
    ("random 0", PUSH, push(MsgRandom=0)),
    ("condition or", PUSH, push(Condition={"TagsOr": [FIFTY, *users(9)]})),
    ("condition and", PUSH, push(Condition={"TagsAnd": [FIFTY, *users(9)]})),
    ("parts", PUSH, push(MsgBody=[{"MsgType": "TIMFileElem", "MsgContent": {}}] * 220)),
    ("check", f"{ACCOUNTS}account_check", {"CheckItem": [{"UserID": user} for user in users(100)]}),
    ("user id", f"{ACCOUNTS}account_import", {"UserID": "用" * 10 + "ab"}),
    ("nickname", f"{ACCOUNTS}account_import", {"UserID": "x", "Nick": "标" * 166 + "ab", "FaceUrl": "x" * 500}),
    ("import", f"{ACCOUNTS}multiaccount_import", {"Accounts": users(100)}),
    ("import new", f"{ACCOUNTS}multiaccount_import", {"AccountList": [{"UserID": user} for user in users(100)]}),
    ("delete", f"{ACCOUNTS}account_delete", {"DeleteItem": [{"UserID": user} for user in users(100)]}),
    ("states", STATUS, {"To_Account": users(500)}),
    ("profiles", GET_PROFILE, {"To_Account": users(100), "TagList": [NICKNAME]}),
    ("fields asked", GET_PROFILE, {"To_Account": ["123"], "TagList": users(100)}),
    ("text", SET_PROFILE, field(NICKNAME, "标" * 166 + "ab")),
    ("number", SET_PROFILE, field("Tag_Profile_IM_Language", 2**32 - 1)),
    ("fields", SET_PROFILE, {"From_Account": "123", "ProfileItem": [{"Tag": NICKNAME, "Value": "x"}] * 100}),
    ("silence", SILENCE, silence(2**32 - 1, 2**32 - 1, 2**32 - 1)),
    ("no silence", SILENCE, silence(0, 0, 0)),
]


@pytest.mark.parametrize(("path", "body"), [item[1:] for item in AT_THE_LIMIT], ids=[item[0] for item in AT_THE_LIMIT])
def test_as_much_as_is_allowed(tencent: TencentClient, path: str, body: dict[str, Any]) -> None:
    answer = tencent.ok(path, body)
    assert "FailAccounts" not in answer


def test_ten_attributes_of_a_hundred_users_fit(tencent: TencentClient) -> None:
    """Everything as long as it may be, and every character escaped."""
    names = {str(slot): "标" * 16 + f"{slot}!" for slot in range(10)}
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": names})
    ids = [f"{number:02}" + "用" * 10 for number in range(100)]
    tencent.ok(f"{ACCOUNTS}multiaccount_import", {"Accounts": ids})
    attributes = dict.fromkeys(names.values(), FIFTY)
    body = {"UserAttrs": [{"To_Account": user, "Attrs": attributes} for user in ids]}
    tencent.ok(f"{ALL}im_set_attr", json.dumps(body).encode())
    found = tencent.ok(f"{ALL}im_get_attr", {"To_Account": ids})["UserAttrs"]
    assert [item["Attrs"] for item in found] == [attributes] * 100


def padded(body: dict[str, Any], size: int) -> bytes:
    """Add spaces until a body has so many bytes."""
    content = json.dumps(body).encode()
    return content + b" " * (size - len(content))


SIZES: list[tuple[str, dict[str, Any], int, int, str]] = [
    (PUSH, push(), 10240, 90056, "push_body_limit"),
    (f"{ALL}im_set_attr_name", {"AttrNames": {"3": "x"}}, 12288, 80002, "body_limit"),
    (f"{ALL}im_get_attr_name", {}, 12288, 80002, "body_limit"),
    (f"{ACCOUNTS}account_import", {"UserID": "x"}, 12288, 80002, "body_limit"),
    (SET_PROFILE, field(NICKNAME, "x"), 12288, 80002, "body_limit"),
    (SILENCE, silence(1, 2, 1), 12288, 80002, "body_limit"),
    (f"{ALL}im_get_tag", {"To_Account": ["123"]}, 262144, 80002, "list_body_limit"),
    (f"{ACCOUNTS}account_check", {"CheckItem": [{"UserID": "x"}]}, 262144, 80002, "list_body_limit"),
    (STATUS, {"To_Account": ["123"]}, 262144, 80002, "list_body_limit"),
    (GET_PROFILE, {"To_Account": ["123"], "TagList": ["x"]}, 262144, 80002, "list_body_limit"),
]


@pytest.mark.parametrize(("path", "body", "size", "code", "setting"), SIZES, ids=[item[0] for item in SIZES])
def test_bodies_have_an_end(
    tencent: TencentClient, path: str, body: dict[str, Any], size: int, code: int, setting: str
) -> None:
    tencent.ok(path, padded(body, size))
    tencent.sandbox.advance(2)
    assert tencent.code(path, padded(body, size + 1)) == code
    assert tencent.code(path, b"x" * (size + 1)) == code
    tencent.sandbox.settings(**{f"tencent__{setting}": 0})
    tencent.ok(path, padded(body, size + 1))
