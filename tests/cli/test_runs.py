"""Runs of many requests from the command line, against the real sandbox."""

from __future__ import annotations

import csv
import json
import os
import signal
import time
from random import Random
from typing import Any

import pytest

from pushtui.paths import Paths
from tests.cli.program import ESC, Ended, Program
from tests.sandbox.client import SandboxClient

KIND = "rongcloud.system-template"
PATH = "/message/system/publish_template.json"
BODY = {
    "fromUserId": "news",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Hello {name}"}',
    "pushContent": ["Hello {name}"],
}


@pytest.fixture
def linked(linked: Program, sandbox: SandboxClient) -> Program:
    """A program, and a sandbox that takes its time rather than counts."""
    sandbox.settings(limits=False)
    return linked


def draft(program: Program, people: int) -> str:
    """Write a draft for so many people and return its name."""
    rows = "".join(f"user-{number},Person {number}\n" for number in range(1, people + 1))
    (program.folder / "people.csv").write_text(f"id,name\n{rows}")
    source = {"file": "people.csv", "user": "id", "values": {"name": "name"}}
    text = json.dumps({"kind": KIND, "account": "sandbox", "body": BODY, "recipients": source})
    (program.folder / "draft.json").write_text(text)
    return "draft.json"


def recipients(sandbox: SandboxClient) -> dict[str, int]:
    """Return how often somebody was sent something."""
    return dict(sandbox.control("GET", "/sends")["recipients"])


def everybody_once(sandbox: SandboxClient, people: int) -> bool:
    return recipients(sandbox) == {f"user-{number}": 1 for number in range(1, people + 1)}


def rest(program: Program, run: str) -> str:
    """Return what confirms the sending of what is left of a run."""
    left = program("runs", "show", run, "--json").json["tally"]["planned"]["recipients"]
    return f"sandbox {left}"


def resumed(program: Program, run: str, *options: str) -> Ended:
    """Resume a run, confirming it."""
    return program("runs", "resume", run, *options, "--confirm", rest(program, run))


def test_the_way_of_a_run(linked: Program, sandbox: SandboxClient) -> None:
    plan = linked("plan", draft(linked, 120), "--json").json
    assert (plan["batches"], plan["recipients"], plan["seconds"], plan["confirm"]) == (3, 120, 1.2, "sandbox 120")
    assert len(plan["requests"]) == 1
    sent = linked("send", "draft.json", "--plan", plan["digest"], "--confirm", "sandbox 120", "--json")
    assert sent.status == 0
    run = sent.json
    assert (run["phase"], run["tally"]) == ("done", {"accepted": {"batches": 3, "recipients": 120}})
    assert everybody_once(sandbox, 120)
    short = run["id"][:8]
    listed = linked("runs", "--json").json["runs"]
    assert [one["id"] for one in listed] == [run["id"]]
    for command in (["runs"], ["runs", "show", short], ["history", short]):
        assert "120" in linked(*command).out and short in linked(*command).out
    assert "120 recipients in 3 requests" in linked("runs", "show", short).out
    assert linked("runs", "watch", short).status == 0
    again = linked("history", short, "--draft").json
    assert again["recipients"]["file"] == str(linked.folder / "people.csv")
    assert linked("plan", "-", stdin=json.dumps(again)).out.count("the very same is in the run") == 1


def test_single_pushes_are_no_runs_to_follow(linked: Program) -> None:
    linked("send", linked.draft(), "--confirm", "sandbox unknown")
    assert linked("runs", "--json").json == {"runs": []}
    run = linked("history", "--json").json["runs"][0]["id"]
    refused = linked("runs", "results", run)
    assert refused.status == 1
    assert "only the provider knows who is in it" in refused.err
    refused = linked("runs", "retry-unknown", run, "--reason", "nobody got it", "--confirm", "sandbox unknown")
    assert refused.status == 1
    assert f"pushtui history {run[:8]} --draft" in refused.err


def test_what_became_of_everybody(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("reset-before", path="*template*")
    sent = linked("send", draft(linked, 120), "--confirm", "sandbox 120", "--json")
    assert (sent.status, sent.json["state"]) == (3, "unknown")
    short = sent.json["id"][:8]
    (trouble,) = linked("runs", "show", short, "--json").json["troubles"]
    assert (trouble["state"], trouble["batches"], trouble["planned_again"]) == ("unknown", 1, False)
    assert "What went wrong" in linked("runs", "show", short).out
    table = list(csv.DictReader(linked("runs", "results", short).out.splitlines()))
    assert [row["user_id"] for row in table] == [f"user-{number}" for number in range(1, 121)]
    states = [row["state"] for row in table]
    assert (states.count("accepted"), states.count("unknown")) in ((70, 50), (100, 20))
    assert all(bool(row["message_uid"]) == (row["state"] == "accepted") for row in table)
    assert {row["reason"][:16] for row in table if row["state"] == "unknown"} == {"Outcome unknown:"}
    document = linked("runs", "results", short, "--json").json
    assert [one["user_id"] for one in document["results"]] == [row["user_id"] for row in table]
    unknown = linked("runs", "results", short, "--format", "json", "--state", "unknown").json["results"]
    assert {one["state"] for one in unknown} == {"unknown"}
    one = linked("runs", "results", short, "--user", "user-7", "--json").json["results"]
    assert [result["user_id"] for result in one] == ["user-7"]
    refused = linked("runs", "resume", short)
    assert refused.status == 1 and "is left to send" in refused.err
    assert "--reason" in linked("runs", "retry-unknown", short).err
    retry = ("runs", "retry-unknown", short, "--reason", "RongCloud's log has nothing of it")
    people = states.count("unknown")
    asked = linked(*retry)
    assert asked.status == 1 and f"give --confirm “sandbox {people} again”. Nothing was changed." in asked.err
    again = linked(*retry, "--confirm", f"sandbox {people} again", "--json").json
    assert again["planned_again"] == 1
    refused = linked("runs", "resume", short)
    assert refused.status == 1 and f"give --confirm “sandbox {people} again”. Nothing was sent." in refused.err
    assert f"{people} of those who are planned may have it already" in refused.err
    assert linked("runs", "resume", short, "--confirm", f"sandbox {people} again").status == 0
    assert everybody_once(sandbox, 120)
    shown = linked("runs", "show", short).out
    assert "What was decided" in shown and f"unknown requests planned again, {people} people" in shown
    assert "RongCloud's log has nothing of it" in shown
    for command in (["runs", "show", short], ["history", short]):
        (decision,) = linked(*command, "--json").json["decisions"]
        assert (decision["reason"], decision["recipients"]) == ("RongCloud's log has nothing of it", people)
    assert [len(one["decisions"]) for one in linked("history", "--json").json["runs"]] == [1]


def test_the_rest_of_a_run_is_confirmed_for_as_many_as_are_left(linked: Program, sandbox: SandboxClient) -> None:
    with linked.start("send", draft(linked, 300), "--confirm", "sandbox 300") as process:
        _arrived(sandbox)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    (run,) = linked("runs", "--json").json["runs"]
    left, asked = run["tally"]["planned"]["recipients"], sandbox.requests(PATH)
    refused = linked("runs", "resume", run["id"][:7], "--confirm", f"sandbox {left}")
    assert refused.status == 1 and "at least 8 characters of the id. Nothing was sent." in refused.err
    for options in ([], ["--detach"]):
        refused = linked("runs", "resume", run["id"], *options, "--confirm", "sandbox 300")
        assert refused.status == 1 and f"“sandbox {left}” is needed. Nothing was sent." in refused.err
    assert sandbox.requests(PATH) == asked
    assert linked("runs", "resume", run["id"][:8], "--confirm", f"sandbox {left}", "--json").status in (0, 3)
    assert max(recipients(sandbox).values()) == 1 and sandbox.requests(PATH) == 6


def test_a_draft_of_those_who_were_rejected(linked: Program, sandbox: SandboxClient) -> None:
    name = draft(linked, 120)
    sandbox.settings(rongcloud__allowed_drift=300)
    sandbox.advance(-86_400)
    sent = linked("send", name, "--confirm", "sandbox 120", "--json")
    assert (sent.status, sent.json["state"]) == (1, "rejected")
    short = sent.json["id"][:8]
    done = linked("runs", "draft-rejected", short, str(linked.folder / "again.json"))
    assert done.status == 0 and "120 recipients" in done.out
    sandbox.advance(86_400)
    assert linked("send", "again.json", "--confirm", "sandbox 120").status == 0
    assert everybody_once(sandbox, 120)


def test_a_detached_run_is_watched_paused_and_resumed(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("hold", times=None, path="*template*")
    sent = linked("send", draft(linked, 200), "--confirm", "sandbox 200", "--detach", "--json")
    assert (sent.status, sent.json["phase"]) == (0, "sending")
    run = sent.json["id"]
    paused = linked("runs", "pause", run, "--json").json
    assert paused["phase"] == "paused"
    refused = linked("send", "draft.json", "--confirm", "sandbox 200")
    assert refused.status == 1 and f"One run at a time: The run {run[:8]} goes to the same app" in refused.err
    assert linked("runs", "show", run).out.count("paused") == 1
    assert linked("runs", "resume", run, "--json").json["phase"] == "sending"
    sandbox.control("DELETE", "/faults")
    watched = linked("runs", "watch", run, "--json")
    assert (watched.status, watched.json["phase"]) == (0, "done")
    assert "accepted" in watched.err
    assert linked("runs", "stop", run).status == 1
    assert everybody_once(sandbox, 200)


def test_a_stopped_run_is_resumed_by_a_process_of_its_own(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("hold", times=None, path="*template*")
    run = linked("send", draft(linked, 200), "--confirm", "sandbox 200", "--detach", "--json").json["id"]
    assert linked("runs", "pause", run).status == 0
    assert linked("runs", "stop", run).status == 0
    refused = linked("runs", "resume", run, "--detach")
    assert refused.status == 1 and "is being sent already" in refused.err
    sandbox.control("DELETE", "/faults")
    stopped = linked("runs", "watch", run, "--json")
    assert (stopped.status, stopped.json["phase"]) == (1, "stopped")
    assert resumed(linked, run, "--detach", "--json").json["phase"] in ("sending", "done")
    assert linked("runs", "watch", run).status == 0
    assert everybody_once(sandbox, 200)


def test_a_detached_run_that_cannot_begin_says_why(linked: Program, sandbox: SandboxClient) -> None:
    name = draft(linked, 300)
    with linked.start("send", name, "--confirm", "sandbox 300") as process:
        _arrived(sandbox)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    (run,) = linked("runs", "--json").json["runs"]
    Paths.from_environment().sandbox_file.unlink()
    refused = resumed(linked, run["id"], "--detach")
    assert refused.status == 1
    assert "; the run stands as before: " in refused.err and "No sandbox is running" in refused.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_a_run_and_says_how_to_go_on(
    number: signal.Signals, linked: Program, sandbox: SandboxClient
) -> None:
    sandbox.fault("latency", seconds=0.1, times=None, path="*template*")
    with linked.start("send", draft(linked, 300), "--confirm", "sandbox 300") as process:
        _arrived(sandbox)
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert b"To go on: pushtui runs resume" in said and b"Traceback" not in said
    (run,) = linked("runs", "--json").json["runs"]
    assert (run["phase"], set(run["tally"])) == ("stopped", {"accepted", "planned"})
    assert resumed(linked, run["id"]).status == 0
    assert everybody_once(sandbox, 300)


def test_a_run_goes_on_if_nobody_reads_about_it(linked: Program, sandbox: SandboxClient) -> None:
    with linked.start("send", draft(linked, 120), "--confirm", "sandbox 120") as process:
        _arrived(sandbox)
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
        assert process.wait(timeout=30) == 128 + signal.SIGPIPE
    (run,) = linked("runs", "--json").json["runs"]
    assert (run["phase"], run["tally"]["accepted"]["recipients"]) == ("done", 120)
    assert everybody_once(sandbox, 120)


def test_killed_again_and_again(linked: Program, sandbox: SandboxClient) -> None:
    people, dice, run = 300, Random(4), ""
    process = linked.start("send", draft(linked, people), "--confirm", f"sandbox {people}")
    for _death in range(3):
        _arrived(sandbox, sandbox.requests(PATH) + 1)
        for _moment in range(dice.randint(0, 80)):
            sandbox.requests(PATH)
        assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        run = run or linked("runs", "--json").json["runs"][0]["id"]
        process = linked.start("runs", "resume", run, f"--confirm={rest(linked, run)}")
    process.communicate(timeout=60)
    document = linked("runs", "results", run, "--json").json
    states = {one["user_id"]: one["state"] for one in document["results"]}
    truth = recipients(sandbox)
    assert len(document["results"]) == len(states) == people
    assert set(states.values()) <= {"accepted", "unknown"}
    assert all(truth.get(user, 0) == 1 for user, state in states.items() if state == "accepted")
    assert max(truth.values()) == 1
    assert list(states.values()).count("unknown") <= 50 * 3


def test_read_only_changes_no_run(linked: Program, sandbox: SandboxClient) -> None:
    run = linked("send", draft(linked, 120), "--confirm", "sandbox 120", "--json").json["id"]
    for command in (["pause"], ["resume"], ["stop"], ["retry-unknown", "--reason", "x"]):
        done = linked("--read-only", "runs", command[0], run, *command[1:])
        assert done.status == 1 and "--read-only forbids" in done.err
    assert linked("--read-only", "runs", "results", run).status == 0


def test_hostile_ids_and_reasons_are_shown_safely(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("html-5xx", path="*template*")
    body: dict[str, Any] = {**BODY, "toUserId": ["=1+1"], "values": [{"{name}": "x"}]}
    text = json.dumps({"kind": KIND, "account": "sandbox", "body": body})
    (linked.folder / "inline.json").write_text(text)
    run = linked("send", "inline.json", "--confirm", "sandbox 1", "--json").json["id"]
    for options in ([], ["--json"]):
        shown = linked("runs", "results", run, *options).stdout
        assert ESC not in shown and b"=1+1" in shown


def _arrived(sandbox: SandboxClient, requests: int = 1) -> None:
    """Wait until so many requests are at the sandbox; AssertionError after half a minute."""
    deadline = time.monotonic() + 30
    while sandbox.requests(PATH) < requests:
        assert time.monotonic() < deadline
