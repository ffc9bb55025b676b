"""Whether a run may go on: which host answers, how much went wrong in a row, whose answer is overdue."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState, Outcome
from pushtui.services.pacing import wait_after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushtui.domain.clock import Clock
    from pushtui.providers.base import DraftKind, Provider
    from pushtui.services.pacing import Pace

FAILURES = 5
"""Requests in a row that end otherwise than accepted, after which a run stops by itself."""
TOO_FAST = 20
"""Refusals for being too fast in a row, after which it stops too."""
OVERDUE = 10.0
"""Seconds without an answer, after which no further request leaves until it is there."""
LONGEST_REST = 30.0
"""Seconds between tries to reach a provider."""

HTTP_TOO_MANY = 429


def over_the_rate(outcome: Outcome, provider: Provider) -> bool:
    """Tell whether a request was refused for nothing but coming too early."""
    answer = outcome.answer
    if outcome.state is not AttemptState.REJECTED or answer is None:
        return False
    return answer.status == HTTP_TOO_MANY or outcome.code in provider.too_fast


class Health:
    """What the outcomes of a run so far tell about the next request."""

    def __init__(self, hosts: Sequence[str], kind: DraftKind, clock: Clock, pace: Pace) -> None:
        self.halt = ""
        """Why the run should stop; empty while it may go on."""
        self._hosts = hosts
        self._provider = kind.provider
        self._for_many = kind.batching is not None
        self._clock = clock
        self._pace = pace
        self._at = 0
        self._failures = self._too_fast = self._not_reached = 0
        self._failed_at = -1.0
        self._under_way: dict[str, float] = {}
        self._landed = asyncio.Event()

    @property
    def host(self) -> str:
        """The host to try next."""
        return self._hosts[self._at % len(self._hosts)]

    @property
    def another_host(self) -> bool:
        """Whether there is a host that was not tried yet."""
        return self._at + 1 < len(self._hosts)

    def departs(self, attempt_id: str) -> float:
        """Note that a request leaves, and return when."""
        self._under_way[attempt_id] = self._clock.monotonic()
        return self._under_way[attempt_id]

    def lands(self, attempt_id: str) -> None:
        """Note that a request's end is known."""
        self._under_way.pop(attempt_id, None)
        self._landed.set()

    async def clear(self) -> None:
        """Wait while an answer is overdue, so that a provider that fell silent leaves few people in doubt."""
        while not self.is_clear:
            self._landed.clear()
            await self._landed.wait()

    @property
    def is_clear(self) -> bool:
        """Whether no answer is overdue."""
        since = min(self._under_way.values(), default=None)
        return since is None or self._clock.monotonic() - since < OVERDUE

    def learn(self, outcome: Outcome, host: str, departed_at: float) -> None:
        """Draw the conclusions of an outcome: go on, wait, go slower, take the other host, or stop."""
        if outcome.state is AttemptState.ACCEPTED:
            self._failures = self._too_fast = self._not_reached = 0
            self._pace.went_well()
        elif not outcome.reached:
            self._learn_unreached(outcome, host, departed_at)
        elif self._for_many and over_the_rate(outcome, self._provider):
            self._too_fast += 1
            self._pace.slow_down(wait_after(outcome.answer, self._clock.now()))
            self._stop_after(self._too_fast, TOO_FAST, outcome)
        else:
            self._failures += 1
            self._stop_after(self._failures, FAILURES, outcome)

    def _learn_unreached(self, outcome: Outcome, host: str, departed_at: float) -> None:
        """Take the next host; what left before that was noted is part of the same trouble."""
        if host == self.host and departed_at >= self._failed_at:
            self._failed_at = self._clock.monotonic()
            self._at += 1
            self._not_reached += 1
            rounds = self._not_reached // len(self._hosts)
            if self._not_reached % len(self._hosts) == 0 and self._for_many:
                self._pace.hold(min(2.0 ** (rounds - 1), LONGEST_REST))
            self._stop_after(rounds, FAILURES, outcome)

    def _stop_after(self, times: int, most: int, outcome: Outcome) -> None:
        if self._for_many and times >= most and not self.halt:
            what = "not sent" if not outcome.reached else str(outcome.state)
            self.halt = f"It stopped after {times} times “{what}” in a row. The last time: {outcome.message}"
