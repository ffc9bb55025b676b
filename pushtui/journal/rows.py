"""Domain values as rows and back."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

from pushtui.domain.account import Environment
from pushtui.domain.attempt import Answer, Attempt, AttemptState, Headers, Outcome, SentRequest
from pushtui.domain.draft import Draft
from pushtui.domain.json_body import compact, parse_object
from pushtui.domain.recipient import RecipientSource, TableEncoding, TableFormat
from pushtui.domain.run import INTERRUPTED, Count, Run, Tally, Wish
from pushtui.journal.packing import packed, unpacked
from pushtui.journal.record import Record

Row: TypeAlias = "sqlite3.Row"
Values: TypeAlias = "dict[str, str | int | float | None]"

BIGGEST = 2**63 - 1
"""Of a BIGINT; a code beyond it is nonsense, and still stands in the answer."""


def instant(at: datetime) -> str:
    """Write a time so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def run_values(run: Run) -> Values:
    return {
        "id": run.id,
        "plan_id": run.plan_id,
        "digest": run.digest,
        "made_at": instant(run.made_at),
        "environment": run.environment.value,
        "provider": run.provider,
        "app_id": run.app_id,
        "kind": run.draft.kind,
        "account": run.draft.account,
        "body": compact(run.draft.body),
        "reach": run.reach,
        "source": _source_text(run.draft.recipients),
        "batches": run.batches,
        "recipients": run.recipients,
        "hosts": json.dumps(run.hosts),
        "rate_group": run.rate_group,
    }


def attempt_values(attempt: Attempt) -> Values:
    """The columns of a planned attempt; what happens to it later is written by updates."""
    return {
        "id": attempt.id,
        "run_id": attempt.run_id,
        "number": attempt.number,
        "quota_group": attempt.quota_group,
        "state": attempt.state.value,
        "owner": "",
        "planned_at": instant(attempt.planned_at),
        "batch": attempt.batch,
        "recipients": attempt.recipients,
        "method": attempt.request.method,
        **_body_values(attempt.request.body),
        **departure_values(attempt.request),
    }


def departure_values(request: SentRequest) -> Values:
    """What only the moment of sending makes of a planned request."""
    return {"url": _storable(request.url), "headers": _pairs(request.headers)}


def body_sha256(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _body_values(body: str) -> Values:
    text, is_packed = packed(_storable(body))
    return {"body": text, "body_packed": int(is_packed), "body_sha256": body_sha256(body)}


def outcome_values(outcome: Outcome) -> Values:
    answer = outcome.answer
    text, is_packed = packed(_storable(answer.body)) if answer else (None, False)
    return {
        "state": outcome.state.value,
        "title": _storable(outcome.title),
        "message": _storable(outcome.message),
        "spends_quota": int(outcome.spends_quota),
        "reached": int(outcome.reached),
        "code": outcome.code if outcome.code is not None and abs(outcome.code) <= BIGGEST else None,
        "push_id": _storable(outcome.push_id),
        "message_uid": _storable(outcome.message_uid),
        "request_id": _storable(outcome.request_id),
        "answer_status": answer.status if answer else None,
        "answer_headers": _pairs(answer.headers) if answer else None,
        "answer_body": text,
        "answer_packed": int(is_packed),
        "answer_elapsed": answer.elapsed if answer else None,
    }


def run_from(row: Row, attempts: Sequence[Attempt], tally: Tally, *, sending: bool) -> Run:
    return Run(
        id=row["id"],
        plan_id=row["plan_id"],
        digest=row["digest"],
        made_at=datetime.fromisoformat(row["made_at"]),
        environment=Environment(row["environment"]),
        provider=row["provider"],
        app_id=row["app_id"],
        draft=Draft(row["kind"], row["account"], parse_object(row["body"]), _source_from(row["source"])),
        reach=row["reach"],
        batches=row["batches"],
        recipients=row["recipients"],
        attempts=tuple(attempts),
        tally=tally,
        wish=Wish(row["wish"]) if sending else Wish.NONE,
        sending=sending,
        halt="" if sending else INTERRUPTED if row["owner"] else row["halt"],
        hosts=tuple(json.loads(row["hosts"])),
        rate_group=row["rate_group"],
    )


def tally_from(rows: Sequence[Row], doubted: Sequence[Row]) -> Tally:
    """Read counts by state: the rows have a state, its counts, the first departure and the last end.

    `doubted` has a state and counts of those with an earlier attempt that may have been accepted.
    """
    began = [row["began_at"] for row in rows if row["began_at"] is not None]
    latest = [row["latest_at"] for row in rows if row["latest_at"] is not None]
    in_doubt = _counts(doubted)
    return Tally(
        _as_people_stand(_counts(rows), in_doubt.get(AttemptState.REJECTED, Count())),
        _time(min(began, default=None)),
        _time(max(latest, default=None)),
        in_doubt,
    )


def _counts(rows: Sequence[Row]) -> dict[AttemptState, Count]:
    return {AttemptState(row["state"]): Count(row["batches"], row["recipients"]) for row in rows}


def _as_people_stand(counts: dict[AttemptState, Count], refused_later: Count) -> dict[AttemptState, Count]:
    """Call those unknown whom only a later attempt was refused for."""
    if not refused_later.batches:
        return counts
    rejected, unknown = counts[AttemptState.REJECTED], counts.get(AttemptState.UNKNOWN, Count())
    left = Count(rejected.batches - refused_later.batches, rejected.recipients - refused_later.recipients)
    both = Count(unknown.batches + refused_later.batches, unknown.recipients + refused_later.recipients)
    changed = {**counts, AttemptState.REJECTED: left, AttemptState.UNKNOWN: both}
    return {state: count for state, count in changed.items() if count.batches}


def attempt_from(row: Row) -> Attempt:
    return Attempt(
        id=row["id"],
        run_id=row["run_id"],
        number=row["number"],
        quota_group=row["quota_group"],
        state=AttemptState(row["state"]),
        request=SentRequest(row["method"], row["url"], _headers(row["headers"]), body_from(row)),
        planned_at=datetime.fromisoformat(row["planned_at"]),
        sent_at=_time(row["sent_at"]),
        ended_at=_time(row["ended_at"]),
        outcome=_outcome_from(row) if row["title"] is not None else None,
        batch=row["batch"],
        recipients=row["recipients"],
        in_doubt="in_doubt" in row.keys() and bool(row["in_doubt"]),  # noqa: SIM118 - a row is no mapping
    )


def record_from(row: Row) -> Record:
    return Record(datetime.fromisoformat(row["at"]), row["subject"], row["action"], parse_object(row["details"]))


def _outcome_from(row: Row) -> Outcome:
    return Outcome(
        state=AttemptState(row["state"]),
        title=row["title"],
        message=row["message"],
        spends_quota=bool(row["spends_quota"]),
        code=row["code"],
        push_id=row["push_id"],
        message_uid=row["message_uid"],
        request_id=row["request_id"],
        answer=_answer_from(row) if row["answer_status"] is not None else None,
        reached=row["reached"] != 0,
    )


def _answer_from(row: Row) -> Answer:
    body = unpacked(row["answer_body"]) if row["answer_packed"] else row["answer_body"]
    return Answer(row["answer_status"], _headers(row["answer_headers"]), body, row["answer_elapsed"])


def body_from(row: Row) -> str:
    return unpacked(row["body"]) if row["body_packed"] else str(row["body"])


def _source_text(source: RecipientSource | None) -> str | None:
    """Write where recipients stood, so that the file is found from anywhere."""
    if source is None:
        return None
    values = dataclasses.asdict(source.absolute())
    return compact({name: value for name, value in values.items() if name != "folder"})


def _source_from(text: str | None) -> RecipientSource | None:
    if text is None:
        return None
    values: dict[str, Any] = json.loads(text)
    return RecipientSource(
        user=values["user"],
        file=values["file"],
        text=values["text"],
        values=tuple((name, column) for name, column in values["values"]),
        format=TableFormat(values["format"]) if values["format"] else None,
        encoding=TableEncoding(values["encoding"]) if values["encoding"] else None,
        sheet=values["sheet"],
    )


def _time(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None


def _pairs(headers: Headers) -> str:
    return json.dumps([list(pair) for pair in headers])


def _headers(text: str) -> Headers:
    return tuple((name, value) for name, value in json.loads(text))


def _storable(text: str) -> str:
    """Write half characters out, since no database takes them and no outcome may be lost to one."""
    return text.encode("utf-8", "backslashreplace").decode()
