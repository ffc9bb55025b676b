"""A plan leaves when another screen makes it one for something else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pushtui.console.screens.plan import PlanScreen
from tests.bodies import push
from tests.console.full import console, until
from tests.console.pages import press, services_of
from tests.sandbox.client import SandboxClient


@pytest.fixture
async def planned(sandbox: SandboxClient, tmp_path: Path) -> AsyncIterator[Pilot[int]]:
    """A console that shows a plan, then the history."""
    draft = tmp_path / "draft.json"
    draft.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": push()}))
    async with console(sandbox, draft=draft) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        await press(pilot, "f3")
        yield pilot


async def test_a_plan_waits_while_one_looks_elsewhere(planned: Pilot[int]) -> None:
    await press(planned, "f2")
    assert isinstance(planned.app.screen, PlanScreen)


async def test_a_plan_leaves_when_another_draft_is_on_the_desk(planned: Pilot[int]) -> None:
    services_of(planned).desk.new("sandbox")
    await press(planned, "f2")
    await until(planned, lambda: not isinstance(planned.app.screen, PlanScreen))


async def test_a_plan_leaves_when_another_account_is_chosen(planned: Pilot[int]) -> None:
    services_of(planned).desk.composition.account = "shop-live"
    await press(planned, "f2")
    await until(planned, lambda: not isinstance(planned.app.screen, PlanScreen))
