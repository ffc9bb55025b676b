"""A run's requests as people look at them: where the trouble is, and which requests stand in a state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.run import Trouble
from pushtui.journal.database import IN_DOUBT, STATE_OF_PEOPLE, Database, marks
from pushtui.journal.rows import attempt_from, body_from


class Looks:
    """Reads runs on one connection; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def troubles(self, run_id: str, limit: int) -> list[Trouble]:
        """Return what kept requests of a run from being accepted, each once, the latest first."""
        rows = self._database.select(
            """
            SELECT state, title, message, reached, superseded, COUNT(*) AS batches,
                SUM(recipients) AS recipients, MAX(ended_at) AS latest_at
            FROM attempts WHERE run_id = ? AND superseded IN (0, 1) AND state IN (?, ?) AND ended_at IS NOT NULL
            GROUP BY state, title, message, reached, superseded ORDER BY MAX(ended_at) DESC LIMIT ?
            """,
            *(run_id, AttemptState.REJECTED.value, AttemptState.UNKNOWN.value, limit),
        )
        return [
            Trouble(
                AttemptState(row["state"]),
                row["title"] or "",
                row["message"] or "",
                reached=row["reached"] != 0,
                again=bool(row["superseded"]),
                batches=row["batches"],
                recipients=row["recipients"],
                latest_at=datetime.fromisoformat(row["latest_at"]),
            )
            for row in rows
        ]

    def sizes(self, run_id: str, states: Sequence[str]) -> list[tuple[int, int]]:
        """Return which requests of a run have people in some states, and how many each names, in their order."""
        looked_for = sorted({*states, AttemptState.REJECTED.value})
        rows = self._database.select(
            f"""
            SELECT batch, recipients FROM attempts
            WHERE run_id = ? AND superseded = 0 AND state IN ({marks(looked_for)})
              AND {STATE_OF_PEOPLE} IN ({marks(states)}) ORDER BY batch
            """,  # noqa: S608 - our own words and marks
            *(run_id, *looked_for, run_id, *states),
        )
        return [(row["batch"], row["recipients"]) for row in rows]

    def batches(self, run_id: str, batches: Sequence[int]) -> list[Attempt]:
        """Return the last attempt of some requests of a run, in their order; at most as many as a statement takes."""
        rows = self._database.select(
            f"""
            SELECT attempts.*, {IN_DOUBT} AS in_doubt FROM attempts
            WHERE run_id = ? AND superseded = 0 AND batch IN ({", ".join("?" * len(batches))}) ORDER BY batch
            """,  # noqa: S608 - our own words and marks
            run_id,
            run_id,
            *batches,
        )
        return [attempt_from(row) for row in rows]

    def bodies(self, run_id: str, after: int, limit: int) -> list[tuple[int, str]]:
        """Return number and body of the requests of a run that were not rejected, from the one behind a number on."""
        rows = self._database.select(
            f"""
            SELECT batch, body, body_packed FROM attempts
            WHERE run_id = ? AND superseded = 0 AND batch > ? AND {STATE_OF_PEOPLE} <> ? ORDER BY batch LIMIT ?
            """,  # noqa: S608 - our own words
            *(run_id, after, run_id, AttemptState.REJECTED.value, limit),
        )
        return [(row["batch"], body_from(row)) for row in rows]
