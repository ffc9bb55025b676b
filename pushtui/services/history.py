"""What was sent, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pushtui.domain.run import Run, Trouble
    from pushtui.journal import Journal
    from pushtui.journal.record import Record

SHOWN_RUNS = 200
SHOWN_TROUBLES = 20


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a run, when, why, and for how many people."""

    at: datetime
    action: str
    reason: str
    recipients: int


@dataclass(frozen=True, slots=True)
class History:
    """Reads the journal."""

    journal: Journal

    async def runs(self, limit: int = SHOWN_RUNS) -> list[Run]:
        """Return the latest runs, the newest first."""
        return await self.journal.runs(limit)

    async def long_runs(self, limit: int = SHOWN_RUNS) -> list[Run]:
        """Return the latest runs of kinds that go to many people request by request, the newest first."""
        return [run for run in await self.journal.runs(limit) if run.for_many]

    async def renewed(self, runs: Sequence[Run]) -> list[Run]:
        """Read those of some runs again that go on, and return them all in the same order."""
        return [await self.journal.run(run.id) if run.sending else run for run in runs]

    async def troubles(self, run: Run, limit: int = SHOWN_TROUBLES) -> list[Trouble]:
        """Return what kept requests of a run from being accepted, each once, the latest first."""
        return await self.journal.troubles(run.id, limit)

    async def decisions(self, run: Run) -> list[Decision]:
        """Return what people decided about a run, oldest first."""
        return [_decision(record) for record in await self.journal.decisions(run.id)]

    async def run(self, prefix: str) -> Run:
        """Return the run whose id starts so; raises JournalError unless there is exactly one."""
        return await self.journal.run(prefix)


def _decision(record: Record) -> Decision:
    people = record.details.get("recipients")
    return Decision(
        record.at, record.action, str(record.details.get("reason", "")), people if isinstance(people, int) else 0
    )
