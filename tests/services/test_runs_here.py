"""Runs beside everything else: begun, stopped, handed over, and left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.domain.run import Phase, Run
from pushtui.services.runs_here import RunsHere
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH, batches_of, begun, counted, plan_for


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


@pytest.fixture
async def here(services: Services, sandbox: SandboxClient) -> AsyncIterator[RunsHere]:
    """Runs of services that need not wait, at a sandbox without limits."""
    sandbox.settings(limits=False)
    services.sending = replace(services.sending, paced=False)
    here = services.here = RunsHere(services.sending, services.runs, services.sandbox)
    yield here
    await here.close()


async def begin(services: Services, people: int) -> Run:
    plan = await plan_for(services, people)
    return await services.here.begin(plan, plan.ritual.phrase)


def everybody(people: int) -> dict[str, int]:
    return {f"user-{number}": 1 for number in range(1, people + 1)}


async def test_a_run_goes_on_by_itself(here: RunsHere, services: Services, sandbox: SandboxClient) -> None:
    run = await begin(services, 10)
    await here.ended(run.id)
    now = await services.history.run(run.id)
    assert (now.phase, counted(now), here.ids) == (Phase.DONE, {"accepted": 10}, ())
    await here.stop(run.id)
    await here.ended("of another process")


async def test_stopping_waits_for_what_is_under_way(here: RunsHere, services: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("latency", seconds=0.2, times=None, path=PATH)
    run = await begin(services, 400)
    assert here.ids == (run.id,)
    await here.stop_all()
    now = await services.history.run(run.id)
    assert (now.phase, set(counted(now))) == (Phase.STOPPED, {"accepted", "planned"})
    assert not here.ids


async def test_the_rest_is_sent_for_a_confirmation_only(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    run = await begun(services, 100)
    ritual = await here.ritual(run)
    assert (ritual.phrase, ritual.key) == ("sandbox 100", None)
    for resume in (here.resume, here.resume_elsewhere):
        with pytest.raises(Refused, match="type “sandbox 100”"):
            await resume(run, "sandbox 10")
    assert sandbox.requests(PATH) == 0
    await here.resume(run, "sandbox 100")
    await here.ended(run.id)
    assert sandbox.control("GET", "/sends")["recipients"] == everybody(100)
    with pytest.raises(Refused, match="is left to send"):
        await here.resume(await services.history.run(run.id), "sandbox 0")


async def test_a_run_that_is_handed_over_is_sent_once(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    services.paths.sandbox_file.write_text(address_line(sandbox))
    sandbox.fault("latency", seconds=0.2, times=None, path=PATH)
    run = await begin(services, 400)
    taken = await here.hand_over(run)
    assert not here.ids
    assert taken.phase in (Phase.SENDING, Phase.DONE)
    async for progress in services.runs.follow(run.id, 0.1):
        run = progress.run
    assert (run.phase, counted(run)) == (Phase.DONE, {"accepted": 400})
    assert sandbox.control("GET", "/sends")["recipients"] == everybody(400)


async def test_what_could_not_go_on_elsewhere_stays(
    here: RunsHere, services: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.fault("latency", seconds=0.2, times=None, path=PATH)
    run = await begin(services, 400)
    paused = await services.runs.pause(run.id)
    with pytest.raises(Refused, match="it is paused"):
        await here.hand_over(paused)
    assert (await services.runs.go_on(run.id)).phase is Phase.SENDING
    monkeypatch.setattr(type(services.sandbox), "is_ours", True)
    with pytest.raises(Refused, match="this sandbox ends with the console"):
        await here.hand_over(run)
    assert here.ids == (run.id,)


async def test_leaving_ends_runs_and_loses_no_answer(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("latency", seconds=0.2, times=None, path=PATH)
    run = await begin(services, 400)
    await here.close()
    now = await services.history.run(run.id)
    assert now.phase is Phase.STOPPED
    assert now.tally.of(AttemptState.UNKNOWN).batches == now.tally.of(AttemptState.IN_FLIGHT).batches == 0
    with pytest.raises(asyncio.CancelledError):
        await here.ended(run.id)
