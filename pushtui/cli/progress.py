"""What a person sees on standard error while something takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from pushtui.cli.run_views import progress_line

if TYPE_CHECKING:
    from pushtui.cli.output import Output
    from pushtui.domain.clock import Clock
    from pushtui.services.recipients.importing import Progress as ReadingProgress
    from pushtui.services.run_control import RunControl

T = TypeVar("T")

EVERY = 2.0
"""Seconds between two lines."""


class ReadingLines:
    """Tells how far recipients are read, now and then; quick readings say nothing."""

    def __init__(self, what: str, output: Output, clock: Clock) -> None:
        self._what = what
        self._output = output
        self._clock = clock
        self._told_at = clock.monotonic()

    def __call__(self, progress: ReadingProgress) -> None:
        now = self._clock.monotonic()
        if now - self._told_at >= EVERY:
            self._told_at = now
            self._output.note(f"{self._what}: {progress.rows:,} recipients, {progress.fraction:.0%}")


async def with_progress(work: Coroutine[Any, Any, T], run_id: str, runs: RunControl, output: Output) -> T:
    """Do work that sends a run, and tell how far it is; that this fails neither ends the work nor hides its result."""
    telling = asyncio.create_task(_tell_later(run_id, runs, output))
    try:
        return await work
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _tell_later(run_id: str, runs: RunControl, output: Output) -> None:
    """Say nothing of runs that end at once."""
    await runs.sleep(EVERY)
    await follow(run_id, runs, output)


async def follow(run_id: str, runs: RunControl, output: Output) -> None:
    """Write a line whenever the run got further, until it ends."""
    told = None
    async for progress in runs.follow(run_id, EVERY):
        line = progress_line(progress)
        if line != told:
            output.note(line)
        told = line
