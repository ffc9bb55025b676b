"""Who registers later also gets the broadcasts of the last seven days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.rongcloud.app_server import TEXT, AppServer
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
    before = app.newest.deliveries
    handset = app.register("late")
    assert ("late" in app.newest.recipients) is filled
    assert app.state.inbox.recipients["late"] == int(filled)
    if filled:
        late = app.deliveries[handset]
        assert (late.notification, late.message) == (None, "hi")
        assert late.reason.startswith("Registered after the broadcast")
        assert app.newest.deliveries[:-1] == before
    assert app.state.inbox.accepted.total() == 1


@pytest.mark.parametrize(("days", "filled"), [(6, True), (7, True), (8, False)])
def test_seven_days(days: int, filled: bool) -> None:
    app = AppServer()
    app("/message/broadcast.json", BROADCAST)
    app.state.clock.advance(timedelta(days=days))
    app.register("late")
    assert ("late" in app.newest.recipients) is filled


def test_it_can_be_off_and_registering_again_brings_nothing() -> None:
    app = AppServer(state_at(rongcloud__back_fill=False))
    app("/message/broadcast.json", BROADCAST)
    app.register("late")
    assert "late" not in app.newest.recipients
    on = AppServer()
    on("/message/broadcast.json", BROADCAST)
    on.register("123")
    on.register("late")
    on.register("late")
    assert on.state.inbox.recipients["late"] == 1
    assert len([user for user in on.newest.recipients if user == "123"]) == 1
