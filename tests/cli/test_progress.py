"""What is shown while a run goes on, where showing it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pushtui.cli import progress
from pushtui.cli.output import Output
from pushtui.cli.progress import with_progress
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import JournalError
from pushtui.journal import Journal
from pushtui.paths import Paths
from pushtui.services.run_control import Progress, RunControl


@dataclass(frozen=True, slots=True)
class Asked(RunControl):
    """Run control that says when it is asked."""

    looked: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self, run_id: str, every: float = 1.0) -> AsyncIterator[Progress]:
        self.looked.set()
        async for seen in RunControl.follow(self, run_id, every):  # The journal is not open, so this raises.
            yield seen


@pytest.mark.parametrize("fails", [False, True])
async def test_progress_that_fails_hides_neither_result_nor_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    clock, output = SystemClock(), Output(None, None)
    runs = Asked(Journal(tmp_path / "journal.db", tmp_path, clock), Paths(tmp_path, tmp_path, tmp_path), clock)

    async def work() -> str:
        await runs.looked.wait()
        if fails:
            raise JournalError("The outcome could not be kept.")
        return "accepted"

    if fails:
        with pytest.raises(JournalError, match="could not be kept"):
            await with_progress(work(), "run", runs, output)
    else:
        assert await with_progress(work(), "run", runs, output) == "accepted"
