"""The order of RongCloud's checks: each call fails at two of them, and the earlier one speaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.client import SMALL_PUSH, SandboxClient
from tests.sandbox.rongcloud.app_server import AppServer, post

FOREIGN = {"App-Key": "foreign"}
FORGED = {"Signature": "0" * 40}
LOCKED = {"rongcloud__app_locked": True}
OFF = {"rongcloud__broadcast_enabled": False}


@pytest.mark.parametrize(
    ("first", "path", "body", "headers", "settings"),
    [
        (404, "/nothing.json", b"", {**FOREIGN, **FORGED}, LOCKED),
        (1002, "/push.json", b"", {**FOREIGN, **FORGED}, LOCKED),
        (1004, "/push.json", b"", FORGED, LOCKED),
        (1006, "/push.json", b"", {}, {**LOCKED, **OFF}),
        (1009, "/push.json", b"", {}, OFF),
        (1003, "/push.json", b"", {}, {}),
    ],
)
def test_the_earlier_check_speaks(
    sandbox: SandboxClient, first: int, path: str, body: bytes, headers: dict[str, str], settings: dict[str, Any]
) -> None:
    sandbox.settings(**settings)
    assert post(sandbox, path, body, **headers).code == first


def test_the_rate_goes_before_switch_and_body(sandbox: SandboxClient) -> None:
    assert [post(sandbox, "/push.json", b"").code for _ in range(3)] == [1003, 1003, 1008]
    sandbox.settings(**OFF)
    assert post(sandbox, "/push.json", b"").code == 1008


def test_a_locked_app_uses_up_nothing(sandbox: SandboxClient) -> None:
    sandbox.settings(**LOCKED)
    assert [sandbox.push().code for _ in range(3)] == [1006] * 3
    sandbox.settings(rongcloud__app_locked=False)
    assert sandbox.push().code == 200


def test_a_service_that_is_off_uses_up_slots_whatever_else_does(sandbox: SandboxClient) -> None:
    sandbox.settings(**OFF, rongcloud__failed_calls_count=False)
    assert [sandbox.push().code for _ in range(3)] == [1009, 1009, 1008]


def test_bare_headers_go_before_those_with_rc(sandbox: SandboxClient) -> None:
    assert sandbox.push(**{f"RC-{name}": "wrong" for name in sandbox.signed()}).code == 200


def test_a_signature_without_a_time_is_1004(sandbox: SandboxClient) -> None:
    assert sandbox.push(**sandbox.signed("14314", "")).code == 1004


def test_the_longest_nonce_is_a_setting(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__longest_nonce=18)
    assert sandbox.push(**sandbox.signed("x" * 18)).code == 200
    assert sandbox.push(**sandbox.signed("x" * 19)).code == 1004


def test_a_request_id_is_cut(sandbox: SandboxClient) -> None:
    assert sandbox.push(**{"X-Request-ID": "a" * 50}).headers["x-request-id"] == "a" * 36


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.000", False), ("x-gzip", False)],
)
def test_who_takes_gzip(sandbox: SandboxClient, accepted: str, packed: bool) -> None:
    sandbox.settings(rongcloud__gzip=True)
    assert ("content-encoding" in sandbox.push(**{"Accept-Encoding": accepted}).headers) is packed


def test_only_registered_users_are_online() -> None:
    app = AppServer()
    assert app("/user/checkOnline.json", {"userId": "dora"})["status"] == "1"
    del app.state.rongcloud.users["dora"]
    assert app("/user/checkOnline.json", {"userId": "dora"})["status"] == "0"


def test_a_newcomer_is_active_for_thirty_days_from_registering() -> None:
    app = AppServer()
    app.state.clock.advance(timedelta(days=40))
    handset = app.register("fresh")
    push = {**SMALL_PUSH, "platform": ["ios", "android"], "audience": {"userid": ["fresh", "dora", "123"]}}
    for days, reached in ((0, True), (30, True), (1, False)):
        app.state.clock.advance(timedelta(days=days))
        app("/push.json", push)
        assert (app.deliveries[handset].notification is not None) is reached
    assert app.deliveries[handset].reason == "Not reached: last connected 31 days ago; only the last 30 count."
    assert app.deliveries["dora-ios"].notification is not None, "who is online is active"
    assert app.text_to("fresh")[handset].notification is not None, "messages wait for everybody"
