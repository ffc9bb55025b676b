"""The inbox as somebody who waits for news sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.client import SandboxClient


class Waiting(threading.Thread):
    """A call that waits in a thread of its own."""

    def __init__(self, sandbox: SandboxClient, path: str) -> None:
        super().__init__(daemon=True)
        self._sandbox, self._path = sandbox, path
        self.said: Any = None
        self.start()

    def run(self) -> None:
        self.said = self._sandbox.control("GET", self._path)

    def answer(self) -> Any:
        """Return the answer once it is there."""
        self.join(timeout=10)
        assert self.said is not None
        return self.said


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
    last = [sandbox.push(collapsing).json["id"] for _ in range(503)][-1]
    said = sandbox.control("GET", "/inbox")
    assert (said["sequence"], [push["sequence"] for push in said["pushes"]]) == (503, list(range(503, 3, -1)))
    reasons = [push["deliveries"][0]["reason"] for push in said["pushes"]]
    assert reasons[0] == ""
    assert reasons[1].startswith(f"Replaced by push {last}")
    assert all(reason.startswith("Replaced by push") for reason in reasons[1:])
    assert sandbox.control("GET", "/snapshot")["inbox"]["showing"] == {"123-ios\nc": 503}


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
    assert waiting.is_alive()
    sandbox.push()
    assert len(waiting.answer()["pushes"]) == 1


@pytest.mark.parametrize("change", [SandboxClient.reset, lambda sandbox: sandbox.control("POST", "/seed", {"seed": 1})])
def test_a_reset_is_told_to_who_waits(sandbox: SandboxClient, change: Callable[[SandboxClient], None]) -> None:
    sandbox.push()
    before = sandbox.control("GET", "/inbox")
    waiting = Waiting(sandbox, "/inbox?after=1&wait=30")
    while waiting.is_alive():
        change(sandbox)  # Again, in case it did not wait yet.
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
