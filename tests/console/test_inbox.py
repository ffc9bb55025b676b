"""The inbox: what each of the sandbox's handsets showed, or why not."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from pushtui.console.acting import copyable
from pushtui.console.screens.inbox import InboxScreen
from pushtui.console.screens.question import Question
from pushtui.console.widgets.handset_wall import wall
from pushtui.domain.account import Account, Environment
from tests.console.full import SMALL, WIDE, console, screen_text, toasts
from tests.console.pages import app_of, focused_id, press, rows, send, services_of
from tests.sandbox.client import SandboxClient

EVERYBODY = {"is_to_all": True}


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_handsets_show_title_text_and_details(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    notification = {
        "title": "News",
        "alert": "Something new",
        "ios": {"badge": 3, "thread-id": "desk"},
        "android": {"alert": "For Android", "hw": {"channelId": "news"}},
    }
    async with console(sandbox, size=size) as pilot:
        services = services_of(pilot)
        run = await send(services, audience={"userid": ["123", "456"], "is_to_all": False}, notification=notification)
        assert run.outcome is not None
        await press(pilot, "f4")
        assert rows(pilot)[0][1:] == ["2 of 2", "News  Something new", run.outcome.message_uid]
        text = screen_text(pilot)
        for words in ("Shown on 2 of 2 handsets", "123  iPhone 16", "456  HUAWEI Pura 70", "Android/Huawei"):
            assert words in text
        for words in ("Something new", "For Android", "badge 3 · group desk", "channel news"):
            assert words in text


async def test_silent_handsets_say_why_and_unknown_users_are_listed(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services, audience={"userid": ["guest-7", "dora", "nobody-there"], "is_to_all": False})
        await press(pilot, "f4")
        text = screen_text(pilot)
        assert "Shown on 0 of 3 handsets" in text
        assert "P23: no device id is known" in text
        assert "Online: the message arrives in the app at once" in text
        assert "User ids that nobody has" in text
        assert "nobody-there" in text


async def test_without_a_sandbox_it_says_how_to_get_one(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await services_of(pilot).sandbox.close()
        await press(pilot, "f4")
        assert "pushtui demo" in screen_text(pilot)
        await press(pilot, "x")
        assert toasts(pilot) == ["Reset: there is no sandbox here."]


async def test_an_account_of_real_users_has_no_inbox(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        app_of(pilot).account = Account("prod", "rongcloud", Environment.LIVE, ("https://api.example.com",))
        await press(pilot, "f4")
        assert "“prod” is live" in screen_text(pilot)


async def test_reset_asks_first(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services)
        await press(pilot, "f4", "x")
        assert isinstance(pilot.app.screen, Question)
        await press(pilot, "enter")
        assert sandbox.accepted() == 1
        await press(pilot, "x", "tab", "enter")
        assert sandbox.accepted() == 0
        assert "No push has arrived yet" in screen_text(pilot)


async def test_a_push_appears_on_return_and_the_handsets_scroll(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        services = services_of(pilot)
        await press(pilot, "f4", "f2")
        await send(services, audience=EVERYBODY)
        await press(pilot, "f4", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, InboxScreen)
        assert focused_id(pilot) == "handsets"
        before = screen_text(pilot)
        await press(pilot, "pagedown")
        assert screen.handsets.scroll_offset.y > 0
        assert screen_text(pilot) != before
        await press(pilot, "escape")
        assert focused_id(pilot) == "pushes"


async def test_a_sandbox_that_is_gone_is_said(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        link = services_of(pilot).sandbox
        await link.attach()
        object.__setattr__(link.address, "control_url", "http://127.0.0.1:9/_sandbox")
        await press(pilot, "f4")
        assert "refused or did not answer" in screen_text(pilot)


@pytest.mark.parametrize("width", [32, 36, 77, 116])
async def test_no_line_of_the_picture_is_wider_than_there_is_room(sandbox: SandboxClient, width: int) -> None:
    words = {"title": "新年快乐 👩‍👩‍👧 [b]x", "alert": "祝您新年快乐，万事如意！" * 20 + "\n\x1bend" + "w" * 90}
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services, audience=EVERYBODY, notification=words)
        (push,) = await services.sandbox.inbox()
    lines = wall(push, width).plain.split("\n")
    assert max(cell_len(line) for line in lines) <= width
    assert "… " in wall(push, width).plain
    assert "\x1b" not in wall(push, width).plain


async def test_what_handsets_showed_can_be_copied(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services, audience={"userid": ["123"], "is_to_all": False})
        await press(pilot, "f4")
        copied = copyable(pilot.app.screen)
        assert copied is not None and "Shown on 1 of 1 handsets" in copied.text
