"""The few forms of statement that the journal is made of; tables and columns are named by this package only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from pushtui.journal.engine import transaction
from pushtui.journal.rows import Row, Values

IN_DOUBT = """batch IN (
    SELECT earlier.batch FROM attempts AS earlier
    WHERE earlier.run_id = ? AND earlier.superseded = 1 AND earlier.state IN ('unknown', 'in flight', 'accepted')
)"""
"""Holds for attempts of a run, whose id it takes, after which an earlier one that may have been accepted was tried
again."""
STATE_OF_PEOPLE = f"CASE WHEN state = 'rejected' AND {IN_DOUBT} THEN 'unknown' ELSE state END"
"""How those stand whom an attempt names; takes the run's id."""

AT_ONCE = 500
"""Values in one statement; SQLite takes no more than 999 everywhere."""


class Database:
    """One connection, used by one thread. Raises sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        self._connection.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Hold the only writer's place."""
        return transaction(self._connection)

    def select(self, query: str, *values: str | int) -> list[Row]:
        return self._connection.execute(query, values).fetchall()

    def insert(self, table: str, rows: Iterable[Values]) -> None:
        """Append rows that all have the same columns."""
        following = iter(rows)
        first = next(following, None)
        if first is None:
            return
        columns, marks = ", ".join(first), ", ".join("?" * len(first))
        statement = f"INSERT INTO {table} (seq, {columns}) VALUES (?, {marks})"  # noqa: S608
        number = self._next_number(table)
        self._connection.execute(statement, (number, *first.values()))
        numbered = enumerate(following, start=number + 1)
        self._connection.executemany(statement, ((seq, *row.values()) for seq, row in numbered))

    def update(self, table: str, row_id: str, values: Values, only_if: str = "", *given: str) -> bool:
        """Change a row, if it still is as a condition says; tell whether it was."""
        columns = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE {table} SET {columns} WHERE id = ?"  # noqa: S608
        if only_if:
            statement += f" AND {only_if}"
        return self._connection.execute(statement, (*values.values(), row_id, *given)).rowcount == 1

    def _next_number(self, table: str) -> int:
        row = self._connection.execute(f"SELECT COALESCE(MAX(seq), 0) + 1 FROM {table}").fetchone()  # noqa: S608
        return int(row[0])


def chunks(values: Iterable[str]) -> Iterator[Sequence[str]]:
    """Split values into so many as one statement takes."""
    following = iter(values)
    while chunk := list(islice(following, AT_ONCE)):
        yield chunk


def marks(values: Sequence[str]) -> str:
    """Return the placeholders of a list in a statement."""
    return ", ".join("?" * len(values))
