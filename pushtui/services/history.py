"""What was sent, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushtui.domain.run import Run
    from pushtui.journal import Journal

SHOWN_RUNS = 200


@dataclass(frozen=True, slots=True)
class History:
    """Reads the journal."""

    journal: Journal

    async def runs(self, limit: int = SHOWN_RUNS) -> list[Run]:
        """Return the latest runs, the newest first."""
        return await self.journal.runs(limit)

    async def long_runs(self, limit: int = SHOWN_RUNS) -> list[Run]:
        """Return the latest runs of kinds that go to many people request by request, the newest first."""
        return [run for run in await self.journal.runs(limit) if run.recipients]

    async def run(self, prefix: str) -> Run:
        """Return the run whose id starts so; raises JournalError unless there is exactly one."""
        return await self.journal.run(prefix)
