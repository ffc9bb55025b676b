"""Processes of their own that send a run: whatever is said about them is true."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.run import Count, Phase, Run, Tally
from pushtui.journal import Journal
from pushtui.services import run_control
from pushtui.services.run_control import RunControl
from pushtui.services.services import Services
from tests.bodies import push
from tests.cli.program import point_to
from tests.sandbox.client import SandboxClient
from tests.services.mortal import QuickClock
from tests.services.runs import PATH, batches_of, begun, counted

NEVER_BEGINS = "import sys; sys.stdin.read()"
HEEDS_NOTHING = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); sys.stdin.read()"


@pytest.fixture
def hurried(services: Services) -> RunControl:
    """Run control whose patience is over at once."""
    clock = QuickClock()
    return replace(services.runs, clock=clock, sleep=clock.sleep)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that are started; they run the program in `program` instead."""
    monkeypatch.setattr(run_control, "END_PATIENCE", 0.2)
    processes: list[subprocess.Popen[bytes]] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def instead(program: str, processes: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another program be started than pushtui."""

    def start(_run: Run, _log: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", program]
        processes.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        if program == HEEDS_NOTHING:
            assert processes[0].stdout is not None
            processes[0].stdout.readline()
        return processes[0]

    monkeypatch.setattr(run_control, "_start", start)


@pytest.mark.parametrize("program", [NEVER_BEGINS, HEEDS_NOTHING], ids=["asked", "killed"])
async def test_a_process_that_did_not_begin_in_time_cannot_begin_later(
    services: Services,
    hurried: RunControl,
    started: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    program: str,
) -> None:
    run = await begun(services, 8)
    instead(program, started, monkeypatch)
    with pytest.raises(JournalError, match="within 20 seconds and was ended; the run stands as before: planned"):
        await hurried.detach(run.id)
    assert started[0].poll() is not None


async def test_nothing_goes_on_unseen_if_the_waiting_is_cut_off(
    services: Services, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await begun(services, 8)
    instead(NEVER_BEGINS, started, monkeypatch)
    looked, look = asyncio.Event(), Journal.run

    async def seen(*given: Any) -> Run:
        if started:
            looked.set()
        return await look(*given)

    monkeypatch.setattr(Journal, "run", seen)
    detaching = asyncio.create_task(services.runs.detach(run.id))
    await looked.wait()
    detaching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await detaching
    assert started[0].poll() is not None


async def test_a_process_that_began_and_stopped_meanwhile_did_begin(
    services: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(sandbox)
    sandbox.settings(limits=False)
    sandbox.fault("answer-lost", times=None, path="*template*")
    with batches_of(4):
        run = await begun(services, 200)
    start = run_control._start

    def started_and_over(run: Run, log: Path) -> subprocess.Popen[bytes]:
        process = start(run, log)
        process.wait()
        return process

    monkeypatch.setattr(run_control, "_start", started_and_over)
    now = await services.runs.detach(run.id)
    assert now.phase is Phase.STOPPED and "“unknown” in a row" in now.halt
    assert now.tally.of(AttemptState.UNKNOWN).batches == sandbox.requests(PATH)


async def test_what_went_to_an_audience_is_never_planned_again(services: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("answer-lost")
    plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", push()))
    run = await services.sending.send(plan, plan.ritual.phrase)
    assert run.state is AttemptState.UNKNOWN
    for confirmed_by in ("", plan.ritual.phrase, "sandbox 0 again"):
        with pytest.raises(Refused, match=rf"`pushtui history {run.id[:8]} --draft`"):
            await services.runs.retry_unknown(run.id, "because", confirmed_by)
    with pytest.raises(Refused, match="is left to send"):
        await services.sending.resume(run.id)
    assert sandbox.accepted() == 1
    assert [record.action for record in await services.journal.records()] == []


async def test_a_rate_is_counted_over_the_time_in_which_people_were_answered() -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)

    def at(seconds: float, people: int) -> Tally:
        counts = {AttemptState.ACCEPTED: Count(people // 100, people)}
        return Tally(counts, latest_at=began + timedelta(seconds=seconds) if people else None)

    # A hundred a second, in requests for a hundred each, the first of which is answered at once.
    looks = [(moment, at(int(moment), 100 * (int(moment) + 1))) for moment in (0.02, 1.03, 2.04, 3.05)]
    for number, (moment, _) in enumerate(looks):
        rate = run_control._rate([tally for _, tally in looks[: number + 1]], began + timedelta(seconds=moment))
        assert rate is None if not number else rate is not None and 95 < rate <= 100
    assert run_control._rate([], began) is None
    assert run_control._rate([at(0, 0)], began) is None


async def test_a_run_is_watched_beyond_its_end_and_followed_until_then(
    services: Services, sandbox: SandboxClient
) -> None:
    run = await begun(services, 8)
    assert [progress.run.phase async for progress in services.runs.follow(run.id, 0)] == [Phase.STOPPED]
    watch = services.runs.watch(run.id, 0)
    assert (await anext(watch)).run.phase is Phase.STOPPED
    await services.journal.claim_run(run.id)
    assert (await anext(watch)).run.phase is Phase.SENDING


async def test_a_decision_is_for_as_many_as_were_shown(services: Services, sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False)
    sandbox.fault("reset-before", path="*template*")
    with batches_of(4):
        run = await services.sending.resume((await begun(services, 8)).id)
    doubt = await services.runs.doubt(run.id)
    assert (doubt.unknown.recipients, doubt.unknown.batches, doubt.ritual.phrase) == (4, 1, "sandbox 4 again")
    assert (doubt.ritual.key, doubt.warning) == (None, "4 people may get the same twice.")
    again, count = await services.runs.retry_unknown(run.id, "because", doubt.ritual.phrase)
    assert (count, counted(again)) == (1, {"accepted": 4, "planned": 4})
