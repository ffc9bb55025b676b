"""What one worker of a run has of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from pushtui.providers.transport import Channel


class Lane:
    """What one worker has of its own: a connection, and the outcome that is being written.

    The outcome is written together with the departure of the worker's next request, in one wait for the disk; that
    request leaves when both are kept.
    """

    def __init__(self, channel: Channel | None) -> None:
        self.channel = channel
        self._finishing: asyncio.Task[None] | None = None

    def finish(self, writing: Coroutine[Any, Any, None]) -> None:
        """Begin to write an outcome."""
        self._finishing = asyncio.create_task(writing)

    async def settle(self) -> None:
        """Wait until the outcome is kept, or raise why it could not be."""
        finishing = self._finishing
        if finishing is not None:
            await asyncio.shield(finishing)
            self._finishing = None

    async def close(self) -> None:
        """End both; raises why an outcome could not be kept."""
        if self.channel is not None:
            await self.channel.close()
        if self._finishing is not None:
            await asyncio.wait([self._finishing])
            self._finishing.result()
