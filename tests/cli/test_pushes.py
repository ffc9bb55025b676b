"""Plan, send and history, against the real sandbox."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from pushtui.paths import Paths
from tests.cli.program import ESC, Program
from tests.sandbox.client import SandboxClient

PHRASE = "sandbox unknown"


def test_a_plan_shows_all_and_sends_nothing(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("plan", linked.draft())
    assert done.status == 0
    for shown in (
        "○ sandbox",
        "unknown: users with all of the tags vip",
        "0 of 2 this hour, 0 of 3 today",
        f"POST {sandbox.base_url}/push.json",
        "Signature: ••••••••",
        "PUSHTUI_SECRET_SANDBOX",
        "--confirm 'sandbox unknown'",
    ):
        assert shown in done.out
    assert sandbox.app_secret not in done.out
    assert sandbox.requests() == 0


def test_a_plan_with_errors_fails(linked: Program) -> None:
    done = linked("plan", linked.draft(notification={}))
    assert done.status == 1
    assert "it cannot be sent" in done.out


def test_the_way_of_a_push(linked: Program, sandbox: SandboxClient) -> None:
    plan = linked("plan", linked.draft(), "--json").json
    assert (plan["confirm"], plan["sendable"], plan["quotas"][0]["words"]) == (PHRASE, True, "0 of 2 this hour")
    sent = linked("send", "draft.json", "--plan", plan["digest"][:12], "--confirm", plan["confirm"], "--json")
    assert sent.status == 0
    run = sent.json
    assert (run["state"], run["plan"]) == ("accepted", plan["digest"])
    assert sandbox.accepted() == 1
    assert [one["id"] for one in linked("history", "--json").json["runs"]] == [run["id"]]
    shown = linked("history", run["id"][:8])
    assert shown.status == 0
    assert run["attempts"][0]["outcome"]["message_uid"] in shown.out
    again = linked("history", run["id"][:8], "--draft")
    assert linked("check", "-", stdin=again.stdout).status == 0
    assert again.json == run["draft"]
    after = linked("plan", "draft.json", "--json").json
    assert [use["words"] for use in after["quotas"]] == ["1 of 2 this hour", "1 of 3 today"]
    assert any("the very same push was accepted" in finding["message"] for finding in after["findings"])
    assert linked("sandbox", "inbox", "--json").json["pushes"][0]["message_uid"]


@pytest.mark.parametrize("confirm", [None, "", "sandbox", "live unknown", "Sandbox Unknown", "s"])
def test_without_the_phrase_nothing_leaves(confirm: str | None, linked: Program, sandbox: SandboxClient) -> None:
    arguments = [] if confirm is None else ["--confirm", confirm]
    done = linked("send", linked.draft(), *arguments)
    assert done.status == 1
    assert f"“{PHRASE}”" in done.err
    assert sandbox.requests() == 0


def test_standard_input_is_no_answer(linked: Program, sandbox: SandboxClient) -> None:
    linked.draft()
    assert linked("send", "draft.json", stdin=f"{PHRASE}\n").status == 1
    draft = (linked.folder / "draft.json").read_bytes()
    assert linked("send", "-", stdin=draft).status == 1
    assert sandbox.requests() == 0
    assert linked("send", "-", "--confirm", PHRASE, stdin=draft).status == 0


def test_a_stale_plan_is_refused(linked: Program, sandbox: SandboxClient) -> None:
    digest = linked("plan", linked.draft(), "--json").json["digest"]
    linked.draft(notification={"alert": "changed"})
    done = linked("send", "draft.json", "--plan", digest, "--confirm", PHRASE)
    assert done.status == 1
    assert "Stale plan" in done.err
    assert "at least 12 digits" in linked("send", "draft.json", "--plan", digest[:4], "--confirm", PHRASE).err
    assert sandbox.requests() == 0


@pytest.mark.parametrize("place", ["before", "after"])
def test_read_only_sends_nothing(place: str, linked: Program, sandbox: SandboxClient) -> None:
    arguments = ["send", linked.draft(), "--confirm", PHRASE]
    done = linked("--read-only", *arguments) if place == "before" else linked(*arguments, "--read-only")
    assert done.status == 1
    assert "--read-only forbids" in done.err
    assert sandbox.requests() == 0


def test_a_rejected_push_is_status_1(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__broadcast_enabled=False)
    done = linked("send", linked.draft(), "--confirm", PHRASE, "--json")
    assert done.status == 1
    assert (done.json["state"], done.json["attempts"][0]["outcome"]["code"]) == ("rejected", 1009)


def test_a_lost_answer_is_status_3(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("answer-lost")
    done = linked("send", linked.draft(), "--confirm", PHRASE)
    assert done.status == 3
    assert "? unknown" in done.out
    assert (sandbox.accepted(), sandbox.requests()) == (1, 1)


def test_hostile_answers_are_shown_safely(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("html-5xx")
    linked.draft(notification={"alert": "\x1b[2J\u009b1m"})
    done = linked("send", "draft.json", "--confirm", PHRASE)
    assert done.status == 3
    run = linked("history", "--json").json["runs"][0]["id"]
    for text in (done.stdout, done.stderr, linked("history", run).stdout):
        assert ESC not in text
        assert b"\xc2\x9b" not in text


def test_no_sandbox_is_said_with_what_to_do(pushtui: Program) -> None:
    done = pushtui("plan", pushtui.draft())
    assert done.status == 1
    assert "pushtui sandbox" in done.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_while_the_answer_is_awaited(number: signal.Signals, linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    with linked.start("send", linked.draft(), "--confirm", PHRASE) as process:
        assert process.stderr is not None
        assert "in flight" in _until(process, b"in flight")
        _arrived(sandbox)
        process.send_signal(number)
        _, rest = process.communicate(timeout=20)
    sandbox.control("DELETE", "/faults")
    assert process.returncode == 128 + number
    assert b"Traceback" not in rest
    assert [run["state"] for run in linked("history", "--json").json["runs"]] == ["unknown"]
    assert sandbox.requests() == 1


def test_no_process_shows_the_secret(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    with linked.start("send", linked.draft(), "--confirm", PHRASE) as process:
        _until(process, b"in flight")
        _arrived(sandbox)
        lines = [path.read_bytes() for path in Path(f"/proc/{process.pid}").glob("cmdline")]
        sandbox.control("DELETE", "/faults")
        process.communicate(timeout=20)
    assert lines
    assert not any(sandbox.app_secret.encode() in line for line in lines)
    secret = sandbox.app_secret.encode()
    kept = [path for path in Path(os.environ["HOME"]).rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert kept == [Paths.from_environment().sandbox_file]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_the_curl_command_is_accepted(linked: Program, sandbox: SandboxClient) -> None:
    linked.draft(notification={"alert": 'it\'s $HOME `id` "quoted" \\ 北京'})
    command = linked("plan", "draft.json", "--json").json["curl"]
    environment = {**os.environ, "PUSHTUI_SECRET_SANDBOX": sandbox.app_secret}
    done = subprocess.run(["sh", "-c", command], capture_output=True, env=environment, timeout=60)
    assert b'"code":200' in done.stdout, done.stderr
    assert sandbox.inbox()[0]["body"]["notification"]["alert"] == 'it\'s $HOME `id` "quoted" \\ 北京'


def _until(process: subprocess.Popen[bytes], wanted: bytes) -> str:
    """Read standard error up to the line that holds what is wanted."""
    assert process.stderr is not None
    said = b""
    while wanted not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    return said.decode()


def _arrived(sandbox: SandboxClient) -> None:
    """Wait until the request is at the sandbox."""
    while sandbox.requests() == 0:
        pass
