"""Wakes up whoever waits for news."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bell:
    """Rings for all who wait at that moment; once it is silenced, nobody waits any more."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.silenced = False

    def ring(self) -> None:
        """Wake up all who wait."""
        self._rung.set()
        self._rung = asyncio.Event()

    def silence(self) -> None:
        """Wake up all, and let nobody wait again."""
        self.silenced = True
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait until it rings, at most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
