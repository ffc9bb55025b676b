"""Mistakes of the sandbox's own: logged without data, said in the cloud's words, and nothing else stops."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from pushtui.sandbox.app import SandboxApp
from pushtui.sandbox.cloud import Operation
from pushtui.sandbox.gates import Gates
from pushtui.sandbox.mishap import WithoutData, told
from pushtui.sandbox.rongcloud.front import RONGCLOUD
from tests.sandbox.client import SandboxClient
from tests.sandbox.direct import PORT, ask
from tests.sandbox.states import state_at

PRIVATE = "token-of-somebody"


def fail(*_given: Any) -> NoReturn:
    raise KeyError(PRIVATE)


def test_a_handler_that_fails_is_the_clouds_failure_inside(caplog: pytest.LogCaptureFixture) -> None:
    broken: list[Operation[Any]] = [replace(operation, handle=fail) for operation in RONGCLOUD.operations]
    state = state_at()
    app = SandboxApp(state, Gates({}, state.faults), {PORT: replace(RONGCLOUD, operations=tuple(broken))})
    secret = state.credentials.app_secret.reveal()
    signed = SandboxClient("", "", state.credentials.app_key, secret).signed()
    body = b'{"platform":["ios"],"audience":{"is_to_all":true},"notification":{"alert":"x"}}'
    status, answer = ask(app, "POST", "/push.json", signed, body)
    assert (status, json.loads(answer)["code"]) == (500, 1000)
    (line,) = caplog.messages
    assert line.startswith("rongcloud POST /push.json failed inside: KeyError\n")
    assert "tests/sandbox/test_mishap.py" in line
    assert PRIVATE not in line


def test_a_control_call_that_fails_says_so(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    state = state_at()
    app = SandboxApp(state, Gates({}, state.faults), {})
    monkeypatch.setattr("pushtui.sandbox.control_calls.known_faults", fail)
    status, answer = ask(app, "GET", "/_sandbox/faults", {"Host": "localhost"}, b"")
    assert (status, json.loads(answer)) == (500, {"error": "The sandbox failed inside; its standard error says where."})
    (line,) = caplog.messages
    assert line.startswith("GET /_sandbox/faults failed inside: KeyError")
    assert PRIVATE not in line


@pytest.fixture
def server_log() -> Iterator[logging.Logger]:
    log = logging.getLogger("test of the server's log")
    log.addFilter(WithoutData())
    yield log
    log.filters.clear()


def test_the_servers_own_log_tells_no_data(server_log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    try:
        fail()
    except KeyError as error:
        assert PRIVATE not in told(error)
        server_log.error("Exception in ASGI application\n", exc_info=error)
    server_log.error("a line of %s", "its own")
    assert PRIVATE not in caplog.text
    assert caplog.messages[0].startswith("Exception in ASGI application: KeyError\n")
    assert caplog.messages[1] == "a line of its own"
