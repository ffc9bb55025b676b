"""A run as people look at it: what went wrong, and which requests stand where."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pushtui.domain.attempt import AttemptState
from pushtui.domain.run import Trouble
from tests.journal.test_journal import ACCEPTED, NOON, REJECTED
from tests.journal.test_runs import UNKNOWN, begin_three, end, opened


async def test_the_same_trouble_is_told_once_the_latest_first(tmp_path: Path) -> None:
    refused = replace(REJECTED, title="Too fast", message="Wait.")
    async with opened(tmp_path) as journal:
        await begin_three(journal)
        assert await journal.troubles("run-a", 10) == []
        await end(journal, 1, refused, "later")
        await end(journal, 2, refused)
        await end(journal, 3, replace(UNKNOWN, title="Lost", message="No answer.", reached=True))
        found = await journal.troubles("run-a", 10)
        assert [(one.title, one.again, one.batches, one.recipients) for one in found] == [
            ("Lost", False, 1, 1),
            ("Too fast", False, 1, 2),
            ("Too fast", True, 1, 2),
        ]
        assert found[0] == Trouble(
            AttemptState.UNKNOWN,
            "Lost",
            "No answer.",
            reached=True,
            again=False,
            batches=1,
            recipients=1,
            latest_at=NOON + timedelta(seconds=13),
        )
        assert len(await journal.troubles("run-a", 2)) == 2


async def test_a_trouble_that_reached_nobody_is_called_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        await begin_three(journal)
        await end(journal, 1, replace(REJECTED, reached=False))
        (found,) = await journal.troubles("run-a", 10)
        assert found.state_words == "not sent"


async def test_requests_are_found_by_state_and_read_by_number(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        await begin_three(journal)
        await end(journal, 1, REJECTED, "later")
        await end(journal, 3, ACCEPTED)
        assert await journal.sizes("run-a", ["planned"]) == [(1, 2), (2, 2)]
        assert await journal.sizes("run-a", ["planned", "accepted"]) == [(1, 2), (2, 2), (3, 1)]
        assert await journal.sizes("run-a", ["unknown"]) == []
        assert [(one.batch, one.id) for one in await journal.batches("run-a", [3, 1])] == [
            (1, "later"),
            (3, "run-a-3"),
        ]
