"""Runs beside everything else: begun, stopped, handed over, and left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.domain.run import Phase, Run, Wish
from pushtui.services.runs_here import RunsHere
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH, batches_of, begun, counted, plan_for, until


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
    rest = await services.runs.rest(run.id)
    assert (rest.recipients, rest.ritual.phrase, rest.ritual.key) == (100, "sandbox 100", None)
    for resume in (here.resume, here.resume_elsewhere):
        with pytest.raises(Refused, match="type “sandbox 100”"):
            await resume(rest, "sandbox 10")
    assert sandbox.requests(PATH) == 0
    await here.resume(rest, "sandbox 100")
    await here.ended(run.id)
    assert sandbox.control("GET", "/sends")["recipients"] == everybody(100)
    with pytest.raises(Refused, match="is left to send"):
        await here.resume(await services.runs.rest(run.id), "sandbox 0")


async def test_what_was_confirmed_is_the_rest_at_that_moment(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("answer-lost", times=None, path=PATH)
    run = await services.sending.resume((await begun(services, 100)).id)
    rest = await services.runs.rest(run.id)
    doubt = await services.runs.doubt(run.id)
    assert rest.recipients and doubt.unknown.recipients
    await services.runs.retry_unknown(run.id, "the log has none", doubt.ritual.phrase)
    before = sandbox.requests(PATH)
    for resume in (here.resume, here.resume_elsewhere):
        with pytest.raises(Refused, match="changed since the question was asked") as refused:
            await resume(rest, rest.ritual.phrase)
        assert refused.value.title == "Stale"
    now = await services.history.run(run.id)
    assert (sandbox.requests(PATH), now.sending) == (before, False)
    again = await services.runs.rest(run.id)
    assert again.recipients == rest.recipients + doubt.unknown.recipients
    assert f"{doubt.unknown.recipients:,} of them may have it already, and get it twice." in again.text


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


async def test_a_stop_while_a_run_is_handed_over_holds(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("hold", times=None, path=PATH)
    run = await begin(services, 400)
    handing = asyncio.create_task(here.hand_over(run))
    await until(services, run, lambda now: now.wish is Wish.HAND_OVER)
    for wish in (services.runs.pause, services.runs.go_on):
        with pytest.raises(Refused, match="is being handed over"):
            await wish(run.id)
    assert (await services.runs.stop(run.id)).phase_word == "stopping"
    sandbox.control("DELETE", "/faults")
    with pytest.raises(Refused, match="not handed over; it has stopped: somebody told it to stop"):
        await handing
    now = await services.history.run(run.id)
    assert now.phase is Phase.STOPPED and now.tally.of(AttemptState.PLANNED).recipients


async def test_a_pause_that_the_screen_has_not_seen_yet_holds(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("latency", seconds=0.2, times=None, path=PATH)
    run = await begin(services, 400)
    await services.runs.pause(run.id)
    with pytest.raises(Refused, match="it is paused"):
        await here.hand_over(run)
    await services.runs.go_on(run.id)
    pause, hand_over = await asyncio.gather(services.runs.pause(run.id), here.hand_over(run), return_exceptions=True)
    assert isinstance(pause, Run) and isinstance(hand_over, Refused) and "paused" in hand_over.message
    now = await services.history.run(run.id)
    assert (now.phase, here.ids) == (Phase.PAUSED, (run.id,))


async def test_a_run_that_stopped_by_itself_is_not_handed_over(
    here: RunsHere, services: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("hold", times=None, path=PATH)
    run = await begin(services, 400)
    await until(services, run, lambda now: sandbox.requests(PATH) >= 10)
    sandbox.control("DELETE", "/faults")
    sandbox.fault("html-5xx", times=None, path=PATH)
    await here.ended(run.id)
    before = sandbox.requests(PATH)
    with pytest.raises(Refused, match=r"not handed over; it has stopped: .*in a row"):
        await here.hand_over(run)
    assert sandbox.requests(PATH) == before


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
