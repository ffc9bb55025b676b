"""One user on a screen: what the clouds tell, why a push shows or not, and what was changed."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen

from pushtui.console.acting import copyable, why_not
from pushtui.console.actions import BY_ID, Scope
from pushtui.console.screens.user import UserScreen
from pushtui.console.screens.which_user import WhichUser
from pushtui.console.widgets.profile_view import row_key
from pushtui.domain.draft import Draft
from pushtui.domain.json_body import JsonObject
from pushtui.providers.changes import setting_named
from pushtui.services.changes import changes_of
from tests.console.full import SMALL, WIDE, console, screen_text, settle, toasts, type_text, until
from tests.console.pages import open_sandbox, press, rows, send, services_of
from tests.sandbox.client import SandboxClient

AGORA = "sandbox-agora"


async def arrived(pilot: Pilot[int]) -> UserScreen:
    """Wait until everything about a user is on the screen."""
    await until(pilot, lambda: isinstance(pilot.app.screen, UserScreen))
    screen = pilot.app.screen
    assert isinstance(screen, UserScreen)
    opened = screen.opened
    await until(
        pilot,
        lambda: (
            len(opened.explanations) + sum(map(bool, map(opened.problem, opened.accounts))) == len(opened.accounts) > 0
        ),
    )
    await settle(pilot)
    return screen


async def open_user(pilot: Pilot[int], user: str) -> UserScreen:
    """Ask for a user by id."""
    await pilot.press("ctrl+f")
    await until(pilot, lambda: isinstance(pilot.app.screen, WhichUser))
    await type_text(pilot, user)
    await pilot.press("enter")
    return await arrived(pilot)


async def dialog(pilot: Pilot[int], shows: str) -> str:
    """Wait for a dialog that shows a text, and return what is on the screen."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen) and shows in screen_text(pilot))
    return screen_text(pilot)


async def highlight(pilot: Pilot[int], account: str, fact: str) -> None:
    """Go to a fact of an account."""
    screen = pilot.app.screen
    assert isinstance(screen, UserScreen)
    await until(pilot, lambda: screen.profile.table.row_count > 0)
    screen.profile.table.highlight(row_key(account, fact))
    await pilot.pause()


async def change(pilot: Pilot[int], account: str, user: str, name: str, typed: str) -> None:
    """Change a setting without the screen."""
    services = services_of(pilot)
    where = await services.accounts.get(account)
    setting = setting_named(changes_of(where.provider), name, "")
    proposal = await services.changes.propose(where, user, setting, setting.typed(typed))
    await services.changes.apply(proposal, proposal.ritual.phrase)


def row_of(pilot: Pilot[int], word: str) -> list[str]:
    return next((row for row in rows(pilot) if any(word in cell for cell in row)), [])


# The profile


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_user_is_shown_at_every_account(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    async with console(sandbox, size=size) as pilot:
        await open_user(pilot, "amelie")
        text = screen_text(pilot)
        assert "› ? ○ sandbox " in text
        assert "  ✔ ○ sandbox-agora    A push shows." in text
        assert "? ○ sandbox-tencent" in text
        assert row_of(pilot, "name")[1] == "Amélie Dubois"
        assert [row[0] for row in rows(pilot) if row[0].startswith("○")] == [
            "○ sandbox",
            "○ sandbox-agora",
            "○ sandbox-tencent",
        ]


async def test_what_cannot_be_told_is_folded(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        assert row_of(pilot, "bound devices")[0] == "▸ cannot be told"
        await highlight(pilot, "sandbox", "?")
        assert "RongCloud tells nobody which devices a user has" in screen_text(pilot)
        await press(pilot, "enter")
        assert row_of(pilot, "– bound devices")[1].startswith("RongCloud tells nobody")
        await press(pilot, "enter")
        assert row_of(pilot, "– bound devices") == []


async def test_arrows_lead_from_account_to_account(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        screen = await open_user(pilot, "amelie")
        await press(pilot, "right")
        assert "› ✔ ○ sandbox-agora" in screen_text(pilot)
        await press(pilot, "right", "right")
        assert "› ? ○ sandbox-tencent" in screen_text(pilot)
        await press(pilot, "a")
        assert {row[0] for row in rows(pilot) if row[0].startswith("○")} == {"○ sandbox-tencent"}
        await press(pilot, "left")
        assert {row[0] for row in rows(pilot) if row[0].startswith("○")} == {"○ sandbox-agora"}
        await press(pilot, "a", "left", "left")
        assert screen.here is not None
        assert screen.here.name == "sandbox"


async def test_hostile_names_are_shown_not_obeyed(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        hostile = "[@click=app.quit]x[/b] \x1b[2J\u202eevil"
        await change(pilot, AGORA, "amelie", "nickname", hostile)
        await open_user(pilot, "amelie")
        await highlight(pilot, AGORA, "nickname")
        text = screen_text(pilot)
        assert "[@click=app.quit]x[/b] ␛[2J" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("user", ["a[/b]c", "x" * 300, "北京/用户?x=1#y", "."])
async def test_any_id_can_be_asked_about(sandbox: SandboxClient, user: str) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, user)
        assert screen_text(pilot).count("no such user") >= 2


async def test_a_failing_call_spoils_only_its_rows(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        sandbox.fault("internal-error", cloud="rongcloud", path="/user/tags/get.json", times=2)
        await open_user(pilot, "amelie")
        assert row_of(pilot, "✖ tags") != []
        assert row_of(pilot, "name")[1] == "Amélie Dubois"
        await press(pilot, "r")
        await arrived(pilot)
        assert row_of(pilot, "● tags")[1] == "vip, beta"


async def test_conversations_are_read_by_name(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await pilot.press("c")
        await dialog(pilot, "Conversations")
        await type_text(pilot, "nonsense")
        await pilot.press("enter")
        await dialog(pilot, "“nonsense” is given")
        await pilot.press(*["backspace"] * 8)
        await type_text(pilot, "user/zoe, group/42")
        await pilot.press("enter")
        await arrived(pilot)
        assert row_of(pilot, "user/zoe")[1].startswith("user/zoe: level 0")


async def test_two_users_are_compared(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        screen = await open_user(pilot, "amelie")
        await pilot.press("b")
        await dialog(pilot, "Another user's id")
        await type_text(pilot, "zoe")
        await pilot.press("enter")
        await until(pilot, lambda: bool(screen.opened.beside))
        await arrived(pilot)
        assert "amelie beside zoe" in screen_text(pilot)
        assert row_of(pilot, "name") == ["≠ name", "Amélie Dubois", "Ζωή Παππά"]
        assert row_of(pilot, "registered")[0] == "= registered"
        await press(pilot, "b")
        await arrived(pilot)
        assert "beside" not in screen_text(pilot).splitlines()[1]


# Why


async def test_why_says_until_when_it_is_silent(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await change(pilot, AGORA, "amelie", "quiet-for", "2h")
        await open_user(pilot, "amelie")
        await press(pilot, "right", "2")
        text = screen_text(pilot)
        assert "› ✖ ○ sandbox-agora    Silent until" in text
        assert "✖ Silent until" in text
        assert "······" in text
        assert "silent: " in text
        assert "  shows" in text


async def test_a_message_is_asked_about(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await press(pilot, "right")
        await pilot.press("q")
        await dialog(pilot, "Ask about a message")
        await type_text(pilot, "zoe")
        await pilot.press("tab")
        await type_text(pilot, "42")
        await pilot.press("tab", "right", "space", "tab")
        await type_text(pilot, "soon")
        await pilot.press("enter")
        await dialog(pilot, "“soon” is no time")
        await pilot.press(*["backspace"] * 4)
        await type_text(pilot, "03:30")
        await pilot.press("enter")
        await arrived(pilot)
        text = " ".join(screen_text(pilot).split())
        assert "for a message from zoe in the group 42 that mentions the user, at" in text
        assert "03:30 server time (UTC)" in text


async def test_a_push_of_the_history_is_asked_about(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await press(pilot, "p")
        assert "Nothing was sent from here yet." in toasts(pilot)
        run = await send(services_of(pilot))
        await pilot.press("p")
        await dialog(pilot, run.id[:8])
        await pilot.press("enter")
        await arrived(pilot)
        assert f"for the rongcloud.push {run.id[:8]} that left" in " ".join(screen_text(pilot).split())


# Changes


async def test_a_setting_is_changed_shown_and_taken_back(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        screen = await open_user(pilot, "amelie")
        await highlight(pilot, AGORA, "mode")
        await pilot.press("enter")
        await dialog(pilot, "Change the push mode")
        await pilot.press("down", "down", "enter")
        text = await dialog(pilot, "Change it?")
        assert "not set, which pushes all messages → AT: only mentions" in text
        assert 'PUT /users/amelie/notification/user/amelie  {"type":"AT"}' in text
        await pilot.press("s")
        await dialog(pilot, "Done; read back, it is as wanted.")
        await pilot.press("enter")
        await until(pilot, lambda: "AT: only mentions" in row_of(pilot, "push mode"))
        await arrived(pilot)
        await press(pilot, "3")
        assert "3 Changes · 1" in screen_text(pilot)
        await pilot.press("u")
        await dialog(pilot, "AT: only mentions → ALL")
        await pilot.press("s")
        await dialog(pilot, "takes back")
        await pilot.press("escape")
        await until(pilot, lambda: screen.changes.count == 2)


async def test_a_value_that_cannot_be_stays_in_the_dialog(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await highlight(pilot, AGORA, "quiet_time")
        await pilot.press("enter")
        await dialog(pilot, "Change the quiet time")
        await type_text(pilot, "midnight")
        await pilot.press("enter")
        assert "two times of day are needed" in await dialog(pilot, "✖ quiet-time: “midnight” is given")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, UserScreen))
        assert await services_of(pilot).changes.history() == []


async def test_nothing_changes_without_the_ritual(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await highlight(pilot, "sandbox", "tags")
        await pilot.press("enter")
        await dialog(pilot, "vip, beta")
        await type_text(pilot, ", gold")
        await pilot.press("enter")
        text = await dialog(pilot, "Change it?")
        assert "= vip: set, stays" in text
        assert "+ gold: not set → set" in text
        await pilot.press("enter")  # the focus is on Cancel
        await until(pilot, lambda: isinstance(pilot.app.screen, UserScreen))
        assert await services_of(pilot).changes.history() == []


async def test_a_fact_with_several_settings_asks_which(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await highlight(pilot, AGORA, "conversations")
        await pilot.press("enter")
        assert "push mode of one conversation" in await dialog(pilot, "What do you want to change?")
        await pilot.press("enter")
        await dialog(pilot, "which conversation")
        await type_text(pilot, "group/42")
        await pilot.press("tab", "end", "enter")
        assert "push mode, group/42 of amelie" in await dialog(pilot, "Change it?")


async def test_a_read_only_session_says_why_nothing_can_be_changed(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL, read_only=True) as pilot:
        await open_user(pilot, "amelie")
        await highlight(pilot, AGORA, "mode")
        assert "Not to be changed: this session is read-only." in screen_text(pilot)
        await press(pilot, "enter")
        assert "Change: this session is read-only." in toasts(pilot)
        assert why_not(pilot.app.screen, Scope.USER, BY_ID["change_fact"]) == "this session is read-only"


async def test_what_no_server_can_change_says_so(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        await highlight(pilot, "sandbox", "online")
        await press(pilot, "enter")
        assert "Change: RongCloud lets no server change “online”." in toasts(pilot)


# The ways there


async def test_one_key_opens_the_user_that_is_highlighted(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        screen = await open_sandbox(pilot, "2")
        await until(pilot, lambda: row_of(pilot, "amelie") != [])
        person = screen.pane.users_shown[0]  # type: ignore[attr-defined]
        await pilot.press("ctrl+f")
        assert (await arrived(pilot)).opened.id == person


async def test_a_send_to_several_offers_them(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot), audience={"userid": ["zoe", "amelie"], "is_to_all": False})
        await open_sandbox(pilot)
        await until(pilot, lambda: bool(rows(pilot)))
        await pilot.press("ctrl+f")
        assert "amelie" in await dialog(pilot, "zoe")
        await pilot.press("down", "enter")
        assert (await arrived(pilot)).opened.id == "amelie"


async def test_a_run_of_the_history_offers_whom_it_names(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        body: JsonObject = {
            "fromUserId": "shop",
            "toUserId": ["zoe", "amelie"],
            "objectName": "RC:TxtMsg",
            "content": '{"content":"hello"}',
        }
        plan = await services.planning.plan(Draft("rongcloud.system", "sandbox", body))
        await services.sending.send(plan, plan.ritual.phrase)
        await press(pilot, "f3")
        await until(pilot, lambda: bool(rows(pilot)))
        await pilot.press("ctrl+f")
        assert "amelie" in await dialog(pilot, "zoe")


async def test_the_latest_users_are_offered(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "zoe")
        await open_user(pilot, "amelie")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhichUser))
        await pilot.press("down", "enter")
        assert (await arrived(pilot)).opened.id == "zoe"


async def test_each_part_can_be_copied(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await open_user(pilot, "amelie")
        copied = copyable(pilot.app.screen)
        assert copied is not None
        assert "● tags: vip, beta  [POST /user/tags/get.json" in copied.text
        await press(pilot, "2")
        why = copyable(pilot.app.screen)
        assert why is not None
        assert "✔ User" in why.text
        await press(pilot, "3")
        assert copyable(pilot.app.screen) is None
