"""What the journal knows of runs: what they are, how far they are, and who sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.plan import KnownRuns
from pushtui.domain.run import INTERRUPTED, Run, Tally, Wish
from pushtui.journal.database import Database, chunks, marks
from pushtui.journal.rows import BIGGEST, Row, Values, attempt_from, instant, run_from, run_values, tally_from

IsDead = Callable[[str], bool]
"""Tells whether no living process has a name."""


class Runs:
    """Runs on one connection, inside transactions that the caller holds."""

    def __init__(self, database: Database, is_dead: IsDead) -> None:
        self._database = database
        self._is_dead = is_dead

    def begin(self, run: Run, rows: Callable[[], Iterable[Values]], owner: str, known: KnownRuns | None) -> None:
        """Write a run with its planned attempts, unless its plan was executed or somebody began the same since."""
        if self._database.select("SELECT id FROM runs WHERE plan_id = ?", run.plan_id):
            raise Refused("This plan was executed before; a plan is sent once. Make a new plan to send again.")
        if known is not None:
            bodies = (str(values["body_sha256"]) for values in rows())
            for other in self.identical(run.provider, run.app_id, bodies, known.since):
                if other.id not in known.ids:
                    raise Refused(_begun_elsewhere(other), title="Stale plan")
        self._database.insert("runs", [{**run_values(run), "owner": owner}])
        self._database.insert("attempts", rows())

    def latest(self, limit: int) -> list[Run]:
        """Return the latest runs, newest first."""
        return self._runs("SELECT * FROM runs ORDER BY seq DESC LIMIT ?", min(limit, BIGGEST))

    def find(self, prefix: str) -> Run:
        """Return the one run whose id begins with a prefix."""
        if not prefix:
            raise JournalError("No run is named. Give the first characters of its id; the history shows it.")
        query = "SELECT * FROM runs WHERE SUBSTR(id, 1, ?) = ? ORDER BY LENGTH(id), seq LIMIT 2"
        found = self._runs(query, len(prefix), prefix)
        if not found:
            raise JournalError(f"No run's id begins with “{prefix}”. The history lists the runs there are.")
        if len(found) > 1 and found[0].id != prefix:
            raise JournalError(f"More than one run's id begins with “{prefix}”. Give more characters of it.")
        return found[0]

    def identical(self, provider: str, app_id: str, bodies: Iterable[str], since: datetime) -> list[Run]:
        """Return the runs that have one of the bodies and did not see it rejected, newest first."""
        found: set[str] = set()
        for chunk in chunks(dict.fromkeys(bodies)):
            rows = self._database.select(
                f"""
                SELECT DISTINCT attempts.run_id FROM attempts JOIN runs ON runs.id = attempts.run_id
                WHERE attempts.body_sha256 IN ({marks(chunk)}) AND COALESCE(attempts.sent_at, attempts.planned_at) >= ?
                  AND attempts.state <> ? AND runs.provider = ? AND runs.app_id = ?
                """,  # noqa: S608 - marks only
                *(*chunk, instant(since), AttemptState.REJECTED.value, provider, app_id),
            )
            found.update(row["run_id"] for row in rows)
        ids = sorted(found)
        return [] if not ids else self._runs(f"SELECT * FROM runs WHERE id IN ({marks(ids)}) ORDER BY seq DESC", *ids)  # noqa: S608

    def claim(self, run_id: str, owner: str) -> None:
        """Make a process the one that sends a run; what was wished of another is forgotten."""
        row = self._row(run_id)
        if self._lives(row["owner"]):
            raise Refused(f"The run {run_id[:8]} is being sent by another process, or elsewhere in this one.")
        self._database.update("runs", run_id, {"owner": owner, "wish": Wish.NONE.value, "halt": ""})

    def release(self, run_id: str, owner: str, halt: str) -> None:
        """End a process's part in a run, and keep why it stopped by itself; nothing, if another has taken it."""
        if self._row(run_id)["owner"] == owner:
            self._database.update("runs", run_id, {"owner": "", "wish": Wish.NONE.value, "halt": halt})

    def release_dead(self) -> None:
        """End the part of processes that ended without doing so."""
        for row in self._database.select("SELECT id, owner FROM runs WHERE owner <> ''"):
            if self._is_dead(row["owner"]):
                values: Values = {"owner": "", "wish": Wish.NONE.value, "halt": INTERRUPTED}
                self._database.update("runs", row["id"], values)

    def wish(self, run_id: str, wish: Wish) -> None:
        """Ask the process that sends a run for something."""
        if not self._lives(self._row(run_id)["owner"]):
            raise Refused(f"The run {run_id[:8]} is not being sent by any process.")
        self._database.update("runs", run_id, {"wish": wish.value})

    def wished(self, run_id: str) -> Wish:
        """Return what somebody asks of the process that sends a run."""
        return Wish(self._row(run_id)["wish"])

    def expect_idle(self, run_id: str) -> None:
        """Refuse what must not happen while a process sends the run."""
        if self._lives(self._row(run_id)["owner"]):
            raise Refused(f"The run {run_id[:8]} is being sent. Stop it first.")

    def _lives(self, owner: str) -> bool:
        return owner != "" and not self._is_dead(owner)

    def _row(self, run_id: str) -> Row:
        rows = self._database.select("SELECT owner, wish FROM runs WHERE id = ?", run_id)
        if not rows:
            raise JournalError(f"The journal knows no run {run_id}.")
        return rows[0]

    def _runs(self, query: str, *values: str | int) -> list[Run]:
        return [
            run_from(row, self._attempts(row), self._tally(row["id"]), sending=self._lives(row["owner"]))
            for row in self._database.select(query, *values)
        ]

    def _attempts(self, run: Row) -> list[Attempt]:
        query = "SELECT * FROM attempts WHERE run_id = ? ORDER BY number"
        if run["batches"] > 1:
            query = """
                SELECT * FROM attempts WHERE seq = (
                    SELECT seq FROM attempts WHERE run_id = ? AND superseded = 0
                    ORDER BY COALESCE(ended_at, '') DESC, number LIMIT 1
                )
            """
        return [attempt_from(row) for row in self._database.select(query, run["id"])]

    def _tally(self, run_id: str) -> Tally:
        return tally_from(
            self._database.select(
                """
                SELECT state, COUNT(*) AS batches, SUM(recipients) AS recipients,
                    MIN(sent_at) AS began_at, MAX(ended_at) AS latest_at
                FROM attempts WHERE run_id = ? AND superseded = 0 GROUP BY state
                """,
                run_id,
            )
        )


def _begun_elsewhere(other: Run) -> str:
    return (
        f"The very same push is already {other.state} in the run {other.id[:8]}, which began after this plan was made. "
        "Nothing was sent; review it again."
    )
