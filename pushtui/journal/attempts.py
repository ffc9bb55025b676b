"""What the journal does with attempts: each leaves once, ends once, and is never forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from pushtui.domain.attempt import Attempt, AttemptState, Outcome, SentRequest
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.run import Wish
from pushtui.journal.database import IN_DOUBT, STATE_OF_PEOPLE, Database
from pushtui.journal.rows import Row, attempt_from, body_sha256, departure_values, instant, outcome_values

ABANDONED = Outcome(
    AttemptState.UNKNOWN,
    "Outcome unknown",
    "The program ended while the request was under way, so nobody here knows whether it was accepted. "
    "It was not sent again. Look at the provider's own records before you send it once more.",
    spends_quota=True,
)

_COPIED = "run_id, batch, recipients, quota_group, method, url, headers, body, body_packed, body_sha256, planned_at"
"""What an attempt has in common with the next one of the same request."""


_MAY_LEAVE = """
    state = 'planned' AND superseded = 0 AND body_sha256 = ? AND EXISTS (
        SELECT 1 FROM runs WHERE runs.id = attempts.run_id AND runs.wish = '' AND runs.owner IN ('', ?)
    )
"""
_MAY_END = "state IN ('planned', 'in flight') AND abandoned_at IS NULL AND owner IN ('', ?)"


class Attempts:
    """Attempts on one connection, inside transactions that the caller holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, attempt_id: str) -> Attempt:
        return attempt_from(self._row(attempt_id, "*"))

    def depart(self, attempt_id: str, request: SentRequest, owner: str, at: datetime) -> Wish:
        """Mark a planned attempt, unless somebody wishes otherwise; return what is wished."""
        body, now = body_sha256(request.body), {"state": AttemptState.IN_FLIGHT.value, "sent_at": instant(at)}
        values = {**departure_values(request), **now, "owner": owner}
        if self._database.update("attempts", attempt_id, values, _MAY_LEAVE, body, owner):
            return Wish.NONE
        row = self._row(attempt_id, "state, run_id, body_sha256")
        _expect(attempt_id, row, AttemptState.PLANNED)
        if row["body_sha256"] != body:
            raise JournalError(f"The attempt {attempt_id} was planned with another body. Nothing was sent.")
        (run,) = self._database.select("SELECT wish, owner FROM runs WHERE id = ?", row["run_id"])
        if run["owner"] not in ("", owner):
            raise Refused("Another process took this run over. Nothing more is sent from here.")
        return Wish(run["wish"])

    def finish(self, attempt_id: str, outcome: Outcome, owner: str, at: datetime, then: str) -> None:
        """Write the end of an attempt; with an id in `then`, the same request is planned once more under it."""
        values = {**outcome_values(outcome), "ended_at": instant(at)}
        if not self._database.update("attempts", attempt_id, values, _MAY_END, owner):
            self._finish_abandoned(attempt_id, outcome, owner, at)
        if then:
            self.plan_again(attempt_id, then)

    def _finish_abandoned(self, attempt_id: str, outcome: Outcome, owner: str, at: datetime) -> None:
        """Let a true outcome take the place of an assumed one, or say why it may not."""
        row = self._row(attempt_id, "state, owner, abandoned_at")
        if row["owner"] not in ("", owner):
            raise Refused(f"The attempt {attempt_id} belongs to another process.")
        if row["abandoned_at"] is None:
            raise Refused(_already(attempt_id, AttemptState(row["state"])))
        outcome = replace(outcome, message=f"{outcome.message} {_taken_for_dead(row['abandoned_at'])}")
        values = {**outcome_values(outcome), "ended_at": instant(at), "abandoned_at": None}
        self._database.update("attempts", attempt_id, values)

    def plan_again(self, attempt_id: str, then: str) -> None:
        """Plan the request of an attempt that has ended once more, at the end of its run, unless it is already."""
        if not self._database.update("attempts", attempt_id, {"superseded": 1}, "superseded = 0"):
            return
        self._database.select(
            f"""
            INSERT INTO attempts (seq, id, number, state, owner, {_COPIED})
            SELECT (SELECT MAX(seq) + 1 FROM attempts), ?,
                (SELECT MAX(number) + 1 FROM attempts AS others WHERE others.run_id = attempts.run_id),
                ?, '', {_COPIED}
            FROM attempts WHERE id = ?
            """,  # noqa: S608 - the columns are named above
            *(then, AttemptState.PLANNED.value, attempt_id),
        )

    def abandon_dead(self, is_dead: Callable[[str], bool], at: datetime) -> list[Attempt]:
        """Turn attempts that a dead process left in flight into unknown ones, and return them."""
        query = "SELECT id, owner FROM attempts WHERE state = ? ORDER BY seq"
        rows = self._database.select(query, AttemptState.IN_FLIGHT.value)
        dead = {owner for owner in dict.fromkeys(row["owner"] for row in rows) if is_dead(owner)}
        return self._abandon([row["id"] for row in rows if row["owner"] in dead], at)

    def abandon_run(self, run_id: str, at: datetime) -> list[Attempt]:
        """Do so with all attempts in flight of a run that nobody sends, be it that an outcome could not be written."""
        query = "SELECT id FROM attempts WHERE run_id = ? AND superseded = 0 AND state = ? ORDER BY seq"
        rows = self._database.select(query, run_id, AttemptState.IN_FLIGHT.value)
        return self._abandon([row["id"] for row in rows], at)

    def _abandon(self, abandoned: Sequence[str], at: datetime) -> list[Attempt]:
        for attempt_id in abandoned:
            end = {**outcome_values(ABANDONED), "ended_at": instant(at), "abandoned_at": instant(at)}
            self._database.update("attempts", attempt_id, end)
        return [self.get(attempt_id) for attempt_id in abandoned]

    def planned(self, run_id: str, after: int, limit: int) -> list[Attempt]:
        """Return planned attempts of a run with a number beyond `after`, in their order."""
        rows = self._database.select(
            """
            SELECT * FROM attempts WHERE run_id = ? AND superseded = 0 AND state = ? AND number > ?
            ORDER BY number LIMIT ?
            """,
            *(run_id, AttemptState.PLANNED.value, after, limit),
        )
        return [attempt_from(row) for row in rows]

    def standing(self, run_id: str, after: int, limit: int) -> list[Attempt]:
        """Return the last attempt of each request of a run, from the one after a batch on."""
        rows = self._database.select(
            f"""
            SELECT attempts.*, {IN_DOUBT} AS in_doubt FROM attempts
            WHERE run_id = ? AND superseded = 0 AND batch > ? ORDER BY batch LIMIT ?
            """,  # noqa: S608 - our own words
            *(run_id, run_id, after, limit),
        )
        return [attempt_from(row) for row in rows]

    def unknown(self, run_id: str) -> dict[str, int]:
        """Return the last attempts of requests of a run that are unknown: their ids, and people in each."""
        rows = self._database.select(
            f"""
            SELECT id, recipients FROM attempts
            WHERE run_id = ? AND superseded = 0 AND state IN (?, ?) AND {STATE_OF_PEOPLE} = ? ORDER BY number
            """,  # noqa: S608 - our own words
            *(run_id, AttemptState.UNKNOWN.value, AttemptState.REJECTED.value, run_id, AttemptState.UNKNOWN.value),
        )
        return {row["id"]: row["recipients"] for row in rows}

    def _row(self, attempt_id: str, columns: str) -> Row:
        rows = self._database.select(f"SELECT {columns} FROM attempts WHERE id = ?", attempt_id)  # noqa: S608
        if not rows:
            raise JournalError(f"The journal knows no attempt {attempt_id}.")
        return rows[0]


def _expect(attempt_id: str, row: Row, state: AttemptState) -> None:
    """Refuse what would repeat or rewrite an attempt."""
    if row["state"] != state:
        raise Refused(_already(attempt_id, AttemptState(row["state"])))


def _already(attempt_id: str, state: AttemptState) -> str:
    return f"The attempt {attempt_id} is already {state}; it is neither sent again nor rewritten."


def _taken_for_dead(abandoned_at: str) -> str:
    at = datetime.fromisoformat(abandoned_at)
    return (
        f"At {at:%H:%M:%S} UTC, before this outcome came, another start of pushtui took this process for dead and "
        "called the outcome unknown."
    )
