"""Settings of users changed on the command line."""

from __future__ import annotations

import json
import signal
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.cli.program import Ended, Program
from tests.sandbox.client import SandboxClient

AGORA = ("--account", "sandbox-agora")
RONGCLOUD = ("--account", "sandbox")
YES = ("--confirm", "sandbox 1")


def ask(sandbox: SandboxClient, path: str, **values: str) -> Any:
    """Ask RongCloud directly."""
    headers = {**sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
    return sandbox.request("POST", path, urlencode(values).encode(), headers).json


def tags(sandbox: SandboxClient, user: str) -> Any:
    return ask(sandbox, "/user/tags/get.json", userIds=user)["result"][user]


def aliases(sandbox: SandboxClient, user: str) -> dict[str, str]:
    return {item["id"]: item["remark"] for item in ask(sandbox, "/user/remarks/get.json", userId=user)["users"]}


def test_a_change_is_shown_confirmed_made_and_read_back(linked: Program) -> None:
    done = linked("users", "set", "amelie", "mode", "NONE", *AGORA, *YES)
    assert done.status == 0, done.err
    assert "~ not set, which pushes all messages → NONE: none" in done.out
    assert 'PUT /users/amelie/notification/user/amelie  {"type":"NONE"}' in done.out
    assert "Done; read back, it is as wanted." in done.out


def test_without_a_confirmation_the_difference_is_shown_and_nothing_is_changed(linked: Program) -> None:
    done = linked("users", "set", "amelie", "mode", "NONE", *AGORA)
    assert (done.status, "NONE: none" in done.out) == (1, True)
    assert "There is nobody to ask. To change it, give --confirm “sandbox 1”. Nothing was changed." in done.err
    wrong = linked("users", "set", "amelie", "mode", "NONE", *AGORA, "--confirm", "live 1")
    assert (wrong.status, "“sandbox 1” is needed" in wrong.err) == (1, True)
    assert linked("users", "changes").out == "No settings were changed yet.\n"


def test_what_is_so_already_is_no_failure(linked: Program) -> None:
    linked("users", "set", "amelie", "language", "el", *AGORA, *YES)
    done = linked("users", "set", "amelie", "language", "el", *AGORA, "--json")
    assert (done.status, done.json["changed"]) == (0, False)
    assert done.json["problem"] == "Nothing to change: the language of “amelie” is so already."


def test_programs_read_one_document(linked: Program) -> None:
    done = linked("users", "set", "priya", "tags", "vip,beta", *RONGCLOUD, *YES, "--json")
    assert done.status == 0, done.err
    said = done.json
    assert (said["changed"], said["state"], said["read_back"]) == (True, "accepted", "as wanted")
    assert (said["before"], said["wanted"]) == (["beta", "女"], ["vip", "beta"])
    assert said["requests"][0]["body"] == {"userId": "priya", "tags": ["vip", "beta"]}


def test_changes_are_listed_shown_and_taken_back(linked: Program, sandbox: SandboxClient) -> None:
    linked("users", "set", "priya", "tags", "vip", *RONGCLOUD, *YES)
    linked("users", "set", "amelie", "mode", "AT", *AGORA, *YES)
    listed = linked("users", "changes")
    assert listed.status == 0
    first, second = listed.out.splitlines()
    assert "amelie" in first and "mode" in first
    assert "priya" in second and "beta, 女 → vip" in second
    change = second.split()[0]
    shown = linked("users", "changes", change)
    assert "  before       beta, 女" in shown.out
    assert [one["user"] for one in linked("users", "changes", "--user", "amelie", "--json").json["changes"]] == [
        "amelie"
    ]
    refused = linked("users", "undo", change)
    assert "+ 女: not set → set" in refused.out
    undone = linked("users", "undo", change, *YES)
    assert undone.status == 0, undone.err
    assert tags(sandbox, "priya") == ["beta", "女"]
    stale = linked("users", "undo", change, *YES)
    assert (stale.status, "Stale change" in stale.err) == (1, True)


def test_tags_are_added_removed_and_replaced(linked: Program, sandbox: SandboxClient) -> None:
    assert linked("users", "tags", "list", "priya", *RONGCLOUD).out.split() == ["beta", "女"]
    added = linked("users", "tags", "add", "priya", "vip", "beta", *RONGCLOUD, *YES)
    assert "= beta: set, stays" in added.out and "+ vip: not set → set" in added.out
    linked("users", "tags", "remove", "priya", "beta", *RONGCLOUD, *YES)
    assert tags(sandbox, "priya") == ["女", "vip"]
    linked("users", "tags", "set", "priya", *RONGCLOUD, *YES)
    assert tags(sandbox, "priya") == []


def test_what_is_added_to_is_what_the_difference_was_made_from(linked: Program, sandbox: SandboxClient) -> None:
    linked("users", "tags", "add", "priya", "vip", *RONGCLOUD)
    assert sandbox.requests("/user/tags/get.json") == 1


ALIAS = '{"id": "user11", "remark": "a"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"id": "user11", "remark": null}]', "item 1: “remark” is null; it must be text"),
        (f'[{ALIAS}, {{"id": "user12", "remark": true}}]', "item 2: “remark” is true or false; it must be text"),
        ('[{"id": "user11", "remark": {"a": "b"}}]', "item 1: “remark” is an object; it must be text"),
        ('[{"id": 11, "remark": "a"}]', "item 1: “id” is a number; it must be text"),
        ('[{"id": "user11"}]', "item 1: “remark” is missing"),
        ('[{"id": "user11", "remark": " "}]', "item 1: “remark” is empty. To take a name away"),
        (f"[{ALIAS}, {ALIAS}]", "item 2: “user11” is given twice"),
        ('[{"id": "user11", "remark": "a", "remark": "b"}]', "“remark” stands twice in one item"),
        ('["user11"]', "item 1 is text; a list such as"),
        (ALIAS, "is an object; a list such as"),
        (f"[\n{ALIAS}\n{ALIAS}]", "line 3: "),
    ],
)
def test_a_file_of_aliases_that_is_wrong_names_the_item(
    linked: Program, sandbox: SandboxClient, text: str, said: str
) -> None:
    usage(linked("users", "aliases", "set", "amelie", "--file", "-", *RONGCLOUD, *YES, stdin=text), said)
    assert aliases(sandbox, "amelie") == {}


def test_the_pages_aliases_from_arguments_and_from_its_own_json(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("users", "aliases", "set", "amelie", "user11=remark1", "user12=remark2", *RONGCLOUD, *YES)
    assert done.status == 0, done.err
    listed = linked("users", "aliases", "list", "amelie", *RONGCLOUD, "--json").json["aliases"]
    assert listed == {"user11": "remark1", "user12": "remark2"}
    page = json.dumps([{"id": "user13", "remark": "a=b, c"}])
    linked("users", "aliases", "set", "amelie", "--file", "-", *RONGCLOUD, *YES, stdin=page)
    (linked.folder / "names.txt").write_text("user14=Dee\nuser11=\n")
    linked("users", "aliases", "set", "amelie", "--file", "names.txt", *RONGCLOUD, *YES)
    removed = linked("users", "aliases", "remove", "amelie", "user12", *RONGCLOUD, *YES)
    assert "− user12: remark2 → not set" in removed.out
    assert aliases(sandbox, "amelie") == {"user13": "a=b, c", "user14": "Dee"}


def test_settings_are_listed_with_how_they_are_written(linked: Program) -> None:
    done = linked("users", "settings", *AGORA)
    assert "quiet-for" in done.out and "a duration such as 8h or 7d" in done.out
    listed = linked("users", "settings", "--json").json["settings"]
    assert list(listed) == ["sandbox", "sandbox-agora", "sandbox-tencent"]
    dnd = next(one for one in listed["sandbox-tencent"] if one["name"] == "dnd")
    assert dnd["undo"].startswith("Tencent has no call")


@pytest.mark.parametrize(
    "command",
    [
        ("set", "amelie", "mode", "NONE", *AGORA, *YES),
        ("clear", "amelie", "mode", *AGORA, *YES),
        ("tags", "set", "amelie", *RONGCLOUD, *YES),
        ("aliases", "remove", "amelie", "bob", *RONGCLOUD, *YES),
        ("undo", "1a2b", *YES),
    ],
)
def test_a_read_only_session_refuses_every_change(linked: Program, command: tuple[str, ...]) -> None:
    done = linked("users", *command, "--read-only")
    assert done.status == 1
    assert "--read-only forbids that" in done.err


def usage(done: Ended, said: str) -> None:
    assert (done.status, said in done.err) == (2, True), done.err


def test_what_is_missing_or_wrong_is_named(linked: Program) -> None:
    usage(linked("users", "set", "amelie", "mode", "NONE"), "--account is missing: a change is about one account")
    usage(linked("users", "set", "amelie", "mod", "NONE", *AGORA), "Did you mean “mode”?")
    usage(linked("users", "set", "amelie", "dnd", "5", *RONGCLOUD), "give a conversation such as user/anna")
    usage(linked("users", "aliases", "set", "amelie", *RONGCLOUD), "Which aliases is missing")
    usage(linked("users", "tags", "add", "amelie", *RONGCLOUD), "Which tags to add is missing")
    usage(linked("users", "tags"), "Allowed: list, set, add, remove")
    usage(linked("users", "changes", "--limit", "0"), "1 or more is needed")


def test_levels_may_be_negative_and_are_for_a_kind_of_conversation(linked: Program, sandbox: SandboxClient) -> None:
    done = linked("users", "set", "amelie", "dnd", "-1", "--conversation", "group", *RONGCLOUD, *YES)
    assert done.status == 0, done.err
    asked = {"conversationType": "3", "requestId": "amelie"}
    assert ask(sandbox, "/conversation/type/notification/get.json", **asked)["isMuted"] == -1


def test_an_unknown_outcome_has_a_status_of_its_own_unless_reading_back_tells(
    linked: Program, sandbox: SandboxClient
) -> None:
    sandbox.fault("answer-lost", cloud="rongcloud", path="/user/tag/set.json", times=1)
    done = linked("users", "tags", "set", "amelie", "vip", *RONGCLOUD, *YES)
    assert (done.status, "Read back, it is as wanted." in done.out) == (0, True)
    sandbox.fault("reset-before", cloud="rongcloud", path="/user/tag/set.json", times=1)
    done = linked("users", "tags", "set", "amelie", "other", *RONGCLOUD, *YES)
    assert (done.status, "Outcome unknown" in done.out) == (1, True)
    sandbox.fault("answer-lost", cloud="tencent", path="*admin_set_do_not_disturb", times=1)
    window = "2026-11-22T22:00+08:00/2026-11-23T07:00+08:00"
    done = linked("users", "set", "amelie", "dnd", window, "--account", "sandbox-tencent", *YES)
    assert (done.status, "no way to read it back" in done.out) == (3, True)


def test_ctrl_c_while_the_request_is_out_says_what_to_do(linked: Program, sandbox: SandboxClient) -> None:
    held = sandbox.fault("hold", cloud="rongcloud", path="/user/tag/set.json", times=1)
    with linked.start("users", "set", "priya", "tags", "vip", *RONGCLOUD, *YES) as process:
        while not sandbox.requests("/user/tag/set.json"):
            pass
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    sandbox.control("DELETE", f"/faults?id={held}")
    (change,) = linked("users", "changes", "--json").json["changes"]
    short = change["id"][:8]
    out = said.decode()
    assert process.returncode == 130
    assert "Outcome unknown: pushtui was cut off while the change was under way" in out
    assert f"pushtui users changes {short} --read-back" in out
    assert change["changed"] is None
    told = linked("users", "changes", short, "--read-back")
    assert (told.status, "Read back, it is as wanted." in told.out) == (0, True)
    assert linked("users", "undo", short, *YES).status == 0
    assert tags(sandbox, "priya") == ["beta", "女"]
    usage(linked("users", "changes", "--read-back"), "--read-back: which change is missing")


def test_programs_read_whether_anything_was_changed(linked: Program, sandbox: SandboxClient) -> None:
    sandbox.fault("reset-before", cloud="rongcloud", path="/user/tag/set.json", times=1)
    same = linked("users", "tags", "set", "amelie", "other", *RONGCLOUD, *YES, "--json")
    assert (same.json["state"], same.json["changed"]) == ("unknown", False)
    sandbox.fault("rate-limited", cloud="tencent", path="*im_remove_attr", times=2)
    two = ("users", "set", "minjun", "attributes", "city=Seoul\ncountry=", "--account", "sandbox-tencent")
    partly = linked(*two, *YES, "--json")
    assert (partly.json["state"], partly.json["changed"], partly.json["accepted"]) == ("rejected", True, 1)


def test_a_setting_of_many_is_changed_by_a_run(linked: Program, sandbox: SandboxClient) -> None:
    (linked.folder / "people.csv").write_text("user_id,name\namelie,A\nomar,O\n")
    many = ("users", "set-many", "people.csv", "tags", "vip,beta", *RONGCLOUD)
    shown = linked(*many)
    assert (shown.status, "cannot be taken back" in shown.out) == (1, True)
    assert "give --confirm “sandbox 2”" in shown.err
    assert "tags: vip, beta replace all tags of each" in shown.out
    assert '"tags":["vip","beta"]' in shown.out.replace(" ", "")
    assert "nobody looks whether these users exist" in shown.out
    done = linked(*many, "--confirm", "sandbox 2", "--json")
    assert done.status == 0, done.err
    assert (done.json["state"], done.json["recipients"]) == ("accepted", 2)
    assert done.json["gist"] == "tags: vip, beta replace all tags of each"
    assert "what         tags: vip, beta replace" in linked("runs", "show", done.json["id"][:8]).out
    assert tags(sandbox, "omar") == ["vip", "beta"]
    clear = ("users", "set-many", "-", "tags", "--clear", *RONGCLOUD)
    refused = linked(*clear, "--confirm", "sandbox 1", stdin="omar\n")
    assert (refused.status, "“sandbox 1 clear” is needed" in refused.err) == (1, True)
    assert tags(sandbox, "omar") == ["vip", "beta"]
    cleared = linked(*clear, "--confirm", "sandbox 1 clear", stdin="omar\n")
    assert cleared.status == 0, cleared.err
    assert tags(sandbox, "omar") == []
    usage(linked("users", "set-many", "people.csv", "tags", *RONGCLOUD), "Either VALUE or --clear must be given")


@pytest.mark.parametrize("value", ["", " ", ",", "\n"])
def test_an_empty_value_clears_nothing(linked: Program, sandbox: SandboxClient, value: str) -> None:
    before = tags(sandbox, "priya")
    (linked.folder / "people.txt").write_text("priya\n")
    done = linked("users", "set-many", "people.txt", "tags", value, *RONGCLOUD, "--confirm", "sandbox 1")
    usage(done, "tags: the value is empty. To have nothing set, clear it")
    usage(linked("users", "set", "priya", "tags", value, *RONGCLOUD, *YES), "tags: the value is empty")
    assert tags(sandbox, "priya") == before


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        (("quiet-hours", "22:00-08:00 5"), "", "quiet hours: 22:00:00-08:00:00, level 5 nothing pushes replace those"),
        (("dnd", "5"), "group/42", "do-not-disturb of group/42: level 5 nothing, for each"),
        (("dnd", "1"), "group", "do-not-disturb of all conversations of the kind group: level 1 only @, for each"),
        (("quiet-hours", "--clear"), "", "the quiet hours of each are taken away"),
        (("dnd", "--clear"), "group/42", "do-not-disturb of group/42: level 0 not set, for each"),
    ],
)
def test_a_plan_for_many_says_what_becomes_of_each(
    linked: Program, typed: tuple[str, ...], place: str, said: str
) -> None:
    where = ("--conversation", place) if place else ()
    shown = linked("users", "set-many", "-", *typed, *where, *RONGCLOUD, stdin="omar\n")
    assert said in shown.out, shown.err
    assert "There is nobody to ask" in shown.err
    assert ("sandbox 1 clear" in shown.err) is ("--clear" in typed)
