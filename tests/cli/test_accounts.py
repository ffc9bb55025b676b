"""Accounts on the command line: described, listed, removed; their secrets never shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pushtui.paths import Paths
from pushtui.services.account_table import SANDBOX_ACCOUNTS
from tests.addresses import address_line
from tests.cli.program import Program
from tests.sandbox.client import SandboxClient

SECRET = "s3cret-of-the-shop"
ADD = ("accounts", "add", "shop", "--environment", "test", "--region", "singapore", "--app-key", "0123456789abc")


def add(program: Program) -> None:
    """Add the account on a machine without a keyring."""
    done = program(*ADD, "--secret-stdin", stdin=f"{SECRET}\n")
    assert done.status == 1
    assert "PUSHTUI_SECRET_SHOP" in done.err


def test_without_a_keyring_the_account_stays_and_the_variable_is_named(pushtui: Program) -> None:
    add(pushtui)
    assert [one["name"] for one in pushtui("accounts", "--json").json["accounts"]] == ["shop"]
    assert "◆ test" in pushtui("accounts", "list").out
    shown = pushtui("accounts", "show", "shop", "--json").json
    assert shown["secret"]["place"] == ""
    assert "PUSHTUI_SECRET_SHOP" in shown["secret"]["problem"]


def test_a_secret_that_the_variable_holds_already_needs_no_keyring(pushtui: Program) -> None:
    same = Program(pushtui.folder, {"PUSHTUI_SECRET_SHOP": SECRET})
    done = same(*ADD, "--secret-stdin", stdin=f"{SECRET}\n")
    assert (done.status, "environment variable PUSHTUI_SECRET_SHOP" in done.out) == (0, True)


def test_another_secret_than_the_variable_holds_is_not_kept(pushtui: Program) -> None:
    other = Program(pushtui.folder, {"PUSHTUI_SECRET_SHOP": "another"})
    assert other(*ADD, "--secret-stdin", stdin=f"{SECRET}\n").status == 1


def test_the_secret_is_nowhere(pushtui: Program, isolated_home: Path) -> None:
    add(pushtui)
    with_secret = Program(pushtui.folder, {"PUSHTUI_SECRET_SHOP": SECRET})
    shown = with_secret("accounts", "show", "shop")
    assert "environment variable PUSHTUI_SECRET_SHOP" in shown.out
    outputs = [
        shown,
        with_secret("accounts", "--json"),
        with_secret("doctor"),
        with_secret("plan", with_secret.draft(account="shop")),
    ]
    assert not any(SECRET in done.out + done.err for done in outputs)
    assert not any(SECRET.encode() in path.read_bytes() for path in isolated_home.rglob("*") if path.is_file())


def test_a_push_goes_out_with_an_account_of_the_file(pushtui: Program, sandbox: SandboxClient) -> None:
    program = Program(pushtui.folder, {"PUSHTUI_SECRET_LOCAL": sandbox.app_secret})
    program(
        *("accounts", "add", "local", "--environment", "test", "--base-url", sandbox.base_url),
        *("--app-key", sandbox.app_key, "--secret-stdin"),
        stdin=sandbox.app_secret,
    )
    done = program("send", program.draft(), "--account", "local", "--confirm", "test unknown")
    assert (done.status, sandbox.accepted()) == (0, 1)


def test_a_protected_account_sends_nothing(pushtui: Program, sandbox: SandboxClient) -> None:
    program = Program(pushtui.folder, {"PUSHTUI_SECRET_LOCAL": sandbox.app_secret})
    program(
        *("accounts", "add", "local", "--environment", "test", "--base-url", sandbox.base_url, "--protect"),
        *("--app-key", sandbox.app_key, "--secret-stdin"),
        stdin=sandbox.app_secret,
    )
    done = program("send", program.draft(account="local"), "--confirm", "test unknown")
    assert (done.status, sandbox.requests()) == (1, 0)
    assert "read-only" in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "shp"), "Did you mean “shop”?"),
        (("remove", "other"), "No account is called “other”"),
        (("secret", "shop", "--secret-stdin"), "No secret was given"),
        (("secret", "shop"), "--secret-stdin"),
        (("add", "Shop!", "--environment", "test", "--app-key", "k", "--secret-stdin"), "Shop!"),
        (("add", "eu", "--environment", "test", "--app-key", "k", "--region", "bejing", "--secret-stdin"), "“beijing”"),
    ],
)
def test_mistakes_are_named(arguments: tuple[str, ...], said: str, pushtui: Program) -> None:
    add(pushtui)
    before = Paths.from_environment().accounts_file.read_bytes()
    done = pushtui("accounts", *arguments, stdin="x\n" if arguments[0] == "add" else "")
    assert done.status == 1
    assert said in done.err
    assert Paths.from_environment().accounts_file.read_bytes() == before


@pytest.mark.parametrize("arguments", [ADD[1:], ("remove", "shop"), ("secret", "shop", "--secret-stdin")])
def test_read_only_changes_nothing(arguments: tuple[str, ...], pushtui: Program) -> None:
    add(pushtui)
    before = Paths.from_environment().accounts_file.read_bytes()
    done = pushtui("--read-only", "accounts", *arguments, stdin=SECRET)
    assert done.status == 1
    assert "--read-only forbids" in done.err
    assert Paths.from_environment().accounts_file.read_bytes() == before


CLOUDS = {
    "rongcloud": ("--app-key", "app_key"),
    "agora": ("--org-name", "org_name", "--app-name", "app_name", "--app-id", "app_id"),
    "tencent": ("--sdkappid", "sdkappid", "--admin", "admin"),
}
SECRETS = {"rongcloud": "app_secret", "agora": "app_certificate", "tencent": "secret_key"}


@pytest.mark.parametrize("cloud", CLOUDS)
def test_an_account_of_each_cloud_is_added_and_tested(cloud: str, pushtui: Program, sandbox: SandboxClient) -> None:
    said = json.loads(address_line(sandbox))[cloud]
    ids = [word if word.startswith("--") else str(said[word]) for word in CLOUDS[cloud]]
    secret = said[SECRETS[cloud]]
    program = Program(pushtui.folder, {"PUSHTUI_SECRET_MINE": secret})
    options = ("--provider", cloud, "--environment", "test", "--base-url", said["base_url"], *ids)
    program("accounts", "add", "mine", *options, "--secret-stdin", stdin=secret)
    (account,) = [one for one in program("accounts", "--json").json["accounts"] if one["name"] == "mine"]
    assert account["provider"] == cloud
    assert account["ids"] == {word: str(said[word]) for word in CLOUDS[cloud] if not word.startswith("--")}
    done = program("accounts", "test", "mine")
    assert done.status == 0
    assert done.out.startswith(f"✔ Works  {said['base_url']}, ")
    refused = Program(pushtui.folder, {"PUSHTUI_SECRET_MINE": "0" * len(secret)})("accounts", "test", "mine", "--json")
    assert (refused.status, refused.json["works"]) == (1, False)
    assert refused.json["hosts"][0]["title"] == "Authentication failed"
    assert secret not in done.out + done.err + refused.out + refused.err


def test_the_accounts_of_the_sandbox_are_listed_and_tested(linked: Program) -> None:
    names = [one["name"] for one in linked("accounts", "--json").json["accounts"]]
    assert names == list(SANDBOX_ACCOUNTS.values())
    for name in names:
        assert linked("--read-only", "accounts", "test", name).status == 0
    assert "Asia/Shanghai (taken to be so: no document says)" in linked("accounts", "show", "sandbox-tencent").out


@pytest.mark.parametrize("name", SANDBOX_ACCOUNTS.values())
def test_the_sandboxs_names_are_reserved(name: str, pushtui: Program) -> None:
    done = pushtui("accounts", "add", name, "--environment", "test", "--app-key", "k", "--secret-stdin", stdin="x")
    assert done.status == 1 and "reserved for the sandbox" in done.err
    assert "No sandbox is running" in pushtui("accounts", "test", name).err


def test_a_draft_for_another_cloud_says_so(linked: Program) -> None:
    done = linked("plan", linked.draft(account="sandbox-agora"))
    assert done.status == 1
    assert "“sandbox-agora” is an account at Agora Chat; rongcloud.push goes to RongCloud" in done.err


def test_removed_is_removed(pushtui: Program) -> None:
    add(pushtui)
    assert pushtui("accounts", "remove", "shop").status == 0
    assert "There are no accounts yet" in pushtui("accounts").out
