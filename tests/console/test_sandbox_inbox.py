"""The sandbox's inbox: what each handset showed, or why not, as it arrives."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from pushtui.console.acting import copyable
from pushtui.console.widgets.handset_wall import wall
from pushtui.domain.account import Account, Environment
from tests.addresses import address_line
from tests.console.full import SMALL, WIDE, console, screen_text, toasts, until
from tests.console.pages import app_of, focused_id, open_sandbox, press, rows, send, services_of
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import clouds_of

EVERYBODY = {"is_to_all": True}


def _newest_is_of(pilot: Pilot[int], cloud: str) -> bool:
    return [row[1] for row in rows(pilot)][:1] == [cloud]


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
        await open_sandbox(pilot)
        row = rows(pilot)[0]
        assert row[1] == "RongCloud"
        assert {"2 of 2", "News  Something new"} < {*row}
        text = screen_text(pilot)
        for words in ("Shown on 2 of 2 handsets", "123  iPhone 16", "456  HUAWEI Pura 70", "Android/Huawei"):
            assert words in text
        for words in ("Something new", "For Android", "badge 3 · group desk", "channel news"):
            assert words in text
        assert f"RongCloud /push.json, to 2 users, {run.outcome.message_uid}" in text


async def test_silent_handsets_say_why_and_unknown_users_are_listed(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services, audience={"userid": ["guest-7", "dora", "nobody-there"], "is_to_all": False})
        await open_sandbox(pilot)
        text = screen_text(pilot)
        assert "Shown on 0 of 3 handsets" in text
        assert "P23: no device id is known" in text
        assert "Online: the message arrives in the app at once" in text
        assert "User ids that nobody has" in text
        assert "nobody-there" in text


async def test_sends_of_all_clouds_appear_as_they_arrive(sandbox: SandboxClient) -> None:
    clouds = clouds_of(address_line(sandbox))
    async with console(sandbox) as pilot:
        await open_sandbox(pilot)
        assert "Nothing was accepted yet" in screen_text(pilot)
        for cloud, title in (("agora", "Agora Chat"), ("tencent", "Tencent Chat"), ("rongcloud", "RongCloud")):
            await asyncio.to_thread(clouds.send, cloud)
            await until(pilot, partial(_newest_is_of, pilot, title))
        assert "1 Inbox · 3" in screen_text(pilot)
        assert "in the app: " in screen_text(pilot)


async def test_what_is_read_stays_while_others_arrive(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot), audience={"userid": ["123"], "is_to_all": False})
        screen = await open_sandbox(pilot, "enter")
        read = screen.inbox.push_shown
        await asyncio.to_thread(sandbox.push)
        await until(pilot, lambda: len(rows(pilot)) == 2)
        assert screen.inbox.push_shown == read
        await press(pilot, "escape", "up")
        assert screen.inbox.push_shown != read


async def test_a_push_that_was_replaced_meanwhile_says_so(sandbox: SandboxClient) -> None:
    words = {"alert": "x", "ios": {"apns-collapse-id": "one"}}
    to_one = {"userid": ["123"], "is_to_all": False}
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services, audience=to_one, notification=words)
        await open_sandbox(pilot, "enter")
        await send(services, audience=to_one, notification={**words, "title": "again"})
        await until(pilot, lambda: "Replaced by push" in screen_text(pilot))


async def test_another_process_resets_the_sandbox(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services)
        began = (await services.accounts.get("sandbox")).began
        screen = await open_sandbox(pilot)
        await asyncio.to_thread(sandbox.reset)
        await until(pilot, lambda: screen.inbox.count == "0")
        assert "Nothing was accepted yet" in screen_text(pilot)
        assert (await services.accounts.get("sandbox")).began != began


async def test_quotas_begin_anew_after_a_reset_that_nobody_watched(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot))
        await press(pilot, "f3", "f2")
        assert "1 of 2 this hour" in screen_text(pilot)
        await asyncio.to_thread(sandbox.reset)
        await press(pilot, "f3", "f2")
        assert "0 of 2 this hour" in screen_text(pilot)


async def test_without_a_sandbox_it_says_how_to_get_one_and_notices_one(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        file = app_of(pilot).options.paths.sandbox_file
        line = file.read_text()
        file.unlink()
        await services_of(pilot).sandbox.close()
        screen = await open_sandbox(pilot)
        assert "pushtui demo" in screen_text(pilot)
        await press(pilot, "x")
        assert toasts(pilot) == ["Reset: there is no sandbox here."]
        file.write_text(line)
        await press(pilot, "r")
        await until(pilot, lambda: not screen.has_class("-gone"))


async def test_a_sandbox_that_is_gone_is_said_and_found_again_at_another_address(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        file = app_of(pilot).options.paths.sandbox_file
        line = file.read_text()
        screen = await open_sandbox(pilot)
        link = services_of(pilot).sandbox
        object.__setattr__(link.address, "control_url", "http://127.0.0.1:9/_sandbox")
        file.unlink()
        await press(pilot, "r")
        await until(pilot, lambda: screen.has_class("-gone"))
        file.write_text(line)
        await until(pilot, lambda: not screen.has_class("-gone"))
        assert link.address.control_url == sandbox.control_url


async def test_an_account_of_real_users_has_no_inbox(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        app_of(pilot).account = Account("prod", "rongcloud", Environment.LIVE, ("https://api.example.com",))
        await open_sandbox(pilot)
        assert "“prod” is live" in screen_text(pilot)


async def test_the_handsets_scroll(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await send(services_of(pilot), audience=EVERYBODY)
        screen = await open_sandbox(pilot, "enter")
        assert focused_id(pilot) == "handsets"
        before = screen_text(pilot)
        await press(pilot, "pagedown")
        assert screen.inbox.handsets.scroll_offset.y > 0
        assert screen_text(pilot) != before
        await press(pilot, "escape")
        assert pilot.app.focused is screen.inbox.table


@pytest.mark.parametrize("width", [32, 36, 77, 116])
async def test_no_line_of_the_picture_is_wider_than_there_is_room(sandbox: SandboxClient, width: int) -> None:
    words = {"title": "新年快乐 👩‍👩‍👧 [b]x", "alert": "祝您新年快乐，万事如意！" * 20 + "\n\x1bend" + "w" * 90}
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services, audience=EVERYBODY, notification=words)
        (push,) = (await services.sandbox.control.inbox(10)).pushes
    lines = wall(push, width).plain.split("\n")
    assert max(cell_len(line) for line in lines) <= width
    assert "… " in wall(push, width).plain
    assert "\x1b" not in wall(push, width).plain


async def test_what_handsets_showed_can_be_copied(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot), audience={"userid": ["123"], "is_to_all": False})
        await open_sandbox(pilot)
        copied = copyable(pilot.app.screen)
        assert copied is not None and "Shown on 1 of 1 handsets" in copied.text
