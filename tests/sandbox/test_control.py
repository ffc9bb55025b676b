from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import PAGE_EXAMPLE, SandboxClient


def test_state_shows_clock_settings_users_and_counts(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T12:00:00+08:00")
    sandbox.push()
    state = sandbox.control("GET", "/state")
    assert state["clock"] == {"now": "2026-11-22T04:00:00+00:00", "frozen": True}
    assert state["settings"]["limits"] is True
    assert len(state["users"]) >= 12
    assert (state["requests"], state["accepted"], state["seed"]) == ({"/push.json": 1}, 1, 1)
    assert sandbox.app_secret not in str(state)


def _lasting(state: dict[str, Any]) -> dict[str, Any]:
    """What does not go with the time."""
    return {name: value for name, value in state.items() if name not in ("clock", "began", "users")}


def test_reset_brings_everything_back(sandbox: SandboxClient) -> None:
    before = sandbox.control("GET", "/state")
    sandbox.push()
    sandbox.settings(limits=False, rongcloud__broadcast_enabled=False)
    sandbox.freeze("2030-01-01T00:00:00Z")
    sandbox.fault("hold", times=None)
    sandbox.reset()
    after = sandbox.control("GET", "/state")
    assert _lasting(after) == _lasting(before)
    assert after["clock"]["frozen"] is False
    assert sandbox.inbox() == []


def test_the_same_calls_give_the_same_bytes(sandbox: SandboxClient) -> None:
    def calls() -> list[Any]:
        sandbox.reset()
        sandbox.freeze("2026-11-22T12:00:00Z")
        answers = [sandbox.push(body) for body in (PAGE_EXAMPLE, None, {})]
        return [*((answer.headers, answer.body) for answer in answers), sandbox.inbox()]

    assert calls() == calls()


def test_setting_the_clock_moves_the_world_and_advancing_ages_it(sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False)
    reasons = []
    for at, days in (("2030-01-01T12:00:00Z", 0), ("2020-01-01T12:00:00Z", 0), ("2020-01-01T12:00:00Z", 3)):
        sandbox.freeze(at)
        sandbox.advance(days * 86_400)
        sandbox.push()
        reasons.append(sandbox.deliveries()["lucas-fcm"]["reason"])
    assert [int(reason.split("connected ")[1].split()[0]) for reason in reasons] == [45, 45, 48]


def test_one_push_of_the_inbox(sandbox: SandboxClient) -> None:
    first = sandbox.push().json["id"]
    second = sandbox.push(PAGE_EXAMPLE, **{"X-Request-ID": "mine"}).json["messageUID"]
    assert [push["id"] for push in sandbox.inbox()] == [second, first]
    (push,) = sandbox.control("GET", f"/inbox?push={second}")["pushes"]
    assert (push["id"], push["request_id"], push["unknown_users"]) == (second, "mine", [])
    assert sandbox.raw_control("GET", "/inbox?push=zz").status == 400


def test_sends_are_the_ground_truth(sandbox: SandboxClient) -> None:
    sandbox.push(PAGE_EXAMPLE)
    sends = sandbox.control("GET", "/sends")
    assert sends["accepted"] == 1
    assert sends["recipients"] == sends["shown"] == {"123": 1, "456": 1}
    assert sends["requests"] == {"/push.json": 1}


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/settings", {"limit": False}, "did you mean “limits”?"),
        ("/settings", {"limits": "no"}, "true or false"),
        ("/clock", {"freeze": "noon"}, "freeze: 'noon'"),
        ("/clock", {"freeze": "9999-01-01"}, "1970 to 9000"),
        ("/clock", {"advance": "1"}, "a number of seconds"),
        ("/clock", {"advance": 1e300}, "too far"),
        ("/clock", {"advance": 1e13}, "far"),
        ("/clock", {"speed": 2}, "known: freeze, advance"),
        ("/clock", [1], "must be a JSON object"),
    ],
)
def test_wrong_control_calls_say_what_is_wrong(sandbox: SandboxClient, path: str, body: Any, words: str) -> None:
    answer = sandbox.raw_control("POST", path, body)
    assert answer.status == 400
    assert words in answer.json["error"]


def test_a_thawed_clock_follows_real_time(sandbox: SandboxClient) -> None:
    sandbox.freeze("2000-01-01T00:00:00Z")
    clock = sandbox.control("POST", "/clock", {"freeze": None})["clock"]
    assert (clock["frozen"], clock["now"] > "2026") == (False, True)


def test_web_pages_cannot_reach_it_by_another_name(sandbox: SandboxClient) -> None:
    answer = sandbox.request("POST", "/_sandbox/reset", b"", {"Host": "evil.example:7788"})
    assert answer.status == 403
