"""Drafts on the command line: new, check, schema, drafts."""

from __future__ import annotations

import json
import os
import signal
from typing import Any

import pytest

from pushtui.paths import Paths
from tests.bodies import push
from tests.cli.program import ESC, Program

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u009b31m\u202eevil\x7f[@click=app.bell]x[/]"


def as_draft(**changes: Any) -> str:
    return json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": push(**changes)})


def test_a_new_draft_can_be_checked_at_once(pushtui: Program) -> None:
    draft = pushtui("new", "--account", "shop").stdout
    done = pushtui("check", "-", "--json", stdin=draft)
    assert done.status == 1
    assert done.json["account"] == "shop"
    assert done.json["sendable"] is False
    assert {"audience", "notification.alert"} <= {finding["field"] for finding in done.json["findings"]}


def test_a_draft_without_errors_passes(pushtui: Program) -> None:
    done = pushtui("check", pushtui.draft())
    assert done.status == 0
    assert "no findings" in done.out
    assert "unknown: users with all of the tags vip" in done.out


def test_account_overrides_the_drafts_own(pushtui: Program) -> None:
    assert pushtui("check", pushtui.draft(), "--account", "other", "--json").json["account"] == "other"


def test_a_misspelt_field_is_an_error_that_names_the_right_one(pushtui: Program) -> None:
    done = pushtui("check", "-", stdin=as_draft(notification={"alrt": "x", "alert": "y"}))
    assert done.status == 1
    assert "unknown field “alrt”; did you mean “alert”?" in done.out


def test_a_plain_name_is_found_in_the_drafts_folder(pushtui: Program) -> None:
    folder = Paths.from_environment().drafts
    folder.mkdir(parents=True)
    (folder / "launch.json").write_text(as_draft())
    assert pushtui("check", "launch").status == 0
    listed = pushtui("drafts", "--json").json["drafts"]
    assert [(one["name"], one["kind"], one["account"]) for one in listed] == [("launch", "rongcloud.push", "sandbox")]
    assert "launch" in pushtui("drafts").out
    missing = pushtui("check", "lunch")
    assert missing.status == 1
    assert "Did you mean “launch”?" in missing.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not valid JSON"),
        (b"[]", "must be one JSON object"),
        (b'{"kind":"rongcloud.push","account":"a","body":{},"boby":1}', "Unknown key “boby”"),
        (b'{"kind":"rongcloud.pusch","account":"a","body":{}}', "“rongcloud.pusch” is not known"),
        (b'{"platform":["ios"]}', "This is not a draft"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"kind":"rongcloud.push","account":"a","body":{"a":1,"a":2}}', "stands twice"),
    ],
)
def test_what_is_no_draft_is_explained(text: bytes, said: str, pushtui: Program) -> None:
    done = pushtui("check", "-", stdin=text)
    assert (done.status, done.out) == (1, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_an_error_is_a_document_too(pushtui: Program) -> None:
    done = pushtui("check", "nowhere.json", "--json")
    assert done.status == 1
    assert done.json["error"]["title"] == "Draft"
    assert "nowhere.json" in done.json["error"]["message"]
    assert "nowhere.json" in done.err


def test_hostile_text_never_reaches_the_terminal(pushtui: Program) -> None:
    draft = pushtui.draft(account=HOSTILE, notification={"alert": HOSTILE, HOSTILE: HOSTILE})
    for arguments in (("check", draft), ("check", draft, "--json"), ("plan", draft), ("check", HOSTILE.strip())):
        done = pushtui(*arguments)
        assert done.status in (0, 1)
        assert done.stdout + done.stderr
        for text in (done.stdout, done.stderr):
            assert ESC not in text
            assert not {"\u009b", "\u202e", "\x7f", "\x07"}.intersection(text.decode())


def test_json_says_hostile_text_exactly(pushtui: Program) -> None:
    draft = pushtui.draft(account=HOSTILE)
    assert pushtui("check", draft, "--json").json["account"] == HOSTILE


def test_text_in_any_language_survives_a_terminal_without_utf8(pushtui: Program) -> None:
    ascii_only = Program(pushtui.folder, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    done = ascii_only("check", pushtui.draft(account="北京"), "--json")
    assert done.json["account"] == "北京"
    assert ascii_only("check", "draft.json").status == 0


def test_the_schema_describes_every_field(pushtui: Program) -> None:
    schema = pushtui("schema", "rongcloud.push").json
    body = schema["properties"]["body"]
    assert schema["properties"]["kind"] == {"const": "rongcloud.push", "description": "What kind of draft this is."}
    assert body["required"] == ["platform", "audience", "notification"]
    assert "tags" in schema["$defs"]["Audience"]["properties"]["tag"]["description"]
    assert "131,072 UTF-8 bytes" in schema["$defs"]["Message"]["properties"]["content"]["description"]
    assert "thread-id" in schema["$defs"]["Ios"]["properties"]
    assert '"null"' not in json.dumps(schema)


def test_a_draft_can_come_through_a_pipe_with_a_name(pushtui: Program) -> None:
    pipe = pushtui.folder / "pipe"
    os.mkfifo(pipe)
    process = pushtui.start("check", str(pipe))
    pipe.write_text(as_draft())
    output, _ = process.communicate(timeout=20)
    assert (process.returncode, b"no findings" in output) == (0, True)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_waiting_for_a_pipe_ends_with_a_signal(pushtui: Program, number: signal.Signals, status: int) -> None:
    pipe = pushtui.folder / "pipe"
    os.mkfifo(pipe)
    process = pushtui.start("check", str(pipe))
    with pipe.open("wb"):  # Opens as soon as the program reads.
        process.send_signal(number)
        process.communicate(timeout=20)
    assert process.returncode in (status, -number)
