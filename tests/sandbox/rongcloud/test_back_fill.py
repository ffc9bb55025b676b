"""Who registers later also gets the broadcasts of the last seven days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pushtui.domain.handset import Platform
from pushtui.sandbox.inbox import KEPT_SENDS
from pushtui.sandbox.rongcloud.data import KEPT_BROADCASTS
from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import TEXT, AppServer, post
from tests.sandbox.states import state_at

MESSAGE = {"objectName": "RC:TxtMsg", "content": TEXT}
BROADCAST = {"fromUserId": "fromuseId1", **MESSAGE}


def push(*, to_all: bool, message: bool) -> dict[str, Any]:
    body: dict[str, Any] = {
        "platform": ["ios", "android"],
        "audience": {"is_to_all": to_all, "tag": ["vip"]},
        "notification": {"alert": "x"},
    }
    return {**body, "fromuserid": "fromuseId1", "message": MESSAGE} if message else body


@pytest.mark.parametrize(
    ("path", "body", "filled"),
    [
        ("/message/broadcast.json", BROADCAST, True),
        ("/push.json", push(to_all=True, message=True), True),
        ("/push.json", push(to_all=True, message=False), False),
        ("/push.json", push(to_all=False, message=True), False),
        ("/message/system/publish.json", {**BROADCAST, "toUserId": ["123"]}, False),
    ],
)
def test_only_messages_to_everybody_are_filled_in(path: str, body: Any, filled: bool) -> None:
    app = AppServer()
    app(path, body)
    before = app.newest
    handset = app.register("late")
    inbox = app.state.inbox
    assert inbox.recipients["late"] == int(filled)
    assert (inbox.accepted.total(), inbox.sequence) == (1, 1 + filled)
    assert inbox.sends[-1] == before
    if filled:
        assert (app.newest.recipients, app.newest.message_uid) == (("late",), before.message_uid)
        assert inbox.find(before.message_uid) == before
        assert inbox.find(app.newest.id) == app.newest != before
        late = app.deliveries[handset]
        assert (late.push_id, late.notification, late.message) == (before.message_uid, None, "hi")
        assert late.reason.startswith("Registered after the broadcast")


@pytest.mark.parametrize(("days", "seconds", "filled"), [(6, 0, True), (7, 0, True), (7, 1, False), (8, 0, False)])
def test_seven_days(days: int, seconds: int, filled: bool) -> None:
    app = AppServer()
    app("/message/broadcast.json", BROADCAST)
    app.state.clock.advance(timedelta(days=days, seconds=seconds))
    app.register("late")
    assert app.state.inbox.recipients["late"] == int(filled)


def test_it_can_be_off_and_registering_again_brings_nothing() -> None:
    app = AppServer(state_at(rongcloud__back_fill=False))
    app("/message/broadcast.json", BROADCAST)
    app.register("late")
    assert "late" not in app.state.inbox.recipients
    on = AppServer()
    on("/message/broadcast.json", BROADCAST)
    on.register("123")
    on.register("late")
    on.register("late")
    assert on.state.inbox.recipients["late"] == on.state.inbox.recipients["123"] == 1


def test_a_full_inbox_forgets_no_broadcast() -> None:
    app = AppServer()
    app("/message/broadcast.json", BROADCAST)
    for _ in range(KEPT_SENDS):
        app("/push/user.json", {"userIds": ["123"], "notification": {"pushContent": "x"}})
    assert app.state.inbox.sends[-1].path == "/push/user.json"
    assert app.register("late") in app.deliveries


def test_old_broadcasts_are_forgotten() -> None:
    app = AppServer()
    app("/message/broadcast.json", BROADCAST)
    app.state.clock.advance(timedelta(days=8))
    app("/message/broadcast.json", BROADCAST)
    assert [item.uid for item in app.state.rongcloud.broadcasts] == [app.newest.message_uid]
    for _ in range(KEPT_BROADCASTS):
        app("/message/broadcast.json", BROADCAST)
    assert len(app.state.rongcloud.broadcasts) == KEPT_BROADCASTS


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/message/broadcast.json", {**BROADCAST, "os": "Android"}),
        ("/push.json", {**push(to_all=True, message=True), "platform": ["android"]}),
    ],
)
def test_what_was_for_one_system_stays_for_it(path: str, body: Any) -> None:
    app = AppServer()
    app(path, body)
    reached = {}
    for number in range(12):
        handset = app.register(f"late{number}")
        delivery = app.deliveries[handset]
        reached[delivery.handset.platform] = bool(delivery.message)
        assert delivery.reason.startswith("Registered after" if delivery.message else "Not addressed")
    assert (reached[Platform.IOS], reached[Platform.ANDROID]) == (False, True)


def test_types_that_are_not_stored_wait_for_nobody() -> None:
    app = AppServer()
    app("/message/broadcast.json", {**BROADCAST, "objectName": "RC:CmdMsg"})
    app.register("late")
    assert app.state.inbox.recipients["late"] == 0


def test_what_came_late_is_news(sandbox: SandboxClient) -> None:
    post(sandbox, "/message/broadcast.json", BROADCAST)
    seen = sandbox.control("GET", "/inbox")["sequence"]
    post(sandbox, "/user/getToken.json", {"userId": "late", "name": "Late"})
    page = sandbox.control("GET", f"/inbox?after={seen}")
    assert [item["recipients"] for item in page["pushes"]] == [["late"]]
    assert page["sequence"] == seen + 1
    assert sandbox.accepted() == 1
