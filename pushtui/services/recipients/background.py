"""Long readings in a thread: progress comes to the event loop, and cancelling ends them soon."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from pushtui.services.recipients.importing import Progress, Told, nobody

T = TypeVar("T")


class Cancelled(Exception):
    """Raised inside a reading that nobody wants any more."""


async def in_background(work: Callable[[Told], T], told: Told = nobody) -> T:
    """Do what reads recipients in a thread, and return its result; cancelled, it stops at its next report."""
    loop, unwanted = asyncio.get_running_loop(), threading.Event()

    def report(progress: Progress) -> None:
        if unwanted.is_set():
            raise Cancelled
        loop.call_soon_threadsafe(told, progress)

    task = asyncio.ensure_future(asyncio.to_thread(work, report))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        unwanted.set()
        with suppress(Cancelled):
            await task
        raise
