"""What was sent before, as the journal gives it back to those who look for the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pushtui.domain.draft import Draft
from pushtui.journal import Journal
from tests.journal.test_journal import ACCEPTED, NOON, REJECTED, begin, run_of
from tests.journal.test_runs import UNKNOWN, begin_three, end, opened

LATER = NOON + timedelta(hours=1)


async def test_bodies_are_those_that_arrived_or_may_arrive(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        await begin_three(journal)
        assert await journal.bodies("run-a", 0, 2) == [(1, '{"a":1}'), (2, '{"a":2}')]
        await end(journal, 1, REJECTED)
        await end(journal, 2, UNKNOWN)
        assert await journal.bodies("run-a", 0, 9) == [(2, '{"a":2}'), (3, '{"a":3}')]
        assert await journal.bodies("run-a", 2, 9) == [(3, '{"a":3}')]
        assert await journal.bodies("run-b", 0, 9) == []


async def test_runs_of_a_kind_count_when_they_were_made_or_when_they_last_sent(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        await begin_three(journal)
        await begin(journal, run_of("b", LATER))
        await begin(journal, replace(run_of("c", LATER), draft=Draft("rongcloud.system", "prod", {})))

        async def names(app: str = "key", kind: str = "rongcloud.push", after: float = 0.0) -> list[str]:
            since = NOON + timedelta(seconds=after)
            return [run.id for run in await journal.runs_of_kind("rongcloud", app, kind, since)]

        assert await names() == ["run-b", "run-a"]
        assert await names(after=1) == ["run-b"]
        assert await names(kind="rongcloud.system") == ["run-c"]
        assert await names(app="other") == []
        await _send_one(journal)
        assert await names(after=2) == ["run-b", "run-a"]
        assert await names(after=3) == ["run-b"]


async def _send_one(journal: Journal) -> None:
    """The second request leaves two seconds after the run was made; the third leaves later, and is rejected."""
    await end(journal, 2, ACCEPTED)
    await end(journal, 3, REJECTED)
