"""A value that is made beside the first paint."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Arrival(Generic[T]):
    """A value, or the promise of one that a thread makes.

    The thread is a daemon, so that leaving never waits for it.
    """

    def __init__(self) -> None:
        self._future: asyncio.Future[T] | None = None

    @property
    def value(self) -> T | None:
        """The value, if it is there."""
        future = self._promised
        if not future.done() or future.cancelled() or future.exception() is not None:
            return None
        return future.result()

    async def get(self) -> T:
        """Wait for the value; raises what making it raised."""
        return await asyncio.shield(self._promised)

    def give(self, value: T) -> None:
        """Make the value known."""
        if not self._promised.done():
            self._promised.set_result(value)

    def fail(self, error: BaseException) -> None:
        """Tell all who wait that there will be no value."""
        if not self._promised.done():
            self._promised.set_exception(error)
            # Asked for once here: if nobody else waits for it, asyncio need not complain.
            self._promised.exception()

    @property
    def _promised(self) -> asyncio.Future[T]:
        if self._future is None:
            self._future = asyncio.get_running_loop().create_future()
        return self._future


async def in_daemon_thread(make: Callable[[], T]) -> T:
    """Call a function in a thread that leaving does not wait for."""
    loop = asyncio.get_running_loop()
    made: asyncio.Future[T] = loop.create_future()

    def deliver(set_it: Callable[[], None]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(lambda: None if made.done() else set_it())

    def work() -> None:
        try:
            value = make()
        except Exception as error:  # noqa: BLE001 - part of the worker boundary: carried over to who awaits
            failure = error
            deliver(lambda: made.set_exception(failure))
        else:
            deliver(lambda: made.set_result(value))

    Thread(target=work, name="pushtui-opening", daemon=True).start()
    return await made
