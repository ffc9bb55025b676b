"""The journal as the services see it: asynchronous, one writer, no write lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pushtui.domain.attempt import Attempt, Outcome, SentRequest
from pushtui.domain.change import Change, ChangeEnd, ReadBack
from pushtui.domain.clock import Clock, Randomness, SystemRandomness
from pushtui.domain.errors import JournalError
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.plan import KnownRuns
from pushtui.domain.run import Count, Run, Tally, Trouble, Wish
from pushtui.journal.engine import in_words, is_full
from pushtui.journal.ownership import Ownership
from pushtui.journal.record import Record
from pushtui.journal.spool import Spool
from pushtui.journal.store import Store

Result = TypeVar("Result")


class Journal:
    """The durable record. Every method raises JournalError where the file cannot be used.

    Calls run one after the other on a thread of their own; one that has begun is completed even if
    its caller is cancelled.
    """

    def __init__(self, path: Path, locks: Path, clock: Clock, randomness: Randomness | None = None) -> None:
        self.path = path
        self.notice = ""
        """Why it can only be read, if that is so."""
        self._clock = clock
        self._randomness = randomness or SystemRandomness()
        self._ownership = Ownership(locks, self._randomness.identifier())
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._waiting: deque[tuple[Callable[[], Any], asyncio.Future[Any]]] = deque()
        self._is_called = False
        self._opened: Store | None = None
        self._closed = False

    async def open(self) -> list[Attempt]:
        """Open the journal, and return the attempts of dead processes, which are now unknown.

        On a full disk it can be read, `notice` says so, and whatever would change it raises JournalError.
        """
        return await self._do(self._open)

    async def close(self) -> None:
        """Complete what was begun and close the file; the journal cannot be opened again."""
        if not self._closed:
            await self._do(self._close)
            self._closed = True
            self._writer.shutdown()

    def spool(self) -> Spool:
        """Return a place for the planned attempts of a run to begin; raises JournalError."""
        try:
            return Spool(self.path.parent)
        except OSError as error:
            raise in_words(error, self.path) from None

    async def begin_run(self, run: Run, spool: Spool, known: KnownRuns | None = None) -> None:
        """Write a run with its planned attempts, close their spool, and be the process that sends it.

        Refused if its plan was executed before, if one of the requests is in a run that is not among the known,
        and while another run is being sent that shares its rate.
        """

        def begin() -> None:
            with spool:
                self._store.begin_run(run, spool, known)

        await self._do(begin)

    async def expect_alone(self, provider: str, app_id: str, rate_group: str, run_id: str = "") -> None:
        """Refuse while a run is being sent, other than the one that is named, that shares a rate at an app."""
        await self._do(lambda: self._store.expect_alone(run_id, provider, app_id, rate_group))

    async def claim_run(self, run_id: str, confirmed: Tally | None = None) -> list[Attempt]:
        """Be the process that sends a run, and return what was left in flight, which is now unknown.

        Refused while a process lives that sends it, or another run that shares its rate, and if something that it
        has still to send is in a later run too; and if its rest is another than in `confirmed`, where that is given.
        """
        return await self._do(lambda: self._store.claim_run(run_id, self._clock.now(), confirmed))

    async def release_run(self, run_id: str, halt: str = "") -> None:
        """End this process's part in a run; `halt` says why, if it stopped by itself."""
        await self._do(lambda: self._store.release_run(run_id, halt))

    async def wish(self, run_id: str, wish: Wish) -> None:
        """Ask the process that sends a run for something; nothing leaves any more once this returns.

        Refused if no process sends it.
        """
        await self._do(lambda: self._store.wish(run_id, wish))

    async def wished(self, run_id: str) -> Wish:
        """Return what somebody asks of the process that sends a run, or asked of the last one."""
        return await self._do(lambda: self._store.wished(run_id))

    async def planned(self, run_id: str, after: int, limit: int) -> list[Attempt]:
        """Return planned attempts of a run with a number beyond `after`, in their order."""
        return await self._do(lambda: self._store.planned(run_id, after, limit))

    async def standing(self, run_id: str, after: int, limit: int) -> list[Attempt]:
        """Return the last attempt of each request of a run whose batch is beyond `after`, in their order."""
        return await self._do(lambda: self._store.standing(run_id, after, limit))

    async def troubles(self, run_id: str, limit: int) -> list[Trouble]:
        """Return what kept requests of a run from being accepted, the latest first."""
        return await self._do(lambda: self._store.troubles(run_id, limit))

    async def sizes(self, run_id: str, states: Sequence[str]) -> list[tuple[int, int]]:
        """Return the requests of a run that stand in some states, in their order: its number and its people."""
        return await self._do(lambda: self._store.sizes(run_id, states))

    async def batches(self, run_id: str, batches: Sequence[int]) -> list[Attempt]:
        """Return the last attempt of some requests of a run, a few hundred at most, in their order."""
        return await self._do(lambda: self._store.batches(run_id, batches))

    async def retry_unknown(self, run_id: str, reason: str, confirmed: Count) -> None:
        """Plan the unknown requests of a run once more, as a person decided.

        Refused while a process sends it, and unless there are exactly as many as were confirmed. The reason is in
        the audit trail.
        """
        identifier, at = self._randomness.identifier, self._clock.now()
        await self._do(lambda: self._store.retry_unknown(run_id, reason, confirmed, identifier, at))

    async def mark_in_flight(self, attempt_id: str, request: SentRequest, at: datetime) -> Wish:
        """Write that a planned attempt leaves now, unless somebody wishes otherwise; return what is wished.

        It is on the disk when this returns. Refused unless the attempt is planned, so that none is ever sent
        twice, and if another process took the run over.
        """
        return await self._together(lambda: self._store.depart(attempt_id, request, at))

    async def finish(self, attempt_id: str, outcome: Outcome, at: datetime, then: str = "") -> None:
        """Write how an attempt ended; Refused if it has ended before.

        With an id in `then`, the same request is planned once more under it, in the same transaction. That
        another process took it for abandoned is no end: the true outcome replaces it, and says so.
        """
        await self._together(lambda: self._store.finish(attempt_id, outcome, at, then))

    async def runs(self, limit: int = 200) -> list[Run]:
        """Return the latest runs, newest first."""
        return await self._do(lambda: self._store.runs(limit))

    async def run(self, prefix: str) -> Run:
        """Return the one run whose id begins with the prefix."""
        return await self._do(lambda: self._store.run(prefix))

    async def counted_calls(self, provider: str, app_id: str, group: str, since: datetime) -> list[datetime]:
        """Return when the calls left that a quota counts, from `since` on, oldest first."""
        return await self._do(lambda: self._store.counted_calls(provider, app_id, group, since))

    async def identical_runs(self, provider: str, app_id: str, bodies: Sequence[str], since: datetime) -> list[Run]:
        """Return the runs that sent, may have sent or are about to send one of the bodies, newest first.

        Bodies are given by their SHA-256 in hexadecimal.
        """
        return await self._do(lambda: self._store.identical_runs(provider, app_id, bodies, since))

    async def runs_of_kind(self, provider: str, app_id: str, kind: str, since: datetime) -> list[Run]:
        """Return an app's runs of a kind of draft that were made since, or have sent what was not rejected since."""
        return await self._do(lambda: self._store.runs_of_kind(provider, app_id, kind, since))

    async def bodies(self, run_id: str, after: int, limit: int) -> list[tuple[int, str]]:
        """Return number and body of the requests of a run that were not rejected, from the one behind `after` on."""
        return await self._do(lambda: self._store.bodies(run_id, after, limit))

    async def decisions(self, run_id: str) -> list[Record]:
        """Return what people decided about a run, as the audit trail has it, oldest first."""
        return await self._do(lambda: self._store.decisions(run_id))

    async def record(self, subject: str, action: str, details: JsonObject) -> None:
        """Write a settings change or a refused action to the audit trail."""
        at = self._clock.now()
        await self._do(lambda: self._store.record(subject, action, details, at))

    async def records(self, limit: int = 200) -> list[Record]:
        """Return the latest entries of the audit trail, newest first."""
        return await self._do(lambda: self._store.records(limit))

    async def begin_change(self, change: Change) -> None:
        """Write a change of a setting that is about to leave; it is on the disk when this returns."""
        await self._do(lambda: self._store.begin_change(change))

    async def finish_change(self, change_id: str, end: ChangeEnd, at: datetime) -> None:
        """Write how a change ended; Refused if it has ended before."""
        await self._do(lambda: self._store.finish_change(change_id, end, at))

    async def keep_read_back(self, change_id: str, read_back: ReadBack, after: JsonValue) -> None:
        """Write what reading a setting again told after a change."""
        await self._do(lambda: self._store.keep_read_back(change_id, read_back, after))

    async def changes(self, limit: int = 200, user: str = "") -> list[Change]:
        """Return the latest changes of settings, newest first; of one user if one is named."""
        return await self._do(lambda: self._store.changes(limit, user))

    async def change(self, prefix: str) -> Change:
        """Return the one change whose id begins with the prefix."""
        return await self._do(lambda: self._store.change(prefix))

    @property
    def _store(self) -> Store:
        if self._opened is None:
            raise JournalError(f"The journal {self.path} is not open.")
        return self._opened

    def _open(self) -> list[Attempt]:
        try:
            return self._open_to_write()
        except (OSError, sqlite3.Error) as error:
            self._open_to_read(error)
            return []

    def _open_to_read(self, trouble: OSError | sqlite3.Error) -> None:
        if not is_full(trouble):
            raise trouble
        try:
            self._opened = Store(self.path, self._ownership, reads_only=True)
        except (OSError, sqlite3.Error):
            raise trouble from None
        self.notice = f"The disk is full: the journal {self.path} can be read, and nothing can be changed or sent."

    def _open_to_write(self) -> list[Attempt]:
        store = self._opened or Store(self.path, self._ownership)
        try:
            self._ownership.take()
            abandoned = store.abandon(self._clock.now())
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
                raise self._said(error) from error

        return await _shielded(asyncio.get_running_loop().run_in_executor(self._writer, in_our_words))

    async def _together(self, work: Callable[[], Result]) -> Result:
        """Do work in one transaction, and one wait for the disk, with all else that waits for its turn."""
        if self._closed:
            raise JournalError(f"The journal {self.path} is closed.")
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if not self._is_called:
            self._is_called = True
            self._writer.submit(self._do_waiting)
        return await _shielded(done)

    def _do_waiting(self) -> None:
        self._is_called = False  # Before looking, so that whoever comes later calls again.
        group = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not group:
            return
        try:
            ends = self._store.together([work for work, _ in group])
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
            ends = [self._said(error) for _ in group]
        loop = group[0][1].get_loop()
        with suppress(RuntimeError):  # The loop is closed: nobody waits any more.
            loop.call_soon_threadsafe(_tell, [done for _, done in group], ends)

    def _said(self, error: Exception) -> Exception:
        if not isinstance(error, OSError | sqlite3.Error):
            return error
        return (
            JournalError(f"{self.notice} Make room, then start again.") if self.notice else in_words(error, self.path)
        )


async def _shielded(done: asyncio.Future[Result]) -> Result:
    """Wait for what is completed even if nobody waits any more; an error that nobody hears of then is no noise."""
    done.add_done_callback(_heard)
    return await asyncio.shield(done)


def _heard(done: asyncio.Future[Any]) -> None:
    if not done.cancelled():
        done.exception()


def _tell(waiting: Sequence[asyncio.Future[Any]], ends: Sequence[Any]) -> None:
    """Tell those who wait how their work ended, all at once."""
    for done, end in zip(waiting, ends, strict=True):
        if done.done():
            continue
        if isinstance(end, Exception):
            done.set_exception(end)
        else:
            done.set_result(end)
