"""The journal as the services see it: asynchronous, one writer, no write lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pushtui.domain.attempt import Attempt, Outcome, Run, SentRequest
from pushtui.domain.clock import Clock, Randomness, SystemRandomness
from pushtui.domain.errors import JournalError
from pushtui.domain.json_body import JsonObject
from pushtui.domain.plan import KnownRuns
from pushtui.journal.engine import in_words
from pushtui.journal.ownership import Ownership
from pushtui.journal.record import Record
from pushtui.journal.store import Store

Result = TypeVar("Result")


class Journal:
    """The durable record. Every method raises JournalError where the file cannot be used.

    Calls run one after the other on a thread of their own; one that has begun is completed even if
    its caller is cancelled.
    """

    def __init__(self, path: Path, locks: Path, clock: Clock, randomness: Randomness | None = None) -> None:
        self.path = path
        self._clock = clock
        self._ownership = Ownership(locks, (randomness or SystemRandomness()).identifier())
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._opened: Store | None = None
        self._closed = False

    async def open(self) -> list[Attempt]:
        """Open the journal, and return the attempts of dead processes, which are now unknown."""
        return await self._do(self._open)

    async def close(self) -> None:
        """Complete what was begun and close the file; the journal cannot be opened again."""
        if not self._closed:
            await self._do(self._close)
            self._closed = True
            self._writer.shutdown()

    async def begin_run(self, run: Run, attempt: Attempt, known: KnownRuns | None = None) -> None:
        """Write a run and its first planned attempt.

        Refused if its plan was executed before, or if the same request is in a run that is not among the known.
        """
        await self._do(lambda: self._store.begin_run(run, attempt, known))

    async def add_attempt(self, attempt: Attempt, known: KnownRuns | None = None) -> None:
        """Write one more planned attempt of a run; Refused if another run has the same request and is not known."""
        await self._do(lambda: self._store.add_attempt(attempt, known))

    async def mark_in_flight(self, attempt_id: str, request: SentRequest, at: datetime) -> None:
        """Write that a planned attempt leaves now; it is on the disk when this returns.

        Refused unless the attempt is planned, so that none is ever sent twice.
        """
        await self._do(lambda: self._store.mark_in_flight(attempt_id, request, self._ownership.id, at))

    async def finish(self, attempt_id: str, outcome: Outcome, at: datetime) -> None:
        """Write how an attempt ended; Refused if it has ended before.

        That another process took it for abandoned is no end: the true outcome replaces it, and says so.
        """
        await self._do(lambda: self._store.finish(attempt_id, outcome, at))

    async def runs(self, limit: int = 200) -> list[Run]:
        """Return the latest runs, newest first."""
        return await self._do(lambda: self._store.runs(limit))

    async def run(self, prefix: str) -> Run:
        """Return the one run whose id begins with the prefix."""
        return await self._do(lambda: self._store.run(prefix))

    async def counted_calls(self, provider: str, app_id: str, group: str, since: datetime) -> list[datetime]:
        """Return when the calls left that a quota counts, from `since` on, oldest first."""
        return await self._do(lambda: self._store.counted_calls(provider, app_id, group, since))

    async def identical_runs(self, provider: str, app_id: str, body_sha256: str, since: datetime) -> list[Run]:
        """Return the runs that sent, may have sent or are about to send the very same body, newest first."""
        return await self._do(lambda: self._store.identical_runs(provider, app_id, body_sha256, since))

    async def record(self, subject: str, action: str, details: JsonObject) -> None:
        """Write a settings change or a refused action to the audit trail."""
        at = self._clock.now()
        await self._do(lambda: self._store.record(subject, action, details, at))

    async def records(self, limit: int = 200) -> list[Record]:
        """Return the latest entries of the audit trail, newest first."""
        return await self._do(lambda: self._store.records(limit))

    @property
    def _store(self) -> Store:
        if self._opened is None:
            raise JournalError(f"The journal {self.path} is not open.")
        return self._opened

    def _open(self) -> list[Attempt]:
        store = self._opened or Store(self.path)
        try:
            self._ownership.take()
            abandoned = store.abandon(self._ownership, self._clock.now())
            self._ownership.tidy()
        except BaseException:
            store.close()
            self._opened = None
            raise
        self._opened = store
        return abandoned

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None
        self._ownership.give_back()

    async def _do(self, work: Callable[[], Result]) -> Result:
        if self._closed:
            raise JournalError(f"The journal {self.path} is closed.")

        def in_our_words() -> Result:
            try:
                return work()
            except (OSError, sqlite3.Error) as error:
                raise in_words(error, self.path) from error

        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writer, in_our_words))
