"""Do-not-disturb: what is set reads back, and which setting wins."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import TEXT, AppServer, post
from tests.sandbox.states import NOON, state_at

ONE = {"conversationType": 6, "requestId": "123", "targetId": "amelie"}
TYPE = {"conversationType": 6, "requestId": "123"}
LEVELS = (-1, 0, 1, 2, 4, 5)


def read(sandbox: SandboxClient, path: str, body: Any) -> Any:
    return post(sandbox, path, body).json


@pytest.mark.parametrize("level", LEVELS)
def test_levels_read_back_under_the_name_is_muted(sandbox: SandboxClient, level: int) -> None:
    assert post(sandbox, "/conversation/notification/set.json", {**ONE, "unpushLevel": level}).json == {"code": 200}
    assert post(sandbox, "/conversation/type/notification/set.json", {**TYPE, "unpushLevel": level}).code == 200
    assert read(sandbox, "/conversation/notification/get.json", ONE) == {"code": 200, "isMuted": level}
    assert read(sandbox, "/conversation/type/notification/get.json", TYPE) == {"code": 200, "isMuted": level}


def test_not_set_is_zero(sandbox: SandboxClient) -> None:
    assert read(sandbox, "/conversation/notification/get.json", ONE)["isMuted"] == 0
    assert read(sandbox, "/conversation/type/notification/get.json", TYPE)["isMuted"] == 0


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"isMuted": "1"}, 1),
        ({"isMuted": "0"}, 0),
        ({"isMuted": "1", "unpushLevel": "5"}, 5),
        ({"unpushLevel": "2"}, 2),
    ],
)
def test_one_of_the_two_is_needed_and_the_level_wins(
    sandbox: SandboxClient, fields: dict[str, str], level: int
) -> None:
    answer = post(sandbox, "/conversation/notification/set.json", ONE)
    assert (answer.code, answer.json["errorMessage"]) == (1002, "ParamError:unpushLevel is required.")
    assert post(sandbox, "/conversation/notification/set.json", {**ONE, **fields}).code == 200
    assert read(sandbox, "/conversation/notification/get.json", ONE)["isMuted"] == level


def test_types_targets_channels_and_owners_are_apart(sandbox: SandboxClient) -> None:
    channel = {"conversationType": 10, "requestId": "123", "targetId": "g", "busChannel": "b"}
    post(sandbox, "/conversation/notification/set.json", {**channel, "unpushLevel": 5})
    for other in (
        {**channel, "busChannel": "c"},
        {**channel, "conversationType": 3},
        {**channel, "targetId": "h"},
        {**channel, "requestId": "456"},
        {key: value for key, value in channel.items() if key != "busChannel"},
    ):
        assert read(sandbox, "/conversation/notification/get.json", other)["isMuted"] == 0
    assert read(sandbox, "/conversation/notification/get.json", channel)["isMuted"] == 5


def expected(conversation: int, kind: int, *, quiet: bool) -> str:
    """Say how the reason begins: quiet hours, then the conversation, then the type."""
    if quiet:
        return "P17: quiet hours"
    if conversation != 0:
        return "" if conversation == -1 else "P19: do-not-disturb of the conversation with amelie"
    return "" if kind in (-1, 0) else "P19: do-not-disturb of all system conversations"


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize(("conversation", "kind"), [*product(LEVELS, LEVELS)])
def test_quiet_hours_beat_the_conversation_and_that_beats_its_type(conversation: int, kind: int, quiet: bool) -> None:
    app = AppServer()
    app("/conversation/notification/set.json", {**ONE, "unpushLevel": conversation})
    app("/conversation/type/notification/set.json", {**TYPE, "unpushLevel": kind})
    if quiet:
        app("/user/blockPushPeriod/set.json", {"userId": "123", "startTime": "11:00:00", "period": 120})
    delivery = app.text_to("123", fromUserId="amelie")["123-ios"]
    reason = expected(conversation, kind, quiet=quiet)
    assert delivery.reason.startswith(reason)
    assert (delivery.notification is None) is bool(reason)
    assert delivery.message == "hi"


def test_other_senders_and_other_kinds_of_conversation_are_not_meant() -> None:
    app = AppServer()
    app("/conversation/notification/set.json", {**ONE, "targetId": "omar", "unpushLevel": 5})
    app("/conversation/notification/set.json", {**ONE, "conversationType": 1, "unpushLevel": 5})
    app("/conversation/type/notification/set.json", {**TYPE, "conversationType": 3, "unpushLevel": 5})
    assert app.text_to("123", fromUserId="amelie")["123-ios"].notification is not None


@pytest.mark.parametrize("with_message", [True, False])
def test_a_push_without_message_has_no_conversation(with_message: bool) -> None:
    app = AppServer()
    app("/conversation/type/notification/set.json", {**TYPE, "unpushLevel": 5})
    message = {"fromuserid": "amelie", "message": {"objectName": "RC:TxtMsg", "content": TEXT}}
    body = {"platform": ["ios"], "audience": {"userid": ["123"]}, "notification": {"alert": "x"}}
    app("/push.json", {**body, **(message if with_message else {})})
    assert (app.deliveries["123-ios"].notification is None) is with_message


def test_somebody_online_reads_it_all_the_same() -> None:
    app = AppServer(state_at(NOON))
    app("/conversation/type/notification/set.json", {**TYPE, "requestId": "dora", "unpushLevel": 5})
    delivery = app.text_to("dora")["dora-ios"]
    assert delivery.reason.startswith("Online")
    assert delivery.message == "hi"
