"""Runs in the wrong moment: cancelled, out of disk, taken over, beside another one, or at another account."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.json_body import JsonObject
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Phase
from pushtui.domain.secret import Secret
from pushtui.journal import Journal
from pushtui.services.services import Services
from tests.bodies import push
from tests.sandbox.client import SandboxClient
from tests.services.conftest import another, sandbox_account
from tests.services.mortal import QuickClock
from tests.services.runs import BODY, PATH, begun, counted, ends, plan_for, rows, template, until

SYSTEM: JsonObject = {"fromUserId": "news", "objectName": "RC:TxtMsg", "content": '{"content":"Hello"}'}

pytestmark = pytest.mark.usefixtures("small_batches")


async def test_two_processes_cannot_send_the_same_run(quick: Services, sandbox: SandboxClient) -> None:
    run = await begun(quick, 9)
    sandbox.fault("hold", path="*template*")
    async with another(sandbox) as other:
        sending = asyncio.create_task(quick.sending.resume(run.id))
        await until(other, run, lambda now: now.state is AttemptState.IN_FLIGHT)
        for second in (other, quick):
            with pytest.raises(Refused, match="being sent"):
                await second.sending.resume(run.id)
        await asyncio.to_thread(sandbox.control, "DELETE", "/faults")
        assert counted(await sending) == {"accepted": 9}
        with pytest.raises(Refused, match="is left to send"):
            await other.sending.resume(run.id)
    assert sandbox.accepted() == 3


async def test_a_run_goes_on_only_at_the_addresses_it_was_confirmed_for(
    quick: Services, sandbox: SandboxClient
) -> None:
    run = await begun(quick, 8)
    for hosts in (("http://127.0.0.1:9",), (sandbox.base_url, "http://127.0.0.1:9")):
        quick.accounts.attach(sandbox_account(sandbox, hosts=hosts), Secret(sandbox.app_secret))
        with pytest.raises(Refused, match=f"goes to {', then '.join(hosts)} now; .* for {sandbox.base_url}"):
            await quick.sending.resume(run.id)
    assert sandbox.requests(PATH) == 0
    quick.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    assert counted(await quick.sending.resume(run.id)) == {"accepted": 8}


async def test_a_run_goes_on_only_for_the_app_it_was_confirmed_for(quick: Services, sandbox: SandboxClient) -> None:
    run = await begun(quick, 8)
    quick.accounts.attach(sandbox_account(sandbox, ids={"app_key": "another"}), Secret(sandbox.app_secret))
    with pytest.raises(Refused, match="the run was confirmed for sandbox"):
        await quick.sending.resume(run.id)
    quick.accounts.attach(sandbox_account(sandbox, read_only=True), Secret(sandbox.app_secret))
    with pytest.raises(Refused, match="read-only"):
        await quick.sending.resume(run.id)
    assert sandbox.requests(PATH) == 0


async def test_a_run_whose_process_died_can_be_taken_over(quick: Services, sandbox: SandboxClient) -> None:
    run = await begun(quick, 8)
    async with another(sandbox) as other:
        await other.journal.claim_run(run.id)
        assert (await quick.history.run(run.id)).phase is Phase.SENDING
        with pytest.raises(Refused):
            await quick.sending.resume(run.id)
    assert (await quick.history.run(run.id)).phase is Phase.INTERRUPTED
    assert counted(await quick.sending.resume(run.id)) == {"accepted": 8}


@pytest.mark.parametrize("step", ["begin_run", "claim_run"])
@pytest.mark.parametrize("times", [1, 3])
async def test_a_run_that_is_cancelled_as_it_begins_can_be_resumed(
    quick: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch, step: str, times: int
) -> None:
    plan, run, written = await plan_for(quick, 8), None, getattr(Journal, step)
    if step == "claim_run":
        run = await quick.sending.begin(plan, plan.ritual.phrase)

    async def cancelled_meanwhile(*given: Any) -> object:
        for _ in range(times):
            asyncio.get_running_loop().call_soon(sending.cancel)
        return await written(*given)

    with monkeypatch.context() as patched:
        patched.setattr(Journal, step, cancelled_meanwhile)
        work = quick.sending.resume(run.id) if run else quick.sending.send(plan, plan.ritual.phrase)
        sending = asyncio.create_task(work)
        with pytest.raises(asyncio.CancelledError):
            await sending
    (run,) = await quick.history.runs()
    assert (run.phase, counted(run), sandbox.requests(PATH)) == (Phase.STOPPED, {"planned": 8}, 0)
    async with another(sandbox) as other:
        assert counted(await other.sending.resume(run.id)) == {"accepted": 8}


async def test_a_cancelled_claim_leaves_the_run_to_whoever_sends_it(
    quick: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, claim = await begun(quick, 8), Journal.claim_run
    sandbox.fault("hold", path="*template*")
    sending = asyncio.create_task(quick.sending.resume(run.id))
    await until(quick, run, lambda now: now.state is AttemptState.IN_FLIGHT)

    async def cancelled_meanwhile(*given: Any) -> object:
        asyncio.get_running_loop().call_soon(second.cancel)
        return await claim(*given)

    monkeypatch.setattr(Journal, "claim_run", cancelled_meanwhile)
    second = asyncio.create_task(quick.sending.resume(run.id))
    with pytest.raises(asyncio.CancelledError):
        await second
    assert (await quick.history.run(run.id)).phase is Phase.SENDING
    await asyncio.to_thread(sandbox.control, "DELETE", "/faults")
    assert counted(await sending) == {"accepted": 8}


async def test_an_outcome_that_could_not_be_written_is_unknown_once_the_run_goes_on(
    quick: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> NoReturn:
        raise JournalError("The disk is full.")

    run = await begun(quick, 400)
    with monkeypatch.context() as patched:
        patched.setattr(Journal, "finish", fail)
        with pytest.raises(JournalError, match=r"ended “accepted”.*The disk is full"):
            await quick.sending.resume(run.id)
    left = counted(await quick.history.run(run.id))["in flight"]
    assert counted(await quick.sending.resume(run.id)) == {"unknown": left, "accepted": 400 - left}
    assert sandbox.accepted() == 100


async def test_runs_that_share_a_rate_go_one_after_the_other(quick: Services, sandbox: SandboxClient) -> None:
    first = await begun(quick, 8)
    other_kind = await quick.planning.plan(
        Draft("rongcloud.system", "sandbox", SYSTEM, RecipientSource("id", text=rows(4)))
    )
    second = await quick.sending.begin(other_kind, other_kind.ritual.phrase)
    third = await quick.planning.plan(replace(template(4), body={**BODY, "fromUserId": "others"}))
    sandbox.fault("hold", path="*template*")
    async with another(sandbox) as other:
        sending = asyncio.create_task(quick.sending.resume(first.id))
        await until(quick, first, lambda now: now.state is AttemptState.IN_FLIGHT)
        together = (
            quick.sending.resume(second.id),
            other.sending.resume(second.id),
            quick.sending.send(third, third.ritual.phrase),
        )
        for refused in together:
            with pytest.raises(Refused, match=f"The run {first.id[:8]} goes to the same app, and its rate is shared"):
                await refused
        audience = await quick.planning.plan(Draft("rongcloud.push", "sandbox", push()))
        assert (await quick.sending.send(audience, audience.ritual.phrase)).state is AttemptState.ACCEPTED
        await asyncio.to_thread(sandbox.control, "DELETE", "/faults")
        await sending
        assert counted(await other.sending.resume(second.id)) == {"accepted": 4}
    assert len(await quick.history.runs()) == 3


async def test_what_a_later_run_sent_is_not_sent_by_an_earlier_one(quick: Services, sandbox: SandboxClient) -> None:
    """Whoever confirmed the later one knew of the earlier one, but not the other way round."""
    earlier = await begun(quick, 8)
    later = await begun(quick, 8)
    with pytest.raises(
        Refused,
        match=rf"{earlier.id[:8]} is for 8 people; the later run {later.id[:8]} \(8 pl.* for 8 of these 8 people",
    ):
        await quick.sending.resume(earlier.id)
    assert counted(await quick.sending.resume(later.id)) == {"accepted": 8}
    with pytest.raises(Refused, match="the later run"):
        await quick.sending.resume(earlier.id)
    assert sandbox.accepted() == 2


async def test_a_later_run_that_was_rejected_stands_in_nobodys_way(quick: Services, sandbox: SandboxClient) -> None:
    earlier, later = await begun(quick, 8), await begun(quick, 8)
    quick.accounts.attach(sandbox_account(sandbox), Secret("not-the-secret"))
    assert counted(await quick.sending.resume(later.id)) == {"rejected": 8}
    quick.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    assert counted(await quick.sending.resume(earlier.id)) == {"accepted": 8}


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond `limit` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("goes_on", ["here", "in another process"])
async def test_a_full_disk_stops_the_run_and_nothing_is_sent_twice(
    quick: Services, sandbox: SandboxClient, goes_on: str
) -> None:
    run = await begun(quick, 1200)
    biggest = max(file.stat().st_size for file in quick.paths.state.glob("journal.db*"))
    with full_disk(biggest + 1_000_000), pytest.raises(JournalError):
        await quick.sending.resume(run.id)
    assert 0 < sandbox.accepted() < 300
    here = quick if goes_on == "here" else None
    if here is None:
        await quick.journal.close()
    async with another(sandbox) as later:
        clock, services = QuickClock(), here or later
        done = await replace(services.sending, clock=clock, sleep=clock.sleep, paced=False).resume(run.id)
        states = await ends(services, done)
    accepted = sandbox.control("GET", "/sends")["recipients"]
    assert len(states) == 1200
    assert all(accepted.get(user, 0) == 1 for user, state in states.items() if state is AttemptState.ACCEPTED)
    assert set(states.values()) <= {AttemptState.ACCEPTED, AttemptState.UNKNOWN}
    assert max(accepted.values()) == 1
