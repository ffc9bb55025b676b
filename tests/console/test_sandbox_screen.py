"""The sandbox's screen: people, faults, settings, clock, addresses, reset."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pushtui.console.acting import copyable
from pushtui.console.actions import PARTS, Scope, in_scope
from pushtui.console.screens.addresses import AddressesDialog
from pushtui.console.screens.fault_dialog import FaultDialog
from pushtui.console.screens.question import Question
from pushtui.console.screens.sandbox import CHANGES
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.key_bar import KeyBar
from pushtui.console.widgets.table import Table
from tests.console.full import SMALL, WIDE, console, screen_text, settle, toasts, type_text, until
from tests.console.pages import open_sandbox, press, rows, send, services_of
from tests.sandbox.client import SandboxClient


def person(sandbox: SandboxClient, wanted: str) -> Any:
    return next(one for one in sandbox.control("GET", "/state")["users"] if one["id"] == wanted)


def setting(sandbox: SandboxClient, name: str) -> Any:
    return next(one for one in sandbox.control("GET", "/settings")["settings"] if one["name"] == name)["value"]


def waiting(sandbox: SandboxClient) -> list[Any]:
    return list(sandbox.control("GET", "/faults")["faults"])


def row_of(pilot: Pilot[int], word: str) -> list[str]:
    """Return the row that has a word in one of its cells."""
    return next((row for row in rows(pilot) if any(word in cell for cell in row)), [])


async def highlight(pilot: Pilot[int], word: str) -> None:
    """Go down to the row that has a word in one of its cells, and look at it in full."""
    await until(pilot, lambda: row_of(pilot, word) != [])
    table = pilot.app.focused
    assert isinstance(table, Table)
    steps = rows(pilot).index(row_of(pilot, word)) - table.cursor_row
    await press(pilot, *["down" if steps > 0 else "up"] * abs(steps))


def bottom(pilot: Pilot[int]) -> str:
    return pilot.app.screen.query_one(KeyBar).render().plain


# People


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_people_are_listed_with_their_handsets(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    async with console(sandbox, size=size) as pilot:
        await open_sandbox(pilot, "2")
        await highlight(pilot, "tunde")
        assert {"tunde", "○ offline", "Pixel 7a (no token)"} <= {*row_of(pilot, "tunde")}
        assert "● online" in row_of(pilot, "dora")
        assert "✖ no push token" in screen_text(pilot)
        assert "2 People · 16" in screen_text(pilot)


async def test_enter_lets_somebody_go_online_and_offline(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "2")
        await highlight(pilot, "amelie")
        assert "Enter Online" in bottom(pilot)
        await press(pilot, "enter")
        assert person(sandbox, "amelie")["online"] is True
        assert "● online" in row_of(pilot, "amelie")
        assert "Enter Offline" in bottom(pilot)
        await press(pilot, "enter")
        assert person(sandbox, "amelie")["online"] is False


async def test_two_quick_changes_follow_each_other(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "2")
        await highlight(pilot, "amelie")
        await pilot.press("enter", "enter", "enter")
        await settle(pilot)
        assert person(sandbox, "amelie")["online"] is True


async def test_a_handset_hides_details_and_loses_its_token(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "2")
        await highlight(pilot, "amelie")
        await press(pilot, "d", "t")
        (handset,) = person(sandbox, "amelie")["handsets"]
        assert (handset["hides_details"], handset["has_push_token"]) == (True, False)
        assert "Pixel 9 (no token, hides)" in row_of(pilot, "amelie")


async def test_with_two_handsets_it_asks_which(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "2")
        await highlight(pilot, "zoe")
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, ValueDialog)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: "iPhone 14 + HUAWEI nova 12 (no token)" in " ".join(row_of(pilot, "zoe")) or False)
        assert [one["has_push_token"] for one in person(sandbox, "zoe")["handsets"]] == [True, False]


async def test_who_has_no_handset_has_nothing_to_hide(sandbox: SandboxClient) -> None:
    sandbox.settings(new_users_have_handset=False)
    body = b"userId=newcomer&name=New"
    form = {**sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
    assert sandbox.request("POST", "/user/getToken.json", body, form).code == 200
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "2")
        await highlight(pilot, "newcomer")
        assert "No handset: nothing can be shown." in screen_text(pilot)
        await press(pilot, "d")
        assert toasts(pilot) == ["Details: this user has no handset."]


# Faults


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_fault_is_set_as_it_stands_and_removed(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    async with console(sandbox, size=size) as pilot:
        await open_sandbox(pilot, "3")
        await highlight(pilot, "○ html-5xx")
        assert "gateway's HTML page" in screen_text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FaultDialog)
        await press(pilot, "enter")
        await until(pilot, lambda: row_of(pilot, "● html-5xx") != [])
        assert row_of(pilot, "● html-5xx")[1] == "every cloud · 1 left · status 502"
        assert "3 Faults · 1 on" in screen_text(pilot)
        await highlight(pilot, "● html-5xx")
        assert "Enter Remove" in bottom(pilot)
        await press(pilot, "enter")
        assert waiting(sandbox) == []
        assert toasts(pilot) == ["The fault is removed."]


async def test_a_fault_is_set_for_a_cloud_a_path_and_a_number_of_requests(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "3")
        await highlight(pilot, "○ rate-limited")
        await press(pilot, "enter", *["shift+tab"] * 6, "right", "right", "space", "tab")
        await _replace(pilot, "/users/*")
        await press(pilot, "tab")
        await _replace(pilot, "always")
        await press(pilot, "tab", "tab", "right", "space", "tab")
        await _replace(pilot, "never")
        await press(pilot, "enter")
        await until(pilot, lambda: waiting(sandbox) != [])
        (fault,) = waiting(sandbox)
        assert (fault["cloud"], fault["path"], fault["remaining"]) == ("agora", "/users/*", None)
        assert (fault["accepted"], fault["retry_after"]) == (True, "never")
        await until(pilot, lambda: "Agora Chat /users/* · until removed" in screen_text(pilot))


async def test_a_probability_lasts_and_a_wrong_one_is_said_in_the_dialog(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "3")
        await highlight(pilot, "○ invalid-json")
        await press(pilot, "enter", "shift+tab", "shift+tab")
        await _replace(pilot, "seldom")
        await press(pilot, "enter")
        await until(pilot, lambda: "“seldom” is given; a number is needed" in screen_text(pilot))
        await _replace(pilot, "7")
        await press(pilot, "enter")
        await until(pilot, lambda: "probability: 7" in screen_text(pilot))
        await _replace(pilot, "0.25")
        await press(pilot, "enter")
        await until(pilot, lambda: "0.25 × until removed" in screen_text(pilot))


async def test_all_faults_are_removed_at_once(sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    sandbox.fault("latency", seconds=2, times=3)
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "3")
        await until(pilot, lambda: "3 Faults · 2 on" in screen_text(pilot))
        assert row_of(pilot, "● latency")[1] == "every cloud · 3 left · seconds 2"
        await press(pilot, "o")
        assert waiting(sandbox) == []
        assert toasts(pilot) == ["2 faults are removed."]
        await press(pilot, "o")
        assert toasts(pilot)[-1] == "All off: no fault is set."


async def test_what_is_left_of_a_fault_is_seen_as_requests_arrive(sandbox: SandboxClient) -> None:
    sandbox.fault("latency", seconds=0, times=3)
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "3")
        await until(pilot, lambda: "3 left" in screen_text(pilot))
        await asyncio.to_thread(sandbox.push)
        await until(pilot, lambda: "2 left" in screen_text(pilot))


# Settings


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_switch_is_switched_marked_and_restored(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    async with console(sandbox, size=size) as pilot:
        await open_sandbox(pilot, "4")
        await highlight(pilot, "broadcast_enabled")
        await press(pilot, "enter")
        assert setting(sandbox, "rongcloud.broadcast_enabled") is False
        assert row_of(pilot, "broadcast_enabled")[2] == "● off"
        assert "4 Settings · 1 changed" in screen_text(pilot)
        await press(pilot, "d")
        assert setting(sandbox, "rongcloud.broadcast_enabled") is True
        await press(pilot, "d")
        assert toasts(pilot) == ["Default: it has its default."]


async def test_another_value_is_typed_and_a_wrong_one_is_said(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "4")
        await highlight(pilot, "day_zone")
        await press(pilot, "enter")
        await _replace(pilot, "Asia/Nowhere")
        await press(pilot, "enter")
        await until(pilot, lambda: "is not a time zone" in screen_text(pilot))
        await _replace(pilot, "Asia/Shanghai")
        await press(pilot, "enter")
        await until(pilot, lambda: row_of(pilot, "day_zone")[2:3] == ["● Asia/Shanghai"])
        assert setting(sandbox, "rongcloud.day_zone") == "Asia/Shanghai"


async def test_a_number_must_be_one(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "4")
        await highlight(pilot, "active_days")
        await press(pilot, "enter")
        await _replace(pilot, "many")
        await press(pilot, "enter")
        await until(pilot, lambda: "“many” is given; a whole number is needed" in screen_text(pilot))


async def test_one_of_a_few_values_is_chosen(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "4")
        await highlight(pilot, "too_many_items_code")
        await press(pilot, "enter", "down", "enter")
        await until(pilot, lambda: "● 1005" in row_of(pilot, "too_many_items_code"))
        assert setting(sandbox, "rongcloud.too_many_items_code") == 1005


# Everywhere


async def test_the_clock_is_frozen_moved_and_released(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "c")
        await press(pilot, "tab")
        await _replace(pilot, "2027-01-31T12:00")
        await press(pilot, "enter")
        await until(pilot, lambda: "clock frozen at 2027-01-31" in screen_text(pilot))
        await press(pilot, "c", "down", "enter")
        await until(pilot, lambda: sandbox.control("GET", "/state")["clock"]["now"].startswith("2027-01-31T13:00:00"))
        await press(pilot, "c", "down", "down", "down", "enter")
        await until(pilot, lambda: "clock as here" in screen_text(pilot))
        await press(pilot, "c", "tab")
        await _replace(pilot, "90m")
        await press(pilot, "enter")
        await until(pilot, lambda: "clock 1 h 30 min ahead" in screen_text(pilot))
        await press(pilot, "c", "tab")
        await _replace(pilot, "soon")
        await press(pilot, "enter")
        await until(pilot, lambda: "“soon” is no time" in screen_text(pilot))


async def test_what_is_typed_at_the_choices_is_not_lost(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "c")
        await press(pilot, *"15m", "enter")
        await until(pilot, lambda: "clock 15 min ahead" in screen_text(pilot))
        assert not sandbox.control("GET", "/state")["clock"]["frozen"]


async def test_a_moved_clock_is_seen_however_much_is_counted(sandbox: SandboxClient) -> None:
    sandbox.freeze("2027-01-31T12:00:00Z")
    sandbox.settings(rongcloud__active_days=7, rongcloud__gzip=True)
    sandbox.fault("latency", path="/nowhere")
    async with console(sandbox, size=SMALL) as pilot:
        await open_sandbox(pilot)
        await until(pilot, lambda: "clock frozen at 2027" in screen_text(pilot))


async def test_addresses_and_ids_are_shown_and_secrets_are_not(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot, "a")
        assert isinstance(pilot.app.screen, AddressesDialog)
        said = sandbox.control("GET", "/state")["clouds"]
        text = screen_text(pilot)
        assert all(about["base_url"] in text for about in said.values())
        assert {"sandbox0rc01", "administrator", "1400000000"} <= {*text.split()}
        assert sandbox.app_secret not in text
        assert sandbox.base_url in pilot.app.screen.what_to_copy().text


async def test_reset_asks_first(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot))
        await open_sandbox(pilot, "x")
        assert isinstance(pilot.app.screen, Question)
        await press(pilot, "enter")
        assert sandbox.accepted() == 1
        await press(pilot, "x", "tab", "enter")
        await until(pilot, lambda: "Nothing was accepted yet" in screen_text(pilot))
        assert sandbox.accepted() == 0


async def test_a_read_only_session_only_looks(sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    async with console(sandbox, read_only=True) as pilot:
        before = sandbox.control("GET", "/state")["users"]
        await open_sandbox(pilot, "2")
        await highlight(pilot, "amelie")
        await press(pilot, "enter", "d", "t", "x", "c", "3")
        await until(pilot, lambda: "1 on" in screen_text(pilot))
        await press(pilot, "enter", "o", "4")
        await highlight(pilot, "limits")
        await press(pilot, "enter")
        assert len(waiting(sandbox)) == 1
        assert setting(sandbox, "limits") is True
        assert [one["online"] for one in sandbox.control("GET", "/state")["users"]] == [one["online"] for one in before]
        assert "Reset: this session is read-only." in toasts(pilot)
        assert all("read-only" in toast for toast in toasts(pilot))


def test_every_action_that_changes_something_is_known_to_a_read_only_session() -> None:
    looking = {"read_handsets", "refresh_sandbox", "show_addresses", *PARTS}
    scopes = (Scope.SANDBOX, *PARTS.values())
    assert {action.id for scope in scopes for action in in_scope(scope)} == looking | CHANGES


async def test_each_part_can_be_copied_and_explained(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_sandbox(pilot)
        for key, word in (("2", "iPhone 16"), ("3", "latency"), ("4", "default")):
            await press(pilot, key)
            await until(pilot, lambda: copyable(pilot.app.screen) is not None)
            copied = copyable(pilot.app.screen)
            assert copied is not None and word in copied.text
        await press(pilot, "f1")
        assert "Keys: sandbox settings" in screen_text(pilot)


async def _replace(pilot: Pilot[int], text: str) -> None:
    """Type a text in place of what the focused field holds."""
    assert isinstance(pilot.app.focused, Input)
    await pilot.press("end", "ctrl+u")
    await type_text(pilot, text)
