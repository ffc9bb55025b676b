"""What the journal knows of runs: what they are, how far they are, and who sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.plan import KnownRuns
from pushtui.domain.run import INTERRUPTED, Run, Tally, Wish, stale_rest
from pushtui.journal.database import IN_DOUBT, Database, chunks, marks
from pushtui.journal.ownership import Ownership
from pushtui.journal.rows import BIGGEST, Row, Values, attempt_from, instant, run_from, run_values, tally_from


class Runs:
    """Runs on one connection, inside transactions that the caller holds."""

    def __init__(self, database: Database, ownership: Ownership) -> None:
        self._database = database
        self._ownership = ownership
        self._held: set[str] = set()

    def begin(self, run: Run, rows: Callable[[], Iterable[Values]], known: KnownRuns | None) -> None:
        """Write a run with its planned attempts, unless its plan was executed or somebody began the same since."""
        self.expect_alone(run.id, run.provider, run.app_id, run.rate_group)
        if self._database.select("SELECT id FROM runs WHERE plan_id = ?", run.plan_id):
            raise Refused("This plan was executed before; a plan is sent once. Make a new plan to send again.")
        if known is not None:
            bodies = (str(values["body_sha256"]) for values in rows())
            for other in self.identical(run.provider, run.app_id, bodies, known.since):
                if other.id not in known.ids:
                    raise Refused(_begun_elsewhere(other), title="Stale plan")
        self._database.insert("runs", [{**run_values(run), "owner": self._ownership.id}])
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

    def of_kind(self, provider: str, app_id: str, kind: str, since: datetime) -> list[Run]:
        """Return an app's runs of a kind that were made since, or have sent what was not rejected, newest first."""
        return self._runs(
            """
            SELECT * FROM runs WHERE provider = ? AND app_id = ? AND kind = ? AND (made_at >= ? OR EXISTS (
                SELECT 1 FROM attempts
                WHERE run_id = runs.id AND superseded IN (0, 1) AND state <> ? AND sent_at >= ?
            )) ORDER BY seq DESC
            """,
            *(provider, app_id, kind, instant(since), AttemptState.REJECTED.value, instant(since)),
        )

    def claim(self, run_id: str, confirmed: Tally | None) -> None:
        """Make this process the one that sends a run; what was wished of another is forgotten.

        Refused if its rest is another than was confirmed, where that is given.
        """
        row = self._row(run_id)
        if self._is_sent(row):
            raise Refused(f"The run {run_id[:8]} is being sent by another process, or elsewhere in this one.")
        self.expect_alone(run_id, row["provider"], row["app_id"], row["rate_group"])
        self._expect_not_overtaken(row)
        if confirmed is not None and self._tally(run_id).rest != confirmed.rest:
            raise stale_rest(run_id)
        self._database.update("runs", run_id, {"owner": self._ownership.id, "wish": Wish.NONE.value, "halt": ""})

    def hold(self, run_id: str) -> None:
        """Note that this process sends a run, once the journal says so."""
        self._held.add(run_id)

    def let_go(self, run_id: str) -> None:
        """Note that this process no longer sends a run, whether or not the journal can be told."""
        self._held.discard(run_id)

    def release(self, run_id: str, halt: str) -> None:
        """End this process's part in a run, and keep why it stopped by itself; nothing, if another has taken it.

        What was wished of it stays, so that one can tell why it ended, until the next process claims the run.
        """
        if self._row(run_id)["owner"] == self._ownership.id:
            self._database.update("runs", run_id, {"owner": "", "halt": halt})

    def release_dead(self) -> None:
        """End the part of processes that ended without doing so."""
        for row in self._database.select("SELECT id, owner FROM runs WHERE owner <> ''"):
            if self._ownership.is_dead(row["owner"]):
                values: Values = {"owner": "", "wish": Wish.NONE.value, "halt": INTERRUPTED}
                self._database.update("runs", row["id"], values)

    def wish(self, run_id: str, wish: Wish) -> None:
        """Ask the process that sends a run for something; who was told to stop hears nothing else any more."""
        row = self._row(run_id)
        if not self._is_sent(row):
            raise Refused(f"The run {run_id[:8]} is not being sent by any process.")
        before = Wish(row["wish"])
        if before is Wish.STOP and wish is not Wish.STOP:
            raise Refused(f"The run {run_id[:8]} is stopping. What did not leave is kept; resume it once it stopped.")
        if before is Wish.HAND_OVER and wish is not Wish.STOP:
            raise Refused(f"The run {run_id[:8]} is being handed over to another process. Try again in a moment.")
        if before is Wish.PAUSE and wish is Wish.HAND_OVER:
            raise Refused(
                f"The run {run_id[:8]} is paused; a process of its own would send at once. Go on with it first."
            )
        self._database.update("runs", run_id, {"wish": wish.value})

    def wished(self, run_id: str) -> Wish:
        """Return what somebody asks of the process that sends a run, or asked of the last one."""
        return Wish(self._row(run_id)["wish"])

    def expect_idle(self, run_id: str) -> None:
        """Refuse what must not happen while a process sends the run."""
        if self._is_sent(self._row(run_id)):
            raise Refused(f"The run {run_id[:8]} is being sent. Stop it first.")

    def _is_sent(self, run: Row) -> bool:
        """Tell whether a living process sends a run; this one knows its own, whatever it could not write."""
        owner: str = run["owner"]
        if owner == self._ownership.id:
            return run["id"] in self._held
        return owner != "" and not self._ownership.is_dead(owner)

    def expect_alone(self, run_id: str, provider: str, app_id: str, rate_group: str) -> None:
        """Refuse two runs at once that share a rate: neither could keep to it."""
        if not rate_group:
            return
        rows = self._database.select(
            "SELECT * FROM runs WHERE owner <> '' AND id <> ? AND provider = ? AND app_id = ? AND rate_group = ?",
            *(run_id, provider, app_id, rate_group),
        )
        for row in rows:
            if self._is_sent(row):
                raise Refused(
                    f"The run {row['id'][:8]} goes to the same app, and its rate is shared. Nothing was sent; wait "
                    "until that run has ended, or stop it first.",
                    title="One run at a time",
                )

    def _expect_not_overtaken(self, run: Row) -> None:
        """Refuse to send what a later run has or may yet send: whoever confirmed this one did not know of it."""
        rows = self._database.select(
            """
            SELECT later.id FROM attempts AS mine
            JOIN attempts AS theirs ON theirs.body_sha256 = mine.body_sha256
            JOIN runs AS later ON later.id = theirs.run_id
            WHERE mine.run_id = ? AND mine.superseded = 0 AND mine.state = ?
              AND theirs.state <> ?
              AND later.provider = ? AND later.app_id = ? AND later.seq > ?
            ORDER BY later.seq LIMIT 1
            """,
            *(run["id"], AttemptState.PLANNED.value, AttemptState.REJECTED.value),
            *(run["provider"], run["app_id"], run["seq"]),
        )
        if rows:
            raise Refused(
                f"Something that is left of the run {run['id'][:8]} is in the later run {rows[0]['id'][:8]} too. "
                "Nothing was sent; plan a new draft for whoever still misses it."
            )

    def _row(self, run_id: str) -> Row:
        rows = self._database.select("SELECT * FROM runs WHERE id = ?", run_id)
        if not rows:
            raise JournalError(f"The journal knows no run {run_id}.")
        return rows[0]

    def _runs(self, query: str, *values: str | int) -> list[Run]:
        return [
            run_from(row, self._attempts(row), self._tally(row["id"]), sending=self._is_sent(row))
            for row in self._database.select(query, *values)
        ]

    def _attempts(self, run: Row) -> list[Attempt]:
        which = "run_id = ?"
        if run["batches"] > 1:
            which = """seq = (
                SELECT seq FROM attempts WHERE run_id = ? AND superseded = 0
                ORDER BY COALESCE(ended_at, '') DESC, number LIMIT 1
            )"""
        query = f"""
            SELECT attempts.*, superseded = 0 AND {IN_DOUBT} AS in_doubt FROM attempts WHERE {which} ORDER BY number
        """  # noqa: S608 - our own words
        return [attempt_from(row) for row in self._database.select(query, run["id"], run["id"])]

    def _tally(self, run_id: str) -> Tally:
        rows = self._database.select(
            """
            SELECT state, COUNT(*) AS batches, SUM(recipients) AS recipients,
                MIN(sent_at) AS began_at, MAX(ended_at) AS latest_at
            FROM attempts WHERE run_id = ? AND superseded = 0 GROUP BY state
            """,
            run_id,
        )
        doubted = self._database.select(
            f"""
            SELECT state, COUNT(*) AS batches, SUM(recipients) AS recipients
            FROM attempts WHERE run_id = ? AND superseded = 0 AND {IN_DOUBT} GROUP BY state
            """,  # noqa: S608 - our own words
            *(run_id, run_id),
        )
        return tally_from(rows, doubted)


def _begun_elsewhere(other: Run) -> str:
    return (
        f"The very same push is already {other.state} in the run {other.id[:8]}, which began after this plan was made. "
        "Nothing was sent; review it again."
    )
