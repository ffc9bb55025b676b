"""Work that must not be left half done, whoever is told to end meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


async def all_done(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Wait until tasks are done, however often the caller is cancelled meanwhile; what they raise stays theirs."""
    while not all(task.done() for task in tasks):
        try:
            await asyncio.wait(tasks)
        except asyncio.CancelledError:
            continue


async def done_or_undone(work: Coroutine[Any, Any, T], undo: Callable[[], Coroutine[Any, Any, object]]) -> T:
    """Do work to its end; if the caller is cancelled meanwhile, undo it where it succeeded, then be cancelled.

    That the undoing fails is left to whoever finds the work done.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await all_done([task])
        if _succeeded(task):
            undoing = asyncio.create_task(undo())
            await all_done([undoing])
            _succeeded(undoing)
        raise


def _succeeded(task: asyncio.Task[Any]) -> bool:
    return not task.cancelled() and task.exception() is None
