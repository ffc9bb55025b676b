"""`pushtui sandbox`: serve, look, reset."""

from __future__ import annotations

import json
import signal

from tests.cli.program import Program
from tests.sandbox.client import SandboxClient


def test_serving_from_the_command_line(pushtui: Program) -> None:
    with pushtui.start("sandbox", "--port", "0", "--json") as server:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        plan = pushtui("plan", pushtui.draft(), "--json").json
        assert plan["requests"][0]["url"] == said["rongcloud"]["base_url"] + "/push.json"
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
    assert server.returncode == 0
    assert pushtui("plan", "draft.json").status == 1


def test_a_taken_port_is_a_sentence(linked: Program, sandbox: SandboxClient) -> None:
    port = sandbox.base_url.rpartition(":")[2]
    done = linked("sandbox", "--port", port)
    assert (done.status, done.out) == (1, "")
    assert f"Port {port} is taken" in done.err


def test_inbox_state_and_reset(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.push()
    assert linked("sandbox", "state", "--json").json["accepted"] == 1
    assert "hello" in linked("sandbox", "inbox").out
    assert linked("sandbox", "inbox", "--json").json["pushes"][0]["deliveries"]
    refused = linked("--read-only", "sandbox", "reset")
    assert (refused.status, sandbox.accepted()) == (1, 1)
    assert linked("sandbox", "reset").status == 0
    assert sandbox.accepted() == 0


def test_the_sandbox_is_among_the_accounts_while_it_runs(linked: Program) -> None:
    assert [one["name"] for one in linked("accounts", "--json").json["accounts"]] == ["sandbox"]


def test_doctor_finds_what_works(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("doctor", "--json")
    assert done.status == 0
    checks = {one["name"]: one for one in done.json["checks"]}
    assert checks["sandbox"] == {"name": "sandbox", "well": True, "note": sandbox.base_url}
    assert checks["journal"]["well"] is True
