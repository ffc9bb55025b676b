"""The inbox as somebody who waits for news sees it."""

from __future__ import annotations

import http.client
import json
import select
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.client import SandboxClient


class Waiting:
    """A call that the sandbox has got and may not answer yet."""

    def __init__(self, sandbox: SandboxClient, path: str) -> None:
        control = urlsplit(sandbox.control_url)
        self._connection = http.client.HTTPConnection(control.netloc, timeout=10)
        self._connection.request("GET", control.path + path)
        sandbox.control("GET", "/sends")  # Comes later, on a connection of its own: the first is being handled now.

    def answer(self) -> Any:
        """Return the answer once it is there; TimeoutError if that takes too long."""
        try:
            return json.loads(self._connection.getresponse().read())
        finally:
            self._connection.close()

    def silent(self) -> bool:
        """Tell whether nothing was answered yet."""
        return select.select([self._connection.sock], [], [], 0)[0] == []


def test_sends_are_numbered(sandbox: SandboxClient) -> None:
    assert sandbox.control("GET", "/inbox")["sequence"] == 0
    ids = [sandbox.push().json["id"] for _ in range(2)]
    said = sandbox.control("GET", "/inbox")
    assert (said["sequence"], [push["sequence"] for push in said["pushes"]]) == (2, [2, 1])
    newer = sandbox.control("GET", "/inbox?after=1")
    assert [push["id"] for push in newer["pushes"]] == ids[1:]
    assert sandbox.control("GET", "/inbox?after=2") == {**said, "pushes": []}
    assert [push["id"] for push in sandbox.control("GET", "/inbox?limit=1")["pushes"]] == ids[1:]
    assert sandbox.control("GET", "/inbox?limit=0")["pushes"] == []


def test_the_inbox_forgets_old_sends_and_goes_on_counting(sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False)
    same = {"platform": ["ios"], "audience": {"is_to_all": False, "userid": ["123"]}}
    collapsing = {**same, "notification": {"alert": "x", "ios": {"apns-collapse-id": "c"}}}
    sandbox.push({**same, "notification": {"alert": "x", "ios": {"apns-collapse-id": "other"}}})
    last = [sandbox.push(collapsing).json["id"] for _ in range(503)][-1]
    said = sandbox.control("GET", "/inbox")
    assert (said["sequence"], [push["sequence"] for push in said["pushes"]]) == (504, list(range(504, 4, -1)))
    reasons = [push["deliveries"][0]["reason"] for push in said["pushes"]]
    assert reasons[0] == ""
    assert reasons[1].startswith(f"Replaced by push {last}")
    assert all(reason.startswith("Replaced by push") for reason in reasons[1:])
    assert sandbox.control("GET", "/snapshot")["inbox"]["showing"] == {"123-ios\nc": 504}


def test_who_waits_is_told_at_once(sandbox: SandboxClient) -> None:
    waiting = Waiting(sandbox, "/inbox?after=0&wait=30")
    sent = sandbox.push().json["id"]
    said = waiting.answer()
    assert (said["sequence"], [push["id"] for push in said["pushes"]]) == (1, [sent])


def test_who_waits_in_vain_gets_an_empty_answer(sandbox: SandboxClient) -> None:
    assert sandbox.control("GET", "/inbox?after=0&wait=0.05")["pushes"] == []


def test_requests_that_are_no_sends_wake_nobody(sandbox: SandboxClient) -> None:
    waiting = Waiting(sandbox, "/inbox?after=0&wait=30")
    sandbox.push({})
    assert waiting.silent()
    sandbox.push()
    assert len(waiting.answer()["pushes"]) == 1


@pytest.mark.parametrize("path", ["/reset", "/seed", "/snapshot"])
def test_a_reset_is_told_to_who_waits(sandbox: SandboxClient, path: str) -> None:
    bodies = {"/reset": {}, "/seed": {"seed": 1}, "/snapshot": sandbox.control("GET", "/snapshot")}
    sandbox.reset()
    sandbox.push()
    before = sandbox.control("GET", "/inbox")
    waiting = Waiting(sandbox, "/inbox?after=1&wait=30")
    sandbox.control("POST", path, bodies[path])
    said = waiting.answer()
    assert (said["sequence"], said["pushes"]) == (0, [])
    assert said["began"] != before["began"]


def test_who_comes_from_before_a_reset_gets_all(sandbox: SandboxClient) -> None:
    sandbox.push()
    said = sandbox.control("GET", "/inbox?after=7&wait=30")
    assert (said["sequence"], len(said["pushes"])) == (1, 1)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("after=x", "after: “x” is given; a number from 0"),
        ("after=-1", "after: “-1”"),
        ("after=0&wait=31", "wait: “31” is given; a number from 0 to 30"),
        ("wait=nan", "wait: “nan”"),
        ("limit=1e300", "limit"),
        ("puhs=1", "did you mean “push”?"),
    ],
)
def test_a_wrong_question_is_told_what_is_allowed(sandbox: SandboxClient, query: str, words: str) -> None:
    answer = sandbox.raw_control("GET", f"/inbox?{query}")
    assert answer.status == 400
    assert words in answer.json["error"]
