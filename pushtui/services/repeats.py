"""Which runs had the very same for the same people, in whatever order and in whichever requests.

Only runs with the same text are read, request by request, and only some of the people are looked for.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState
from pushtui.services.recipients.sampling import messages, more_messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.draft import Draft
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.plan import Requests
    from pushtui.domain.run import Run
    from pushtui.journal import Journal
    from pushtui.providers.base import Batching, DraftKind

PAGE = 64
"""Requests in memory at once."""
CLOCKS_DIFFER = timedelta(days=1)
"""How much earlier a later run may seem to have been made: the journal's order counts, and clocks jump."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run that holds for some people what a plan would send them again."""

    run: Run
    again: int
    """Of those that were looked at, how many."""
    looked_at: int
    people: int
    """Whom the plan goes to."""

    @property
    def who(self) -> str:
        """Say how many of the plan's people they are: exactly, or as far as a sample tells."""
        if self.looked_at == self.people:
            return f"{self.again:,} of these {self.people:,} people"
        if self.again == self.looked_at:
            return "all or nearly all of these people"
        return f"about {max(round(100 * self.again / self.looked_at), 1)} in 100 of these people"


async def repeats(
    journal: Journal, kind: DraftKind, account: Account, draft: Draft, requests: Requests, since: datetime
) -> list[Repeat]:
    """Return the runs since a time that a plan repeats, newest first; those that were rejected do not count."""
    if kind.batching is None or not requests.sample:
        return []
    runs = await journal.runs_of_kind(account.provider, account.app_id, kind.name, since)
    alike = _alike(runs, draft)
    return await _repeats(journal, kind, kind.batching, alike, requests.sample, requests.recipients)


async def overtaken_by(journal: Journal, kind: DraftKind, run: Run) -> list[Repeat]:
    """Return the later runs that have for somebody what is still planned in a run, newest first."""
    if kind.batching is None:
        return []
    runs = await journal.runs_of_kind(run.provider, run.app_id, kind.name, run.made_at - CLOCKS_DIFFER)
    later = _alike(takewhile(lambda other: other.id != run.id, runs), run.draft)
    if not later:
        return []
    sample = await _planned_sample(journal, kind, kind.batching, run)
    left = run.tally.of(AttemptState.PLANNED).recipients
    return await _repeats(journal, kind, kind.batching, later, sample, left)


async def _planned_sample(journal: Journal, kind: DraftKind, batching: Batching, run: Run) -> Mapping[str, str]:
    """Return some of those whose requests are planned, each with a digest of what they get."""
    sample: Mapping[str, str] = {}
    after = 0
    while page := await journal.planned(run.id, after, PAGE):
        after = page[-1].number
        sample = await asyncio.to_thread(more_messages, kind, batching, [one.request.body for one in page], sample)
    return sample


def _alike(runs: Iterable[Run], draft: Draft) -> list[Run]:
    """Return the runs whose draft says the same to all."""
    shared = _shared(draft.body)
    return [run for run in runs if _shared(run.draft.body) == shared]


async def _repeats(
    journal: Journal, kind: DraftKind, batching: Batching, runs: Sequence[Run], sample: Mapping[str, str], people: int
) -> list[Repeat]:
    """Return those of some runs that have the same for some of a sample."""
    counts = [await _again(journal, kind, batching, run, sample) for run in runs]
    return [Repeat(run, again, len(sample), people) for run, again in zip(runs, counts, strict=True) if again]


def _shared(body: JsonObject) -> JsonObject:
    """What a body says to all: lists hold recipients, or an entry for each of them."""
    return {key: value for key, value in body.items() if not isinstance(value, list)}


async def _again(journal: Journal, kind: DraftKind, batching: Batching, run: Run, sample: Mapping[str, str]) -> int:
    after, users = 0, set[str]()
    while len(users) < len(sample) and (page := await journal.bodies(run.id, after, PAGE)):
        after = page[-1][0]
        users |= await asyncio.to_thread(_same, kind, batching, [body for _, body in page], sample)
    return len(users)


def _same(kind: DraftKind, batching: Batching, bodies: Sequence[str], sample: Mapping[str, str]) -> set[str]:
    return {
        user
        for body in bodies
        for user, message in messages(kind, batching, body, sample).items()
        if message == sample[user]
    }
