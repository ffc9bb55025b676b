"""Every statement of the journal, on one connection and one thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pushtui.domain.attempt import Attempt, AttemptState, Outcome, Run, SentRequest
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.json_body import JsonObject, compact
from pushtui.domain.plan import KnownRuns
from pushtui.journal.engine import connect, transaction
from pushtui.journal.ownership import Ownership
from pushtui.journal.record import Record
from pushtui.journal.rows import (
    BIGGEST,
    Row,
    Values,
    attempt_from,
    attempt_values,
    instant,
    outcome_values,
    record_from,
    request_values,
    run_from,
    run_values,
)

ABANDONED = Outcome(
    AttemptState.UNKNOWN,
    "Outcome unknown",
    "The program ended while the request was under way, so nobody here knows whether it was accepted. "
    "It was not sent again. Look at the provider's own records before you send it once more.",
    spends_quota=True,
)


class Store:
    """The journal, synchronously. Raises JournalError, Refused, OSError or sqlite3.Error."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path)

    def close(self) -> None:
        self._connection.close()

    def abandon(self, ownership: Ownership, at: datetime) -> list[Attempt]:
        """Turn attempts that a dead process left in flight into unknown ones, and return them."""
        with transaction(self._connection):
            rows = self._select("SELECT DISTINCT owner FROM attempts WHERE state = ?", AttemptState.IN_FLIGHT.value)
            dead = [row["owner"] for row in rows if ownership.is_dead(row["owner"])]
            return [attempt for one in dead for attempt in self._abandon_all_of(one, at)]

    def begin_run(self, run: Run, attempt: Attempt, known: KnownRuns | None) -> None:
        with transaction(self._connection):
            if self._select("SELECT id FROM runs WHERE plan_id = ?", run.plan_id):
                raise Refused("This plan was executed before; a plan is sent once. Make a new plan to send again.")
            self._insert("runs", run_values(run))
            self._plan(attempt, known)

    def add_attempt(self, attempt: Attempt, known: KnownRuns | None) -> None:
        with transaction(self._connection):
            self._plan(attempt, known)

    def mark_in_flight(self, attempt_id: str, request: SentRequest, owner: str, at: datetime) -> None:
        values = {**request_values(request), "owner": owner, "sent_at": instant(at)}
        with transaction(self._connection):
            self._expect(attempt_id, (AttemptState.PLANNED,))
            self._update(attempt_id, {**values, "state": AttemptState.IN_FLIGHT.value})

    def finish(self, attempt_id: str, outcome: Outcome, at: datetime) -> None:
        with transaction(self._connection):
            abandoned_at = self._abandoned_at(attempt_id)
            if abandoned_at is None:
                self._expect(attempt_id, (AttemptState.PLANNED, AttemptState.IN_FLIGHT))
            else:
                outcome = replace(outcome, message=f"{outcome.message} {_taken_for_dead(abandoned_at)}")
            self._update(attempt_id, {**outcome_values(outcome), "ended_at": instant(at), "abandoned_at": None})

    def runs(self, limit: int) -> list[Run]:
        return self._runs("SELECT * FROM runs ORDER BY seq DESC LIMIT ?", min(limit, BIGGEST))

    def run(self, prefix: str) -> Run:
        if not prefix:
            raise JournalError("No run is named. Give the first characters of its id; the history shows it.")
        query = "SELECT * FROM runs WHERE SUBSTR(id, 1, ?) = ? ORDER BY LENGTH(id), seq LIMIT 2"
        found = self._runs(query, len(prefix), prefix)
        if not found:
            raise JournalError(f"No run's id begins with “{prefix}”. The history lists the runs there are.")
        if len(found) > 1 and found[0].id != prefix:
            raise JournalError(f"More than one run's id begins with “{prefix}”. Give more characters of it.")
        return found[0]

    def counted_calls(self, provider: str, app_id: str, group: str, since: datetime) -> list[datetime]:
        rows = self._select(
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

    def identical_runs(self, provider: str, app_id: str, body_sha256: str, since: datetime) -> list[Run]:
        return self._runs(
            """
            SELECT * FROM runs WHERE provider = ? AND app_id = ? AND id IN (
                SELECT run_id FROM attempts
                WHERE body_sha256 = ? AND COALESCE(sent_at, planned_at) >= ? AND state <> ?
            ) ORDER BY seq DESC
            """,
            *(provider, app_id, body_sha256, instant(since), AttemptState.REJECTED.value),
        )

    def record(self, subject: str, action: str, details: JsonObject, at: datetime) -> None:
        values: Values = {
            "at": instant(at),
            "subject": subject,
            "action": action,
            "details": compact(details),
        }
        with transaction(self._connection):
            self._insert("records", values)

    def records(self, limit: int) -> list[Record]:
        rows = self._select("SELECT * FROM records ORDER BY seq DESC LIMIT ?", min(limit, BIGGEST))
        return [record_from(row) for row in rows]

    def _plan(self, attempt: Attempt, known: KnownRuns | None) -> None:
        """Append a planned attempt, unless somebody else began to send the same since the plan was made."""
        values = attempt_values(attempt)
        (run,) = self._select("SELECT provider, app_id FROM runs WHERE id = ?", attempt.run_id)
        if known is not None:
            same = self.identical_runs(run["provider"], run["app_id"], str(values["body_sha256"]), known.since)
            for other in same:
                if other.id not in known.ids | {attempt.run_id}:
                    raise Refused(_begun_elsewhere(other), title="Stale plan")
        self._insert("attempts", values)

    def _abandon_all_of(self, owner: str, at: datetime) -> list[Attempt]:
        rows = self._select(
            "SELECT id FROM attempts WHERE owner = ? AND state = ? ORDER BY seq", owner, AttemptState.IN_FLIGHT.value
        )
        for row in rows:
            values = {**outcome_values(ABANDONED), "ended_at": instant(at), "abandoned_at": instant(at)}
            self._update(row["id"], values)
        return [self._attempt(row["id"]) for row in rows]

    def _expect(self, attempt_id: str, states: tuple[AttemptState, ...]) -> None:
        """Refuse what would repeat or rewrite an attempt."""
        state = self._attempt(attempt_id).state
        if state not in states:
            raise Refused(f"The attempt {attempt_id} is already {state}; it is neither sent again nor rewritten.")

    def _abandoned_at(self, attempt_id: str) -> datetime | None:
        """When a process took an attempt for abandoned, unless its true outcome came since."""
        rows = self._select("SELECT abandoned_at FROM attempts WHERE id = ? AND abandoned_at IS NOT NULL", attempt_id)
        return datetime.fromisoformat(rows[0]["abandoned_at"]) if rows else None

    def _attempt(self, attempt_id: str) -> Attempt:
        rows = self._select("SELECT * FROM attempts WHERE id = ?", attempt_id)
        if not rows:
            raise JournalError(f"The journal knows no attempt {attempt_id}.")
        return attempt_from(rows[0])

    def _runs(self, query: str, *values: str | int) -> list[Run]:
        return [run_from(row, self._attempts_of(row["id"])) for row in self._select(query, *values)]

    def _attempts_of(self, run_id: str) -> list[Attempt]:
        rows = self._select("SELECT * FROM attempts WHERE run_id = ? ORDER BY number", run_id)
        return [attempt_from(row) for row in rows]

    def _select(self, query: str, *values: str | int) -> list[Row]:
        return self._connection.execute(query, values).fetchall()

    def _insert(self, table: str, values: Values) -> None:
        """Append a row; the table and the columns are named by this package, never by data."""
        row = self._connection.execute(f"SELECT COALESCE(MAX(seq), 0) + 1 FROM {table}").fetchone()  # noqa: S608
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} (seq, {columns}) VALUES (?, {marks})"  # noqa: S608
        self._connection.execute(statement, (row[0], *values.values()))

    def _update(self, attempt_id: str, values: Values) -> None:
        columns = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE attempts SET {columns} WHERE id = ?"  # noqa: S608
        self._connection.execute(statement, (*values.values(), attempt_id))


def _begun_elsewhere(other: Run) -> str:
    return (
        f"The very same push is already {other.state} in the run {other.id[:8]}, which began after this plan was made. "
        "Nothing was sent; review it again."
    )


def _taken_for_dead(at: datetime) -> str:
    return (
        f"At {at:%H:%M:%S} UTC, before this outcome came, another start of pushtui took this process for dead and "
        "called the outcome unknown."
    )
