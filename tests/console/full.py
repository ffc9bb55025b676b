"""The whole console over the real services and the real sandbox, run without a terminal."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.pilot import Pilot

from pushtui.console.app import PushtuiApp
from pushtui.console.options import ConsoleOptions
from pushtui.domain.clock import SystemClock
from pushtui.files import private_folder
from pushtui.paths import Paths
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient

if TYPE_CHECKING:
    from pathlib import Path

WIDE, SMALL = (120, 40), (80, 24)
PATIENCE = 20.0
"""Seconds after which what is waited for will not come; never slept in full."""
LONG = frozenset(("start", "files", "review", "palette", "dialog", "live"))
"""Groups of workers that end when a person or the sandbox does something."""


@asynccontextmanager
async def console(
    sandbox: SandboxClient, *, size: tuple[int, int] = WIDE, draft: Path | None = None, read_only: bool = False
) -> AsyncIterator[Pilot[int]]:
    """Run a console whose account `sandbox` is the running sandbox, until everything is open."""
    paths = Paths.from_environment()

    private_folder(paths.state)
    paths.sandbox_file.write_text(address_line(sandbox))
    options = ConsoleOptions(paths, SystemClock(), draft=draft)
    app = PushtuiApp(lambda: Services(paths, read_only=read_only), options)
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.services.get()
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[int]) -> None:
    """Wait until workers are done, or wait for a person or for news, and what they caused is on the screen."""
    await pilot.pause()
    waiting = [worker for worker in pilot.app.workers if worker.group not in LONG]
    if waiting:  # an empty list would mean all
        await pilot.app.workers.wait_for_complete(waiting)
    await pilot.pause()


async def until(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    """Let the console work until a condition holds; fails if it never does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return
        await pilot.pause()
    raise AssertionError(screen_text(pilot))


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type characters one by one, as keys."""
    names = {" ": "space", "\n": "enter"}
    await pilot.press(*(names.get(character, character) for character in text))
    await pilot.pause()


def screen_text(pilot: Pilot[int]) -> str:
    """Return the characters on the screen."""
    width, height = pilot.app.size
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.ljust(width)[:width] for strip in lines[:height])


def toasts(pilot: Pilot[int]) -> list[str]:
    """Return what toasts say, oldest first."""
    return [notice.message for notice in pilot.app._notifications]
