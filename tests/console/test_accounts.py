"""The accounts: what they are, where their secrets are, and which one is composed for."""

from __future__ import annotations

import pytest

from pushtui.console.acting import copyable
from pushtui.console.screens.question import Question
from pushtui.paths import Paths
from tests.console.full import SMALL, WIDE, console, screen_text, toasts
from tests.console.pages import app_of, press, rows, services_of
from tests.sandbox.client import SandboxClient

FILE = """
[accounts.prod]
provider = "rongcloud"
environment = "live"
region = "beijing"
app_key = "pvxdm17jpe9tr"

[accounts.staging]
provider = "rongcloud"
environment = "test"
region = "singapore"
app_key = "c9kqb3rdc2kkj"
read_only = true
"""


TO_PROD = ("down", "down", "down")
"""From the first account, past those of the sandbox."""


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no keyring, whatever the machine offers, and one secret in the environment."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("PUSHTUI_SECRET_PROD", "a-secret-of-prod")


def describe(text: str) -> None:
    file = Paths.from_environment().accounts_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_accounts_are_listed_with_environment_and_secret(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    describe(FILE)
    async with console(sandbox, size=size) as pilot:
        await press(pilot, "f5")
        first, agora, tencent, second, third = rows(pilot)
        assert first[:5] == ["› sandbox", "○ sandbox", "RongCloud", sandbox.app_key, "✔ this session"]
        assert agora[:5] == ["  sandbox-agora", "○ sandbox", "Agora Chat", "sandbox/demo", "✔ this session"]
        assert tencent[:4] == ["  sandbox-tencent", "○ sandbox", "Tencent Chat", "1400000000"]
        assert second[:4] == ["  prod", "▲ live", "RongCloud", "pvxdm17jpe9tr"]
        assert second[4] == "✔ environment variable PUSHTUI_SECRET_PROD"
        assert third[:2] == ["  staging", "◆ test"]
        assert third[4] == "✖ none"
        assert ("read-only" in third) is (size == WIDE)


async def test_the_detail_tells_hosts_zone_and_how_to_provide_a_secret(sandbox: SandboxClient) -> None:
    describe(FILE)
    async with console(sandbox) as pilot:
        await press(pilot, "f5", *TO_PROD)
        text = screen_text(pilot)
        for words in ("▲ LIVE", "https://api.rong-api.com", "https://api-b.rong-api.com", "Asia/Shanghai"):
            assert words in text
        assert "environment variable PUSHTUI_SECRET_PROD" in text
        await press(pilot, "down")
        text = " ".join(screen_text(pilot).split())
        assert "PUSHTUI_SECRET_STAGING" in text
        assert "pushtui accounts secret staging" in text
        assert "read-only: nothing can be sent" in text


async def test_no_secret_is_shown_or_copied(sandbox: SandboxClient) -> None:
    describe(FILE)
    async with console(sandbox) as pilot:
        await press(pilot, "f5", *TO_PROD)
        copied = copyable(pilot.app.screen)
        assert copied is not None
        assert "a-secret-of-prod" not in copied.text + screen_text(pilot)


async def test_going_from_the_sandbox_to_real_users_is_asked_about(sandbox: SandboxClient) -> None:
    describe(FILE)
    async with console(sandbox) as pilot:
        desk = services_of(pilot).desk
        await press(pilot, "f5", *TO_PROD, "enter")
        assert isinstance(pilot.app.screen, Question)
        await press(pilot, "enter")
        assert desk.composition.account == "sandbox"
        await press(pilot, "enter", "tab", "enter")
        assert desk.composition.account == "prod"
        account = app_of(pilot).account
        assert account is not None and account.name == "prod"
        assert "▲ LIVE" in screen_text(pilot).splitlines()[0]
        assert toasts(pilot) == ["The draft in hand is for “prod” now (live)."]
        assert rows(pilot)[3][0] == "› prod"


async def test_an_account_of_another_cloud_says_why_the_draft_cannot_go_there(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await press(pilot, "f5", "down", "enter")
        assert services_of(pilot).desk.composition.account == "sandbox"
        (said,) = toasts(pilot)
        assert "“sandbox-agora” is an account at Agora Chat; rongcloud.push goes to RongCloud" in said


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_account_is_tested_and_the_verdict_stays_with_it(
    sandbox: SandboxClient, size: tuple[int, int]
) -> None:
    async with console(sandbox, size=size) as pilot:
        await press(pilot, "f5", "down", "t")
        assert "Agora Chat knows the app and accepts the secret." in " ".join(screen_text(pilot).split())
        sandbox.settings(agora__advanced_push_open=False)
        await press(pilot, "t")
        assert "▲ Service not enabled" in screen_text(pilot)
        await press(pilot, "up")
        assert "Service not enabled" not in screen_text(pilot)
        await press(pilot, "down")
        copied = copyable(pilot.app.screen)
        assert copied is not None and "▲ Service not enabled" in copied.text


async def test_going_back_to_the_sandbox_needs_no_question(sandbox: SandboxClient) -> None:
    describe(FILE)
    async with console(sandbox) as pilot:
        await press(pilot, "f5", *TO_PROD, "enter", "tab", "enter", "up", "up", "up", "enter")
        assert services_of(pilot).desk.composition.account == "sandbox"
        await press(pilot, "f2")
        assert "○ SANDBOX" in screen_text(pilot)


async def test_a_bad_file_is_a_sentence_and_the_sandbox_stays(sandbox: SandboxClient) -> None:
    describe(FILE.replace('"live"', '"lvie"'))
    async with console(sandbox, size=SMALL) as pilot:
        await press(pilot, "f5")
        text = " ".join(screen_text(pilot).split())
        assert "are left out until it is mended" in text
        assert "lvie" in text
        assert [row[0].strip() for row in rows(pilot)] == ["› sandbox", "sandbox-agora", "sandbox-tencent"]
        describe(FILE)
        await press(pilot, "r")
        assert len(rows(pilot)) == 5
        assert "left out" not in screen_text(pilot)


async def test_no_account_at_all_says_how_to_describe_one(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services_of(pilot).accounts._attached.clear()
        await press(pilot, "f5")
        assert "No account yet" in screen_text(pilot)
        assert "pushtui accounts add" in screen_text(pilot)
        await press(pilot, "enter")
        assert toasts(pilot) == ["Use: there is no account."]
