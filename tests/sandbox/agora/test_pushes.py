"""Sending pushes: who is reached, what is answered, what the handsets show."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.agora.client import PUSH, AgoraClient

FAIL = "FAIL"


def push(agora: AgoraClient, user: str, **values: Any) -> Any:
    """Push to one user; the clock goes on first, so that pushes are not too close."""
    agora.sandbox.advance(2)
    return agora.ok("POST", f"/push/sync/{user}", {**PUSH, **values})["data"]


def test_to_one_user(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/push/sync/amelie", PUSH)
    assert list(said) == ["timestamp", "data", "duration"]
    assert [item["pushStatus"] for item in said["data"]] == ["SUCCESS"]
    assert agora.texts("amelie-fcm") == ("News", "Hello")
    assert agora.sandbox.inbox()[0]["recipients"] == ["amelie"]


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        ("nobody", "appUser not exists"),
        ("tunde", "no push binding"),
        ("guest-7", "no push binding"),
        ("minjun", "user ignore push"),
    ],
)
def test_failures_come_with_200(agora: AgoraClient, user: str, reason: str) -> None:
    assert push(agora, user) == [{"pushStatus": FAIL, "desc": reason}]
    assert agora.sandbox.accepted() == 1


def test_each_device_has_a_result(agora: AgoraClient) -> None:
    assert [item["pushStatus"] for item in push(agora, "zoe")] == ["SUCCESS", "SUCCESS"]


def test_to_users_by_name(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/push/single", {"targets": ["amelie", "nobody", "amelie", "tunde"], **PUSH})
    done = {"pushStatus": "ASYNC_SUCCESS", "desc": "async success."}
    assert said["data"] == [
        {"id": "amelie", **done},
        {"id": "nobody", "pushStatus": FAIL, "desc": "appUser not exists"},
        {"id": "tunde", **done},
    ]
    (sent,) = agora.sandbox.inbox()
    assert (sent["recipients"], sent["unknown_users"]) == (["amelie", "nobody", "tunde"], ["nobody"])
    assert agora.error("POST", "/push/single", {"targets": ["a"] * 101, **PUSH})[2] == "parameters is invalid : targets"
    assert agora.error("POST", "/push/single", {"targets": [], **PUSH})[0] == 400
    assert agora.ok("POST", "/push/async/amelie", PUSH)["data"] == [done]


def test_partial_success(agora: AgoraClient) -> None:
    agora.sandbox.fault("partial-success", cloud="agora")
    said = agora.ok("POST", "/push/single", {"targets": ["amelie", "omar"], **PUSH})
    assert [item["pushStatus"] for item in said["data"]] == ["ERROR", "ASYNC_SUCCESS"]
    assert agora.sandbox.inbox()[0]["recipients"] == ["omar"]


def test_to_those_who_have_all_labels(agora: AgoraClient) -> None:
    agora.ok("POST", "/push/label/beta/user", {"usernames": ["123", "omar"]})
    said = agora.ok("POST", "/push/list/label", {"targets": ["vip", "BETA"], "strategy": 2, **PUSH})
    assert len(str(said["data"]["taskId"])) == 18
    assert set(agora.sandbox.inbox()[0]["recipients"]) == {"123", "omar", "amelie"}
    assert agora.error("POST", "/push/list/label", {"targets": ["gone"], **PUSH})[0] == 404
    assert agora.error("POST", "/push/list/label", {"targets": ["vip"] * 6, **PUSH})[0] == 400
    agora.sandbox.settings(agora__labels_per_push=1)
    assert agora.error("POST", "/push/list/label", {"targets": ["vip", "beta"], **PUSH})[0] == 400


def test_to_everybody(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/push/task", PUSH)
    assert type(said["data"]) is int
    assert len(agora.sandbox.inbox()[0]["recipients"]) == 18


@pytest.mark.parametrize(
    ("date", "status"),
    [
        ("2026-11-22 12:59:59", 400),
        ("2026-11-22 13:00:00", 200),
        ("2026-12-22 12:00:00", 200),
        ("2026-12-22 12:00:01", 400),
        ("2026-13-22 12:00:00", 400),
        ("tomorrow", 400),
        ("2026-11-23T12:00:00", 400),
    ],
)
def test_when_a_push_may_go_out(agora: AgoraClient, date: str, status: int) -> None:
    answer = agora.call("POST", "/push/task", {"startDate": date, **PUSH})
    assert answer.status == status
    assert status == 200 or answer.json["error_description"] == "parameters is invalid : startDate"


def test_dates_are_in_the_server_s_time(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__server_zone="Asia/Shanghai")
    assert agora.error("POST", "/push/task", {"startDate": "2026-11-22 13:00:00", **PUSH})[0] == 400
    agora.ok("POST", "/push/task", {"startDate": "2026-11-22 21:00:00", **PUSH})


def test_three_tasks_may_be_running(agora: AgoraClient) -> None:
    for _ in range(3):
        agora.ok("POST", "/push/task", {"startDate": "2026-11-22 14:00:00", **PUSH})
    assert agora.error("POST", "/push/list/label", {"targets": ["vip"], **PUSH})[2] == "limit request"
    assert agora.sandbox.accepted() == 3
    agora.sandbox.advance(2 * 3600)
    agora.ok("POST", "/push/list/label", {"targets": ["vip"], **PUSH})


@pytest.mark.parametrize(
    ("strategy", "offline", "online", "unbound"),
    [
        (0, "vendor", "vendor", "later"),
        (1, "later", "inside", "later"),
        (2, "vendor", "vendor", "no push binding"),
        (3, "vendor", "inside", "later"),
        (4, "dropped", "inside", "dropped"),
        (None, "vendor", "vendor", "no push binding"),
    ],
)
def test_the_way_of_each_strategy(
    agora: AgoraClient, strategy: int | None, offline: str, online: str, unbound: str
) -> None:
    values = {} if strategy is None else {"strategy": strategy}
    for user, handset, wanted in (
        ("amelie", "amelie-fcm", offline),
        ("dora", "dora-ios", online),
        ("tunde", "tunde-fcm", unbound),
    ):
        said = push(agora, user, **values)
        assert way(agora.got(handset)) == wanted
        assert said[0]["pushStatus"] == ("SUCCESS" if wanted in ("vendor", "inside", "later") else FAIL)


def way(delivery: Any) -> str:
    if delivery["notification"]:
        return "vendor"
    if delivery["message"]:
        return "inside"
    reason = str(delivery["reason"])
    return "later" if "keeps" in reason else "dropped" if "drops" in reason else reason.partition(":")[0]


def test_a_strategy_that_does_not_exist(agora: AgoraClient) -> None:
    assert agora.error("POST", "/push/sync/amelie", {**PUSH, "strategy": 5})[2] == "parameters is invalid : strategy"


def test_a_vendor_s_block_goes_before_the_basic_fields(agora: AgoraClient) -> None:
    message = {
        "title": "basic",
        "content": "text",
        "sub_title": "under",
        "config": {"badge": {"addNum": 2}},
        "apns": {"title": "apple", "threadId": "g1", "badge": 7, "collapseId": "c1", "sound": "bell"},
        "fcm": {"notification": {"title": "google", "body": "body", "androidChannelId": "ch"}},
        "huawei": {"content": "huawei"},
    }
    agora.ok("POST", "/push/task", {"pushMessage": message})
    assert agora.texts("amelie-fcm") == ("google", "body")
    assert agora.got("amelie-fcm")["notification"]["channel"] == "ch"
    assert agora.got("amelie-fcm")["notification"]["badge"] == 2
    assert agora.texts("456-hw") == ("basic", "huawei")
    assert agora.texts("omar-honor") == ("basic", "text")
    apple = agora.got("123-ios")
    assert apple["reason"] == "Subtitle: under"
    shown = apple["notification"]
    assert (shown["title"], shown["text"], shown["group"], shown["badge"]) == ("apple", "text", "g1", 7)
    assert (shown["collapse"], shown["sound"]) == ("c1", "bell")


def test_badges_add_up(agora: AgoraClient) -> None:
    changes: list[tuple[dict[str, int], int | None]] = [
        ({"addNum": 2}, 2),
        ({"addNum": 3}, 5),
        ({"setNum": 1}, 1),
        ({"addNum": 1}, 2),
        ({}, None),
        ({"addNum": -9}, 0),
        ({"setNum": 2147483647}, 2147483647),
        ({"addNum": 2147483647}, 2147483647),
        ({"setNum": 0}, 0),
    ]
    for change, badge in changes:
        push(agora, "amelie", pushMessage={"config": {"badge": change}})
        assert agora.got("amelie-fcm")["notification"]["badge"] == badge


def test_what_is_shown_when_nothing_is_given(agora: AgoraClient) -> None:
    push(agora, "amelie", pushMessage={})
    assert agora.texts("amelie-fcm") == ("You have a message", "Check the message")


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("title", "x" * 32, "x" * 33),
        ("subTitle", "x" * 10, "x" * 11),
        ("sub_title", "x" * 10, "x" * 11),
        ("content", "x" * 100, "x" * 101),
        ("ext", {str(key): 1 for key in range(10)}, {str(key): 1 for key in range(11)}),
        ("ext", {"k": "x" * 1000}, {"k": "x" * 1024}),
        ("apns", {}, "text"),
        ("config.badge.addNum", {"badge": {"addNum": 2147483647}}, {"badge": {"addNum": 2147483648}}),
        ("config.badge.setNum", {"badge": {"setNum": -2147483647}}, {"badge": {"setNum": -2147483648}}),
        ("config.badge.setNum", {"badge": {"setNum": "1"}}, {"badge": {"setNum": True}}),
    ],
)
def test_how_large_a_message_may_be(agora: AgoraClient, field: str, good: Any, bad: Any) -> None:
    name = field.partition(".")[0]
    push(agora, "amelie", pushMessage={name: good})
    agora.sandbox.advance(2)
    said = agora.error("POST", "/push/sync/amelie", {"pushMessage": {name: bad}})
    assert said == (400, "bad_request", f"pushMessage.{field} is invalid")
    assert agora.sandbox.accepted() == 1


def test_chinese_letters_may_count_double(agora: AgoraClient) -> None:
    message = {"pushMessage": {"title": "消" * 17}}
    push(agora, "amelie", **message)
    agora.sandbox.settings(agora__wide_letters_count_double=True)
    agora.sandbox.advance(2)
    assert agora.error("POST", "/push/sync/amelie", message)[2] == "pushMessage.title is invalid"


def test_modes_may_leave_pushes_alone(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__modes_hold_pushes=False)
    push(agora, "minjun")
    assert agora.texts("minjun-oppo") == ("News", "Hello")


def test_an_answer_that_is_lost_was_accepted_all_the_same(agora: AgoraClient) -> None:
    agora.sandbox.fault("answer-lost", path="/push/*")
    with pytest.raises(ConnectionError):
        agora.call("POST", "/push/task", PUSH)
    assert agora.sandbox.accepted() == 1
