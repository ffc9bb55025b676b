"""The journal on one connection and one thread: what is written together, and what may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pushtui.domain.attempt import Attempt, AttemptState, Outcome, SentRequest
from pushtui.domain.change import Change, ChangeEnd, ReadBack
from pushtui.domain.errors import PushtuiError, Refused
from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.domain.plan import KnownRuns
from pushtui.domain.run import Count, Run, Tally, Trouble, Wish
from pushtui.journal.attempts import Attempts
from pushtui.journal.changes import Changes
from pushtui.journal.database import Database
from pushtui.journal.engine import connect, connect_to_read
from pushtui.journal.looks import Looks
from pushtui.journal.ownership import Ownership
from pushtui.journal.record import Record
from pushtui.journal.rows import BIGGEST, Values, instant, record_from
from pushtui.journal.runs import Runs
from pushtui.journal.spool import Spool

Result = TypeVar("Result")


class Store:
    """The journal, synchronously. Raises JournalError, Refused, OSError or sqlite3.Error."""

    def __init__(self, path: Path, ownership: Ownership, *, reads_only: bool = False) -> None:
        self._database = Database(connect_to_read(path) if reads_only else connect(path))
        self._ownership = ownership
        self._attempts = Attempts(self._database)
        self._changes = Changes(self._database)
        self._runs = Runs(self._database, ownership)
        self._looks = Looks(self._database)

    def close(self) -> None:
        self._database.close()

    def together(self, works: Sequence[Callable[[], Result]]) -> list[Result | PushtuiError]:
        """Do several pieces of work in one transaction; one that is refused, and so wrote nothing, spoils no other."""
        with self._database.transaction():
            return [_unless_refused(work) for work in works]

    def depart(self, attempt_id: str, request: SentRequest, at: datetime) -> Wish:
        """To be done `together`."""
        return self._attempts.depart(attempt_id, request, self._ownership.id, at)

    def finish(self, attempt_id: str, outcome: Outcome, at: datetime, then: str) -> None:
        """To be done `together`."""
        self._attempts.finish(attempt_id, outcome, self._ownership.id, at, then)

    def abandon(self, at: datetime) -> list[Attempt]:
        """Turn attempts that a dead process left in flight into unknown ones, and return them."""
        with self._database.transaction():
            self._runs.release_dead()
            self._changes.abandon(self._ownership.is_dead, at)
            return self._attempts.abandon_dead(self._ownership.is_dead, at)

    def begin_run(self, run: Run, spool: Spool, known: KnownRuns | None) -> None:
        with self._database.transaction():
            self._runs.begin(run, spool.rows, known)
        self._runs.hold(run.id)

    def expect_alone(self, run_id: str, provider: str, app_id: str, rate_group: str) -> None:
        self._runs.expect_alone(run_id, provider, app_id, rate_group)

    def claim_run(self, run_id: str, at: datetime, confirmed: Tally | None = None) -> list[Attempt]:
        with self._database.transaction():
            self._runs.claim(run_id, confirmed)
            abandoned = self._attempts.abandon_run(run_id, at)
        self._runs.hold(run_id)
        return abandoned

    def release_run(self, run_id: str, halt: str) -> None:
        self._runs.let_go(run_id)
        with self._database.transaction():
            self._runs.release(run_id, halt)

    def wish(self, run_id: str, wish: Wish) -> None:
        with self._database.transaction():
            self._runs.wish(run_id, wish)

    def wished(self, run_id: str) -> Wish:
        return self._runs.wished(run_id)

    def retry_unknown(
        self, run_id: str, reason: str, confirmed: Count, identifier: Callable[[], str], at: datetime
    ) -> None:
        """Plan what is unknown once more, if it is as much as was confirmed, and keep that and why."""
        with self._database.transaction():
            self._runs.expect_idle(run_id)
            self._attempts.abandon_run(run_id, at)
        with self._database.transaction():
            self._runs.expect_idle(run_id)
            unknown = self._attempts.unknown(run_id)
            if confirmed != Count(len(unknown), sum(unknown.values())):
                raise Refused("What is unknown changed since it was looked at. Nothing was changed; look again.")
            for attempt_id in unknown:
                self._attempts.plan_again(attempt_id, identifier())
            details: JsonObject = {"reason": reason, "recipients": confirmed.recipients, "attempts": list(unknown)}
            self._record(_subject(run_id), "unknown requests planned again", details, at)

    def planned(self, run_id: str, after: int, limit: int) -> list[Attempt]:
        return self._attempts.planned(run_id, after, limit)

    def standing(self, run_id: str, after: int, limit: int) -> list[Attempt]:
        return self._attempts.standing(run_id, after, limit)

    def troubles(self, run_id: str, limit: int) -> list[Trouble]:
        return self._looks.troubles(run_id, limit)

    def sizes(self, run_id: str, states: Sequence[str]) -> list[tuple[int, int]]:
        return self._looks.sizes(run_id, states)

    def batches(self, run_id: str, batches: Sequence[int]) -> list[Attempt]:
        return self._looks.batches(run_id, batches)

    def runs(self, limit: int) -> list[Run]:
        return self._runs.latest(limit)

    def run(self, prefix: str) -> Run:
        return self._runs.find(prefix)

    def identical_runs(self, provider: str, app_id: str, bodies: Sequence[str], since: datetime) -> list[Run]:
        return self._runs.identical(provider, app_id, bodies, since)

    def runs_of_kind(self, provider: str, app_id: str, kind: str, since: datetime) -> list[Run]:
        return self._runs.of_kind(provider, app_id, kind, since)

    def bodies(self, run_id: str, after: int, limit: int) -> list[tuple[int, str]]:
        return self._looks.bodies(run_id, after, limit)

    def counted_calls(self, provider: str, app_id: str, group: str, since: datetime) -> list[datetime]:
        rows = self._database.select(
            """
            SELECT attempts.sent_at FROM attempts JOIN runs ON runs.id = attempts.run_id
            WHERE runs.provider = ? AND runs.app_id = ? AND attempts.quota_group = ? AND attempts.sent_at >= ?
              AND (attempts.state IN (?, ?) OR attempts.spends_quota = 1)
            ORDER BY attempts.sent_at, attempts.seq
            """,
            *(provider, app_id, group, instant(since)),
            *(AttemptState.IN_FLIGHT.value, AttemptState.UNKNOWN.value),
        )
        return [datetime.fromisoformat(row["sent_at"]) for row in rows]

    def decisions(self, run_id: str) -> list[Record]:
        rows = self._database.select("SELECT * FROM records WHERE subject = ? ORDER BY seq", _subject(run_id))
        return [record_from(row) for row in rows]

    def record(self, subject: str, action: str, details: JsonObject, at: datetime) -> None:
        with self._database.transaction():
            self._record(subject, action, details, at)

    def records(self, limit: int) -> list[Record]:
        rows = self._database.select("SELECT * FROM records ORDER BY seq DESC LIMIT ?", min(limit, BIGGEST))
        return [record_from(row) for row in rows]

    def begin_change(self, change: Change) -> None:
        with self._database.transaction():
            self._changes.begin(change, self._ownership.id)

    def finish_change(self, change_id: str, end: ChangeEnd, at: datetime) -> None:
        with self._database.transaction():
            self._changes.finish(change_id, end, self._ownership.id, at)

    def keep_read_back(self, change_id: str, read_back: ReadBack, after: JsonValue) -> None:
        with self._database.transaction():
            self._changes.keep_read_back(change_id, read_back, after)

    def changes(self, limit: int, user: str) -> list[Change]:
        return self._changes.latest(limit, user)

    def change(self, prefix: str) -> Change:
        return self._changes.find(prefix)

    def _record(self, subject: str, action: str, details: JsonObject, at: datetime) -> None:
        values: Values = {"at": instant(at), "subject": subject, "action": action, "details": compact(details)}
        self._database.insert("records", [values])


def _subject(run_id: str) -> str:
    """Name a run in the audit trail."""
    return f"run {run_id}"


def _unless_refused(work: Callable[[], Result]) -> Result | PushtuiError:
    try:
        return work()
    except PushtuiError as error:
        return error
