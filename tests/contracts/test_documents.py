"""What the documents say is true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pushtui import __version__
from pushtui.providers.apps import APPS
from pushtui.services.account_file import read_accounts
from tests.contracts.change_reference import change_reference
from tests.contracts.generated import CHANGES, COMMAND_LINE, README, ROOT, SANDBOX, USERS, command_line, readme
from tests.contracts.profile_reference import profile_reference
from tests.contracts.sandbox_reference import sandbox_reference

DOCUMENTS = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
STALE = "is stale; run: python -m tests.contracts.generated"


def test_the_readmes_keys_and_commands_are_those_of_the_program() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == readme(text), f"README.md {STALE}"


def test_the_command_reference_is_what_help_says() -> None:
    assert COMMAND_LINE.read_text(encoding="utf-8") == command_line(), f"docs/command-line.md {STALE}"


def test_the_sandboxs_reference_is_what_it_declares() -> None:
    assert SANDBOX.read_text(encoding="utf-8") == sandbox_reference(), f"docs/sandbox.md {STALE}"


def test_the_reference_of_users_is_what_the_clouds_declare() -> None:
    assert USERS.read_text(encoding="utf-8") == profile_reference(), f"docs/users.md {STALE}"


def test_the_reference_of_changes_is_what_the_clouds_declare() -> None:
    assert CHANGES.read_text(encoding="utf-8") == change_reference(), f"docs/changes.md {STALE}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_that_exist(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_readme_has_the_two_commands() -> None:
    commands = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("python3 -m venv")]
    assert [shlex.split(command)[-1] for command in commands] == ["demo", "pytest"]


def test_the_changelog_starts_with_what_is_unreleased() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) for heading in headings)


def test_versions_agree() -> None:
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_direct_dependency_is_explained_and_locked() -> None:
    declared = re.findall(r'^  "([a-z0-9-]+)[>=<]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    explained = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    locked = (ROOT / "lock.txt").read_text(encoding="utf-8")
    assert [name for name in declared if f"`{name}`" not in explained] == []
    assert [name for name in declared if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []
    assert "://" not in locked


def test_the_accounts_that_the_readme_shows_are_valid() -> None:
    (text,) = re.findall(r"```toml\n(\[accounts.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert {account.provider for account in read_accounts(text, "README.md").values()} == set(APPS)
