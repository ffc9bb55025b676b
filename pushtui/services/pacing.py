"""How fast requests may leave: a bucket of recipients that refills evenly."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.attempt import Answer
    from pushtui.domain.clock import Clock

Sleep = Callable[[float], Awaitable[None]]
Meanwhile = Callable[[], Awaitable[None]]

LOOK_UP = 1.0
"""Seconds of a wait without a break."""
BELOW = 0.995
"""Share of the provider's rate to aim at, so that two clocks that differ a little do not matter."""
SLACK = 0.2
"""Seconds that may be caught up after a delay; less than what the rate's own bucket has to spare."""
SLOWER = 0.8
FASTER = 1.05
SLOWEST = 0.05
"""Share of the rate below which slowing down stops."""
STEADY = 10
"""Accepted requests in a row, after which a slowed pace is raised a little."""
LONGEST_WAIT = 300.0
"""Seconds; a provider that wants more is not believed."""
USUAL_WAIT = 1.5
"""Seconds to wait where the provider does not say."""


class Pace:
    """Lets so many recipients a second pass; with a rate of 0, everybody at once."""

    def __init__(self, rate: float, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._full = rate * BELOW
        self.rate = self._full
        """Recipients a second at the moment."""
        self._clock = clock
        self._sleep = sleep
        self._next = self._quiet_until = clock.monotonic()
        self._steady = 0

    @property
    def is_free(self) -> bool:
        """Whether nobody has to wait."""
        return not self.rate and self._clock.monotonic() >= self._quiet_until

    async def take(self, recipients: int, meanwhile: Meanwhile | None = None) -> None:
        """Wait for the turn of a request with so many recipients.

        `meanwhile` is done now and then while that takes long: somebody may wish to end it.
        """
        now = self._clock.monotonic()
        if self.rate:
            turn = max(self._next, now - SLACK)
            self._next = turn + recipients / self.rate
            await self._until(turn, meanwhile)
        while self._clock.monotonic() < self._quiet_until:
            await self._until(self._quiet_until, meanwhile)

    def went_well(self) -> None:
        """Count an accepted request; a slowed pace recovers little by little."""
        self._steady += 1
        if self.rate < self._full and self._steady >= STEADY:
            self._steady, self.rate = 0, min(self.rate * FASTER, self._full)

    def hold(self, seconds: float) -> None:
        """Let nothing pass for a while."""
        self._quiet_until = max(self._quiet_until, self._clock.monotonic() + seconds)
        self._next = max(self._next, self._quiet_until)

    def slow_down(self, wait: float) -> None:
        """Let nothing pass for a while and go on slower; what was under way together counts once."""
        self._steady = 0
        if self._clock.monotonic() >= self._quiet_until:
            self.rate = max(self.rate * SLOWER, self._full * SLOWEST)
        self.hold(wait)

    async def _until(self, turn: float, meanwhile: Meanwhile | None) -> None:
        wait = turn - self._clock.monotonic()
        while meanwhile is not None and wait > LOOK_UP:
            await self._sleep(LOOK_UP)
            await meanwhile()
            wait = turn - self._clock.monotonic()
        if wait > 0:
            await self._sleep(wait)


def wait_after(answer: Answer | None, now: datetime) -> float:
    """Return how many seconds a provider that was asked too fast wants to be left alone."""
    headers = answer.headers if answer is not None else ()
    asked = next((value for name, value in headers if name.lower() == "retry-after"), "").strip()
    seconds = float(asked) if asked.isascii() and asked.isdecimal() else _seconds_until(asked, now)
    return seconds if 0 < seconds <= LONGEST_WAIT else USUAL_WAIT


def _seconds_until(moment: str, now: datetime) -> float:
    try:
        return (parsedate_to_datetime(moment) - now).total_seconds()
    except (ValueError, TypeError):
        return 0.0
