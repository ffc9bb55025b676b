"""People whom an earlier attempt may have reached are never called simply rejected, or planned."""

from __future__ import annotations

from pathlib import Path

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.domain.run import Phase, Run, Wish
from pushtui.domain.secret import Secret
from pushtui.services.result_pages import ResultPages
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.services.conftest import sandbox_account
from tests.services.runs import begun, counted, plan_for

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
    with pytest.raises(Refused, match="Nobody .* was rejected. 4 people are left out: .* may have it already"):
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
