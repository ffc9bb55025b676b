"""Reviewing a draft whose recipients take time to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from pushtui.console.screens.compose import ComposeScreen
from pushtui.console.screens.plan import PlanScreen
from pushtui.console.screens.reading import ReadingDialog
from pushtui.services.audience import look
from tests.console.full import SMALL, WIDE, console, screen_text, settle, until
from tests.console.many import Stuck, read_all, write_draft
from tests.sandbox.client import SandboxClient


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Stuck:
    """Let the reading for a plan wait."""
    waiting = Stuck(look)
    monkeypatch.setattr("pushtui.services.planning.look", waiting)
    return waiting


async def review(pilot: Pilot[int]) -> None:
    """Ask for a plan, and wait until it is seen how far that is."""
    await read_all(pilot)
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(pilot.app.screen, ReadingDialog) and "540,000 rows" in screen_text(pilot))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_plan_shows_how_far_it_is_and_then_itself(
    sandbox: SandboxClient, tmp_path: Path, stuck: Stuck, size: tuple[int, int]
) -> None:
    async with console(sandbox, draft=write_draft(tmp_path), size=size) as pilot:
        await review(pilot)
        assert "Reading people.csv" in screen_text(pilot)
        assert "54 %" in screen_text(pilot)
        stuck.may_go_on.set()
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen) and "3 recipients" in screen_text(pilot))
        text = screen_text(pilot)
        for said in ("exactly 3 users", "digest", "the value is empty"):
            assert said in text


async def test_escape_ends_a_plan_in_the_making(sandbox: SandboxClient, tmp_path: Path, stuck: Stuck) -> None:
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await review(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        await until(pilot, stuck.ended.is_set)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ComposeScreen)
    assert sandbox.requests("/message/system/publish_template.json") == 0
