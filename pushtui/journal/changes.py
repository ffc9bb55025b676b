"""What the journal knows of settings changes: written before they leave, ended once, and never forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import Change, ChangeEnd, ChangeRequest, ReadBack, Scope
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.json_body import JsonValue
from pushtui.journal.database import Database
from pushtui.journal.rows import BIGGEST, Row, Values, instant

ABANDONED = ChangeEnd(
    AttemptState.UNKNOWN,
    "Outcome unknown",
    "The program ended while the change was under way. It was not sent again; read the setting to see what is.",
    accepted=0,
)


class Changes:
    """Changes on one connection, inside transactions that the caller holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, change: Change, owner: str) -> None:
        """Write a change that is about to leave."""
        self._database.insert("changes", [{**_values(change), "owner": owner}])

    def finish(self, change_id: str, end: ChangeEnd, owner: str, at: datetime) -> None:
        """Write how a change ended; an end that was only assumed gives way to the true one."""
        row = self._row(change_id)
        if row["owner"] != owner:
            raise Refused(f"The change {change_id} belongs to another process.")
        if row["ended_at"] is not None and row["abandoned_at"] is None:
            raise Refused(f"The change {change_id} has ended already; that is not rewritten.")
        values = {**_end_values(end), "ended_at": instant(at), "abandoned_at": None}
        self._database.update("changes", change_id, values)

    def keep_read_back(self, change_id: str, read_back: ReadBack, after: JsonValue) -> None:
        """Write what reading the setting again told."""
        self._database.update("changes", change_id, {"read_back": read_back.value, "after_value": _written(after)})

    def abandon(self, is_dead: Callable[[str], bool], at: datetime) -> None:
        """Turn changes that a dead process left under way into unknown ones."""
        for row in self._database.select("SELECT id, owner FROM changes WHERE ended_at IS NULL ORDER BY seq"):
            if is_dead(row["owner"]):
                times: Values = {"ended_at": instant(at), "abandoned_at": instant(at)}
                self._database.update("changes", row["id"], {**_end_values(ABANDONED), **times})

    def latest(self, limit: int, user: str) -> list[Change]:
        """Return the latest changes, newest first; of one user if one is named."""
        where, named = ("WHERE user_id = ?", (user,)) if user else ("", ())
        query = f"SELECT * FROM changes {where} ORDER BY seq DESC LIMIT ?"  # noqa: S608 - one of two texts
        return [_change_from(row) for row in self._database.select(query, *named, min(limit, BIGGEST))]

    def find(self, prefix: str) -> Change:
        """Return the one change whose id begins with a prefix."""
        if not prefix:
            raise JournalError("No change is named. Give the first characters of its id; the list of changes shows it.")
        query = "SELECT * FROM changes WHERE SUBSTR(id, 1, ?) = ? ORDER BY LENGTH(id), seq LIMIT 2"
        found = self._database.select(query, len(prefix), prefix)
        if not found:
            raise JournalError(f"No change's id begins with “{prefix}”. The list of changes shows those there are.")
        if len(found) > 1 and found[0]["id"] != prefix:
            raise JournalError(f"More than one change's id begins with “{prefix}”. Give more characters of it.")
        return _change_from(found[0])

    def _row(self, change_id: str) -> Row:
        rows = self._database.select("SELECT owner, ended_at, abandoned_at FROM changes WHERE id = ?", change_id)
        if not rows:
            raise JournalError(f"The journal knows no change {change_id}.")
        return rows[0]


def _values(change: Change) -> Values:
    return {
        "id": change.id,
        "made_at": instant(change.made_at),
        "environment": change.environment.value,
        "provider": change.provider,
        "app_id": change.app_id,
        "account": change.account,
        "user_id": change.user,
        "setting": change.setting,
        "scope": change.scope.value,
        "place": change.place,
        "before_value": _written(change.before),
        "wanted_value": _written(change.wanted),
        "requests": _written([_request(request) for request in change.requests]),
        "undoes": change.undoes,
    }


def _request(request: ChangeRequest) -> JsonValue:
    return {
        "operation": request.operation,
        "method": request.method,
        "path": request.path,
        "body": request.body,
        "encoding": request.encoding,
    }


def _end_values(end: ChangeEnd) -> Values:
    return {
        "state": end.state.value,
        "title": end.title,
        "message": end.message,
        "accepted": end.accepted,
        "code": end.code if end.code is not None and abs(end.code) <= BIGGEST else None,
        "request_id": end.request_id,
    }


def _change_from(row: Row) -> Change:
    ended = row["ended_at"]
    return Change(
        id=row["id"],
        made_at=datetime.fromisoformat(row["made_at"]),
        environment=Environment(row["environment"]),
        provider=row["provider"],
        app_id=row["app_id"],
        account=row["account"],
        user=row["user_id"],
        setting=row["setting"],
        scope=Scope(row["scope"]),
        place=row["place"],
        before=json.loads(row["before_value"]),
        wanted=json.loads(row["wanted_value"]),
        requests=tuple(ChangeRequest(**request) for request in json.loads(row["requests"])),
        undoes=row["undoes"],
        end=_end_from(row) if ended is not None else None,
        ended_at=datetime.fromisoformat(ended) if ended is not None else None,
        read_back=ReadBack(row["read_back"]) if row["read_back"] is not None else None,
        after=json.loads(row["after_value"]) if row["after_value"] is not None else None,
    )


def _end_from(row: Row) -> ChangeEnd:
    return ChangeEnd(
        AttemptState(row["state"]), row["title"], row["message"], row["accepted"], row["code"], row["request_id"]
    )


def _written(value: JsonValue) -> str:
    """Write a value as JSON; half characters, which no database takes, as escapes that are read as themselves."""
    return json.dumps(value, separators=(",", ":"))
