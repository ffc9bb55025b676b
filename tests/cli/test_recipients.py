"""Recipients on the command line."""

from __future__ import annotations

import json
import signal
from typing import Any

import pytest

from tests.cli.program import ESC, Program

BODY: dict[str, Any] = {
    "fromUserId": "news",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Hi {name}"}',
    "pushContent": ["Hello {name}"],
}
SOURCE: dict[str, Any] = {"file": "people.csv", "user": "user_id", "values": {"name": "name"}}


@pytest.fixture
def people(pushtui: Program) -> Program:
    """The program beside a file of recipients and a draft that names it."""
    (pushtui.folder / "people.csv").write_text("user_id,name\n21,Tom\n22,Jerry\n23,\n", encoding="utf-8")
    write_draft(pushtui, recipients=SOURCE)
    return pushtui


def write_draft(program: Program, name: str = "welcome.json", **more: Any) -> None:
    draft: dict[str, Any] = {"kind": "rongcloud.system-template", "account": "sandbox", "body": BODY, **more}
    (program.folder / name).write_text(json.dumps(draft))


def test_a_file_is_looked_at_and_told_as_a_draft_would_name_it(people: Program) -> None:
    done = people("recipients", "people.csv", "--json")
    assert done.status == 0
    assert (done.json["count"], done.json["format"], done.json["encoding"], done.json["delimiter"]) == (
        3,
        "csv",
        "utf-8",
        ",",
    )
    assert done.json["recipients"] == {"file": "people.csv", "user": "user_id", "values": {"name": "name"}}
    assert [(one["name"], one["user"], one["samples"]) for one in done.json["columns"]] == [
        ("user_id", True, ["21", "22", "23"]),
        ("name", False, ["Tom", "Jerry", ""]),
    ]
    assert [(one["severity"], one["field"]) for one in done.json["findings"]] == [("warning", "recipients.values.name")]
    shown = people("recipients", "people.csv").out
    assert "people.csv: 3 recipients" in shown
    assert '"user": "user_id"' in shown


def test_the_drafts_own_file_and_what_people_read(people: Program) -> None:
    done = people("recipients", "--draft", "welcome.json", "--person", "2", "--worst", "--json")
    assert [(one["number"], one["user"], one["in_app"]) for one in done.json["people"]] == [
        (2, "22", "Hi Jerry"),
        (3, "23", "Hi "),
    ]
    assert done.json["people"][0]["offline"][0]["text"] == "Hello Jerry"
    assert [one["worst"] for one in done.json["people"]] == ["the most text", "the least text"]
    shown = people("recipients", "--draft", "welcome.json", "--worst").out
    assert "Recipient 2: 22 (line 3, the most text)" in shown and "Recipient 3: 23 (line 4, the least text)" in shown
    assert "Recipient 2: 22 (line 3)" in people("recipients", "--draft", "welcome.json", "--person", "2").out


def test_what_leaks_is_shown_before_it_leaks(people: Program) -> None:
    write_draft(people, body=BODY | {"content": '{"content":"Hi {name}, {d}"}'}, recipients=SOURCE)
    done = people("recipients", "--draft", "welcome.json", "--person", "1")
    assert done.status == 1
    assert "Hi Tom, {d}" in done.out and "{d} is read as it is written" in done.out
    assert "{d} has no value: everybody would read it as it is written" in people("check", "welcome.json").out


def test_a_file_that_cannot_be_read_reaches_nobody_knows_whom(people: Program) -> None:
    (people.folder / "people.csv").write_text('user_id,name\n21,"Tom\n')
    done = people("check", "welcome.json")
    assert done.status == 1
    assert "unknown: people.csv cannot be read to its end" in done.out and "line 2: a quotation mark" in done.out


def test_a_long_text_does_not_flood_the_terminal(people: Program) -> None:
    (people.folder / "people.csv").write_text("user_id,name\n21," + "x" * 100_000 + "\n")
    done = people("recipients", "--draft", "welcome.json", "--person", "1")
    assert "… (100,003 characters)" in done.out and len(done.out) < 8000
    shown = people("recipients", "--draft", "welcome.json", "--person", "1", "--json").json["people"][0]
    assert shown["in_app"] == "Hi " + "x" * 100_000


def test_a_wide_table_is_cut(people: Program) -> None:
    names = ["user_id", *(f"c{number}" for number in range(99))]
    (people.folder / "wide.csv").write_text(",".join(names) + "\n" + ",".join(["x" * 99] * 100) + "\n")
    shown = people("recipients", "wide.csv").out
    assert "and 60 more" in shown and "x" * 40 not in shown and len(shown.splitlines()) < 60


def test_columns_and_errors(people: Program) -> None:
    (people.folder / "other.csv").write_text('id;first name;x\n1;A"b;2\n1;C;3\n')
    write_draft(people, "plain.json")
    done = people("recipients", "other.csv", "--draft", "plain.json", "--value", "name=first name", "--json")
    assert done.status == 1
    assert {(one["severity"], one["field"]) for one in done.json["findings"]} == {
        ("error", "recipients.values.name"),
        ("error", "recipients.user"),
    }
    assert done.json["recipients"]["values"] == {"name": "first name"}


def test_text_comes_through_standard_input(pushtui: Program) -> None:
    done = pushtui("recipients", "-", "--json", stdin="21, 22 23")
    assert (done.json["count"], done.json["format"]) == (3, "lines")
    assert pushtui("recipients", "-", stdin=b"\xff").err.startswith("Draft: Standard input is not UTF-8")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nobody.csv",), 1, "nobody.csv: it cannot be read: No such file"),
        ((), 2, "FILE is missing"),
        (("people.csv", "--person", "1"), 2, "so they need --draft"),
        (("--draft", "welcome.json", "--person", "4"), 2, "4 is given; there are 3 recipients"),
        (("people.csv", "--value", "name"), 2, "a placeholder and its column are needed"),
        (("people.csv", "--encoding", "utf9"), 2, "--encoding: “utf9” is given; allowed: utf-8"),
        (("people.csv", "--draft", "draft.json"), 1, "rongcloud.push goes to one audience"),
    ],
)
def test_what_is_wrong_with_the_arguments(arguments: tuple[str, ...], status: int, said: str, people: Program) -> None:
    people.draft()
    done = people("recipients", *arguments)
    assert done.status == status
    assert said in done.err


def test_check_reads_the_recipients_too(people: Program) -> None:
    done = people("check", "welcome.json", "--json")
    assert done.status == 0
    assert (done.json["reach"]["extent"], done.json["reach"]["users"]) == ("exactly", 3)
    (people.folder / "people.csv").write_text("user_id,name\n21,Tom\n21,Jerry\n", encoding="utf-8")
    done = people("check", "welcome.json")
    assert done.status == 1
    assert "line 3, as on line 2" in done.out


def test_hostile_cells_never_reach_the_terminal(pushtui: Program) -> None:
    (pushtui.folder / "evil.csv").write_text("user_id,\x1b[2Jname\n\x1b]0;x\x07,\u202ex\n", encoding="utf-8")
    for more in ((), ("--json",)):
        done = pushtui("recipients", "evil.csv", *more)
        assert ESC not in done.stdout + done.stderr
        assert "\u202e" not in done.out


def test_a_long_reading_ends_with_a_signal(pushtui: Program) -> None:
    with (pushtui.folder / "many.csv").open("w") as file:
        file.write("user_id\n")
        file.writelines(f"user-{number}\n" for number in range(2_000_000))
    process = pushtui.start("recipients", "many.csv")
    while not any("many.csv" in one for one in _open_files(process.pid)):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20) == (b"", b"")
    assert process.returncode == 130


def _open_files(process: int) -> list[str]:
    import psutil

    return [file.path for file in psutil.Process(process).open_files()]
