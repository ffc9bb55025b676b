"""What the tests of several processes run: `python processes.py FOLDER COMMAND NAME`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from pushtui.domain.account import Environment
from pushtui.domain.attempt import Attempt, AttemptState, Outcome, SentRequest
from pushtui.domain.clock import SystemClock
from pushtui.domain.draft import Draft
from pushtui.domain.run import Run
from pushtui.journal import Journal

SENDS = 25


async def write_many(journal: Journal, name: str) -> None:
    """Journal many complete sends."""
    for number in range(SENDS):
        attempt = await depart(journal, f"{name}-{number}")
        outcome = Outcome(AttemptState.ACCEPTED, "Accepted", "", spends_quota=True)
        await journal.finish(attempt.id, outcome, datetime.now(UTC))


async def hang(journal: Journal, name: str) -> None:
    """Plan one send, have another one under way, say so, and never go on."""
    run = run_of(f"{name}-planned")
    await begin(journal, run)
    await depart(journal, name)
    sys.stdout.write("under way\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


async def depart(journal: Journal, name: str) -> Attempt:
    """Journal that a send leaves."""
    run = run_of(name)
    attempt = attempt_of(run)
    await begin(journal, run)
    await journal.mark_in_flight(attempt.id, attempt.request, datetime.now(UTC))
    return attempt


async def begin(journal: Journal, run: Run) -> None:
    spool = journal.spool()
    spool.add(attempt_of(run))
    await journal.begin_run(run, spool)


def run_of(name: str) -> Run:
    now, draft = datetime.now(UTC), Draft("rongcloud.push", "prod", {})
    return Run(f"run-{name}", f"plan-{name}", "d", now, Environment.LIVE, "rongcloud", "key", draft, "everybody")


def attempt_of(run: Run) -> Attempt:
    request = SentRequest("POST", "https://api.example.com/push.json", (), "{}")
    return Attempt(f"attempt-{run.id}", run.id, 1, "push", AttemptState.PLANNED, request, run.made_at)


async def main(folder: Path, command: str, name: str) -> None:
    journal = Journal(folder / "journal.db", folder / "locks", SystemClock())
    await journal.open()
    await {"write": write_many, "hang": hang}[command](journal, name)
    await journal.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
