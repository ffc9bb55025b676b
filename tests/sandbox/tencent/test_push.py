"""What becomes of an accepted push: who it reaches, what each handset got, and why not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.tencent.client import ALL, TEXT, TencentClient

SILENCE = "/v4/im_msg_db_logic/admin_set_do_not_disturb"
PUSH = f"{ALL}im_push"
NOON = 1795320000
"""2026-11-22T04:00:00Z, noon in Beijing."""
EVERYBODY = 16


@pytest.mark.parametrize(
    ("condition", "reached"),
    [
        ({"TagsOr": ["北京"]}, {"123", "mei"}),
        ({"TagsOr": ["北京", "上海"]}, {"123", "mei", "456", "chen"}),
        ({"TagsAnd": ["女", "vip"]}, {"123", "dora"}),
        ({"TagsOr": ["北京", "上海"], "TagsAnd": ["女"]}, {"123", "mei", "456"}),
        ({"AttrsOr": {"city": "Shanghai", "country": "Japan"}}, {"456", "chen", "yuki"}),
        ({"AttrsAnd": {"city": "Shanghai", "sex": "male"}}, {"chen"}),
        ({"AttrsOr": {"country": "China"}, "AttrsAnd": {"sex": "male"}}, {"chen"}),
        ({"TagsOr": ["nobody has this"]}, set()),
    ],
)
def test_conditions(tencent: TencentClient, condition: dict[str, Any], reached: set[str]) -> None:
    assert tencent.push(Condition=condition)["ErrorCode"] == 0
    assert set(tencent.reached()) == reached


@pytest.mark.parametrize("condition", [{}, {"Condition": None}, {"Condition": {}}, {"Condition": {"TagsOr": []}}])
def test_no_condition_is_everybody(tencent: TencentClient, condition: dict[str, Any]) -> None:
    tencent.push(**condition)
    assert len(tencent.reached()) == EVERYBODY


@pytest.mark.parametrize(
    ("settings", "condition", "reached"),
    [
        ({}, {"TagsOr": ["北京"], "TagsAnd": ["上海"]}, set()),
        ({"either_list_suffices": True}, {"TagsOr": ["北京"], "TagsAnd": ["上海"]}, {"123", "mei", "456", "chen"}),
        ({}, {"AttrsAnd": {"city": "beijing"}}, set()),
        ({"case_ignored": True}, {"AttrsAnd": {"city": "beijing"}}, {"123", "mei"}),
        ({"case_ignored": True}, {"TagsAnd": ["女", "VIP"]}, {"123", "dora"}),
        ({"unknown_conditions_ignored": True}, {"TagsOr": ["北京"], "TagsNot": ["vip"]}, {"123", "mei"}),
    ],
)
def test_conditions_by_setting(
    tencent: TencentClient, settings: dict[str, Any], condition: dict[str, Any], reached: set[str]
) -> None:
    tencent.sandbox.settings(**{f"tencent__{name}": value for name, value in settings.items()})
    assert tencent.push(Condition=condition)["ErrorCode"] == 0
    assert set(tencent.reached()) == reached


def test_values_count_under_their_new_name(tencent: TencentClient) -> None:
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": {"1": "town"}})
    assert tencent.push(1, Condition={"AttrsAnd": {"city": "Beijing"}})["ErrorCode"] == 90033
    tencent.push(2, Condition={"AttrsAnd": {"town": "Beijing"}})
    assert set(tencent.reached()) == {"123", "mei"}


def test_the_inbox_keeps_the_push(tencent: TencentClient) -> None:
    info = {"Desc": "d", "New": {"a": [1]}, "AndroidInfo": {"Newer": None, "PushStyle": 0}, "ApnsInfo": None}
    task = tencent.push(7, From_Account="123", SomethingNew=1, OfflinePushInfo=info)["TaskId"]
    [kept] = tencent.sandbox.inbox()
    assert (kept["cloud"], kept["path"], kept["id"]) == ("tencent", PUSH, task)
    assert kept["body"] == {
        "MsgRandom": 7,
        "MsgLifeTime": 86400,
        "MsgBody": TEXT,
        "From_Account": "123",
        "SomethingNew": 1,
        "OfflinePushInfo": info,
    }


def test_the_message_arrives_online_and_waits_for_the_others(tencent: TencentClient) -> None:
    tencent.push()
    for handset in ("dora-ios", "dora-web"):
        assert (tencent.got(handset)["notification"], tencent.got(handset)["message"]) == (None, "hi, beauty")
    shown = tencent.got("123-ios")
    assert (shown["notification"]["title"], shown["notification"]["text"]) == (tencent.admin, "hi, beauty")
    assert shown["message"] == "hi, beauty"


def test_the_senders_nickname_is_the_title(tencent: TencentClient) -> None:
    tencent.push(From_Account="amelie")
    assert tencent.got("123-ios")["notification"]["title"] == "Amélie Dubois"
    tencent.sandbox.settings(tencent__admin_is_sender=False)
    tencent.push(2, From_Account="amelie")
    assert tencent.got("123-ios")["notification"]["title"] == "Amélie Dubois"
    tencent.push(3)
    assert tencent.got("123-ios")["notification"]["title"] == ""


@pytest.mark.parametrize(
    ("handset", "words"),
    [
        ("lucas-fcm", "Offline: the last login was 45 days ago"),
        ("tunde-fcm", "No push token"),
        ("guest-7-ios", "Never logged in"),
        ("minjun-oppo", "Tag_Profile_IM_MsgSettings"),
    ],
)
def test_why_nothing_is_shown(tencent: TencentClient, handset: str, words: str) -> None:
    tencent.push()
    assert tencent.got(handset)["notification"] is None
    assert words in tencent.got(handset)["reason"]


@pytest.mark.parametrize("lifetime", [{"MsgLifeTime": 0}, {"MsgLifeTime": None}])
def test_without_lifetime_only_those_online_get_it(tencent: TencentClient, lifetime: dict[str, Any]) -> None:
    tencent.push(1, **lifetime)
    assert tencent.got("dora-ios")["message"] == "hi, beauty"
    assert (tencent.got("123-ios")["notification"], tencent.got("123-ios")["message"]) == (None, "")
    assert "MsgLifeTime is 0" in tencent.got("123-ios")["reason"]
    tencent.sandbox.settings(tencent__no_lifetime_pushes=True)
    tencent.push(2, **lifetime)
    assert tencent.got("123-ios")["notification"]["text"] == "hi, beauty"


def test_push_flag_and_custom_parts_leave_the_message(tencent: TencentClient) -> None:
    tencent.push(1, OfflinePushInfo={"PushFlag": 1})
    assert tencent.got("123-ios")["reason"] == (
        "PushFlag is 1: no offline push. The message waits 86,400 s for the next login."
    )
    tencent.push(2, MsgBody=[{"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}"}}])
    assert (tencent.got("123-ios")["notification"], tencent.got("123-ios")["message"]) == (None, "{}")
    assert tencent.got("123-ios")["reason"].startswith("No text")


def test_vendors_get_what_is_theirs(tencent: TencentClient) -> None:
    info = {"Title": "T", "Desc": "D", "AndroidInfo": {"HuaWeiChannelID": "h", "GoogleChannelID": "g"}}
    tencent.push(OfflinePushInfo={**info, "ApnsInfo": {"Title": "iOS"}})
    shown = {name: item["notification"] for name, item in tencent.sandbox.deliveries().items() if item["notification"]}
    assert (shown["456-hw"]["channel"], shown["amelie-fcm"]["channel"], shown["olena-vivo"]["channel"]) == (
        "h",
        "g",
        "",
    )
    assert {name: item["title"] for name, item in shown.items() if item["title"] != "T"} == dict.fromkeys(
        ("123-ios", "yuki-ios", "zoe-ios"), "iOS"
    )
    assert {item["text"] for item in shown.values()} == {"D"}


@pytest.mark.parametrize(("number", "message"), [(0, "hi, beauty"), (1, ""), (2, "hi, beauty"), (3, "")])
@pytest.mark.parametrize("user", ["dora", "123"])
def test_bit_0_of_the_message_settings(tencent: TencentClient, user: str, number: int, message: str) -> None:
    item = {"Tag": "Tag_Profile_IM_MsgSettings", "Value": number}
    tencent.ok("/v4/profile/portrait_set", {"From_Account": user, "ProfileItem": [item]})
    tencent.push()
    assert tencent.got(f"{user}-ios")["message"] == message


def test_the_sound_of_a_custom_part_reaches_ios(tencent: TencentClient) -> None:
    parts = [*TEXT, {"MsgType": "TIMCustomElem", "MsgContent": {"Desc": "d", "Sound": "bell.caf"}}]
    tencent.push(1, MsgBody=parts)
    assert tencent.got("123-ios")["notification"]["sound"] == "active, bell.caf"
    tencent.push(2, MsgBody=parts, OfflinePushInfo={"ApnsInfo": {"Sound": "gong.caf"}})
    assert tencent.got("123-ios")["notification"]["sound"] == "active, gong.caf"


def silence(tencent: TencentClient, user: str, start: int, end: int, *, daily: bool) -> None:
    window = {"StartTime": start, "EndTime": end, "IsRepeated": int(daily), "Level": 1}
    tencent.ok(SILENCE, {"To_Account": user, **window})


@pytest.mark.parametrize("handset", ["123-ios", "dora-ios"])
def test_do_not_disturb_once(tencent: TencentClient, handset: str) -> None:
    silence(tencent, handset.partition("-")[0], NOON, NOON + 3600, daily=False)
    tencent.push(1)
    assert (tencent.got(handset)["notification"], tencent.got(handset)["message"]) == (None, "")
    assert "do-not-disturb" in tencent.got(handset)["reason"]
    tencent.sandbox.advance(3600)
    tencent.push(2)
    assert tencent.got(handset)["message"] == "hi, beauty"


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [(NOON, NOON + 1, True), (NOON + 1, NOON + 9, False), (NOON - 9, NOON, False), (NOON + 9, NOON - 9, False)],
)
@pytest.mark.parametrize("time", ["04:00:00", "04:00:00.5"])
def test_do_not_disturb_to_the_second(tencent: TencentClient, start: int, end: int, quiet: bool, time: str) -> None:
    silence(tencent, "dora", start, end, daily=False)
    tencent.sandbox.freeze(f"2026-11-22T{time}Z")
    tencent.ok(PUSH, {"MsgRandom": 1, "MsgBody": TEXT})
    assert (tencent.got("dora-ios")["message"] == "") is quiet


@pytest.mark.parametrize(
    ("seconds", "quiet"), [(0, True), (7198, True), (7200, False), (86400 * 5, True), (86400 * 5 + 7200, False)]
)
def test_do_not_disturb_daily(tencent: TencentClient, seconds: int, quiet: bool) -> None:
    silence(tencent, "dora", NOON - 10 * 86400, NOON - 10 * 86400 + 7200, daily=True)
    tencent.sandbox.freeze("2026-11-22T03:59:58.5Z")
    tencent.sandbox.advance(seconds)
    tencent.push()
    assert (tencent.got("dora-ios")["message"] == "") is quiet


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [
        (NOON + 7200, NOON + 7200 + 86400, True),
        (NOON + 7200, NOON + 7200 + 30 * 3600, True),
        (NOON + 7200, NOON + 7200 + 86399, True),
        (NOON, NOON, False),
        (NOON + 7200, NOON + 7199, True),
        (0, 2**32 - 1, True),
    ],
)
def test_long_daily_do_not_disturb(tencent: TencentClient, start: int, end: int, quiet: bool) -> None:
    silence(tencent, "dora", start, end, daily=True)
    tencent.sandbox.settings(limits=False)
    tencent.ok(PUSH, {"MsgRandom": 1, "MsgBody": TEXT})
    assert (tencent.got("dora-ios")["message"] == "") is quiet


def test_numbers_that_are_too_large_lose_no_push(tencent: TencentClient) -> None:
    for number in (2**32, 10**18, 10**400):
        window = {"StartTime": number, "EndTime": number + 1, "IsRepeated": 1, "Level": 1}
        assert tencent.code(SILENCE, {"To_Account": "123", **window}) in (90001, 60003)
    assert tencent.push(1)["ErrorCode"] == 0
    assert tencent.sandbox.accepted() == 1


def test_nights_in_beijing(tencent: TencentClient) -> None:
    """Priya's hours are 22:00 to 07:00 from the beginning."""
    for random, (time, quiet) in enumerate([("13:59:57", False), ("14:00:00", True), ("22:59:57", True)]):
        tencent.sandbox.freeze(f"2026-11-22T{time}Z")
        tencent.push(random)
        assert (tencent.got("priya-mi")["notification"] is None) is quiet


def test_ground_truth(tencent: TencentClient) -> None:
    tencent.push(1, Condition={"TagsOr": ["vip"]})
    tencent.push(2, Condition={"TagsOr": ["北京"]})
    truth = tencent.sandbox.control("GET", "/sends")
    assert truth["recipients"] == {"123": 2, "amelie": 1, "omar": 1, "minjun": 1, "dora": 1, "lucas": 1, "mei": 1}
    assert truth["shown"] == {"123": 2, "amelie": 1, "omar": 1, "mei": 1}
