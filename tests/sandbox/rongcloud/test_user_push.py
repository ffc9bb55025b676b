"""`/push/user.json`: a notification without a message."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import AppServer, post
from tests.sandbox.states import NOON, state_at

PUSH: dict[str, Any] = {"userIds": ["123", "dora", "nobody", "123"], "notification": {"title": "T", "pushContent": "x"}}


def test_it_answers_with_a_code_alone_unless_the_setting_says_otherwise(sandbox: SandboxClient) -> None:
    assert post(sandbox, "/push/user.json", PUSH).json == {"code": 200}
    sandbox.settings(rongcloud__user_push_tells_id=True)
    said = post(sandbox, "/push/user.json", PUSH).json
    assert list(said) == ["code", "id"]
    assert said["id"] == sandbox.inbox()[0]["id"]


def test_a_doubled_slash_is_forgiven(sandbox: SandboxClient) -> None:
    assert post(sandbox, "//push/user.json", b'{"userIds":["123"],"notification":{"pushContent":"x"}}').code == 200
    assert sandbox.inbox()[0]["path"] == "/push/user.json"


def test_it_shows_also_while_the_app_is_open() -> None:
    app = AppServer()
    app("/push/user.json", PUSH)
    shown = {name: item.notification and item.notification.text for name, item in app.deliveries.items()}
    assert shown == {"123-ios": "x", "dora-ios": "x", "dora-web": None}
    assert {item.message for item in app.deliveries.values()} == {""}
    assert (app.newest.recipients, app.newest.unknown_users) == (("123", "dora", "nobody"), ("nobody",))
    assert app.newest.message_uid == ""
    assert len(app.newest.deliveries) == 3, "somebody named twice gets it once"


def test_vendor_parts_are_in_small_letters() -> None:
    app = AppServer()
    app(
        "/push/user.json",
        {"userIds": ["456"], "notification": {"pushContent": "x", "android": {"hw": {"channelId": "c"}}}},
    )
    shown = app.deliveries["456-hw"].notification
    assert shown is not None
    assert (shown.title, shown.channel) == ("Demo", "c")


def test_quiet_hours_hold_but_conversations_do_not_matter() -> None:
    app = AppServer(state_at(NOON.replace(hour=23)))
    app("/conversation/type/notification/set.json", {"conversationType": 6, "requestId": "123", "unpushLevel": 5})
    app("/push/user.json", {**PUSH, "userIds": ["123", "priya"]})
    assert app.deliveries["123-ios"].notification is not None
    assert app.deliveries["priya-mi"].reason.startswith("P17")


def test_somebody_long_away_is_still_reached() -> None:
    app = AppServer()
    app("/push/user.json", {**PUSH, "userIds": ["lucas"]})
    assert app.deliveries["lucas-fcm"].notification is not None


@pytest.mark.parametrize(("second", "code"), [(40, 200), (41, 1008)])
def test_the_rate_counts_users_and_is_its_own(sandbox: SandboxClient, second: int, code: int) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    users = [f"u{i}" for i in range(60)]
    message = {"fromUserId": "1", "toUserId": users, "objectName": "RC:TxtMsg", "content": "{}"}
    assert post(sandbox, "/message/system/publish.json", message).code == 200
    assert post(sandbox, "/push/user.json", {**PUSH, "userIds": users}).code == 200
    assert post(sandbox, "/push/user.json", {**PUSH, "userIds": users[:second]}).code == code
