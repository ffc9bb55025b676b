from __future__ import annotations

import asyncio
import gc
import hashlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pushtui.domain.account import Environment
from pushtui.domain.attempt import Answer, Attempt, AttemptState, Outcome, SentRequest
from pushtui.domain.draft import Draft
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.plan import KnownRuns
from pushtui.domain.run import Count, Run, Tally
from pushtui.journal import Journal

NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
REQUEST = SentRequest("POST", "https://api.example.com/push.json", (("App-Key", "key"), ("Signature", "•")), '{"a":1}')
ACCEPTED = Outcome(
    AttemptState.ACCEPTED,
    "Accepted",
    "RongCloud took it.",
    spends_quota=True,
    code=200,
    push_id="p1",
    message_uid="U-1",
    request_id="r1",
    answer=Answer(200, (("Date", "now"), ("X-Request-ID", "r1")), '{"code":200}', 0.25),
)
REJECTED = Outcome(AttemptState.REJECTED, "Rejected", "The signature is wrong.", spends_quota=False, code=1004)


class StoppedClock:
    """Shows the time that it is set to."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


def run_of(name: str, at: datetime = NOON) -> Run:
    draft = Draft("rongcloud.push", "prod", {"platform": ["ios"], "text": "héllo 北京"})
    return Run(
        f"run-{name}", f"plan-{name}", "digest", at, Environment.LIVE, "rongcloud", "key", draft, "exactly 1 user"
    )


def attempt_of(run: Run, number: int = 1, request: SentRequest = REQUEST) -> Attempt:
    name = f"{run.id}-{number}"
    return Attempt(name, run.id, number, "push", AttemptState.PLANNED, request, run.made_at, batch=number)


async def begin(journal: Journal, run: Run, *attempts: Attempt, known: KnownRuns | None = None) -> None:
    """Journal a run with planned attempts; without any it has one."""
    spool = journal.spool()
    for attempt in attempts or (attempt_of(run),):
        spool.add(attempt)
    await journal.begin_run(replace(run, batches=len(attempts) or 1), spool, known)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def journal(tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Journal]:
    journal = Journal(tmp_path / "state" / "journal.db", tmp_path / "locks", clock)
    assert await journal.open() == []
    yield journal
    await journal.close()


def names_below(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


async def send(journal: Journal, run: Run, outcome: Outcome | None, request: SentRequest = REQUEST) -> Attempt:
    """Journal a send of one attempt at the time the run was made; without an outcome it stays in flight."""
    attempt = attempt_of(run, request=request)
    await begin(journal, run, attempt)
    await journal.mark_in_flight(attempt.id, request, run.made_at)
    if outcome is not None:
        await journal.finish(attempt.id, outcome, run.made_at)
    return attempt


async def test_a_whole_run_comes_back_as_it_was(journal: Journal) -> None:
    run = run_of("a")
    attempt = attempt_of(run)
    await begin(journal, run, attempt)
    planned = Tally({AttemptState.PLANNED: Count(1, 0)})
    assert await journal.runs() == [replace(run, attempts=(attempt,), tally=planned, sending=True)]

    leaves, ends = NOON + timedelta(seconds=1), NOON + timedelta(seconds=2)
    signed = replace(REQUEST, headers=(("Nonce", "n"), ("Nonce", "twice")))
    await journal.mark_in_flight(attempt.id, signed, leaves)
    in_flight = replace(attempt, state=AttemptState.IN_FLIGHT, request=signed, sent_at=leaves)
    assert (await journal.run("run-a")).attempts == (in_flight,)

    await journal.finish(attempt.id, ACCEPTED, ends)
    done = replace(in_flight, state=AttemptState.ACCEPTED, ended_at=ends, outcome=ACCEPTED)
    assert (await journal.run("run-a")).attempts == (done,)


async def test_an_outcome_without_an_answer_comes_back(journal: Journal) -> None:
    await send(journal, run_of("a"), REJECTED)
    assert (await journal.run("run-a")).outcome == REJECTED


async def test_another_attempt_follows_one_that_surely_did_nothing(journal: Journal) -> None:
    run = run_of("a")
    await begin(journal, run)
    await journal.mark_in_flight("run-a-1", REQUEST, NOON)
    await journal.finish("run-a-1", REJECTED, NOON, "later")
    read = await journal.run(run.id)
    assert [(attempt.id, attempt.number, attempt.batch) for attempt in read.attempts] == [
        ("run-a-1", 1, 1),
        ("later", 2, 1),
    ]
    assert read.attempts[1].request.body == REQUEST.body
    assert read.state is AttemptState.PLANNED
    assert read.tally.counts == {AttemptState.PLANNED: Count(1, 0)}


async def test_a_plan_is_executed_once(journal: Journal) -> None:
    run = run_of("a")
    await begin(journal, run)
    again = replace(run, id="run-b")
    with pytest.raises(Refused, match="executed before"):
        await begin(journal, again)
    assert len(await journal.runs()) == 1


async def test_a_run_and_its_first_attempt_are_written_together_or_not_at_all(journal: Journal) -> None:
    await send(journal, run_of("a"), ACCEPTED)
    other = run_of("b")
    with pytest.raises(JournalError):
        await begin(journal, other, replace(attempt_of(other), id="run-a-1"))
    assert [run.id for run in await journal.runs()] == ["run-a"]


async def test_an_attempt_leaves_once_and_ends_once(journal: Journal) -> None:
    attempt = await send(journal, run_of("a"), None)
    with pytest.raises(Refused, match="already in flight"):
        await journal.mark_in_flight(attempt.id, REQUEST, NOON)
    await journal.finish(attempt.id, REJECTED, NOON)
    with pytest.raises(Refused, match="already rejected"):
        await journal.finish(attempt.id, ACCEPTED, NOON)
    with pytest.raises(Refused, match="already rejected"):
        await journal.mark_in_flight(attempt.id, REQUEST, NOON)
    assert (await journal.run("run-a")).outcome == REJECTED


async def test_an_attempt_that_never_left_may_end(journal: Journal) -> None:
    run = run_of("a")
    await begin(journal, run)
    await journal.finish("run-a-1", REJECTED, NOON)
    assert (await journal.run("run-a")).attempts[0].sent_at is None


async def test_an_attempt_that_nobody_planned_is_an_error(journal: Journal) -> None:
    with pytest.raises(JournalError, match="no attempt ghost"):
        await journal.mark_in_flight("ghost", REQUEST, NOON)


async def test_order_is_that_of_writing_even_if_the_clock_goes_back(journal: Journal) -> None:
    for hours, name in enumerate("abc"):
        await send(journal, run_of(name, NOON - timedelta(hours=hours)), ACCEPTED)
    assert [run.id for run in await journal.runs()] == ["run-c", "run-b", "run-a"]
    assert [run.id for run in await journal.runs(limit=1)] == ["run-c"]


async def test_a_run_is_found_by_an_unambiguous_beginning(journal: Journal) -> None:
    for name in ("a1", "a2", "a", "%"):
        await send(journal, run_of(name), ACCEPTED)
    assert (await journal.run("run-a1")).id == "run-a1"
    assert (await journal.run("run-%")).id == "run-%"
    with pytest.raises(JournalError, match="More than one"):
        await journal.run("run-")
    with pytest.raises(JournalError, match="begins with “x”"):
        await journal.run("x")
    with pytest.raises(JournalError, match="No run is named"):
        await journal.run("")


async def test_a_whole_id_names_its_run_even_if_another_begins_with_it(journal: Journal) -> None:
    for name in ("a1", "a", "a2"):
        await send(journal, run_of(name), ACCEPTED)
    assert (await journal.run("run-a")).id == "run-a"


async def test_quota_counts_what_left_and_may_have_been_counted(journal: Journal) -> None:
    unknown = Outcome(AttemptState.UNKNOWN, "Unknown", "No answer.", spends_quota=False)
    for minute, outcome in enumerate((ACCEPTED, REJECTED, replace(REJECTED, spends_quota=True), unknown, None)):
        await send(journal, run_of(str(minute), NOON + timedelta(minutes=minute)), outcome)
    planned = run_of("planned")
    await begin(journal, planned)
    counted = await journal.counted_calls("rongcloud", "key", "push", NOON)
    assert [at.minute for at in counted] == [0, 2, 3, 4]
    assert counted[0] == NOON


async def test_quota_belongs_to_an_app_a_group_and_a_time(journal: Journal) -> None:
    await send(journal, run_of("a"), ACCEPTED)
    assert await journal.counted_calls("rongcloud", "key", "push", NOON) == [NOON]
    assert await journal.counted_calls("rongcloud", "key", "push", NOON + timedelta(microseconds=1)) == []
    assert await journal.counted_calls("rongcloud", "other", "push", NOON) == []
    assert await journal.counted_calls("tencent", "key", "push", NOON) == []
    assert await journal.counted_calls("rongcloud", "key", "message", NOON) == []


async def test_times_are_compared_as_times_whatever_their_zone(journal: Journal) -> None:
    await send(journal, run_of("a"), ACCEPTED)
    midnight = datetime(2026, 11, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert await journal.counted_calls("rongcloud", "key", "push", midnight) == [NOON]
    assert await journal.counted_calls("rongcloud", "key", "push", midnight + timedelta(days=1)) == []


async def test_identical_runs_are_those_whose_body_may_have_arrived_or_may_yet(journal: Journal) -> None:
    body = hashlib.sha256(REQUEST.body.encode()).hexdigest()
    unknown = replace(ACCEPTED, state=AttemptState.UNKNOWN)
    for name, outcome in (("a", ACCEPTED), ("b", REJECTED), ("c", unknown), ("d", None)):
        await send(journal, run_of(name), outcome)
    await send(journal, run_of("other"), ACCEPTED, replace(REQUEST, body='{"a":2}'))
    planned = run_of("planned")
    await begin(journal, planned)

    async def names(provider: str = "rongcloud", app: str = "key", since: datetime = NOON) -> list[str]:
        return [run.id for run in await journal.identical_runs(provider, app, [body], since)]

    assert await names() == ["run-planned", "run-d", "run-c", "run-a"]
    assert await names(app="other") == []
    assert await names(provider="tencent") == []
    assert await names(since=NOON + timedelta(seconds=1)) == []


@pytest.mark.parametrize("outcome", [None, ACCEPTED, replace(ACCEPTED, state=AttemptState.UNKNOWN)])
async def test_a_run_that_the_plan_did_not_know_forbids_the_same(journal: Journal, outcome: Outcome | None) -> None:
    await send(journal, run_of("a"), outcome)
    other = run_of("b")
    with pytest.raises(Refused, match=r"already .* in the run run-a") as caught:
        await begin(journal, other, known=KnownRuns(NOON, frozenset({"run-x"})))
    assert caught.value.title == "Stale plan"
    assert [run.id for run in await journal.runs()] == ["run-a"]
    await begin(journal, other, known=KnownRuns(NOON, frozenset({"run-a"})))


async def test_of_two_runs_begun_at_once_one_is_refused(tmp_path: Path, journal: Journal) -> None:
    second = Journal(journal.path, tmp_path / "locks", StoppedClock())
    await second.open()
    nothing_known = KnownRuns(NOON, frozenset())
    begun = await asyncio.gather(
        *(begin(at, run, known=nothing_known) for at, run in ((journal, run_of("a")), (second, run_of("b")))),
        return_exceptions=True,
    )
    await second.close()
    assert sorted(type(end).__name__ for end in begun) == ["NoneType", "Refused"]
    assert len(await journal.runs()) == 1


async def test_another_request_a_rejected_one_or_an_old_one_forbids_nothing(journal: Journal) -> None:
    await send(journal, run_of("a"), ACCEPTED, replace(REQUEST, body='{"a":2}'))
    await send(journal, run_of("b"), REJECTED)
    await send(journal, run_of("c", NOON - timedelta(days=2)), ACCEPTED)
    run = run_of("d")
    await begin(journal, run, known=KnownRuns(NOON, frozenset()))


async def test_an_outcome_that_comes_after_all_replaces_an_abandoned_one(
    tmp_path: Path, journal: Journal, clock: StoppedClock
) -> None:
    attempt = await send(journal, run_of("a"), None)
    shutil.rmtree(tmp_path / "locks")
    clock.at = NOON + timedelta(minutes=1)
    second = Journal(journal.path, tmp_path / "locks", clock)
    (abandoned,) = await second.open()
    await second.close()
    assert (abandoned.id, abandoned.state) == (attempt.id, AttemptState.UNKNOWN)

    ends = NOON + timedelta(minutes=2)
    await journal.finish(attempt.id, ACCEPTED, ends)
    (kept,) = (await journal.run("run-a")).attempts
    assert kept.outcome is not None
    assert (kept.state, kept.ended_at, kept.outcome.push_id) == (AttemptState.ACCEPTED, ends, "p1")
    assert "RongCloud took it. At 12:01:00 UTC, before this outcome came" in kept.outcome.message
    with pytest.raises(Refused, match="already accepted"):
        await journal.finish(attempt.id, REJECTED, ends)


async def test_what_never_reached_the_provider_is_kept_as_such(journal: Journal) -> None:
    await send(journal, run_of("a"), replace(REJECTED, reached=False))
    await send(journal, run_of("b"), REJECTED)
    assert [run.outcome.reached for run in await journal.runs() if run.outcome] == [True, False]


async def test_a_limit_may_be_any_number(journal: Journal) -> None:
    await send(journal, run_of("a"), ACCEPTED)
    await journal.record("a", "b", {})
    assert len(await journal.runs(10**20)) == len(await journal.records(10**20)) == 1


async def test_settings_changes_are_recorded_newest_first(journal: Journal, clock: StoppedClock) -> None:
    await journal.record("account prod", "added", {"provider": "rongcloud"})
    clock.at = NOON - timedelta(days=1)
    await journal.record("account prod", "removed", {})
    newest, oldest = await journal.records()
    assert (newest.action, newest.at) == ("removed", NOON - timedelta(days=1))
    assert (oldest.subject, oldest.details) == ("account prod", {"provider": "rongcloud"})


async def test_no_outcome_is_lost_to_odd_text_or_numbers(journal: Journal) -> None:
    answer = Answer(200, (("X", "\udc80"),), "half a character \ud83d and NUL \x00", 0.1)
    odd = replace(ACCEPTED, message="\ud83d", code=10**30, answer=answer)
    await send(journal, run_of("a"), odd)
    outcome = (await journal.run("run-a")).outcome
    assert outcome is not None and outcome.answer is not None
    assert outcome.answer.body == "half a character \\ud83d and NUL \x00"
    assert outcome.answer.headers == (("X", "\udc80"),)
    assert outcome.code is None


async def test_a_cancelled_caller_loses_no_write(journal: Journal) -> None:
    runs = [run_of(str(number)) for number in range(20)]
    tasks = [asyncio.create_task(begin(journal, run)) for run in runs]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    assert all(isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*tasks, return_exceptions=True))
    assert len(await journal.runs()) == 20


async def test_a_cancelled_caller_makes_no_noise_of_an_error(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    for call in (journal.claim_run("nobody"), journal.finish("nobody", ACCEPTED, NOON)):
        task = asyncio.create_task(call)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await journal.runs()
    gc.collect()
    assert caplog.records == []


async def test_a_closed_journal_says_so(tmp_path: Path, clock: StoppedClock) -> None:
    journal = Journal(tmp_path / "journal.db", tmp_path / "locks", clock)
    with pytest.raises(JournalError, match="not open"):
        await journal.runs()
    await journal.open()
    await journal.open()
    await journal.close()
    await journal.close()
    with pytest.raises(JournalError, match="is closed"):
        await journal.runs()


async def test_nothing_but_the_journal_is_left_behind(tmp_path: Path, clock: StoppedClock) -> None:
    folder = tmp_path / "state"
    journal = Journal(folder / "journal.db", folder / "locks", clock)
    await journal.open()
    await journal.close()
    assert names_below(folder) == ["journal.db", "locks"]
