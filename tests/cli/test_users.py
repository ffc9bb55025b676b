"""Users' settings on the command line: shown, compared, exported."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.program import Program
from tests.sandbox.client import SandboxClient

TAGS = "/user/tags/get.json"


def test_a_user_is_shown_at_every_account(linked: Program) -> None:
    done = linked("users", "show", "priya", "--json", "--conversation", "user/amelie")
    assert done.status == 0, done.err
    found = {look["account"]["name"]: look for look in done.json["profiles"]}
    assert list(found) == ["sandbox", "sandbox-agora", "sandbox-tencent"]
    assert [look["exists"] for look in found.values()] == [True] * 3
    hours = found["sandbox"]["facts"]["quiet_hours"]
    assert hours["value"] == {"start": "22:00:00", "minutes": 540, "level": 1}
    assert (hours["state"], hours["source"]) == ("known", "POST /user/blockPushPeriod/get.json")
    assert hours["read_at"].endswith("+00:00")
    assert found["sandbox"]["facts"]["conversations"]["value"] == {"1/amelie": 0}
    assert found["sandbox-agora"]["facts"]["conversations"]["value"]["user/amelie"]["mode"] is None
    assert found["sandbox-tencent"]["facts"]["conversations"]["state"] == "not available from this provider"


def test_people_read_values_with_their_sources_and_reasons(linked: Program) -> None:
    done = linked("users", "show", "priya", "--account", "sandbox")
    assert done.status == 0
    lines = done.out.splitlines()
    assert "○ sandbox" in lines[0] and "priya" in lines[0]
    hours = next(line for line in lines if "quiet hours" in line)
    number = hours[hours.rindex("[") :]
    assert "22:00:00-07:00:00 server time (UTC), level 1 only @-messages push" in hours
    assert any(line.startswith(f"  {number} POST /user/blockPushPeriod/get.json, 20") for line in lines)
    assert "RongCloud tells nobody which devices a user has" in done.out
    assert all(len(line) <= 100 for line in lines)


def test_nobody_is_said_in_a_line(linked: Program) -> None:
    done = linked("users", "show", "nobody-at-all")
    assert done.status == 0
    assert done.out.count("There is no such user.") == 3
    assert len(done.out.splitlines()) == 3 * 3 + 2


def test_what_cannot_be_read_makes_the_status_1_and_is_said_in_its_row(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("html-5xx", cloud="rongcloud", path=TAGS, times=None)
    done = linked("users", "show", "priya", "--account", "sandbox")
    assert done.status == 1
    assert "✖ tags" in done.out
    assert "● quiet hours" in done.out


def test_users_are_compared_and_what_is_the_same_can_be_left_out(linked: Program) -> None:
    done = linked("users", "compare", "priya", "omar", "--account", "sandbox", "--differences")
    assert done.status == 0
    rows = [line for line in done.out.splitlines() if "≠" in line]
    assert [row.split("  ")[1].removeprefix("≠ ") for row in rows] == ["name", "quiet hours", "tags"]
    assert "  = " not in done.out
    (found,) = linked("users", "compare", "priya", "omar", "--account", "sandbox", "--json").json["comparisons"]
    assert found["facts"]["tags"]["differs"] and not found["facts"]["exists"]["differs"]


def test_an_export_is_csv_or_one_document(linked: Program) -> None:
    (linked.folder / "people.csv").write_text("name,user_id\nPriya,priya\nNobody,nobody\nOmar,omar\n")
    only = ("--account", "sandbox", "--only", "exists", "--only", "tags")
    done = linked("users", "export", "--file", "people.csv", *only)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert done.status == 0
    assert [(row["user_id"], row["exists"], row["problems"]) for row in rows] == [
        ("priya", "true", ""),
        ("nobody", "false", ""),
        ("omar", "true", ""),
    ]
    assert json.loads(rows[0]["tags"]) == ["beta", "女"]
    found = linked("users", "export", "priya", "nobody", *only, "--format", "json").json
    assert [one["user"] for one in found["profiles"]] == ["priya", "nobody"]
    assert found["account"]["name"] == "sandbox"


def test_ids_and_conversations_may_come_through_a_pipe(linked: Program) -> None:
    only = ("--account", "sandbox", "--only", "exists")
    done = linked("users", "export", "--file", "-", *only, stdin="priya\nomar\n")
    assert [row["user_id"] for row in csv.DictReader(io.StringIO(done.out))] == ["priya", "omar"]
    named = ("--account", "sandbox", "--only", "conversations", "--conversations", "-")
    shown = linked("users", "show", "priya", *named, "--json", stdin="user/amelie, group/42\n").json
    assert shown["profiles"][0]["facts"]["conversations"]["value"] == {"1/amelie": 0, "3/42": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("users",), "What about users?"),
        (("users", "show", "priya", "--only", "tgs"), "Did you mean “tags”?"),
        (("users", "show", "priya", "--conversation", "grup/1"), "Did you mean “group”?"),
        (("users", "show", "priya", "--conversation", "amelie"), "such as user/anna"),
        (("users", "compare", "priya", "priya"), "needs two or more"),
        (("users", "export", "priya"), "--account is missing"),
        (("users", "export", "--account", "sandbox"), "Either ids or --file"),
    ],
)
def test_mistakes_are_named(arguments: tuple[str, ...], said: str, linked: Program) -> None:
    done = linked(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_without_an_account_there_is_nobody_to_ask(pushtui: Program) -> None:
    done = pushtui("users", "show", "priya")
    assert done.status == 1
    assert "pushtui accounts add" in done.err
