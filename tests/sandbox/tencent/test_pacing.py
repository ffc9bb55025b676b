"""How fast and how often: rates of commands, the second between pushes, the day's pushes, repeats, moved clocks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.tencent.client import ALL, TEXT, TencentClient

PUSH = f"{ALL}im_push"
BODY = {"MsgRandom": 1, "MsgBody": TEXT}


def push(tencent: TencentClient, random: int, **changed: Any) -> int:
    """Push now, and return the code."""
    return int(tencent.call(PUSH, {**BODY, "MsgRandom": random, **changed})["ErrorCode"])


RATES: list[tuple[str, dict[str, Any], int]] = [
    (f"{ALL}im_set_attr_name", {"AttrNames": {"0": "sex"}}, 100),
    (f"{ALL}im_get_attr_name", {}, 100),
    (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"sex": "x"}}]}, 100),
    (f"{ALL}im_get_attr", {"To_Account": ["123"]}, 100),
    (f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": ["sex"]}]}, 100),
    (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": ["a"]}]}, 100),
    (f"{ALL}im_get_tag", {"To_Account": ["123"]}, 100),
    (f"{ALL}im_remove_tag", {"UserTags": [{"To_Account": "123", "Tags": ["a"]}]}, 100),
    (f"{ALL}im_remove_all_tags", {"To_Account": ["123"]}, 100),
    ("/v4/im_open_login_svc/account_check", {"CheckItem": [{"UserID": "123"}]}, 100),
    ("/v4/im_open_login_svc/account_import", {"UserID": "123"}, 200),
    ("/v4/im_open_login_svc/multiaccount_import", {"Accounts": ["123"]}, 100),
    ("/v4/im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "nobody"}]}, 100),
    ("/v4/openim/query_online_status", {"To_Account": ["123"]}, 200),
    ("/v4/profile/portrait_get", {"To_Account": ["123"], "TagList": ["Tag_Profile_IM_Nick"]}, 200),
    (
        "/v4/profile/portrait_set",
        {"From_Account": "123", "ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": "x"}]},
        200,
    ),
    (
        "/v4/im_msg_db_logic/admin_set_do_not_disturb",
        {"To_Account": "123", "StartTime": 1, "EndTime": 2, "IsRepeated": 0, "Level": 1},
        200,
    ),
]


@pytest.mark.parametrize(("path", "body", "per_second"), RATES, ids=[path.rpartition("/")[2] for path, _, _ in RATES])
def test_every_command_has_its_own_rate(
    tencent: TencentClient, path: str, body: dict[str, Any], per_second: int
) -> None:
    for _ in range(per_second):
        tencent.ok(path, body)
    assert tencent.code(path, body) == 60007
    other = f"{ALL}im_get_tag" if path != f"{ALL}im_get_tag" else f"{ALL}im_get_attr"
    tencent.ok(other, {"To_Account": ["123"]})
    tencent.sandbox.advance(1)
    tencent.ok(path, body)


def test_who_is_no_admin_takes_nothing_of_the_rate(tencent: TencentClient) -> None:
    names, stranger = f"{ALL}im_get_attr_name", {"identifier": "123", "usersig": tencent.user_sig("123")}
    for _ in range(100):
        assert tencent.code(names, {}, **stranger) == 90009
    for _ in range(100):
        tencent.ok(names, {})
    assert tencent.code(names, {}, **stranger) == 90009


def test_what_is_switched_off_takes_nothing_of_the_rate(tencent: TencentClient) -> None:
    names = f"{ALL}im_get_attr_name"
    for _ in range(100):
        tencent.ok(names, {})
    tencent.sandbox.settings(tencent__push_to_all_enabled=False)
    assert tencent.code(names, {}) == 90045


def test_pushes_are_more_than_a_second_apart(tencent: TencentClient) -> None:
    assert push(tencent, 1) == 0
    for seconds in (0.5, 0.5):
        tencent.sandbox.advance(seconds)
        assert push(tencent, 2) == 90024
    tencent.sandbox.advance(0.001)
    assert push(tencent, 3) == 0
    assert tencent.sandbox.accepted() == 2


def test_the_second_begins_with_the_push_that_was_accepted(tencent: TencentClient) -> None:
    assert push(tencent, 1) == 0
    tencent.sandbox.advance(0.9)
    assert push(tencent, 2) == 90024
    tencent.sandbox.advance(0.2)
    assert push(tencent, 3, MsgBody={}) == 90007
    assert push(tencent, 3) == 0


def test_a_refused_push_starts_the_second_by_setting(tencent: TencentClient) -> None:
    tencent.sandbox.settings(tencent__failed_pushes_count=True)
    assert push(tencent, 1, MsgBody={}) == 90007
    tencent.sandbox.advance(1)
    assert push(tencent, 2) == 90024
    tencent.sandbox.advance(0.1)
    assert push(tencent, 2) == 0


def test_a_hundred_pushes_a_day_in_beijing(tencent: TencentClient) -> None:
    for number in range(100):
        assert tencent.push(number)["ErrorCode"] == 0
    assert tencent.push(100)["ErrorCode"] == 90047
    tencent.sandbox.freeze("2026-11-22T15:59:58Z")
    assert tencent.push(101)["ErrorCode"] == 90047
    tencent.sandbox.freeze("2026-11-22T16:00:00Z")
    assert tencent.push(102)["ErrorCode"] == 0


@pytest.mark.parametrize(("counts", "code"), [(False, 0), (True, 90047)])
def test_refused_pushes_count_by_setting(tencent: TencentClient, counts: bool, code: int) -> None:
    tencent.sandbox.settings(tencent__failed_pushes_count=counts)
    for number in range(100):
        assert tencent.push(number, MsgBody={})["ErrorCode"] == 90007
    assert tencent.push()["ErrorCode"] == code


def test_a_repeat_within_the_second_is_no_other_push(tencent: TencentClient) -> None:
    first = tencent.ok(PUSH, BODY)["TaskId"]
    tencent.sandbox.advance(0.9)
    assert tencent.ok(PUSH, BODY)["TaskId"] == first
    assert tencent.ok(PUSH, {**BODY, "Condition": {"TagsOr": ["vip"]}})["TaskId"] == first
    assert push(tencent, 2) == 90024
    tencent.sandbox.advance(0.1)
    assert push(tencent, 1) == 90024
    tencent.sandbox.advance(0.1)
    assert tencent.ok(PUSH, BODY)["TaskId"] != first
    assert tencent.sandbox.accepted() == 2


@pytest.mark.parametrize("counts", [False, True])
def test_repeats_spend_nothing_of_the_day(tencent: TencentClient, counts: bool) -> None:
    tencent.sandbox.settings(tencent__random_unique_for_a_week=True, tencent__failed_pushes_count=counts)
    for number in range(99):
        assert tencent.push(number)["ErrorCode"] == 0
    for _ in range(3):
        assert tencent.push(5)["ErrorCode"] == 0
    assert tencent.push(99)["ErrorCode"] == 0
    assert tencent.push(100)["ErrorCode"] == 90047
    assert tencent.push(5)["ErrorCode"] == 0
    assert tencent.sandbox.accepted() == 100


@pytest.mark.parametrize("random", [True, 1.0, "1", [1], None])
def test_a_repeat_has_the_same_number(tencent: TencentClient, random: Any) -> None:
    assert push(tencent, 1) == 0
    assert push(tencent, random) == 90024
    assert tencent.code(PUSH, b"[1]") == 90024
    assert tencent.code(PUSH, b"nothing") == 90024


def test_a_repeat_is_not_looked_for_in_a_body_that_is_too_large(tencent: TencentClient) -> None:
    assert push(tencent, 1) == 0
    assert push(tencent, 1, MsgBody=[*TEXT, *TEXT * 300]) == 90024


def test_the_same_random_soon_is_the_same_push(tencent: TencentClient) -> None:
    tencent.sandbox.settings(limits=False)
    first = tencent.ok(PUSH, BODY)["TaskId"]
    tencent.sandbox.advance(0.9)
    assert tencent.ok(PUSH, BODY)["TaskId"] == first
    assert tencent.ok(PUSH, {**BODY, "MsgRandom": 6})["TaskId"] != first
    assert tencent.sandbox.accepted() == 2
    tencent.sandbox.advance(0.1)
    assert tencent.ok(PUSH, BODY)["TaskId"] != first
    assert tencent.sandbox.accepted() == 3


def test_the_same_random_for_a_week_by_setting(tencent: TencentClient) -> None:
    tencent.sandbox.settings(tencent__random_unique_for_a_week=True)
    first = tencent.ok(PUSH, BODY)["TaskId"]
    tencent.sandbox.advance(7 * 86400 - 0.1)
    assert tencent.ok(PUSH, BODY)["TaskId"] == first
    tencent.sandbox.advance(0.1)
    assert tencent.ok(PUSH, BODY)["TaskId"] != first
    assert tencent.sandbox.accepted() == 2


def test_a_lost_answer_can_be_asked_for_again(tencent: TencentClient) -> None:
    tencent.sandbox.fault("answer-lost")
    with pytest.raises(ConnectionError):
        push(tencent, 5)
    assert push(tencent, 5) == 0
    assert tencent.sandbox.accepted() == 1


@pytest.mark.parametrize("week", [False, True])
def test_a_clock_that_goes_back_lets_push(tencent: TencentClient, week: bool) -> None:
    tencent.sandbox.settings(tencent__random_unique_for_a_week=week)
    tencent.sandbox.freeze("2030-01-01T00:00:00Z")
    assert push(tencent, 1) == 0
    tencent.sandbox.freeze("2026-11-22T04:00:00Z")
    assert push(tencent, 1) == 0
    assert push(tencent, 2) == 90024
    assert tencent.sandbox.accepted() == 2
    tencent.sandbox.freeze("2030-01-01T00:00:00.5Z")
    assert push(tencent, 1) == 0
    assert tencent.sandbox.accepted() == 3


def test_a_day_that_is_yet_to_come_is_not_used_up(tencent: TencentClient) -> None:
    tencent.sandbox.freeze("2026-11-22T12:00:00Z")
    for number in range(100):
        assert tencent.push(number)["ErrorCode"] == 0
    tencent.sandbox.freeze("2026-11-22T11:00:00Z")
    assert push(tencent, 100) == 0


def test_a_skewed_clock_blocks_no_later_push(tencent: TencentClient) -> None:
    tencent.sandbox.fault("clock-skew", seconds=3600)
    assert push(tencent, 1) == 0
    assert push(tencent, 1) == 0
    assert tencent.sandbox.accepted() == 2
