"""`pushtui sandbox`: serve, look, change."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from pushtui.services.account_table import SANDBOX_ACCOUNTS
from tests.addresses import address_line
from tests.cli.program import ESC, Program
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import clouds_of


def state(sandbox: SandboxClient) -> Any:
    return sandbox.control("GET", "/state")


def person(sandbox: SandboxClient, wanted: str) -> Any:
    return next(one for one in state(sandbox)["users"] if one["id"] == wanted)


# Serving


def test_serving_from_the_command_line(pushtui: Program) -> None:
    with pushtui.start("sandbox", "--port", "0", "--json") as server:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        assert set(said) == {"control_url", "rongcloud", "agora", "tencent"}
        plan = pushtui("plan", pushtui.draft(), "--json").json
        assert plan["requests"][0]["url"] == said["rongcloud"]["base_url"] + "/push.json"
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
    assert server.returncode == 0
    assert pushtui("plan", "draft.json").status == 1


def test_a_state_is_kept_from_one_to_the_next(pushtui: Program) -> None:
    for accepted in (0, 1):
        options = ("serve", "--port", "0", "--no-limits", "--seed", "3", "--state", "kept.json", "--json")
        with pushtui.start("sandbox", *options) as server:
            assert server.stdout is not None
            clouds = clouds_of(server.stdout.readline().decode())
            assert state(clouds.sandbox)["seed"] == 3
            assert state(clouds.sandbox)["settings"]["limits"] is False
            assert clouds.sandbox.accepted() == accepted
            clouds.send("rongcloud")
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=20)
        assert server.returncode == 0


def test_a_taken_port_is_a_sentence(linked: Program, sandbox: SandboxClient) -> None:
    port = sandbox.base_url.rpartition(":")[2]
    done = linked("sandbox", "--port", port)
    assert (done.status, done.out) == (1, "")
    assert f"Port {port} is taken" in done.err


def test_options_for_serving_are_not_lost_on_one_that_runs(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("sandbox", "--seed", "7", "reset")
    assert done.status == 2
    assert "--seed before “reset” is for serving" in done.err
    assert state(sandbox)["seed"] == 1


def test_without_a_sandbox_each_action_says_so(pushtui: Program) -> None:
    for action in (("state",), ("inbox", "--follow"), ("faults", "add", "hold"), ("save", "x.json")):
        done = pushtui("sandbox", *action)
        assert done.status == 1
        assert "No sandbox is running" in done.err


# Looking


def test_the_inbox_of_all_clouds(linked: Program, sandbox: SandboxClient) -> None:
    clouds = clouds_of(address_line(sandbox))
    for cloud in ("rongcloud", "agora", "tencent"):
        clouds.send(cloud)
    out = linked("sandbox", "inbox").out
    for words in (
        "Tencent Chat /v4/all_member_push/im_push",
        "Agora Chat /push/single",
        "✔ News: Hello",
        "in the app:",
    ):
        assert words in out
    pushes = linked("sandbox", "inbox", "--limit", "2", "--json").json["pushes"]
    assert [push["cloud"] for push in pushes] == ["tencent", "agora"]
    assert pushes[1]["recipients"] == ["amelie", "omar"]
    one = linked("sandbox", "inbox", "--push", pushes[1]["id"], "--json").json["pushes"]
    assert one == pushes[1:]
    missing = linked("sandbox", "inbox", "--push", "nothing")
    assert (missing.status, "“nothing”" in missing.err) == (1, True)


def test_following_goes_on_with_each_send_and_ends_with_ctrl_c(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.push()
    with linked.start("sandbox", "inbox", "--follow", "--json") as follower:
        assert follower.stdout is not None and follower.stderr is not None
        assert json.loads(follower.stdout.readline())["sequence"] == 1
        sandbox.push()
        assert json.loads(follower.stdout.readline())["sequence"] == 2
        sandbox.reset()
        sandbox.push()
        assert json.loads(follower.stdout.readline())["sequence"] == 1
        follower.send_signal(signal.SIGINT)
        _out, said = follower.communicate(timeout=20)
    assert (follower.returncode, said.decode()) == (130, "The sandbox began anew.\n")


def test_state_and_sends(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.push()
    sandbox.fault("hold")
    assert linked("sandbox", "state", "--json").json["accepted"] == 1
    out = linked("sandbox", "state").out
    for words in (f"RongCloud    {sandbox.base_url}, 1 accepted", "Tencent Chat", "faults       hold", "16, 2 online"):
        assert words in out
    assert sandbox.app_secret not in out
    assert linked("sandbox", "sends", "--json").json["recipients"]["amelie"] == 1
    assert "1 accepted: RongCloud 1" in linked("sandbox", "sends").out


# Changing


def test_reset(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.push()
    assert linked("sandbox", "reset", "--seed", "5").status == 0
    assert (sandbox.accepted(), state(sandbox)["seed"]) == (0, 5)
    sandbox.control("POST", "/reset", {"seed": 1})


def test_people(linked: Program, sandbox: SandboxClient) -> None:
    assert "Túndé" in linked("sandbox", "people").out
    assert "no push token" in linked("sandbox", "people", "tunde").out
    done = linked("sandbox", "people", "zoe", "--online", "on", "--handset", "zoe-hw", "--push-token", "off", "--json")
    (zoe,) = done.json["people"]
    assert (zoe["online"], [one["has_push_token"] for one in zoe["handsets"]]) == (True, [True, False])
    assert [one["has_push_token"] for one in person(sandbox, "zoe")["handsets"]] == [True, False]
    assert linked("sandbox", "people", "zoe", "--hides-details", "on", "--language", "fr").status == 0
    assert all(one["hides_details"] for one in person(sandbox, "zoe")["handsets"])


def test_faults(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("sandbox", "faults", "add", "rate-limited", "--cloud", "agora", "--times", "always", "--json")
    assert (done.json["cloud"], done.json["remaining"]) == ("agora", None)
    lost = ("answer-lost", "--path", "/push*", "--probability", "0.5", "--times", "3")
    assert "every cloud, path /push*, 3 left" in linked("sandbox", "faults", "add", *lost).out
    assert [one["name"] for one in linked("sandbox", "faults", "--json").json["faults"]] == ["rate-limited", lost[0]]
    out = linked("sandbox", "faults").out
    assert "Agora Chat, path *, until removed" in out
    assert "token-expired" in out
    assert linked("sandbox", "faults", "clear", str(done.json["id"])).out == "Removed: 1.\n"
    assert [one["name"] for one in state(sandbox)["faults"]] == ["answer-lost"]
    assert linked("sandbox", "faults", "clear", "--json").json == {"removed": 1}


def test_settings(linked: Program, sandbox: SandboxClient) -> None:
    given = ("limits=off", "rongcloud.day_zone=Asia/Shanghai", "rongcloud.active_days=3", "rongcloud.back_fill")
    shown = linked("sandbox", "settings", *given, "--json").json["settings"]
    assert [(one["name"], one["value"]) for one in shown] == [
        ("limits", False),
        ("rongcloud.day_zone", "Asia/Shanghai"),
        ("rongcloud.active_days", 3),
        ("rongcloud.back_fill", True),
    ]
    assert state(sandbox)["settings"]["rongcloud.active_days"] == 3
    assert "limits = off  (default: on)" in linked("sandbox", "settings").out


def test_clock(linked: Program, sandbox: SandboxClient) -> None:
    assert linked("sandbox", "clock", "freeze", "2026-11-22T12:00").out == "2026-11-22 12:00:00 UTC, frozen\n"
    assert linked("sandbox", "clock", "advance", "2h").out.startswith("2026-11-22 14:00:00 UTC")
    assert linked("sandbox", "clock", "advance", "-60", "--json").json["clock"]["now"].startswith("2026-11-22T13:59:00")
    assert linked("sandbox", "clock", "follow").out.endswith("running\n")
    assert linked("sandbox", "clock", "freeze").out == linked("sandbox", "clock").out
    assert state(sandbox)["clock"]["frozen"] is True


def test_a_snapshot_is_saved_and_loaded(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.push()
    assert linked("sandbox", "save", "kept.json").status == 0
    kept = linked.folder / "kept.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert sandbox.app_secret not in kept.read_text()
    sandbox.reset()
    assert linked("sandbox", "load", "kept.json").status == 0
    assert sandbox.accepted() == 1
    assert linked("sandbox", "save", "kept.json").status == 0


def test_what_is_no_snapshot_is_neither_replaced_nor_loaded(linked: Program, sandbox: SandboxClient) -> None:
    draft = linked.folder / linked.draft()
    before = draft.read_text()
    refused = linked("sandbox", "save", "draft.json")
    assert (refused.status, "--force replaces it" in refused.err, draft.read_text()) == (1, True, before)
    sandbox.push()
    for content in (before, '{"sandbox": 1}', "[", "[]"):
        (linked.folder / "wrong.json").write_text(content)
        done = linked("sandbox", "load", "wrong.json")
        assert done.status == 1
        assert done.err.startswith("Sandbox: ")
    assert sandbox.accepted() == 1
    assert linked("sandbox", "load", "missing.json").status == 1
    assert linked("sandbox", "save", "draft.json", "--force").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ("faults add latenc", 2, "There is no fault “latenc”. Did you mean “latency”?"),
        ("faults add zzz", 2, "Known: latency, "),
        ("faults add hold --seconds 3", 2, "seconds: the fault “hold” does not take it; it takes: cloud,"),
        ("faults add latency --seconds long", 2, "seconds: “long” is given; a number is needed"),
        ("faults add latency --times often", 2, "times: “often” is given; a whole number is needed"),
        ("faults add html-5xx --status 418", 1, "status: 418 is given"),
        ("faults add latency --cloud agoda", 1, "cloud: 'agoda' is given"),
        ("faults clear 99", 2, "No fault has the number 99"),
        ("faults clear all", 2, "invalid int value"),
        ("faults ad hold", 2, "“ad” is given; allowed: add, clear"),
        ("settings rongcloud.dayzone=UTC", 2, "Did you mean “rongcloud.day_zone”?"),
        ("settings limits=perhaps", 2, "limits: “perhaps” is given; on or off is needed"),
        ("settings rongcloud.day_zone=Nowhere", 1, "rongcloud.day_zone: “Nowhere” is not a time zone"),
        ("clock freeze soon", 2, "“soon” is no time"),
        ("clock freeze 90", 2, "“90” is no time"),
        ("clock advance far", 2, "“far” is no duration"),
        ("clock advance 9999999999999", 1, "far"),
        ("people amelia", 2, "Nobody has the user id “amelia”. Did you mean “amelie”?"),
        ("people amelia --online on", 1, "did you mean “amelie”?"),
        ("people --online on", 2, "give a user id"),
        ("people zoe --online yes", 2, "“yes” is given; allowed: on, off"),
        ("people zoe --handset zoe-hw", 2, "--handset needs --hides-details or --push-token"),
        ("inbox --limit 0", 2, "--limit: 0 is given"),
        ("inbox --follow --push 1", 2, "leave one of them out"),
        ("snapshot", 2, "allowed: serve, inbox"),
    ],
)
def test_what_is_wrong_is_said(linked: Program, arguments: str, status: int, told: str) -> None:
    done = linked("sandbox", *arguments.split())
    assert (done.status, done.out) == (status, "")
    assert told in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        "reset",
        "people amelie --online on",
        "faults add hold",
        "faults clear",
        "settings limits=off",
        "clock freeze",
        "clock follow",
        "clock advance 1",
        "save kept.json",
        "load kept.json",
    ],
)
def test_read_only_refuses_every_change(linked: Program, sandbox: SandboxClient, arguments: str) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    sandbox.fault("hold", path="/nothing")
    before = sandbox.control("GET", "/snapshot")
    done = linked("--read-only", "sandbox", *arguments.split())
    assert (done.status, done.err.startswith("Refused: ")) == (1, True)
    assert sandbox.control("GET", "/snapshot") == before
    assert not Path(linked.folder, "kept.json").exists()


def test_read_only_looks(linked: Program) -> None:
    for action in ("inbox", "state", "sends", "people", "faults", "settings", "clock"):
        assert linked("--read-only", "sandbox", action).status == 0


def test_what_clients_sent_is_shown_and_not_obeyed(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.push({"platform": ["ios"], "audience": {"userid": ["123"]}, "notification": {"alert": "\x1b]0;PWNED\x07"}})
    for arguments in (("inbox",), ("inbox", "--json"), ("sends",)):
        done = linked("sandbox", *arguments)
        assert done.status == 0
        assert ESC not in done.stdout + done.stderr


def test_the_sandbox_is_among_the_accounts_while_it_runs(linked: Program) -> None:
    assert [one["name"] for one in linked("accounts", "--json").json["accounts"]] == list(SANDBOX_ACCOUNTS.values())


def test_doctor_finds_what_works(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("doctor", "--json")
    assert done.status == 0
    checks = {one["name"]: one for one in done.json["checks"]}
    assert checks["sandbox"] == {"name": "sandbox", "well": True, "note": sandbox.base_url}
    assert checks["journal"]["well"] is True
