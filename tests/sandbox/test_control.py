"""The control API: looking, changing, and being told what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.sandbox.settings import declared
from tests.sandbox.client import PAGE_EXAMPLE, SandboxClient
from tests.sandbox.clouds import NAMES, Clouds, Request


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
        ("/reset", {"sed": 1}, "did you mean “seed”?"),
        ("/reset", {"seed": "1"}, "seed: '1' is given; a whole number"),
        ("/seed", {}, "seed: nothing is given"),
        ("/seed", {"seed": 2**64}, "a whole number up to"),
        ("/seed", {"seed": True}, "seed: True is given"),
        ("/settings", {"agora.day_zone": "Mars"}, "“Mars” is not a time zone"),
        ("/settings", {"limit": False}, "did you mean “limits”?"),
        ("/settings", {"limits": "no"}, "true or false"),
        ("/clock", {"freeze": "noon"}, "freeze: 'noon'"),
        ("/clock", {"freeze": "9999-01-01"}, "1970 to 9000"),
        ("/clock", {"advance": "1"}, "a number of seconds"),
        ("/clock", {"advance": 1e300}, "too far"),
        ("/clock", {"advance": 1e13}, "far"),
        ("/clock", {"speed": 2}, "There is no field “speed” here; known: freeze, advance"),
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


def test_the_state_tells_of_each_cloud(clouds: Clouds) -> None:
    for cloud in NAMES:
        clouds.send(cloud)
    said = clouds.sandbox.control("GET", "/state")["clouds"]
    assert said == {cloud: {"accepted": 1, "base_url": clouds.base_url(cloud)} for cloud in NAMES}


def test_the_api_tells_what_there_is(sandbox: SandboxClient) -> None:
    said = sandbox.control("GET", "/")
    assert "loopback only" in said["about"]
    calls = [(call["method"], call["path"].removeprefix("/_sandbox")) for call in said["calls"]]
    assert len(calls) == len(set(calls)) == 14
    assert all(call["help"].endswith(".") for call in said["calls"])
    for method, path in calls:
        if method == "GET":
            assert sandbox.raw_control(method, path).status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/state", 405), ("DELETE", "/", 405)]
)
def test_what_is_not_there_leads_to_what_is(sandbox: SandboxClient, method: str, path: str, status: int) -> None:
    answer = sandbox.raw_control(method, path)
    assert (answer.status, answer.json) == (
        status,
        {"error": f"There is no {method} /_sandbox{path}; see /_sandbox/."},
    )


def test_it_answers_on_every_port_and_clouds_on_theirs_alone(clouds: Clouds) -> None:
    seen = [
        clouds.sandbox.control("GET", "/sends"),
        *(Request(clouds.base_url(cloud), "GET", "/_sandbox/sends", b"", {}).send().json for cloud in NAMES),
    ]
    assert seen == [seen[0]] * 4
    control = clouds.sandbox.control_url.removesuffix("/_sandbox")
    answer = Request(control, "POST", "/push.json", b"{}", {}).send()
    assert (answer.status, answer.body) == (404, b"No cloud answers on this port; see /_sandbox/.\n")
    assert clouds.sandbox.control("GET", "/sends") == seen[0]


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80", "evil.example", "127.0.0.1.evil.example", ""])
def test_only_local_names_are_answered(clouds: Clouds, host: str) -> None:
    answer = Request(clouds.base_url("agora"), "GET", "/_sandbox/state", b"", {"Host": host}).send()
    assert answer.status == (200 if host in ("localhost:1", "127.0.0.1", "[::1]:80") else 403)


def test_settings_are_told_with_what_they_mean(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__too_many_items_code=1502)
    told = {item["name"]: item for item in sandbox.control("GET", "/settings")["settings"]}
    assert set(told) == set(declared())
    item = told["rongcloud.too_many_items_code"]
    assert (item["value"], item["default"], item["choices"]) == (1502, 1002, [1002, 1005, 1502])
    assert item["help"].endswith(".")
    assert sandbox.control("POST", "/settings", {"limits": False})["settings"][0]["value"] is False


def test_a_fault_tells_what_was_asked_for(sandbox: SandboxClient) -> None:
    asked = {"name": "html-5xx", "cloud": "agora", "path": "/push/*", "times": 3, "status": 503}
    said = sandbox.control("POST", "/faults", asked)
    assert said == {"id": 1, **asked, "probability": 1.0, "accepted": None, "remaining": 3}
    assert sandbox.control("GET", "/state")["faults"] == sandbox.control("GET", "/faults")["faults"] == [said]
    assert sandbox.raw_control("DELETE", "/faults?id=x").status == 400
    assert sandbox.control("DELETE", "/faults?id=9") == {"removed": 0}
    sandbox.reset()
    assert sandbox.control("POST", "/faults", {"name": "hold"})["id"] == 1


def test_bodies_that_are_no_json_object(clouds: Clouds) -> None:
    for body in (b"{", b"[]", b'{"seed": NaN}', b'{"a": "\\ud800"}', b"\xff", b'{"a":' * 5000):
        answer = Request(clouds.base_url("agora"), "POST", "/_sandbox/reset", body, {"Host": "localhost"}).send()
        assert answer.status == 400
        assert answer.json["error"].startswith("The body ")
