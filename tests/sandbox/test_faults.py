"""Faults over a socket: what the client sees, and what the sandbox knows to be true."""

from __future__ import annotations

import http.client
import threading

import pytest

from pushtui.sandbox.fault_kinds import FaultName
from tests.sandbox.client import HttpAnswer, SandboxClient


def test_reset_before_breaks_without_accepting(sandbox: SandboxClient) -> None:
    sandbox.fault("reset-before")
    with pytest.raises(ConnectionResetError):
        sandbox.push()
    assert (sandbox.accepted(), sandbox.requests()) == (0, 1)
    assert sandbox.push().code == 200


def test_a_lost_answer_was_accepted(sandbox: SandboxClient) -> None:
    sandbox.fault("answer-lost")
    with pytest.raises(ConnectionResetError):
        sandbox.push()
    assert (sandbox.accepted(), sandbox.requests()) == (1, 1)


@pytest.mark.parametrize(("accepted", "count"), [(None, 1), (True, 1), (False, 0)])
def test_half_a_body(sandbox: SandboxClient, accepted: bool | None, count: int) -> None:
    sandbox.fault("half-body", accepted=accepted)
    with pytest.raises(http.client.IncompleteRead) as caught:
        sandbox.push()
    assert caught.value.partial
    assert sandbox.accepted() == count


@pytest.mark.parametrize("status", [502, 503])
def test_a_gateways_html_page(sandbox: SandboxClient, status: int) -> None:
    sandbox.fault("html-5xx", status=status)
    answer = sandbox.push()
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html")
    assert answer.body.startswith(b"<html>")
    assert sandbox.accepted() == 0


def test_html_instead_of_json(sandbox: SandboxClient) -> None:
    sandbox.fault("html-200")
    answer = sandbox.push()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    assert sandbox.accepted() == 0


def test_json_that_stops_in_the_middle(sandbox: SandboxClient) -> None:
    sandbox.fault("invalid-json")
    answer = sandbox.push()
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    with pytest.raises(ValueError, match="line 1"):
        answer.json  # noqa: B018 - parsing is what is tested
    assert sandbox.accepted() == 1


def test_rate_limited_with_and_without_retry_after(sandbox: SandboxClient) -> None:
    sandbox.fault("rate-limited", retry_after="7")
    sandbox.fault("rate-limited")
    first, second = sandbox.push(), sandbox.push()
    assert (first.status, first.code, first.headers["retry-after"]) == (429, 1008, "7")
    assert (second.status, second.code) == (429, 1008)
    assert "retry-after" not in second.headers
    assert sandbox.accepted() == 0


@pytest.mark.parametrize(
    ("name", "status", "code", "count"), [("internal-error", 500, 1000, 0), ("internal-timeout", 504, 1050, 1)]
)
def test_failures_inside(sandbox: SandboxClient, name: str, status: int, code: int, count: int) -> None:
    sandbox.fault(name)
    answer = sandbox.push()
    assert (answer.status, answer.code) == (status, code)
    assert sandbox.accepted() == count


def test_latency_answers_in_the_end(sandbox: SandboxClient) -> None:
    sandbox.fault("latency", seconds=0.01)
    assert sandbox.push().code == 200
    assert sandbox.accepted() == 1


@pytest.mark.parametrize(("name", "parameters"), [("hold", {}), ("latency", {"seconds": 600})])
def test_a_held_request_is_answered_when_the_fault_is_removed(
    sandbox: SandboxClient, name: str, parameters: dict[str, int]
) -> None:
    number = sandbox.fault(name, path="/push.json", **parameters)
    answers: list[HttpAnswer] = []
    caller = threading.Thread(target=lambda: answers.append(sandbox.push()))
    caller.start()
    while not sandbox.requests():
        pass
    if name == "hold":
        while not sandbox.accepted():
            pass
    else:
        assert sandbox.accepted() == 0
    assert answers == []
    assert [(item["id"], item["remaining"]) for item in sandbox.control("GET", "/faults")["faults"]] == [(number, 0)]
    assert sandbox.control("DELETE", f"/faults?id={number}") == {"removed": 1}
    caller.join(timeout=10)
    assert [answer.code for answer in answers] == [200]
    assert sandbox.accepted() == 1


def test_a_client_that_goes_away_ends_a_hold(sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    connection = http.client.HTTPConnection(sandbox.base_url.removeprefix("http://"), timeout=10)
    connection.request("POST", "/push.json", b"{}", sandbox.signed())
    while not sandbox.requests():
        pass
    connection.close()
    assert sandbox.push().code == 200


def test_faults_count_down_and_match_paths(sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False)
    sandbox.fault("html-200", path="/user/*")
    sandbox.fault("html-5xx", path="/push*", times=2)
    assert [sandbox.push().status for _ in range(3)] == [502, 502, 200]
    assert [fault["name"] for fault in sandbox.control("GET", "/faults")["faults"]] == ["html-200"]


def test_a_fault_without_end_ends_with_its_removal(sandbox: SandboxClient) -> None:
    sandbox.fault("html-5xx", times=None)
    assert [sandbox.push().status for _ in range(3)] == [502] * 3
    assert sandbox.control("DELETE", "/faults") == {"removed": 1}
    assert sandbox.push().status == 200


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"name": "answer_lost"}, "did you mean “answer-lost”?"),
        ({}, "known: latency"),
        ({"name": "hold", "time": 1}, "did you mean “times”?"),
        ({"name": "hold", "times": 0}, "times: 0 is given"),
        ({"name": "html-5xx", "status": 200}, "status: 200 is given"),
        ({"name": "rate-limited", "retry_after": "1\r\nX: y"}, "retry_after"),
        ({"name": "latency", "seconds": "nan"}, "seconds"),
    ],
)
def test_a_wrong_fault_says_what_is_allowed(sandbox: SandboxClient, order: dict[str, object], words: str) -> None:
    answer = sandbox.raw_control("POST", "/faults", order)
    assert answer.status == 400
    assert words in answer.json["error"]
    assert sandbox.control("GET", "/faults")["faults"] == []


def test_every_fault_is_explained(sandbox: SandboxClient) -> None:
    known = sandbox.control("GET", "/faults")["known"]
    assert [fault["name"] for fault in known] == [name.value for name in FaultName]
    for fault in known:
        assert [item["help"] for item in (fault, *fault["parameters"]) if not item["help"].endswith(".")] == []
        assert all({"name", "help", "type", "default"} <= set(item) for item in fault["parameters"])
