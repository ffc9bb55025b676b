"""What tests of runs in the console share."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import ModalScreen

from pushtui.console.screens.run import RunScreen
from pushtui.console.widgets.literal import Block
from pushtui.domain.run import Run
from pushtui.services.runs_here import RunsHere
from pushtui.services.services import Services
from tests.console.full import SMALL, console, screen_text, until
from tests.console.pages import press, services_of
from tests.sandbox.client import SandboxClient
from tests.services.runs import BODY, KIND, PATH, begun, plan_for, rows


@asynccontextmanager
async def unpaced(
    sandbox: SandboxClient, *, size: tuple[int, int] = SMALL, draft: Path | None = None
) -> AsyncIterator[Pilot[int]]:
    """Run a console that need not wait between requests, at a sandbox without limits."""
    sandbox.settings(limits=False)
    async with console(sandbox, size=size, draft=draft) as pilot:
        services = services_of(pilot)
        services.sending = replace(services.sending, paced=False)
        services.here = RunsHere(services.sending, services.runs, services.sandbox)
        yield pilot


def hold(sandbox: SandboxClient) -> None:
    """Let no request of a run get its answer until the faults are gone."""
    sandbox.fault("hold", times=None, path=PATH)


def let_go(sandbox: SandboxClient) -> None:
    """Take all faults away."""
    sandbox.control("DELETE", "/faults")


def slow(sandbox: SandboxClient, seconds: float = 0.3) -> None:
    """Let every request of a run take its time."""
    sandbox.fault("latency", seconds=seconds, times=None, path=PATH)


def draft_for(folder: Path, people: int) -> Path:
    """Write a draft for so many people, and their file."""
    (folder / "people.csv").write_text(rows(people))
    source = {"file": "people.csv", "user": "id", "values": {"name": "name"}}
    file = folder / "draft.json"
    file.write_text(json.dumps({"kind": KIND, "account": "sandbox", "body": BODY, "recipients": source}))
    return file


async def sent(services: Services, people: int) -> Run:
    """Send to so many people, and wait for the end."""
    plan = await plan_for(services, people)
    return await services.sending.send(plan, plan.ritual.phrase)


async def begin_here(pilot: Pilot[int], people: int) -> RunScreen:
    """Begin a run as the review does, and open it."""
    services = services_of(pilot)
    plan = await plan_for(services, people)
    run = await services.here.begin(plan, plan.ritual.phrase)
    pilot.app.runs_at_work.follow(run.id)  # type: ignore[attr-defined]  # it is a PushtuiApp
    return await open_latest(pilot)


async def begin_nowhere(pilot: Pilot[int], people: int) -> RunScreen:
    """Journal a run that nobody sends, and open it."""
    await begun(services_of(pilot), people)
    return await open_latest(pilot)


async def asked(pilot: Pilot[int], key: str, *answer: str) -> None:
    """Press a key, wait for what it asks, and answer with some keys."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
    await pilot.pause()
    await press(pilot, *answer)


def said(pilot: Pilot[int]) -> str:
    """Return what the dialog says, which may cover only part of a row."""
    return " ".join(str(block.visual) for block in pilot.app.screen.query(Block))


async def open_latest(pilot: Pilot[int]) -> RunScreen:
    """Open the latest run from the history."""
    await press(pilot, "f3", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, RunScreen), screen_text(pilot)
    await until(pilot, lambda: "What went wrong" in screen_text(pilot))
    return screen


def everybody_once(sandbox: SandboxClient, people: int) -> bool:
    """Tell whether the sandbox accepted exactly one message for each of so many people."""
    recipients = dict(sandbox.control("GET", "/sends")["recipients"])
    return recipients == {f"user-{number}": 1 for number in range(1, people + 1)}
