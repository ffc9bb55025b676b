"""Which runs had the very same for the same people, in whatever order and in whichever requests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.services.recipients.sampling import messages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    """Return the runs since a time that a plan repeats, newest first; those that were rejected do not count.

    Only runs with the same text are read, request by request, and only some of the plan's people are looked for.
    """
    found: list[Repeat] = []
    if kind.batching is None or not requests.sample:
        return found
    shared = _shared(draft.body)
    for run in await journal.runs_of_kind(account.provider, account.app_id, kind.name, since):
        if _shared(run.draft.body) != shared:
            continue
        again = await _again(journal, kind, kind.batching, run, requests.sample)
        if again:
            found.append(Repeat(run, again, len(requests.sample), requests.recipients))
    return found


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
