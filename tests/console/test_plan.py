"""The plan screen: the last look, the confirmation, the receipt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from pushtui.console.screens.compose import ComposeScreen
from pushtui.console.screens.plan import PlanScreen
from pushtui.console.workbench import Workbench
from pushtui.domain.secret import Secret
from pushtui.services.services import Services
from tests.bodies import push
from tests.console.full import SMALL, WIDE, console, screen_text, toasts, type_text, until
from tests.console.pages import services_of
from tests.sandbox.client import SandboxClient
from tests.services.conftest import sandbox_account


@pytest.fixture
def draft_file(tmp_path: Path) -> Path:
    return write_draft(tmp_path)


def write_draft(folder: Path, **changes: Any) -> Path:
    """Write a draft of a push to a file."""
    file = folder / "push.json"
    file.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": push(**changes)}))
    return file


async def review(pilot: Pilot[int]) -> None:
    """Press F9 and wait for the plan."""
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
    await until(pilot, lambda: "POST" in screen_text(pilot))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_it_shows_who_where_cost_and_the_request(
    sandbox: SandboxClient, draft_file: Path, size: tuple[int, int]
) -> None:
    async with console(sandbox, size=size, draft=draft_file) as pilot:
        await review(pilot)
        text = screen_text(pilot)
        for words in (
            "News · Something new",
            "unknown",
            "all of the tags vip",
            "○ SANDBOX",
            "0 of 2 this hour, 0 of 3 today",
            "✔ none",
        ):
            assert words in text
        assert f"POST {sandbox.base_url}/push.json" in text
        assert "Signature: ••••••••" in text
        assert "Tab, type sandbox unknown, Enter" in text
        assert isinstance(pilot.app.focused, Button) and pilot.app.focused.id == "cancel"


async def test_it_shows_the_same_as_curl_without_the_secret(sandbox: SandboxClient, draft_file: Path) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        await review(pilot)
        await pilot.press("f6")
        await pilot.pause()
        text = screen_text(pilot)
        assert 'SECRET="${PUSHTUI_SECRET_SANDBOX:?}"' in text
        assert sandbox.app_secret not in text


async def test_the_phrase_sends_and_the_receipt_names_the_message(sandbox: SandboxClient, draft_file: Path) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        await review(pilot)
        await pilot.press("tab")
        await type_text(pilot, "sandbox unknown")
        assert sandbox.requests() == 0
        await pilot.press("enter")
        await until(pilot, lambda: "✔ accepted" in screen_text(pilot))
        assert sandbox.inbox()[0]["id"] in screen_text(pilot)
        assert sandbox.requests() == 1
        await pilot.press("enter", "s", "tab", "enter", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        await until(pilot, lambda: "1 of 2 this hour, 1 of 3 today" in screen_text(pilot))
        assert sandbox.requests() == 1


@pytest.mark.parametrize("keys", [["enter"], ["escape"], ["tab", "y", "e", "s", "enter", "escape"], ["s", "escape"]])
async def test_nothing_else_sends(sandbox: SandboxClient, draft_file: Path, keys: list[str]) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        await review(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        assert sandbox.requests() == 0


async def test_a_wrong_phrase_is_answered(sandbox: SandboxClient, draft_file: Path) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        await review(pilot)
        await pilot.press("tab")
        await type_text(pilot, "sandbox")
        await pilot.press("enter")
        await pilot.pause()
        assert toasts(pilot) == ["To confirm, type exactly: sandbox unknown"]


async def test_one_key_is_enough_for_a_few(sandbox: SandboxClient, tmp_path: Path) -> None:
    draft = write_draft(tmp_path, audience={"userid": ["123", "456"], "is_to_all": False})
    async with console(sandbox, draft=draft) as pilot:
        await review(pilot)
        assert "or just press s" in screen_text(pilot)
        await pilot.press("s")
        await until(pilot, lambda: "✔ accepted" in screen_text(pilot))


async def test_everybody_takes_account_and_word(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, audience={"is_to_all": True})) as pilot:
        await review(pilot)
        assert "Tab, type sandbox sandbox everybody, Enter" in screen_text(pilot)


async def test_a_draft_with_errors_cannot_be_sent(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, notification={})) as pilot:
        await review(pilot)
        assert "There are errors to mend first" in screen_text(pilot)
        assert not pilot.app.screen.query_one("#phrase").display


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("answer-lost", "? unknown"),
        ("html-5xx", "an HTML page"),
        ("internal-error", "1000"),
        ("half-body", "? unknown"),
    ],
)
async def test_a_failure_is_told_and_keeps_the_draft(
    sandbox: SandboxClient, draft_file: Path, fault: str, words: str
) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        sandbox.fault(fault)
        await review(pilot)
        await pilot.press("tab")
        await type_text(pilot, "sandbox unknown")
        await pilot.press("enter")
        await until(pilot, lambda: words in screen_text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        assert pilot.app.screen.query_one(Workbench).composition.body == push()


async def test_a_request_under_way_cannot_be_left(sandbox: SandboxClient, draft_file: Path) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        sandbox.fault("hold")
        await review(pilot)
        await pilot.press("tab")
        await type_text(pilot, "sandbox unknown")
        await pilot.press("enter")
        await until(pilot, lambda: "in flight" in screen_text(pilot))
        await pilot.press("f10", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PlanScreen)
        assert "wait for its outcome" in toasts(pilot)[-2]
        assert "cannot be called back" in toasts(pilot)[-1]
        sandbox.control("DELETE", "/faults")
        await until(pilot, lambda: "✔ accepted" in screen_text(pilot))


def wrong_secret(sandbox: SandboxClient, services: Services) -> None:
    services.accounts.attach(sandbox_account(sandbox), Secret("not-the-right-secret"))


def unreachable(sandbox: SandboxClient, services: Services) -> None:
    account = sandbox_account(sandbox, hosts=("http://127.0.0.1:1",))
    services.accounts.attach(account, Secret(sandbox.app_secret))


def skewed(sandbox: SandboxClient, _services: Services) -> None:
    sandbox.settings(rongcloud__allowed_drift=300)
    sandbox.advance(-86_400)


def exhausted(sandbox: SandboxClient, _services: Services) -> None:
    sandbox.push()
    sandbox.push()


def not_enabled(sandbox: SandboxClient, _services: Services) -> None:
    sandbox.settings(rongcloud__broadcast_enabled=False)


@pytest.mark.parametrize(
    ("arrange", "words", "journal"),
    [
        (wrong_secret, "App Secret is wrong", "rejected"),
        (unreachable, "No connection to http://127.0.0.1:1", "not sent"),
        (skewed, "This machine's clock is 24 h 00 min ahead", "rejected"),
        (exhausted, "1008", "rejected"),
        (not_enabled, "Switch it on in RongCloud's console", "rejected"),
    ],
)
async def test_a_refusal_is_told_keeps_the_draft_and_the_journal_is_true(
    sandbox: SandboxClient,
    draft_file: Path,
    arrange: Callable[[SandboxClient, Services], None],
    words: str,
    journal: str,
) -> None:
    async with console(sandbox, draft=draft_file) as pilot:
        services = services_of(pilot)
        arrange(sandbox, services)
        await review(pilot)
        await pilot.press("tab")
        await type_text(pilot, "sandbox unknown")
        await pilot.press("enter")
        await until(pilot, lambda: words in " ".join(screen_text(pilot).split()))
        (run,) = await services.history.runs()
        assert run.state_words == journal
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        assert pilot.app.screen.query_one(Workbench).composition.body == push()
