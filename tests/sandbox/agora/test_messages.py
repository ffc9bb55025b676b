"""Chat messages: what their notifications show, and whether anything does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.agora.client import GROUP, AgoraClient

TITLE = "You have a new message"


def create(agora: AgoraClient, name: str, title: str, text: str) -> None:
    agora.ok("POST", "/notification/template", {"name": name, "title_pattern": title, "content_pattern": text})


def style(agora: AgoraClient, user: str, value: int) -> None:
    agora.ok("PUT", f"/users/{user}", {"notification_display_style": value})


def test_a_message_is_accepted(agora: AgoraClient) -> None:
    body = {"from": "amelie", "to": ["yuki", "nobody"], "type": "txt", "body": {"msg": "hi"}}
    said = agora.ok("POST", "/messages/users", body)
    assert set(said["data"]) == {"yuki", "nobody"}
    (sent,) = agora.sandbox.inbox()
    assert (sent["recipients"], sent["unknown_users"]) == (["yuki", "nobody"], ["nobody"])
    assert sent["body"] == body
    assert agora.got("yuki-ios")["message"] == "hi"


@pytest.mark.parametrize(("value", "text"), [(0, "Click to check"), (1, "Amélie Dubois: hi")])
def test_the_receiver_s_style_and_the_sender_s_nickname(agora: AgoraClient, value: int, text: str) -> None:
    style(agora, "yuki", value)
    agora.message("yuki")
    assert agora.texts("yuki-ios") == (TITLE, text)


def test_without_a_nickname_the_id_is_shown(agora: AgoraClient) -> None:
    agora.ok("POST", "/users", {"username": "plain"})
    style(agora, "yuki", 1)
    agora.message("yuki", sender="plain")
    assert agora.texts("yuki-ios") == (TITLE, "plain: hi")


def test_in_a_group_the_group_s_id_is_shown(agora: AgoraClient) -> None:
    style(agora, "yuki", 1)
    body = {"from": "amelie", "to": [GROUP], "type": "txt", "body": {"msg": "hi"}}
    agora.ok("POST", "/messages/chatgroups", body)
    assert agora.texts("yuki-ios") == (TITLE, f"{GROUP}: hi")
    assert "amelie" not in agora.sandbox.inbox()[0]["recipients"]
    assert agora.error("POST", "/messages/chatgroups", {**body, "to": ["77"]})[0] == 404


def test_who_is_in_two_groups_gets_the_message_in_both(agora: AgoraClient) -> None:
    snapshot = agora.sandbox.control("GET", "/snapshot")
    snapshot["agora"]["groups"]["77"] = ["yuki", "amelie", "omar"]
    agora.sandbox.control("POST", "/snapshot", snapshot)
    body = {"from": "amelie", "to": [GROUP, "77"], "type": "txt", "body": {"msg": "hi"}}
    ids = agora.ok("POST", "/messages/chatgroups", body)["data"]
    (sent,) = agora.sandbox.inbox()
    got = [item["push_id"] for item in sent["deliveries"] if item["handset"]["id"] == "yuki-ios"]
    assert got == [ids[GROUP], ids["77"]]
    assert sent["recipients"].count("yuki") == 1
    assert "amelie" not in sent["recipients"]


def test_the_wording_of_style_0(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__style_text="Please click to view")
    agora.message("yuki")
    assert agora.texts("yuki-ios") == (TITLE, "Please click to view")


def test_what_counts_more_from_weak_to_strong(agora: AgoraClient) -> None:
    create(agora, "default", "default", "{$fromNickname} {$msg}")
    agora.message("yuki")
    assert agora.texts("yuki-ios") == ("default", "Amélie Dubois hi")
    said = {"em_apns_ext": {"em_push_title": "ext", "em_push_content": "text"}}
    agora.message("yuki", ext=said)
    assert agora.texts("yuki-ios") == ("ext", "text")
    create(agora, "receiver", "receiver", "r")
    agora.ok("PUT", "/users/yuki/notification/template", {"templateName": "receiver"})
    agora.message("yuki", ext=said)
    assert agora.texts("yuki-ios") == ("receiver", "r")
    create(agora, "sender", "{0}", "{0}{1}{2}")
    named = {**said, "em_push_template": {"name": "sender", "title_args": ["t"], "content_args": ["a", "b"]}}
    agora.message("yuki", ext=named)
    assert agora.texts("yuki-ios") == ("t", "ab{2}")
    agora.sandbox.settings(agora__lacking_arguments_stay=False)
    agora.message("yuki", ext=named)
    assert agora.texts("yuki-ios") == ("t", "ab")
    agora.sandbox.settings(agora__receiver_templates_count=False)
    agora.message("yuki", ext=said)
    assert agora.texts("yuki-ios") == ("ext", "text")


def test_a_template_for_some_receivers_only(agora: AgoraClient) -> None:
    create(agora, "all", "all", "{0}")
    create(agora, "some", "some", "{0}")
    directed = {"target": ["yuki"], "name": "some", "content_args": ["you"]}
    ext = {"em_push_template": {"name": "all", "content_args": ["they"], "directed_template": directed}}
    agora.message("yuki", "omar", ext=ext)
    assert (agora.texts("yuki-ios"), agora.texts("omar-honor")) == (("some", "you"), ("all", "they"))


def test_a_template_that_does_not_exist(agora: AgoraClient) -> None:
    agora.message("yuki", ext={"em_push_template": {"name": "gone"}})
    assert agora.texts("yuki-ios") == (TITLE, "Click to check")
    assert "no template “gone”" in agora.got("yuki-ios")["reason"]


def test_templates_by_style(agora: AgoraClient) -> None:
    create(agora, "default", "0", "x")
    create(agora, "detail", "1", "x")
    style(agora, "yuki", 1)
    agora.message("yuki")
    assert agora.texts("yuki-ios") == ("0", "x")
    agora.sandbox.settings(agora__templates_by_style=True)
    agora.message("yuki", "tunde", "123")
    assert agora.texts("yuki-ios") == ("1", "x")


def test_a_translation_goes_to_who_reads_it(agora: AgoraClient) -> None:
    body = {"msg": "hi", "translations": {"ja": "やあ"}}
    style(agora, "yuki", 1)
    agora.ok("POST", "/messages/users", {"from": "a", "to": ["yuki", "amelie"], "type": "txt", "body": body})
    assert (agora.texts("yuki-ios")[1], agora.texts("amelie-fcm")[1]) == ("testuser: やあ", "testuser: hi")
    assert agora.got("yuki-ios")["message"] == "hi"
    agora.sandbox.settings(agora__translation_open=False)
    agora.ok("POST", "/messages/users", {"from": "a", "to": ["yuki"], "type": "txt", "body": body})
    assert agora.texts("yuki-ios")[1] == "testuser: hi"


def test_who_is_online_reads_it_in_the_app(agora: AgoraClient) -> None:
    agora.message("dora")
    for handset in ("dora-ios", "dora-web"):
        assert agora.reason(handset).startswith("Online")
        assert agora.got(handset)["message"] == "hi"


APP = "/users/yuki/notification/user/yuki"
PEER = "/users/yuki/notification/user/amelie"
IN_GROUP = f"/users/yuki/notification/chatgroup/{GROUP}"

MODES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], str]] = [
    ({}, {}, {}, ""),
    ({"type": "NONE"}, {}, {}, "the mode for the app is NONE"),
    ({"type": "NONE"}, {"type": "DEFAULT"}, {}, "the mode for the app is NONE"),
    ({"type": "NONE"}, {"type": "ALL"}, {}, ""),
    ({"type": "ALL"}, {"type": "NONE"}, {}, "the mode for user/amelie is NONE"),
    ({"type": "AT"}, {}, {}, "em_at_list does not name"),
    ({"type": "AT"}, {}, {"em_at_list": ["omar"]}, "em_at_list does not name"),
    ({"type": "AT"}, {}, {"em_at_list": ["omar", "yuki"]}, ""),
    ({"type": "AT"}, {}, {"em_at_list": "ALL"}, ""),
    ({"type": "NONE"}, {}, {"em_at_list": "all"}, "NONE"),
    ({"type": "NONE"}, {}, {"em_force_notification": True}, ""),
    ({"type": "NONE"}, {}, {"em_force_notification": "YES"}, ""),
    ({"type": "NONE"}, {}, {"em_force_notification": "true"}, ""),
    ({"type": "NONE"}, {}, {"em_force_notification": "1"}, ""),
    ({"type": "NONE"}, {}, {"em_force_notification": 1}, ""),
    ({"type": "NONE"}, {}, {"em_force_notification": "NO"}, "NONE"),
    ({"type": "NONE"}, {}, {"em_force_notification": False}, "NONE"),
    ({"ignoreDuration": 1000}, {"type": "ALL"}, {}, "quiet for the app until"),
    ({}, {"ignoreDuration": 1000}, {}, "quiet for user/amelie until"),
    ({"ignoreInterval": "11:00-13:00"}, {"type": "ALL"}, {}, "quiet time 11:00-13:00 (UTC), it is 12:00"),
    ({"ignoreInterval": "11:00-13:00"}, {}, {"em_force_notification": True}, ""),
    ({}, {"ignoreInterval": "11:00-13:00"}, {}, ""),
    ({}, {}, {"em_ignore_notification": True}, "em_ignore_notification"),
    ({}, {}, {"em_ignore_notification": True, "em_force_notification": True}, "em_ignore_notification"),
]


@pytest.mark.parametrize(("app", "peer", "ext", "reason"), MODES)
def test_what_a_user_wants_decides(
    agora: AgoraClient, app: dict[str, Any], peer: dict[str, Any], ext: dict[str, Any], reason: str
) -> None:
    agora.ok("PUT", APP, app)
    agora.ok("PUT", PEER, peer)
    agora.message("yuki", ext=ext)
    if reason:
        assert reason in agora.reason("yuki-ios")
    else:
        assert agora.texts("yuki-ios")[0] == TITLE


def test_a_silent_conversation_leaves_others_alone(agora: AgoraClient) -> None:
    agora.ok("PUT", IN_GROUP, {"type": "NONE"})
    agora.message("yuki")
    assert agora.texts("yuki-ios")[0] == TITLE
    body = {"from": "amelie", "to": [GROUP], "type": "txt", "body": {"msg": "hi"}}
    agora.ok("POST", "/messages/chatgroups", body)
    assert f"the mode for chatgroup/{GROUP} is NONE" in agora.reason("yuki-ios")


def test_a_duration_ends_by_itself(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"ignoreDuration": 60_000})
    agora.sandbox.advance(59.9)
    agora.message("yuki")
    assert "until 2026-11-22 12:01 (UTC)" in agora.reason("yuki-ios")
    agora.sandbox.advance(0.1)
    agora.message("yuki")
    assert agora.texts("yuki-ios")[0] == TITLE


@pytest.mark.parametrize(
    ("interval", "time", "quiet"),
    [
        ("21:30-08:00", "21:29:59", False),
        ("21:30-08:00", "21:30:00", True),
        ("21:30-08:00", "23:59:59", True),
        ("21:30-08:00", "00:00:00", True),
        ("21:30-08:00", "07:59:59", True),
        ("21:30-08:00", "08:00:00", False),
        ("8:5-9:30", "08:04:59", False),
        ("8:5-9:30", "08:05:00", True),
        ("8:5-9:30", "09:30:00", False),
        ("00:00-00:00", "12:00:00", True),
        ("", "12:00:00", False),
    ],
)
def test_quiet_time_to_the_minute(agora: AgoraClient, interval: str, time: str, quiet: bool) -> None:
    agora.ok("PUT", APP, {"ignoreInterval": interval})
    agora.sandbox.freeze(f"2026-11-23T{time}Z")
    agora.message("yuki")
    assert (agora.got("yuki-ios")["notification"] is None) is quiet


def test_the_minute_at_which_a_quiet_time_ends_may_be_quiet(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"ignoreInterval": "11:00-12:00"})
    agora.message("yuki")
    assert agora.texts("yuki-ios")
    agora.sandbox.settings(agora__quiet_time_end_included=True)
    agora.message("yuki")
    assert "quiet time 11:00-12:00 (UTC), it is 12:00" in agora.reason("yuki-ios")
    agora.sandbox.advance(60)
    agora.message("yuki")
    assert agora.texts("yuki-ios")


def test_quiet_time_is_the_server_s(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"ignoreInterval": "19:00-21:00"})
    agora.message("yuki")
    assert agora.texts("yuki-ios")
    agora.sandbox.settings(agora__server_zone="Asia/Shanghai")
    agora.message("yuki")
    assert "(Asia/Shanghai), it is 20:00" in agora.reason("yuki-ios")


def test_quiet_time_that_begins_when_it_ends(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"ignoreInterval": "00:00-00:00"})
    agora.sandbox.settings(agora__equal_interval_is_all_day=False)
    agora.message("yuki")
    assert agora.texts("yuki-ios")[0] == TITLE


def test_quiet_hours_of_the_old_kind(agora: AgoraClient) -> None:
    hours: dict[str, Any] = {"notification_no_disturbing_start": 11, "notification_no_disturbing_end": 11}
    agora.ok("PUT", "/users/yuki", {**hours, "notification_no_disturbing": True})
    agora.message("yuki")
    assert "old quiet hours 11:00-11:00" in agora.reason("yuki-ios")
    agora.sandbox.settings(agora__legacy_hours_hold=False)
    agora.message("yuki")
    assert agora.texts("yuki-ios")[0] == TITLE


def test_how_large_a_message_may_be(agora: AgoraClient) -> None:
    body = {"to": ["yuki"], "type": "txt", "body": {"msg": "x"}, "ext": {"k": "x" * 5200}}
    assert agora.error("POST", "/messages/users", body)[2] == "message is too large"
    agora.sandbox.settings(agora__message_limit=40960)
    agora.ok("POST", "/messages/users", body)
