"""`pushtui users why` as a shell calls it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.program import ESC, Program
from tests.sandbox.client import SandboxClient

TEN = "2026-11-22T22:02:00Z"
MESSAGE: dict[str, Any] = {"fromUserId": "amelie", "objectName": "RC:TxtMsg", "content": '{"content":"hi"}'}


def marks(diagnosis: Any) -> dict[str, str]:
    return {check["name"]: check["mark"] for check in diagnosis["checks"]}


def system_draft(linked: Program, *users: str) -> str:
    """Write a draft to users by name, and return its name."""
    body = {**MESSAGE, "toUserId": list(users)}
    (linked.folder / "hello.json").write_text(
        json.dumps({"kind": "rongcloud.system", "account": "sandbox", "body": body})
    )
    return "hello.json"


def test_every_account_says_why_and_the_status_is_0(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.freeze(TEN)
    done = linked("users", "why", "priya", "--from", "amelie", "--json")
    assert (done.status, done.err) == (0, "")
    found = {one["account"]["name"]: one for one in done.json["diagnoses"]}
    assert list(found) == ["sandbox", "sandbox-agora", "sandbox-tencent"]
    agora = found["sandbox-agora"]
    assert agora["verdict"].startswith("Silent until 07:00 server time (UTC), in 8 h 5")
    assert (agora["shows"], agora["first_failing"], agora["until"]) == (
        False,
        "quiet_time",
        "2026-11-23T07:00:00+00:00",
    )
    assert agora["then"]["shows"] is True
    assert [span["first_failing"] for span in agora["timeline"]] == ["quiet_time", None, "quiet_time"]
    quiet = next(check for check in agora["checks"] if check["name"] == "quiet_time")
    assert quiet["source"].startswith("GET /users/{username}/notification")
    assert found["sandbox"]["first_failing"] == "quiet_hours"
    assert (found["sandbox-tencent"]["shows"], found["sandbox-tencent"]["zone"]) == (None, "Asia/Shanghai")


def test_people_read_a_verdict_and_a_line_for_each_check(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.freeze(TEN)
    done = linked("users", "why", "priya", "--account", "sandbox-agora", "--from", "amelie", "--timeline")
    lines = done.out.splitlines()
    assert lines[0].startswith("priya  ○ sandbox  sandbox-agora")
    assert lines[1].startswith("  at 2026-11-22 22:0")
    assert lines[2].startswith("  ✖ Silent until 07:00 server time (UTC), in 8 h 5")
    assert any(line.startswith("  ✖ App's daily quiet time") for line in lines)
    assert any(line.startswith("  – Conversation's mode") for line in lines)
    assert "  The next 24 hours, as for somebody who is offline" in lines
    assert "✔  a push shows" in lines[-2]
    assert all(len(line) <= 100 for line in lines)
    assert ESC.decode() not in done.out


def test_the_message_is_described_by_options(linked: Program) -> None:
    def at_the_mode(*options: str) -> str:
        done = linked("users", "why", "olena", "--account", "sandbox-agora", "--from", "amelie", "--json", *options)
        return marks(done.json["diagnoses"][0])["mode"]

    assert at_the_mode() == "unknown"
    assert at_the_mode("--no-mention") == "fail"
    assert at_the_mode("--mention") == "pass"
    assert at_the_mode("--mention-all") == "pass"
    assert at_the_mode("--forced") == "not applicable"


def test_another_moment_is_typed_by_the_clouds_clock(linked: Program) -> None:
    done = linked("users", "why", "priya", "--account", "sandbox-agora", "--at", "2026-12-24T23:30", "--json")
    found = done.json["diagnoses"][0]
    assert found["moment"] == "2026-12-24T23:30:00+00:00"
    assert found["verdict"].startswith("Silent until 07:00 server time (UTC), 7 h 30 min later.")


def test_a_push_of_the_history_says_who_it_left_for(linked: Program, sandbox: SandboxClient) -> None:
    draft = system_draft(linked, "priya", "omar")
    phrase = linked("plan", draft, "--json").json["confirm"]
    assert linked("send", draft, "--confirm", phrase).status == 0
    run = linked("history", "--json").json["runs"][0]["id"]
    done = linked("users", "why", "priya", "--push", run[:8], "--json")
    (found,) = done.json["diagnoses"]
    assert found["account"]["name"] == "sandbox"
    assert (marks(found)["sent"], marks(found)["audience"]) == ("pass", "pass")
    assert found["notes"][0].startswith("The settings are those read now;")
    assert "The settings are those read now" in linked("users", "why", "priya", "--push", run[:8]).out
    (other,) = linked("users", "why", "zoe", "--push", run[:8], "--json").json["diagnoses"]
    assert other["first_failing"] == "audience"


def test_a_draft_is_asked_about_before_it_is_sent(linked: Program) -> None:
    (found,) = linked("users", "why", "priya", "--push", linked.draft(), "--json").json["diagnoses"]
    assert (found["first_failing"], marks(found)["quota"]) == ("audience", "pass")
    (found,) = linked("users", "why", "omar", "--push", system_draft(linked, "omar"), "--json").json["diagnoses"]
    assert (marks(found)["audience"], marks(found)["quota"]) == ("pass", "not applicable")


def test_an_account_that_cannot_be_asked_says_so(pushtui: Program) -> None:
    keys = ("--environment", "test", "--region", "singapore", "--app-key", "k1234567")
    pushtui("accounts", "add", "shop", *keys, "--secret-stdin", stdin="")
    done = pushtui("users", "why", "anna", "--account", "shop")
    assert done.status == 1
    assert "shop" in done.out + done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--push", "abcd"), "No run's id begins with “abcd”"),
        (("--push", "nothing.json"), "There is no draft “nothing.json”"),
        (("--push", "abcd", "--from", "x"), "--from describes a message, and --push names a push"),
        (("--push", "abcd", "--mention-all"), "--mention-all describes a message"),
        (("--at", "25:00"), "“25:00” is no time; allowed: 22:30"),
        (("--mention", "--no-mention"), "not allowed with"),
        (("--account", "sandbx"), "No account is called “sandbx”"),
    ],
)
def test_what_is_wrong_is_said(options: tuple[str, ...], said: str, linked: Program) -> None:
    done = linked("users", "why", "priya", *options)
    assert done.status in (1, 2)
    assert said in done.err
    assert done.out == ""


def test_what_comes_from_outside_cannot_write_to_the_terminal(linked: Program) -> None:
    done = linked("users", "why", "a\x1b[31mb", "--from", "c\x1b]0;x\x07", "--account", "sandbox")
    assert done.status == 0
    assert ESC not in done.stdout
    assert "␛" in done.out
