"""People whom an earlier attempt may have reached are never called simply rejected, or planned."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pushtui.domain.attempt import Answer, AttemptState, Outcome
from pushtui.domain.errors import Refused, Rejected
from pushtui.domain.run import Phase, Run, Wish
from pushtui.domain.secret import Secret
from pushtui.providers.kinds import kind_named
from pushtui.providers.rongcloud.protocol import RONGCLOUD
from pushtui.services.health import over_the_rate
from pushtui.services.result_pages import ResultPages
from pushtui.services.results import NOT_NAMED, results_in
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.services.conftest import sandbox_account
from tests.services.mortal import QuickClock
from tests.services.runs import KIND, PATH, begun, counted, plan_for

pytestmark = pytest.mark.usefixtures("small_batches")


async def planned_again(services: Services, sandbox: SandboxClient, people: int) -> Run:
    """Send to four a request, lose the first answer, and plan its four once more."""
    sandbox.fault("answer-lost", path="*template*")
    run = await services.sending.resume((await begun(services, people)).id)
    assert run.tally.of(AttemptState.UNKNOWN).recipients == 4
    return (await services.runs.retry_unknown(run.id, "because", "sandbox 4 again"))[0]


async def reasons(services: Services, run: Run, state: AttemptState) -> set[str]:
    return {result.reason async for result in services.results.of(run, frozenset((state,)))}


@pytest.mark.parametrize("people", [4, 8])
async def test_a_refusal_does_not_take_back_what_an_earlier_attempt_may_have_brought(
    quick: Services, sandbox: SandboxClient, tmp_path: Path, people: int
) -> None:
    run = await planned_again(quick, sandbox, people)
    assert run.tally.may_have.recipients == 4
    (reason,) = await reasons(quick, run, AttemptState.PLANNED)
    assert reason.startswith("May have it already")
    quick.accounts.attach(sandbox_account(sandbox), Secret("not-the-secret"))
    run = await quick.sending.resume(run.id)
    left = {"accepted": people - 4} if people > 4 else {}
    assert counted(run) == {"unknown": 4, **left}
    assert (run.phase, run.state, run.state_words.split(", ")[-1]) in (
        (Phase.DONE, AttemptState.UNKNOWN, "unknown"),
        (Phase.DONE, AttemptState.UNKNOWN, "4 unknown"),
    )
    assert (run.tally.may_have.recipients, run.tally.refused_later.recipients) == (0, 4)
    (reason,) = await reasons(quick, run, AttemptState.UNKNOWN)
    assert "may have it already" in reason.lower() and "Authentication failed" in reason
    assert await reasons(quick, run, AttemptState.REJECTED) == set()
    pages = await ResultPages.of(quick.journal, run, [AttemptState.UNKNOWN])
    assert [row.state for row in await pages.rows(0, 9)] == [AttemptState.UNKNOWN] * 4
    assert (await ResultPages.of(quick.journal, run, [AttemptState.REJECTED])).count == 0
    with pytest.raises(Refused, match=r"Nobody .* was rejected. 4 people are left out: .* may have it already"):
        await quick.results.save_rejected(run, tmp_path / "again.json")
    assert (await plan_for(quick, people)).ritual.phrase == f"sandbox {people} again"
    doubt = await quick.runs.doubt(run.id)
    assert doubt.unknown.recipients == 4
    quick.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    run = (await quick.runs.retry_unknown(run.id, "they said so", "sandbox 4 again"))[0]
    run = await quick.sending.resume(run.id)
    assert (counted(run), run.tally.refused_later.batches) == ({"accepted": people}, 0)
    assert await reasons(quick, run, AttemptState.ACCEPTED) == {""}


async def test_a_stop_is_not_taken_back(quick: Services, sandbox: SandboxClient) -> None:
    run = await begun(quick, 4)
    await quick.journal.claim_run(run.id)
    stopping = await quick.runs.stop(run.id)
    assert (stopping.phase, stopping.phase_word) == (Phase.SENDING, "stopping")
    for other in (quick.runs.pause, quick.runs.go_on):
        with pytest.raises(Refused, match="is stopping"):
            await other(run.id)
    assert (await quick.runs.stop(run.id)).wish is Wish.STOP


async def test_a_stop_is_heeded_while_the_provider_wants_to_be_left_alone(
    quick: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("rate-limited", times=1, retry_after="200", path="*template*")
    run, clock, told = await begun(quick, 8), QuickClock(), False

    async def sleep(seconds: float) -> None:
        nonlocal told
        if seconds > 0.2 and not told:
            told = True
            await quick.runs.stop(run.id)
        await clock.sleep(seconds)

    began = time.monotonic()
    stopped = await replace(quick.sending, clock=clock, sleep=sleep).resume(run.id)
    assert told and stopped.phase is Phase.STOPPED and sandbox.requests(PATH) <= 2
    assert clock.monotonic() - began < 60


async def test_somebody_whom_an_answer_leaves_out_is_told_apart(quick: Services, sandbox: SandboxClient) -> None:
    run = await quick.sending.resume((await begun(quick, 4)).id)
    (attempt,) = run.attempts
    assert attempt.outcome is not None and attempt.outcome.answer is not None
    document = json.loads(attempt.outcome.answer.body)
    document["messageUIDs"] = document["messageUIDs"][:3]
    answer = replace(attempt.outcome.answer, body=json.dumps(document))
    fewer = replace(attempt, outcome=replace(attempt.outcome, answer=answer))
    reasons = [result.reason for result in results_in(kind_named(KIND), fewer)]
    assert reasons == ["", "", "", NOT_NAMED]


@pytest.mark.parametrize(("status", "code", "too_fast"), [(200, 1008, True), (429, 1, True), (200, 1005, False)])
def test_a_body_may_say_that_the_rate_was_exceeded(status: int, code: int, too_fast: bool) -> None:
    answer = Answer(status, (), json.dumps({"code": code}), 0.1)
    with pytest.raises(Rejected) as error:
        RONGCLOUD.read(answer, datetime.now(UTC))
    outcome = Outcome(AttemptState.REJECTED, "", "", spends_quota=False, code=error.value.code, answer=answer)
    assert over_the_rate(outcome, RONGCLOUD) is too_fast
