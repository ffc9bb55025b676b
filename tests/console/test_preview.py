"""A draft as each of its recipients reads it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pushtui.console.screens.compose import ComposeScreen
from pushtui.console.screens.preview import PreviewScreen
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.services.recipients.preview import Person, Preview
from tests.console.full import SMALL, WIDE, console, screen_text, settle, toasts, type_text, until
from tests.console.many import BODY, ROWS, Stuck, write_draft
from tests.sandbox.client import SandboxClient

LEAKING = BODY | {"content": '{"content":"Hi {name}, ask {d}"}', "pushContent": ["{d}: a code for {name}"]}


async def open_preview(pilot: Pilot[int]) -> None:
    await pilot.press("ctrl+l")
    await until(pilot, lambda: isinstance(pilot.app.screen, PreviewScreen) and "recipient 1 of" in screen_text(pilot))
    await settle(pilot)


async def press(pilot: Pilot[int], key: str, shows: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: shows in screen_text(pilot))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_each_recipient_is_stepped_to(sandbox: SandboxClient, tmp_path: Path, size: tuple[int, int]) -> None:
    async with console(sandbox, draft=write_draft(tmp_path), size=size) as pilot:
        await open_preview(pilot)
        text = screen_text(pilot)
        for said in ("21", "line 2 of people.csv", "Hi Tom, your code is 123", "A code for Tom", "iPhone", "HarmonyOS"):
            assert said in text
        await press(pilot, "right", "recipient 2 of 3")
        assert "{code} (empty)" in screen_text(pilot)
        await press(pilot, "n", "recipient 3 of 3")
        await press(pilot, "right", "recipient 3 of 3")
        await press(pilot, "p", "recipient 2 of 3")
        await press(pilot, "left", "recipient 1 of 3")
        await press(pilot, "end", "Bartholomew")
        await press(pilot, "home", "Hi Tom")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))


async def test_the_worst_cases_are_one_key_away(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await open_preview(pilot)
        await press(pilot, "l", "recipient 3 of 3   longest, 1 of 3")
        await press(pilot, "l", "longest, 2 of 3")
        await press(pilot, "e", "recipient 2 of 3   emptiest, 1 of 3")
        await press(pilot, "l", "longest, 1 of 3")


async def test_a_number_leads_to_its_recipient(sandbox: SandboxClient, tmp_path: Path) -> None:
    rows = "user_id,name,code\n" + "".join(f"u{number},n{number},c\n" for number in range(1, 1501))
    async with console(sandbox, draft=write_draft(tmp_path, rows)) as pilot:
        await open_preview(pilot)
        await pilot.press("g")
        await until(pilot, lambda: isinstance(pilot.app.screen, ValueDialog))
        await type_text(pilot, "1501")
        await press(pilot, "enter", "allowed: 1 to 1,500")
        await pilot.press("backspace")
        await type_text(pilot, "0")
        await pilot.press("enter")
        await until(pilot, lambda: "recipient 1,500 of 1,500" in screen_text(pilot))
        assert "line 1,501 of people.csv" in screen_text(pilot)
        await press(pilot, "left", "Hi n1499,")


async def test_steps_count_at_once_and_only_the_last_is_looked_for(
    sandbox: SandboxClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "user_id,name,code\n" + "".join(f"u{number},n{number},c\n" for number in range(1, 1501))
    asked, may_go_on, find = list[int](), threading.Event(), Preview.person

    def slowly(preview: Preview, number: int) -> Person | None:
        asked.append(number)
        may_go_on.wait(10)
        return find(preview, number)

    async with console(sandbox, draft=write_draft(tmp_path, rows), size=SMALL) as pilot:
        await open_preview(pilot)
        await press(pilot, "end", "recipient 1,500 of 1,500")
        monkeypatch.setattr(Preview, "person", slowly)
        await pilot.press(*["left"] * 5)
        await until(pilot, lambda: "recipient 1,500 of 1,500   looking for 1,495 of 1,500…" in screen_text(pilot))
        may_go_on.set()
        await until(pilot, lambda: "recipient 1,495 of 1,500" in screen_text(pilot))
        await settle(pilot)
        assert "looking" not in screen_text(pilot)
        assert "Hi n1495," in screen_text(pilot)
        assert asked == [1499, 1495]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_placeholder_inside_a_value_is_marked(
    sandbox: SandboxClient, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, "user_id,name,code\n21,{code},7\n"), size=size) as pilot:
        await open_preview(pilot)
        assert "✖ {code} stands in a value: it is read as it is written" in screen_text(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        marked = [segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse]
        assert "{code}" in marked


async def test_a_value_that_breaks_the_message_says_so(sandbox: SandboxClient, tmp_path: Path) -> None:
    rows = 'user_id,name,code\n21,Tom,7\n22,"the ""Duke""",8\n'
    async with console(sandbox, draft=write_draft(tmp_path, rows), size=SMALL) as pilot:
        await open_preview(pilot)
        assert "break the JSON" not in screen_text(pilot)
        await press(pilot, "right", "✖ the values break the JSON of the message")


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_what_leaks_is_marked_in_word_and_shape(
    sandbox: SandboxClient, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = write_draft(tmp_path, body=LEAKING, values={"name": "name"})
    async with console(sandbox, draft=file, size=size) as pilot:
        await open_preview(pilot)
        assert "✖ {d} has no value: people read it as it is written" in screen_text(pilot)
        strips = pilot.app.screen._compositor.render_strips()
        marked = [segment.text for strip in strips for segment in strip if segment.style and segment.style.reverse]
        assert marked.count("{d}") == 4


async def test_recipients_in_the_body_are_shown_too(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await pilot.press("ctrl+r", "alt+r")
        await until(pilot, lambda: "exactly 3 users" in screen_text(pilot))
        await settle(pilot)
        await open_preview(pilot)
        assert "in the body" in screen_text(pilot)
        assert "Hi Tom, your code is 123" in screen_text(pilot)


async def test_nobody_yet_says_why(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, None), size=SMALL) as pilot:
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "There is nobody yet" in screen_text(pilot))
        assert "No such file" in screen_text(pilot)
        await pilot.press("right")
        await pilot.pause()
        assert "Next: nobody is there." in toasts(pilot)


async def test_the_first_one_is_shown_while_the_others_are_read(
    sandbox: SandboxClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = Stuck(Preview.look)
    async with console(sandbox, draft=write_draft(tmp_path), size=SMALL) as pilot:
        monkeypatch.setattr(Preview, "look", stuck)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "540,000 rows" in screen_text(pilot))
        assert "Hi Tom, your code is 123" in screen_text(pilot)
        await pilot.press("right")
        await pilot.pause()
        assert "Next: the others are still being read." in toasts(pilot)
        await pilot.press("escape")
        await until(pilot, stuck.ended.is_set)
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))


async def test_hostile_values_are_shown_not_obeyed(sandbox: SandboxClient, tmp_path: Path) -> None:
    hostile = "a[/b]c [@click=app.quit]x[/] \x1b]0;PWNED\x07 \u202e"
    rows = f'user_id,name,code\n"{hostile}","{hostile}","{hostile}"\n'
    body = BODY | {"pushData": ["{code}"]}
    async with console(sandbox, draft=write_draft(tmp_path, rows, body=body), size=SMALL) as pilot:
        await open_preview(pilot)
        text = screen_text(pilot)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "[@click=app.quit]" in text


async def test_the_preview_explains_itself(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, ROWS)) as pilot:
        await open_preview(pilot)
        await press(pilot, "f1", "Nothing is sent from here")
