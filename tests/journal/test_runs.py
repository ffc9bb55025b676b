"""Runs of many requests in the journal: claimed, counted, wished for, and planned again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pushtui.domain.attempt import Answer, AttemptState, Outcome
from pushtui.domain.draft import Draft
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.plan import KnownRuns
from pushtui.domain.recipient import RecipientSource, TableFormat
from pushtui.domain.run import Count, Phase, Run, Wish
from pushtui.journal import Journal, engine
from pushtui.journal.packing import packed, unpacked
from pushtui.journal.schema import MIGRATIONS
from tests.journal.test_journal import ACCEPTED, NOON, REJECTED, REQUEST, StoppedClock, attempt_of, begin, run_of

UNKNOWN = replace(ACCEPTED, state=AttemptState.UNKNOWN)
PLANNED, IN_FLIGHT = AttemptState.PLANNED, AttemptState.IN_FLIGHT


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    async with opened(tmp_path) as journal:
        yield journal


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Journal]:
    journal = Journal(folder / "journal.db", folder / "locks", StoppedClock())
    await journal.open()
    yield journal
    await journal.close()


async def begin_three(journal: Journal) -> Run:
    """Journal a run of three requests with 2, 2 and 1 people."""
    run = replace(run_of("a"), recipients=5)
    bodies = [replace(REQUEST, body=f'{{"a":{number}}}') for number in (1, 2, 3)]
    attempts = [replace(attempt_of(run, number + 1, body), recipients=2) for number, body in enumerate(bodies)]
    await begin(journal, run, *attempts[:2], replace(attempts[2], recipients=1))
    return await journal.run(run.id)


async def depart(journal: Journal, number: int) -> Wish:
    (attempt,) = await journal.planned("run-a", number - 1, 1)
    return await journal.mark_in_flight(attempt.id, attempt.request, NOON + timedelta(seconds=number))


async def end(journal: Journal, number: int, outcome: Outcome, then: str = "") -> None:
    await depart(journal, number)
    await journal.finish(f"run-a-{number}", outcome, NOON + timedelta(seconds=10 + number), then)


async def test_people_are_counted_by_the_last_attempt_of_their_request(journal: Journal) -> None:
    run = await begin_three(journal)
    assert (run.batches, run.recipients, run.tally.counts) == (3, 5, {PLANNED: Count(3, 5)})
    assert (run.state, run.phase, run.tally.began_at) == (PLANNED, Phase.SENDING, None)
    await end(journal, 1, ACCEPTED)
    await end(journal, 2, REJECTED, "later")
    run = await journal.run("run-a")
    assert run.tally.counts == {AttemptState.ACCEPTED: Count(1, 2), PLANNED: Count(2, 3)}
    assert run.state_words == "2 accepted, 3 planned"
    assert (run.tally.began_at, run.tally.latest_at) == (NOON + timedelta(seconds=1), NOON + timedelta(seconds=11))
    assert [attempt.id for attempt in run.attempts] == ["run-a-1"]
    await end(journal, 3, UNKNOWN)
    assert (await depart(journal, 4)) is Wish.NONE
    assert (await journal.run("run-a")).state is IN_FLIGHT
    await journal.finish("later", ACCEPTED, NOON)
    run = await journal.run("run-a")
    assert (run.state, run.state_words) == (AttemptState.UNKNOWN, "4 accepted, 1 unknown")


async def test_planned_attempts_come_in_order_and_those_planned_again_at_the_end(journal: Journal) -> None:
    await begin_three(journal)
    await end(journal, 1, REJECTED, "later")
    assert [attempt.id for attempt in await journal.planned("run-a", 0, 10)] == ["run-a-2", "run-a-3", "later"]
    assert [attempt.number for attempt in await journal.planned("run-a", 2, 1)] == [3]
    standing = await journal.standing("run-a", 0, 10)
    assert [(attempt.batch, attempt.id) for attempt in standing] == [(1, "later"), (2, "run-a-2"), (3, "run-a-3")]
    assert [attempt.batch for attempt in await journal.standing("run-a", 2, 10)] == [3]
    assert standing[0].request.body == '{"a":1}'


async def test_a_run_has_one_sender(tmp_path: Path, journal: Journal) -> None:
    await begin_three(journal)
    async with opened(tmp_path) as other:
        for one in (journal, other):
            with pytest.raises(Refused, match="being sent by another process, or elsewhere in this one"):
                await one.claim_run("run-a")
        (attempt,) = await other.planned("run-a", 0, 1)
        with pytest.raises(Refused, match="took this run over"):
            await other.mark_in_flight(attempt.id, attempt.request, NOON)
        await other.release_run("run-a", "not mine to release")
        assert (await other.run("run-a")).sending
        await journal.release_run("run-a", "It was enough.")
        run = await journal.run("run-a")
        assert (run.sending, run.phase, run.halt) == (False, Phase.STOPPED, "It was enough.")
        await other.claim_run("run-a")
        run = await journal.run("run-a")
        assert (run.sending, run.halt) == (True, "")
        await other.mark_in_flight(attempt.id, attempt.request, NOON)
        with pytest.raises(Refused, match="belongs to another process"):
            await journal.finish(attempt.id, REJECTED, NOON)


async def test_a_claim_finds_out_what_a_dead_sender_left(tmp_path: Path, journal: Journal) -> None:
    async with opened(tmp_path) as dead:
        await begin_three(dead)
        await depart(dead, 1)
    (abandoned,) = await journal.claim_run("run-a")
    assert (abandoned.id, abandoned.state) == ("run-a-1", AttemptState.UNKNOWN)
    assert (await journal.run("run-a")).tally.counts == {AttemptState.UNKNOWN: Count(1, 2), PLANNED: Count(2, 3)}


async def test_a_dead_sender_sends_no_more_once_the_journal_is_opened(tmp_path: Path) -> None:
    async with opened(tmp_path) as dead:
        await begin_three(dead)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        assert connection.execute("SELECT owner <> '' FROM runs").fetchone()[0] == 1
    async with opened(tmp_path) as journal:
        assert (await journal.run("run-a")).phase is Phase.INTERRUPTED
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        assert connection.execute("SELECT owner FROM runs").fetchone()[0] == ""


async def test_a_wish_is_heard_by_whoever_wants_to_send(tmp_path: Path, journal: Journal) -> None:
    await begin_three(journal)
    async with opened(tmp_path) as other:
        await other.wish("run-a", Wish.PAUSE)
        assert (await depart(journal, 1), await journal.wished("run-a")) == (Wish.PAUSE, Wish.PAUSE)
        assert (await other.run("run-a")).phase is Phase.PAUSED
        assert (await journal.planned("run-a", 0, 1))[0].sent_at is None
        await other.wish("run-a", Wish.NONE)
        assert await depart(journal, 1) is Wish.NONE
        await journal.release_run("run-a")
        with pytest.raises(Refused, match="not being sent"):
            await other.wish("run-a", Wish.STOP)


async def test_no_other_body_leaves_than_was_planned(journal: Journal) -> None:
    await begin_three(journal)
    with pytest.raises(JournalError, match="another body"):
        await journal.mark_in_flight("run-a-1", replace(REQUEST, body="{}"), NOON)
    assert (await journal.run("run-a")).state is PLANNED


async def test_what_is_unknown_is_planned_again_by_decision_only(tmp_path: Path, journal: Journal) -> None:
    await begin_three(journal)
    await end(journal, 1, UNKNOWN)
    await end(journal, 2, ACCEPTED)
    with pytest.raises(Refused, match="Stop it first"):
        await journal.retry_unknown("run-a", "because", Count(1, 2))
    await journal.release_run("run-a")
    for other in (Count(), Count(1, 1), Count(2, 2)):
        with pytest.raises(Refused, match="changed since"):
            await journal.retry_unknown("run-a", "because", other)
    assert await journal.records() == []
    await journal.retry_unknown("run-a", "because", Count(1, 2))
    with pytest.raises(Refused, match="changed since"):
        await journal.retry_unknown("run-a", "because", Count(1, 2))
    assert (await journal.run("run-a")).tally.counts == {AttemptState.ACCEPTED: Count(1, 2), PLANNED: Count(2, 3)}
    (record,) = await journal.records()
    assert record.subject == "run run-a"
    assert record.details == {"reason": "because", "recipients": 2, "attempts": ["run-a-1"]}


async def test_one_refusal_spoils_nothing_that_is_written_with_it(journal: Journal) -> None:
    await begin_three(journal)
    done = await asyncio.gather(
        *(
            journal.mark_in_flight(f"run-a-{number}", replace(REQUEST, body=f'{{"a":{number}}}'), NOON)
            for number in (1, 2)
        ),
        journal.mark_in_flight("ghost", REQUEST, NOON),
        journal.finish("run-a-3", REJECTED, NOON),
        journal.finish("run-a-3", ACCEPTED, NOON),
        return_exceptions=True,
    )
    assert [type(one) for one in done] == [Wish, Wish, JournalError, type(None), Refused]
    assert (await journal.run("run-a")).tally.counts == {IN_FLIGHT: Count(2, 4), AttemptState.REJECTED: Count(1, 1)}


async def test_a_run_that_shares_a_request_with_an_unknown_one_is_stale(journal: Journal) -> None:
    await begin_three(journal)
    other = run_of("b")
    shared = attempt_of(other, 1, replace(REQUEST, body='{"a":3}'))
    with pytest.raises(Refused, match="planned in the run run-a"):
        await begin(journal, other, shared, known=KnownRuns(NOON, frozenset()))
    await begin(journal, other, shared, known=KnownRuns(NOON, frozenset(("run-a",))))


async def test_a_source_of_recipients_comes_back_and_is_found_from_anywhere(journal: Journal, tmp_path: Path) -> None:
    source = RecipientSource(
        "id", "people.csv", values=(("c", "name"),), format=TableFormat.CSV, sheet="One", folder=str(tmp_path)
    )
    run = replace(run_of("a"), draft=Draft("rongcloud.system-template", "prod", {}, source))
    await begin(journal, run)
    kept = (await journal.run("run-a")).draft.recipients
    assert kept == replace(source, file=str(tmp_path / "people.csv"))


async def test_long_bodies_and_answers_are_packed_and_come_back(journal: Journal, tmp_path: Path) -> None:
    body, answer = '{"users":["' + '","'.join(f"北京-{number}" for number in range(2000)) + '"]}', "half \ud83d " * 500
    request = replace(REQUEST, body=body)
    run = run_of("a")
    await begin(journal, run, attempt_of(run, 1, request))
    await journal.mark_in_flight("run-a-1", request, NOON)
    await journal.finish("run-a-1", replace(ACCEPTED, answer=Answer(200, (), answer, 0.1)), NOON)
    (kept,) = (await journal.run("run-a")).attempts
    assert kept.request.body == body
    assert kept.outcome is not None and kept.outcome.answer is not None
    assert kept.outcome.answer.body == answer.replace("\ud83d", "\\ud83d")
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        (stored,) = connection.execute("SELECT LENGTH(body) FROM attempts").fetchone()
    assert stored < len(body.encode()) / 2


@pytest.mark.parametrize("text", ["", "a", "x" * 1023, "ab" * 1000, "".join(map(chr, range(32, 3000)))])
def test_packing_loses_nothing(text: str) -> None:
    kept, is_packed = packed(text)
    assert (unpacked(kept) if is_packed else kept) == text
    assert len(kept) <= len(text)


async def test_a_journal_of_the_second_schema_learns_of_many_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    with monkeypatch.context() as past:
        past.setattr(engine, "MIGRATIONS", MIGRATIONS[:2])
        engine.connect(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SECOND_SCHEMA)
    async with opened(tmp_path) as journal:
        run = await journal.run("failed-over")
        assert (run.batches, run.recipients, run.draft.recipients, run.sending) == (1, 0, None, False)
        assert [(attempt.number, attempt.batch, attempt.state_words) for attempt in run.attempts] == [
            (1, 1, "not sent"),
            (2, 1, "accepted"),
        ]
        assert run.tally.counts == {AttemptState.ACCEPTED: Count(1, 0)}
        await begin_three(journal)
        assert [run.id for run in await journal.runs()] == ["run-a", "failed-over"]


async def test_a_journal_of_the_third_schema_keeps_the_latest_of_two_attempts_that_both_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    with monkeypatch.context() as past:
        past.setattr(engine, "MIGRATIONS", MIGRATIONS[:3])
        engine.connect(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SECOND_SCHEMA)
    async with opened(tmp_path) as journal:
        run = await journal.run("failed-over")
        assert [attempt.id for attempt in await journal.standing(run.id, 0, 9)] == ["second"]
        assert (run.hosts, run.rate_group) == ((), "")


SECOND_SCHEMA = """
INSERT INTO runs (seq, id, plan_id, digest, made_at, environment, provider, app_id, kind, account, body, reach)
VALUES (1, 'failed-over', 'p', '', '2026-11-05T12:00:00.000000Z', 'test', '', '', 'rongcloud.push', '', '{}', '');
INSERT INTO attempts (seq, id, run_id, number, quota_group, state, owner, method, url, headers, body, body_sha256,
    planned_at, title, message, spends_quota, push_id, message_uid, request_id, reached)
VALUES (1, 'first', 'failed-over', 1, '', 'rejected', '', '', '', '[]', '', '', '2026-11-05T12:00:00.000000Z',
        'Not sent', '', 0, '', '', '', 0),
       (2, 'second', 'failed-over', 2, '', 'accepted', '', '', '', '[]', '', '', '2026-11-05T12:00:01.000000Z',
        'Accepted', '', 0, '', '', '', 1);
"""
