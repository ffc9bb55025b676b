from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from pushtui.domain.handset import Delivery
from pushtui.domain.json_body import JsonObject
from pushtui.sandbox.world import LITE, PEOPLE
from tests.sandbox.rongcloud.app_server import AppServer
from tests.sandbox.states import NOON, state_at

MESSAGE: JsonObject = {
    "fromuserid": "fromuseId1",
    "message": {"objectName": "RC:TxtMsg", "content": '{"content":"hi"}'},
}


def push(platform: list[Any] | None = None, **audience: Any) -> JsonObject:
    return {
        "platform": platform or ["ios", "android"],
        "audience": {"is_to_all": False, **audience},
        "notification": {"alert": "text"},
    }


def pushed(body: JsonObject, at: datetime = NOON, **settings: Any) -> AppServer:
    app = AppServer(state_at(at, **{f"rongcloud__{name}": value for name, value in settings.items()}))
    app("/push.json", body)
    return app


def names(body: JsonObject) -> set[str]:
    return {delivery.user for delivery in pushed(body).newest.deliveries}


def deliver(body: JsonObject, at: datetime = NOON, **settings: Any) -> dict[str, Delivery]:
    return pushed(body, at, **settings).deliveries


def reason(body: JsonObject, handset: str, at: datetime = NOON, **settings: Any) -> str:
    delivery = deliver(body, at, **settings)[handset]
    assert delivery.notification is None
    return delivery.reason


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ({"tag": ["女", "年轻"]}, {"123", "456", "zoe", "mei"}),
        ({"tag_or": ["北京", "上海"]}, {"123", "456", "chen", "mei"}),
        ({"tag": ["女", "年轻"], "tag_or": ["北京", "上海"]}, {"123", "456", "mei"}),
        ({"tag": ["vip", "nobody has this"]}, set()),
        ({"userid": ["123", "nobody"], "tag": ["beta"]}, {"123"}),
        ({"tag": [], "tag_or": [], "userid": ["456"]}, {"456"}),
    ],
)
def test_who_is_named(audience: dict[str, Any], expected: set[str]) -> None:
    assert names(push(**audience)) == expected


def test_everybody_beats_everything() -> None:
    body = push(is_to_all=True, userid=["123"], tag=["vip"], packageName=LITE)
    assert names(body) == {user.id for user in PEOPLE}
    assert deliver(body)["123-ios"].notification is not None
    assert pushed(body).newest.unknown_users == ()


def test_unknown_users_are_told() -> None:
    send = pushed(push(userid=["123", "zz", "aa", "123"])).newest
    assert send.unknown_users == ("aa", "zz")
    assert send.recipients == ("123", "zz", "aa")
    assert len(send.deliveries) == 1, "somebody named twice gets it once"


def test_platform_narrows_tags_but_not_user_ids() -> None:
    by_tag = push(tag=["vip"], platform=["ios"])
    assert "platform names ios, not android" in reason(by_tag, "omar-honor")
    by_id = push(userid=["omar"], platform=["ios"])
    assert deliver(by_id)["omar-honor"].notification is not None


def test_harmony_is_always_addressed_unless_the_setting_says_otherwise() -> None:
    body = push(tag=["男"], platform=["ios"])
    assert deliver(body)["chen-harmonyos"].notification is not None
    assert "not android" in reason(body, "chen-harmonyos", harmony_follows_android=True)


def test_package_name_narrows_tags_but_not_user_ids() -> None:
    body = push(tag=["女"], packageName=LITE)
    shown = deliver(body)
    assert {key for key, item in shown.items() if item.notification} == {"zoe-hw", "mei-mi"}
    assert "packageName" in shown["zoe-ios"].reason
    assert deliver(push(userid=["123"], packageName=LITE))["123-ios"].notification is not None


def test_web_gets_messages_only() -> None:
    assert "messages only" in reason(push(userid=["dora"]), "dora-web")
    assert "Online" in reason({**push(userid=["dora"]), **MESSAGE}, "dora-web")


def test_online_users_see_a_message_in_the_app_but_a_push_only_as_notification() -> None:
    assert "Online" in reason({**push(userid=["dora"]), **MESSAGE}, "dora-ios")
    assert deliver(push(userid=["dora"]))["dora-ios"].notification is not None


def test_only_the_last_thirty_days_count() -> None:
    body = push(userid=["lucas", "123"])
    assert "last connected 45 days ago" in reason(body, "lucas-fcm")
    assert deliver(body, active_days=60)["lucas-fcm"].notification is not None
    assert "Not reached" in reason(body, "123-ios", NOON + timedelta(days=31))


def test_a_user_without_token_has_no_device() -> None:
    assert reason(push(userid=["guest-7"]), "guest-7-ios").startswith("P23")


def test_a_token_and_a_connection_are_both_needed() -> None:
    app = AppServer()
    guest = app.state.people["guest-7"]
    app.state.people["guest-7"] = replace(guest, connected=True)
    assert app.text_to("guest-7")["guest-7-ios"].reason.startswith("P23")
    app.register("guest-7")
    assert app.text_to("guest-7")["guest-7-ios"].notification is not None
    app.state.people["guest-7"] = guest
    assert app.text_to("guest-7")["guest-7-ios"].reason.startswith("P23")


def test_a_handset_without_push_token() -> None:
    assert reason(push(userid=["tunde"]), "tunde-fcm").startswith("A4")


def test_quiet_hours_follow_the_wall_clock_of_the_data_centre() -> None:
    body, night = push(userid=["priya"]), NOON.replace(hour=23)
    assert reason(body, "priya-mi", night).startswith("P17: quiet hours 22:00–07:00")
    assert deliver(body)["priya-mi"].notification is not None
    assert deliver(body, night, quiet_hours_zone="Asia/Shanghai")["priya-mi"].notification is not None


def test_title_is_the_senders_name_if_the_sender_has_a_token() -> None:
    def title(sender: str) -> str:
        shown = deliver({**push(userid=["123"]), **MESSAGE, "fromuserid": sender})["123-ios"].notification
        assert shown is not None
        return shown.title

    assert title("fromuseId1") == "News desk"
    assert title("guest-7") == title("nobody") == "Demo"


def test_hidden_details_are_explained() -> None:
    delivery = deliver(push(userid=["yuki"]))["yuki-ios"]
    assert delivery.notification is not None
    assert delivery.notification.text == "You have a new message"
    assert "forceShowPushContent" in delivery.reason


def test_a_later_push_with_the_same_collapse_id_replaces_the_earlier() -> None:
    same: JsonObject = {**push(userid=["123", "456"]), "notification": {"alert": "x", "ios": {"apns-collapse-id": "s"}}}
    other: JsonObject = {**push(userid=["123"]), "notification": {"alert": "x", "ios": {"apns-collapse-id": "o"}}}
    app = AppServer()
    ids = [app("/push.json", body)["id"] for body in (same, other, same, same)]
    reasons = {item.id: [delivery.reason for delivery in item.deliveries] for item in app.state.inbox.sends}
    assert reasons[ids[3]] == ["", ""]
    assert reasons[ids[2]][0].startswith(f"Replaced by push {ids[3]}")
    assert reasons[ids[0]][0].startswith(f"Replaced by push {ids[2]}")
    assert reasons[ids[0]][1] == ""
    assert reasons[ids[1]] == [""]


def test_the_inbox_counts_what_was_accepted_received_and_shown() -> None:
    app = AppServer()
    ids = [app("/push.json", push(userid=users))["id"] for users in (["123", "tunde"], ["123"])]
    inbox = app.state.inbox
    assert (inbox.accepted.total(), dict(inbox.recipients), dict(inbox.shown)) == (
        2,
        {"123": 2, "tunde": 1},
        {"123": 2},
    )
    assert [item.id for item in inbox.sends] == ids[::-1]
    assert inbox.find(ids[0]) is inbox.sends[1]
    assert inbox.find("zz") is None


def test_web_clients_have_no_package() -> None:
    body = {**push(tag=["vip"], packageName="com.example.demo"), **MESSAGE}
    assert reason(body, "dora-web").startswith("Not addressed: packageName is com.example.demo")
    everybody = {**push(is_to_all=True, packageName="com.example.demo"), **MESSAGE}
    assert reason(everybody, "dora-web").startswith("Online")


def test_web_clients_get_messages_whatever_platforms_are_named() -> None:
    assert reason({**push(tag=["vip"], platform=["android"]), **MESSAGE}, "dora-web").startswith("Online")


def test_platform_narrows_everybody_even_with_user_ids() -> None:
    body = push(is_to_all=True, userid=["omar"], platform=["ios"])
    assert "platform names ios, not android" in reason(body, "omar-honor")


def test_a_forced_text_needs_no_explanation() -> None:
    body: JsonObject = {**push(userid=["yuki"]), "notification": {"alert": "text", "forceShowPushContent": 1}}
    delivery = deliver(body)["yuki-ios"]
    assert delivery.notification is not None
    assert (delivery.notification.text, delivery.reason) == ("text", "")
