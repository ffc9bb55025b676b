"""Calls into system libraries that may hang or raise anything."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from pushtui.domain.secret import redact

Result = TypeVar("Result")


class CallFailed(Exception):
    """What a call raised, in its own words, secrets masked."""


async def within(seconds: float, work: Callable[[], Result]) -> Result:
    """Run the work on a thread of its own; CallFailed if it raises, TimeoutError if it takes too long.

    The thread is a daemon, so that one that hangs for ever does not keep the program from ending.
    """
    outcome: Future[Result] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - the worker boundary: whoever waits gets it
            outcome.set_exception(CallFailed(redact(str(error)) or type(error).__name__))

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await asyncio.wait_for(asyncio.wrap_future(outcome), seconds)
