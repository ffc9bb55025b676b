"""Saving where a file is not what it was, and drafts that were left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, OptionList

from pushtui.console.screens.compose import ComposeScreen
from pushtui.console.screens.files import SaveDialog
from pushtui.console.screens.left_behind import LeftBehindDialog
from pushtui.console.screens.question import Dilemma, Question
from pushtui.console.workbench import Workbench
from pushtui.domain.json_body import pretty
from pushtui.paths import Paths
from pushtui.services.desk import Desk
from pushtui.services.recovery import Recovery, Unsaved
from tests.bodies import push
from tests.console.full import console, screen_text, type_text, until
from tests.sandbox.client import SandboxClient

TITLE = ("notification", "title")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.json"
    path.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": push()}))
    return path


def desk(pilot: Pilot[int]) -> Desk:
    return pilot.app.screen_stack[0].query_one(Workbench).desk


def entitle(pilot: Pilot[int], title: str) -> None:
    desk(pilot).composition.set_value(TITLE, title)
    desk(pilot).keep()


def showing(pilot: Pilot[int], kind: type[Screen[Any]]) -> Callable[[], bool]:
    """Whether such a screen is there and can be answered."""
    answerable = Button | OptionList if kind is not SaveDialog else object
    return lambda: isinstance(pilot.app.screen, kind) and isinstance(pilot.app.focused, answerable)


def back(pilot: Pilot[int]) -> Callable[[], bool]:
    return lambda: isinstance(pilot.app.screen, ComposeScreen)


async def save_over_a_changed_file(pilot: Pilot[int], file: Path) -> None:
    """Edit here what somebody else edits too, and ask to save."""
    entitle(pilot, "Mine")
    file.write_text(file.read_text().replace("News", "Theirs"))
    await pilot.press("f8")
    await until(pilot, showing(pilot, Dilemma))
    assert "was changed by somebody else" in screen_text(pilot)


async def test_saving_over_anothers_work_begins_with_the_harmless_answer(sandbox: SandboxClient, file: Path) -> None:
    async with console(sandbox, draft=file) as pilot:
        await save_over_a_changed_file(pilot, file)
        await pilot.press("enter")
        await until(pilot, back(pilot))
        assert "Theirs" in file.read_text()
        assert desk(pilot).composition.dirty


async def test_anothers_work_can_be_overwritten_on_purpose(sandbox: SandboxClient, file: Path) -> None:
    async with console(sandbox, draft=file) as pilot:
        await save_over_a_changed_file(pilot, file)
        await pilot.press("left", "enter")
        await until(pilot, lambda: not desk(pilot).composition.dirty)
        assert "Mine" in file.read_text()


async def test_a_draft_can_be_saved_as_another_file_instead(sandbox: SandboxClient, file: Path, tmp_path: Path) -> None:
    async with console(sandbox, draft=file) as pilot:
        await save_over_a_changed_file(pilot, file)
        await pilot.press("right", "enter")
        await until(pilot, showing(pilot, SaveDialog))
        await type_text(pilot, str(tmp_path / "mine.json"))
        await pilot.press("enter")
        await until(pilot, lambda: not desk(pilot).composition.dirty)
        assert desk(pilot).composition.path == tmp_path / "mine.json"
        assert "Theirs" in file.read_text()
        assert "Mine" in (tmp_path / "mine.json").read_text()


async def test_a_name_that_is_taken_asks_again(sandbox: SandboxClient, file: Path) -> None:
    async with console(sandbox) as pilot:
        entitle(pilot, "Mine")
        await pilot.press("f8")
        await until(pilot, showing(pilot, SaveDialog))
        await type_text(pilot, str(file))
        await pilot.press("enter")
        await until(pilot, showing(pilot, Dilemma))
        await pilot.press("escape")
        await until(pilot, back(pilot))
        assert "Mine" not in file.read_text()


async def test_a_draft_left_behind_can_be_deleted_after_a_question(sandbox: SandboxClient) -> None:
    recovery = Recovery(Paths.from_environment())
    recovery.keep(Unsaved("rongcloud.push", "sandbox", pretty(push())))
    recovery.close()
    async with console(sandbox) as pilot:
        await until(pilot, showing(pilot, LeftBehindDialog))
        await pilot.press("delete")
        await until(pilot, showing(pilot, Question))
        await pilot.press("enter")
        await until(pilot, showing(pilot, LeftBehindDialog))
        await pilot.press("delete")
        await until(pilot, showing(pilot, Question))
        await pilot.press("right", "enter")
        await until(pilot, back(pilot))
    assert await Recovery(Paths.from_environment()).left_behind() == []
