"""Runs of many requests: journaled whole, paced, paused, stopped, resumed, and true about everybody."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError, Refused
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Phase, Run, Wish
from pushtui.domain.secret import Secret
from pushtui.providers.transport import Timeouts
from pushtui.services.health import FAILURES
from pushtui.services.running import WORKERS
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.services.conftest import another, sandbox_account
from tests.services.runs import BODY, KIND, PATH, begun, counted, plan_for, rows, template, until

pytestmark = pytest.mark.usefixtures("small_batches")


async def test_everybody_gets_one_message_and_its_uid_is_kept(quick: Services, sandbox: SandboxClient) -> None:
    plan = await plan_for(quick, 10)
    assert (plan.requests.count, plan.requests.recipients, plan.reach.users) == (3, 10, 10)
    assert plan.seconds == pytest.approx(0.1)
    run = await quick.sending.send(plan, plan.ritual.phrase)
    assert (run.phase, run.state, counted(run)) == (Phase.DONE, AttemptState.ACCEPTED, {"accepted": 10})
    results = [result async for result in quick.results.of(run)]
    assert [(result.user, result.batch) for result in results[3:5]] == [("user-4", 1), ("user-5", 2)]
    told = {item["userId"]: item["messageUID"] for item in _messages(run)}
    assert {result.user: result.uid for result in results if result.user in told} == told
    assert len({result.uid for result in results}) == 10
    assert sandbox.control("GET", "/sends")["recipients"] == {f"user-{number}": 1 for number in range(1, 11)}


def _messages(run: Run) -> list[dict[str, str]]:
    answer = run.outcome.answer if run.outcome else None
    assert answer is not None
    return list(json.loads(answer.body)["messageUIDs"])


async def test_the_example_of_the_page_from_file_to_handset(quick: Services, sandbox: SandboxClient) -> None:
    for user in ("21", "22"):
        form = urlencode({"userId": user, "name": f"User {user}"}).encode()
        headers = {**sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
        assert sandbox.request("POST", "/user/getToken.json", form, headers).code == 200
    body = {
        "fromUserId": "fromuser",
        "objectName": "RC:TxtMsg",
        "content": '{"content":"{c}{d}{e}","extra":"bb"}',
        "toUserId": ["21", "22"],
        "values": [{"{c}": "1", "{d}": "2", "{e}": "3"}, {"{c}": "4", "{d}": "5", "{e}": "6"}],
        "pushContent": ["push{c}", "push{c}"],
        "pushData": ["pushd", "pushd{e}"],
    }
    path = quick.paths.config / "example.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"kind": KIND, "account": "sandbox", "body": body}))
    plan = await quick.planning.plan((await quick.drafts.open(path)).draft)
    assert plan.requests.first is not None and json.loads(plan.requests.first.body) == body
    run = await quick.sending.send(plan, plan.ritual.phrase)
    assert run.state is AttemptState.ACCEPTED
    deliveries = {item["user"]: item for item in sandbox.inbox()[0]["deliveries"]}
    assert {user: item["message"] for user, item in deliveries.items()} == {"21": "123", "22": "456"}
    shown = {user: item["notification"]["text"] for user, item in deliveries.items()}
    assert shown == {"21": "push1", "22": "push4"}


async def test_once_it_is_begun_the_journal_alone_says_what_is_sent(
    quick: Services, sandbox: SandboxClient, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(rows(9))
    plan = await quick.planning.plan(
        Draft(KIND, "sandbox", BODY, RecipientSource("id", str(file), "", (("name", "name"),)))
    )
    run = await quick.sending.begin(plan, plan.ritual.phrase)
    assert (run.phase, sandbox.requests(PATH)) == (Phase.STOPPED, 0)
    file.unlink()
    run = await quick.sending.resume(run.id)
    assert counted(run) == {"accepted": 9}


async def test_recipients_that_changed_since_make_the_plan_stale(
    quick: Services, sandbox: SandboxClient, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(rows(9))
    plan = await quick.planning.plan(
        Draft(KIND, "sandbox", BODY, RecipientSource("id", str(file), "", (("name", "name"),)))
    )
    for changed in (rows(9).replace("Person 7", "Person 8"), rows(8), rows(13)):
        file.write_text(changed)
        with pytest.raises(Refused, match=r"the recipients in .*people\.csv changed") as caught:
            await quick.sending.send(plan, plan.ritual.phrase)
        assert caught.value.title == "Stale plan"
    file.unlink()
    with pytest.raises(DraftError):
        await quick.sending.send(plan, plan.ritual.phrase)
    assert (sandbox.requests(PATH), await quick.history.runs()) == (0, [])


async def test_a_run_is_paused_and_goes_on_at_the_word_of_another_process(
    quick: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("latency", seconds=0.05, times=None, path="*template*")
    run = await begun(quick, 200)
    async with another(sandbox) as other:
        seen: list[Attempt] = []
        sending = asyncio.create_task(quick.sending.resume(run.id, seen.append))
        await until(other, run, lambda now: now.tally.of(AttemptState.ACCEPTED).batches > 0)
        paused = await other.runs.pause(run.id)
        departed = [attempt for attempt in seen if attempt.state is AttemptState.IN_FLIGHT]
        assert paused.phase is Phase.PAUSED
        await until(other, run, lambda now: now.tally.of(AttemptState.IN_FLIGHT).batches == 0)
        assert len([attempt for attempt in seen if attempt.state is AttemptState.IN_FLIGHT]) == len(departed)
        await other.runs.go_on(run.id)
        assert counted(await sending) == {"accepted": 200}
    assert sandbox.accepted() == 50


async def test_a_stopped_run_keeps_the_rest_planned(quick: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("latency", seconds=0.05, times=None, path="*template*")
    run = await begun(quick, 400)
    async with another(sandbox) as other:
        sending = asyncio.create_task(quick.sending.resume(run.id))
        await until(other, run, lambda now: now.tally.of(AttemptState.ACCEPTED).batches > 0)
        await other.runs.stop(run.id)
        stopped = await sending
        assert stopped.phase is Phase.STOPPED
        assert set(counted(stopped)) == {"accepted", "planned"}
        assert sum(counted(stopped).values()) == 400
        for nobody in (other.runs.pause, other.runs.stop, other.runs.go_on):
            with pytest.raises(Refused, match="not being sent"):
                await nobody(run.id)
        await asyncio.to_thread(sandbox.control, "DELETE", "/faults")
        assert counted(await replace(other.sending, paced=False).resume(run.id)) == {"accepted": 400}
    assert sandbox.accepted() == 100


async def test_too_fast_is_slower_afterwards_and_nobody_is_lost(quick: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("rate-limited", times=3, retry_after="2", path="*template*")
    run = await quick.sending.resume((await begun(quick, 20)).id)
    assert counted(run) == {"accepted": 20}
    assert (sandbox.accepted(), sandbox.requests(PATH)) == (5, 8)


async def test_the_last_request_is_not_forgotten_either(quick: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("rate-limited", times=2, path="*template*")
    run = await quick.sending.resume((await begun(quick, 4)).id)
    assert (counted(run), sandbox.requests(PATH)) == ({"accepted": 4}, 3)


@pytest.mark.parametrize("fault", ["answer-lost", "internal-error", "html-5xx"])
async def test_it_stops_by_itself_after_repeated_failures_and_says_why(
    quick: Services, sandbox: SandboxClient, fault: str
) -> None:
    sandbox.fault(fault, times=None, path="*template*")
    run = await quick.sending.resume((await begun(quick, 200)).id)
    assert run.phase is Phase.STOPPED
    assert "It stopped after 5 times “unknown” in a row. The last time: " in run.halt
    unknown = run.tally.of(AttemptState.UNKNOWN).batches
    assert FAILURES <= unknown <= FAILURES + WORKERS
    assert sandbox.requests(PATH) == unknown
    assert run.tally.of(AttemptState.PLANNED).batches == 50 - unknown


async def test_a_provider_that_cannot_be_reached_leaves_all_planned(quick: Services, sandbox: SandboxClient) -> None:
    run = await begun(quick, 12)
    sandbox.fault("refuse")
    run = await quick.sending.resume(run.id)
    assert (run.phase, counted(run)) == (Phase.STOPPED, {"planned": 12})
    assert f"5 times “not sent” in a row. The last time: No connection to {sandbox.base_url}" in run.halt
    sandbox.control("DELETE", "/faults")
    run = await quick.sending.resume(run.id)
    assert (counted(run), run.halt, sandbox.accepted()) == ({"accepted": 12}, "", 3)


async def test_a_wrong_secret_rejects_few(quick: Services, sandbox: SandboxClient) -> None:
    run = await begun(quick, 200)
    quick.accounts.attach(sandbox_account(sandbox), Secret("not-the-secret"))
    run = await quick.sending.resume(run.id)
    assert "“rejected” in a row" in run.halt and "App Secret is wrong" in run.halt
    assert run.tally.of(AttemptState.REJECTED).batches <= FAILURES + WORKERS


async def test_a_silent_provider_leaves_few_people_in_doubt(quick: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("hold", times=None, path="*template*")
    hurried = replace(quick.sending, timeouts=Timeouts(connect=2, read=0.2, total=1))
    run = await hurried.resume((await begun(quick, 400)).id)
    assert run.tally.of(AttemptState.UNKNOWN).batches <= FAILURES + WORKERS
    assert run.tally.of(AttemptState.PLANNED).batches >= 100 - FAILURES - WORKERS


async def test_a_cancelled_run_waits_for_what_is_under_way(quick: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("latency", seconds=0.3, times=None, path="*template*")
    run = await begun(quick, 200)
    sending = asyncio.create_task(quick.sending.resume(run.id))
    await until(quick, run, lambda now: now.state is AttemptState.IN_FLIGHT)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    run = await quick.history.run(run.id)
    assert run.phase is Phase.STOPPED
    assert set(counted(run)) == {"accepted", "planned"}
    assert sandbox.accepted() == run.tally.of(AttemptState.ACCEPTED).batches


async def test_a_run_that_is_cancelled_twice_waits_no_longer(quick: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("hold", times=None, path="*template*")
    run = await begun(quick, 200)
    sending = asyncio.create_task(quick.sending.resume(run.id))
    await until(quick, run, lambda now: now.state is AttemptState.IN_FLIGHT)
    for _ in range(2):
        sending.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert set(counted(await quick.history.run(run.id))) == {"unknown", "planned"}


class Ended(BaseException):
    """What is no error ends a process."""


async def test_a_watcher_that_fails_neither_stops_a_run_nor_hides_its_result(
    quick: Services, sandbox: SandboxClient, tmp_path: Path
) -> None:
    def watch(attempt: Attempt) -> None:
        raise BrokenPipeError(f"Nobody sees that it is {attempt.state}.")

    run = await begun(quick, 12)
    run = await replace(quick.sending, logs=tmp_path).resume(run.id, watch)
    assert (run.phase, counted(run), sandbox.accepted()) == (Phase.DONE, {"accepted": 12}, 3)
    (report,) = tmp_path.glob("error-*")
    assert "Nobody sees that it is planned" in report.read_text()


async def test_a_request_that_is_held_back_in_the_last_moment_stays_planned(
    quick: Services, sandbox: SandboxClient
) -> None:
    def watch(attempt: Attempt) -> None:
        if attempt.state is AttemptState.IN_FLIGHT:
            raise Ended

    run = await begun(quick, 4)
    with pytest.raises(Ended):
        await quick.sending.resume(run.id, watch)
    run = await quick.history.run(run.id)
    assert (counted(run), sandbox.requests(PATH)) == ({"planned": 4}, 0)
    assert [attempt.state_words for attempt in run.attempts] == ["not sent", "planned"]


async def test_what_is_unknown_is_sent_again_only_for_a_reason_that_is_kept(
    quick: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("reset-before", path="*template*")
    run = await quick.sending.resume((await begun(quick, 8)).id)
    assert counted(run) == {"accepted": 4, "unknown": 4}
    with pytest.raises(Refused, match="has to be said"):
        await quick.runs.retry_unknown(run.id, " ", "sandbox 4 again")
    for typed in ("", "s", "sandbox 4", "sandbox 8 again"):
        with pytest.raises(Refused, match=r"4 people may get the same twice\. Type “sandbox 4 again”"):
            await quick.runs.retry_unknown(run.id, "the provider has no record of it", typed)
    with pytest.raises(Refused, match="is left to send"):
        await quick.sending.resume(run.id)
    again, count = await quick.runs.retry_unknown(run.id[:8], "the provider has no record of it", "sandbox 4 again")
    assert (count, counted(again)) == (1, {"accepted": 4, "planned": 4})
    (kept,) = [record for record in await quick.journal.records() if record.subject == f"run {run.id}"]
    assert kept.details["reason"] == "the provider has no record of it"
    assert counted(await quick.sending.resume(run.id)) == {"accepted": 8}
    assert (await quick.runs.retry_unknown(run.id, "once more"))[1] == 0
    assert sandbox.control("GET", "/sends")["recipients"] == {f"user-{number}": 1 for number in range(1, 9)}


async def test_a_plan_that_shares_requests_with_a_run_says_so(quick: Services) -> None:
    run = await quick.sending.resume((await begun(quick, 8)).id)
    plan = await plan_for(quick, 9)
    (finding,) = plan.findings
    assert f"in the run {run.id[:8]}" in finding.message and "8 accepted" in finding.message
    assert plan.ritual.phrase == "sandbox 9 again"


async def test_a_wish_is_heeded_before_the_next_request(quick: Services) -> None:
    run = await begun(quick, 8)
    await quick.journal.claim_run(run.id)
    await quick.journal.wish(run.id, Wish.STOP)
    (attempt, _) = await quick.journal.planned(run.id, 0, 10)
    now = quick.clock.now()
    assert await quick.journal.mark_in_flight(attempt.id, attempt.request, now) is Wish.STOP
    assert counted(await quick.history.run(run.id)) == {"planned": 8}


async def test_a_draft_without_anybody_is_refused(quick: Services) -> None:
    plan = await quick.planning.plan(replace(template(1), recipients=RecipientSource("id", text="id,name\n")))
    assert not plan.sendable
    assert plan.requests.first is None
    assert quick.planning.preview(plan) == []
    with pytest.raises(Refused, match="errors"):
        await quick.sending.send(plan, plan.ritual.phrase)


def from_file(file: Path) -> Draft:
    return Draft(KIND, "sandbox", BODY, RecipientSource("id", str(file), values=(("name", "name"),)))
