"""Accounts, online states and profiles."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.tencent.client import ALL, TencentClient

ACCOUNTS = "/v4/im_open_login_svc/"
STATUS = "/v4/openim/query_online_status"
GET = "/v4/profile/portrait_get"
SET = "/v4/profile/portrait_set"
NICK, LANGUAGE, SETTINGS = "Tag_Profile_IM_Nick", "Tag_Profile_IM_Language", "Tag_Profile_IM_MsgSettings"


def status(tencent: TencentClient, *users: str) -> dict[str, str]:
    return {
        item["To_Account"]: item["Status"] for item in tencent.ok(STATUS, {"To_Account": list(users)})["QueryResult"]
    }


def imported(tencent: TencentClient, *users: str) -> list[bool]:
    answer = tencent.ok(f"{ACCOUNTS}account_check", {"CheckItem": [{"UserID": user} for user in users]})
    return [item["AccountStatus"] == "Imported" for item in answer["ResultItem"]]


def profile(tencent: TencentClient, user: str, *tags: str) -> dict[str, Any]:
    [found] = tencent.ok(GET, {"To_Account": [user], "TagList": list(tags)})["UserProfileItem"]
    return {item["Tag"]: item["Value"] for item in found["ProfileItem"]}


def test_accounts_come_and_go(tencent: TencentClient) -> None:
    assert imported(tencent, "123", "new") == [True, False]
    tencent.ok(f"{ACCOUNTS}account_import", {"UserID": "new", "Nick": "Newcomer"})
    assert imported(tencent, "new") == [True]
    deleted = tencent.ok(f"{ACCOUNTS}account_delete", {"DeleteItem": [{"UserID": "new"}, {"UserID": "nobody"}]})
    assert [item["ResultCode"] for item in deleted["ResultItem"]] == [0, 70107]
    assert imported(tencent, "new") == [False]


@pytest.mark.parametrize(
    "body",
    [{"Accounts": ["a", "b"]}, {"AccountList": [{"UserID": "a", "Nick": "A"}, {"UserID": "b", "FaceUrl": "x"}]}],
)
def test_many_accounts_in_both_shapes(tencent: TencentClient, body: dict[str, Any]) -> None:
    answer = tencent.ok(f"{ACCOUNTS}multiaccount_import", body)
    assert answer == {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": ""}
    assert imported(tencent, "a", "b") == [True, True]


def test_some_accounts_may_fail(tencent: TencentClient) -> None:
    tencent.sandbox.settings(tencent__account_limit=17)
    answer = tencent.ok(f"{ACCOUNTS}multiaccount_import", {"Accounts": ["a", "123", "b"]})
    assert answer["FailAccounts"] == ["b"]


IMPOSSIBLE = ["", "x" * 33, "用" * 11]


@pytest.mark.parametrize(
    "body",
    [
        {"Accounts": ["a", *IMPOSSIBLE, "b"]},
        {"AccountList": [{"UserID": user, "Nick": "N"} for user in ("a", *IMPOSSIBLE, "b")]},
    ],
)
def test_ids_that_are_none_fail_singly(tencent: TencentClient, body: dict[str, Any]) -> None:
    assert tencent.ok(f"{ACCOUNTS}multiaccount_import", body)["FailAccounts"] == IMPOSSIBLE
    asked = {"CheckItem": [{"UserID": user} for user in ("a", *IMPOSSIBLE, "b", "nobody")]}
    found = tencent.ok(f"{ACCOUNTS}account_check", asked)["ResultItem"]
    assert [item["ResultCode"] for item in found] == [0, 70402, 70402, 70402, 0, 0]
    assert [item.get("AccountStatus") for item in found] == ["Imported", None, None, None, "Imported", "NotImported"]
    states = tencent.ok(STATUS, {"To_Account": ["a", *IMPOSSIBLE]})
    assert [item["To_Account"] for item in states["QueryResult"]] == ["a"]
    assert states["ErrorList"] == [{"To_Account": user, "ErrorCode": 70107} for user in IMPOSSIBLE]
    deleted = tencent.ok(f"{ACCOUNTS}account_delete", {"DeleteItem": [{"UserID": user} for user in ("a", *IMPOSSIBLE)]})
    assert [item["ResultCode"] for item in deleted["ResultItem"]] == [0, 70107, 70107, 70107]
    profiles = tencent.ok(GET, {"To_Account": IMPOSSIBLE, "TagList": [NICK]})
    assert profiles["Fail_Account"] == IMPOSSIBLE


def test_an_import_again_changes_what_is_given(tencent: TencentClient) -> None:
    tencent.ok(f"{ACCOUNTS}account_import", {"UserID": "new", "Nick": "first", "FaceUrl": "https://example.com/a"})
    tencent.ok(f"{ACCOUNTS}account_import", {"UserID": "new", "Nick": "second", "FaceUrl": None})
    assert profile(tencent, "new", NICK, "Tag_Profile_IM_Image") == {
        NICK: "second",
        "Tag_Profile_IM_Image": "https://example.com/a",
    }


def test_an_imported_user_has_a_handset_and_is_pushed_to(tencent: TencentClient) -> None:
    tencent.ok(f"{ACCOUNTS}account_import", {"UserID": "new"})
    tencent.ok(f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "new", "Tags": ["only"]}]})
    assert status(tencent, "new") == {"new": "PushOnline"}
    tencent.push(Condition={"TagsOr": ["only"]})
    assert tencent.reached() == ["new"]
    assert [item["notification"]["text"] for item in tencent.sandbox.deliveries().values()] == ["hi, beauty"]


def test_online_states(tencent: TencentClient) -> None:
    assert status(tencent, "dora", "123", "lucas", "guest-7") == {
        "dora": "Online",
        "123": "PushOnline",
        "lucas": "Offline",
        "guest-7": "Offline",
    }
    tencent.sandbox.advance(7 * 86400 - 2 * 3600 - 1)
    assert status(tencent, "123") == {"123": "PushOnline"}
    tencent.sandbox.advance(1)
    assert status(tencent, "123", "dora") == {"123": "Offline", "dora": "Online"}


def test_details_and_unknown_users(tencent: TencentClient) -> None:
    answer = tencent.ok(STATUS, {"IsNeedDetail": 1, "To_Account": ["fromuseId1", "lucas", "nobody"]})
    assert answer["QueryResult"] == [
        {
            "To_Account": "fromuseId1",
            "Status": "Online",
            "Detail": [{"Platform": "iPad", "Status": "Online"}, {"Platform": "Web", "Status": "Online"}],
        },
        {"To_Account": "lucas", "Status": "Offline"},
    ]
    assert answer["ErrorList"] == [{"To_Account": "nobody", "ErrorCode": 70107}]


def test_a_browser_that_is_closed_is_not_reached(tencent: TencentClient) -> None:
    tencent.sandbox.control("POST", "/people", {"id": "dora", "online": False})
    [dora] = tencent.ok(STATUS, {"IsNeedDetail": 1, "IsReturnCustomStatus": 1, "To_Account": ["dora"]})["QueryResult"]
    assert dora["Detail"] == [{"Platform": "iPhone", "Status": "PushOnline"}]


def test_details_are_told_if_asked(tencent: TencentClient) -> None:
    for wanted in ({}, {"IsNeedDetail": 0}, {"IsNeedDetail": None}):
        [dora] = tencent.ok(STATUS, {**wanted, "To_Account": ["dora"]})["QueryResult"]
        assert dora == {"To_Account": "dora", "Status": "Online"}


def test_instances_have_numbers_if_asked(tencent: TencentClient) -> None:
    answer = tencent.ok(STATUS, {"IsNeedDetail": 1, "IsReturnInstid": 1, "To_Account": ["chen"]})
    [detail] = answer["QueryResult"][0]["Detail"]
    assert isinstance(detail.pop("Instid"), int)
    assert detail == {"Platform": "Harmony", "Status": "PushOnline"}


def test_profiles_are_read_and_written(tencent: TencentClient) -> None:
    assert profile(tencent, "amelie", NICK, LANGUAGE, SETTINGS) == {NICK: "Amélie Dubois", LANGUAGE: 4}
    items = [{"Tag": NICK, "Value": "Amy"}, {"Tag": SETTINGS, "Value": 1}, {"Tag": "Tag_Profile_Custom_x", "Value": 5}]
    tencent.ok(SET, {"From_Account": "amelie", "ProfileItem": items})
    assert profile(tencent, "amelie", NICK, SETTINGS, "Tag_Profile_Custom_x") == {
        NICK: "Amy",
        SETTINGS: 1,
        "Tag_Profile_Custom_x": 5,
    }


def test_a_wrong_item_spoils_all(tencent: TencentClient) -> None:
    items = [{"Tag": NICK, "Value": "Amy"}, {"Tag": LANGUAGE, "Value": "fr"}]
    assert tencent.code(SET, {"From_Account": "amelie", "ProfileItem": items}) == 40001
    assert profile(tencent, "amelie", NICK) == {NICK: "Amélie Dubois"}


def test_unknown_profiles_fail_singly(tencent: TencentClient) -> None:
    answer = tencent.ok(GET, {"To_Account": ["nobody", "123"], "TagList": [NICK]})
    assert [item["ResultCode"] for item in answer["UserProfileItem"]] == [40003, 0]
    assert answer["Fail_Account"] == ["nobody"]


@pytest.mark.parametrize(
    ("path", "body", "read"),
    [
        (
            f"{ACCOUNTS}account_check",
            {"CheckItem": [{"UserID": "123"}, {"UserID": "456"}]},
            lambda answer: [item["ResultCode"] for item in answer["ResultItem"]] == [70169, 0],
        ),
        (
            f"{ACCOUNTS}account_delete",
            {"DeleteItem": [{"UserID": "123"}, {"UserID": "456"}]},
            lambda answer: [item["ResultCode"] for item in answer["ResultItem"]] == [70169, 0],
        ),
        (
            f"{ACCOUNTS}multiaccount_import",
            {"Accounts": ["a", "b"]},
            lambda answer: answer["FailAccounts"] == ["a"],
        ),
        (
            STATUS,
            {"To_Account": ["123", "456"]},
            lambda answer: answer["ErrorList"] == [{"To_Account": "123", "ErrorCode": 91000}],
        ),
        (GET, {"To_Account": ["123", "456"], "TagList": [NICK]}, lambda answer: answer["Fail_Account"] == ["123"]),
    ],
)
def test_partial_success(tencent: TencentClient, path: str, body: dict[str, Any], read: Any) -> None:
    tencent.sandbox.fault("partial-success")
    assert read(tencent.ok(path, body))
