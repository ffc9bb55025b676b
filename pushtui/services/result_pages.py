"""The recipients of a run, any of them at hand by its place, however many there are."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection
from itertools import accumulate
from typing import TYPE_CHECKING, Self

from pushtui.services.results import kind_for_many, results_in, users_in

if TYPE_CHECKING:
    from pushtui.domain.attempt import Attempt, AttemptState
    from pushtui.domain.run import Run
    from pushtui.journal import Journal
    from pushtui.services.results import RecipientResult

AT_ONCE = 200
"""Requests that are read in one step."""


class ResultPages:
    """Those who stood in some states when they were looked for; how they stand is read when it is shown.

    Of each request two numbers are in memory: a million recipients take half a megabyte.
    """

    def __init__(self, journal: Journal, run: Run, sizes: Collection[tuple[int, int]]) -> None:
        self._journal = journal
        self._run = run
        self._kind = kind_for_many(run)
        self._batches = array("q", (batch for batch, _ in sizes))
        self._ends = array("q", accumulate(size for _, size in sizes))

    @classmethod
    async def of(cls, journal: Journal, run: Run, states: Collection[AttemptState]) -> Self:
        """Look for them; Refused if the run's requests name nobody."""
        return cls(journal, run, await journal.sizes(run.id, sorted(state.value for state in states)))

    @property
    def count(self) -> int:
        """How many recipients there are."""
        return self._ends[-1] if self._ends else 0

    async def place_of(self, user: str) -> int | None:
        """Return the place of the first recipient with a user id; None if nobody has it."""
        for first in range(0, len(self._batches), AT_ONCE):
            for number, attempt in enumerate(await self._read(first, first + AT_ONCE), start=first):
                users = users_in(self._kind, attempt)
                if user in users:
                    return (self._ends[number - 1] if number else 0) + users.index(user)
        return None

    async def rows(self, start: int, stop: int) -> list[RecipientResult]:
        """Read those at some places, as they stand now."""
        start, stop = max(start, 0), min(stop, self.count)
        if start >= stop:
            return []
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, stop - 1)
        before = self._ends[first - 1] if first else 0
        found: list[RecipientResult] = []
        for place in range(first, last + 1, AT_ONCE):
            for attempt in await self._read(place, min(place + AT_ONCE, last + 1)):
                found.extend(results_in(self._kind, attempt))
        return found[start - before : stop - before]

    async def _read(self, first: int, stop: int) -> list[Attempt]:
        """Read the requests at some places of the list."""
        return await self._journal.batches(self._run.id, self._batches[first:stop].tolist())
