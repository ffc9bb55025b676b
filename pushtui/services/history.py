"""What was sent, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushtui.domain.run import Run, Trouble
    from pushtui.journal import Journal

SHOWN_RUNS = 200
SHOWN_TROUBLES = 20


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

    async def run(self, prefix: str) -> Run:
        """Return the run whose id starts so; raises JournalError unless there is exactly one."""
        return await self.journal.run(prefix)
