"""Why a user gets no push: asked for a message, a draft and a push of the history, at any moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pushtui.domain.account import Account
from pushtui.domain.diagnosis import Incoming, Mark
from pushtui.domain.draft import Draft
from pushtui.domain.errors import JournalError, UsageError
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Run
from pushtui.paths import Paths
from pushtui.providers.changes import setting_named
from pushtui.services.changes import changes_of
from pushtui.services.explaining import Explanation, Question
from pushtui.services.services import Services
from tests.bodies import push
from tests.sandbox.clouds import Clouds
from tests.services.cloud_accounts import attach_clouds
from tests.services.runs import KIND, batches_of, template

SYSTEM: dict[str, Any] = {"fromUserId": "amelie", "objectName": "RC:TxtMsg", "content": '{"content":"hi"}'}
TEN = "2026-11-22T22:02:00Z"


class Desk:
    """Asks, as people do."""

    def __init__(self, services: Services, accounts: dict[str, Account]) -> None:
        self.services = services
        self.accounts = accounts

    async def why(self, user: str, cloud: str = "rongcloud", **asked: Any) -> Explanation:
        question = Question(user, **asked)
        return await self.services.explaining.explain(self.accounts[cloud], question)

    async def why_not(self, user: str, run: Run, **asked: Any) -> Explanation:
        """Ask for a push of the history."""
        pushed = await self.services.explaining.pushes.of_run(run.id[:8], user)
        return await self.why(user, push=pushed, **asked)

    async def drafted(self, user: str, draft: Draft, **asked: Any) -> Explanation:
        """Ask for a draft."""
        return await self.why(user, push=await self.services.explaining.pushes.of_draft(draft, user), **asked)

    async def change(self, user: str, name: str, wanted: Any, place: str = "") -> None:
        """Change a setting at RongCloud."""
        changes, setting = self.services.changes, setting_named(changes_of("rongcloud"), name, place)
        proposal = await changes.propose(self.accounts["rongcloud"], user, setting, wanted, place)
        assert (await changes.apply(proposal, proposal.ritual.phrase)).change.end is not None

    async def send(self, draft: Draft) -> Run:
        """Plan, confirm and send a draft."""
        plan = await self.services.planning.plan(draft)
        run = await self.services.sending.send(plan, plan.ritual.phrase)
        return await self.services.journal.run(run.id)


@pytest.fixture
async def desk(clouds: Clouds, isolated_home: Path) -> AsyncIterator[Desk]:
    """Services that know the three accounts, at the time of the sandbox."""
    services = Services(Paths.from_environment())
    await services.journal.open()
    yield Desk(services, attach_clouds(services, clouds))
    await services.calls.close()
    await services.journal.close()


def check(explanation: Explanation, name: str) -> tuple[Mark, str]:
    """Return mark and evidence of a check."""
    (found,) = [check for check in explanation.diagnosis.checks if check.name == name]
    return found.mark, found.evidence


async def test_now_is_by_the_clouds_clock(desk: Desk, clouds: Clouds) -> None:
    clouds.sandbox.freeze(TEN)
    found = await desk.why("priya", "agora", incoming=Incoming(sender="amelie"))
    assert abs(found.diagnosis.moment - datetime.fromisoformat(TEN)) < timedelta(seconds=3)
    assert found.verdict.startswith("Silent until 07:00 server time (UTC), in 8 h 5")
    assert found.verdict.endswith("After that a push shows.")
    assert [span.shows for span in found.timeline] == [False, True, False]
    assert found.notes == ()


async def test_the_conversation_that_is_meant_is_read(desk: Desk, clouds: Clouds) -> None:
    clouds.agora.ok("PUT", "/users/amelie/notification/user/omar", {"type": "NONE"})
    found = await desk.why("amelie", "agora", incoming=Incoming(sender="omar"))
    assert found.diagnosis.first_failing is not None
    assert found.diagnosis.first_failing.name == "conversation"
    assert found.diagnosis.first_failing.source.startswith("GET /users/{username}/notification")
    assert (await desk.why("amelie", "agora", incoming=Incoming(sender="olena"))).diagnosis.shows is True


async def test_another_moment_is_typed_by_the_push_zone(desk: Desk) -> None:
    account = replace(desk.accounts["agora"], push_zone="Asia/Shanghai")
    found = await desk.services.explaining.explain(account, Question("priya", at="23:00"))
    assert found.diagnosis.moment == datetime(2026, 11, 22, 15, tzinfo=UTC)
    assert found.verdict.startswith("Silent until 07:00 server time (Asia/Shanghai), 8 h 00 min later.")
    with pytest.raises(UsageError, match="is no time"):
        await desk.why("priya", "agora", at="whenever")


async def test_a_draft_is_judged_by_its_audience_and_its_quota(desk: Desk) -> None:
    draft = Draft("rongcloud.push", "sandbox", push())
    assert check(await desk.drafted("priya", draft), "audience")[0] is Mark.FAIL
    found = await desk.drafted("amelie", draft)
    assert check(found, "audience") == (Mark.PASS, "The user has all of vip.")
    assert check(found, "quota") == (Mark.PASS, "0 of 2 this hour, 0 of 3 today, as far as the journal knows.")


async def test_a_used_up_quota_holds_a_draft_back_until_a_slot_is_free(desk: Desk) -> None:
    for text in ("one", "two"):
        await desk.send(Draft("rongcloud.push", "sandbox", push(notification={"alert": text})))
    found = await desk.drafted("amelie", Draft("rongcloud.push", "sandbox", push()))
    failing, then = found.diagnosis.first_failing, found.diagnosis.then
    assert failing is not None and failing.until is not None and then is not None
    assert failing.name == "quota"
    assert timedelta(minutes=58) < failing.until - found.diagnosis.moment <= timedelta(hours=1)
    assert then.shows is None, "the token stays open"
    assert [span.check.name if span.check else "" for span in found.timeline] == ["quota", ""]


async def test_a_draft_of_another_cloud_reaches_nobody_here(desk: Desk) -> None:
    found = await desk.drafted("amelie", Draft("rongcloud.push", "sandbox", push()), cloud="agora")
    assert check(found, "account")[0] is Mark.FAIL


async def test_a_push_that_was_accepted_and_what_held_it_back(desk: Desk, clouds: Clouds) -> None:
    clouds.sandbox.freeze(TEN)
    run = await desk.send(Draft("rongcloud.system", "sandbox", {**SYSTEM, "toUserId": ["priya", "omar"]}))
    found = await desk.why_not("priya", run)
    mark, evidence = check(found, "sent")
    assert mark is Mark.PASS
    assert f"The run {run.id[:8]} sent it at" in evidence
    assert evidence.endswith(f"; accepted as {clouds.sandbox.inbox()[0]['message_uid']}.")
    assert check(found, "audience") == (Mark.PASS, "priya is one of its recipients.")
    assert found.verdict.startswith("Silent until 07:00 server time (UTC), 8 h 5")
    assert " later. Quiet hours:" in found.verdict
    assert len(found.notes) == 1 and found.notes[0].startswith("The settings are those read now;")
    assert (await desk.why_not("omar", run)).diagnosis.shows is None


async def test_changes_made_here_since_a_push_are_named(desk: Desk) -> None:
    run = await desk.send(Draft("rongcloud.system", "sandbox", {**SYSTEM, "toUserId": ["priya"]}))
    changes, account = desk.services.changes, desk.accounts["rongcloud"]
    setting = setting_named(changes_of("rongcloud"), "tags", "")
    proposal = await changes.propose(account, "priya", setting, ["beta"])
    await changes.apply(proposal, proposal.ritual.phrase)
    since = (await desk.why_not("priya", run)).notes[1]
    assert since.startswith("Changed here since, at ")
    assert since.endswith("tags, from beta, 女 to beta.")
    assert (await desk.why("priya")).notes == ()
    assert len((await desk.why_not("omar", run)).notes) == 1


async def test_a_setting_changed_since_a_push_is_judged_as_it_was(desk: Desk) -> None:
    run = await desk.send(Draft("rongcloud.system", "sandbox", {**SYSTEM, "toUserId": ["omar"]}))
    assert (await desk.why_not("omar", run)).diagnosis.shows is None
    await desk.change("omar", "quiet-hours", {"start": "00:00:00", "minutes": 1439, "level": 1})
    await desk.change("omar", "quiet-hours", {"start": "00:00:00", "minutes": 1439, "level": 5})
    found = await desk.why_not("omar", run)
    assert found.diagnosis.shows is None
    assert check(found, "quiet_hours") == (Mark.PASS, "None are set.")
    assert found.verdict.endswith("Quiet hours: changed here since; judged by what was before: none.")
    assert (await desk.why("omar")).diagnosis.first_failing is not None


async def test_a_level_changed_since_a_push_is_left_open(desk: Desk) -> None:
    run = await desk.send(Draft("rongcloud.system", "sandbox", {**SYSTEM, "toUserId": ["omar"]}))
    await desk.change("omar", "dnd", 5, "system/zoe")
    assert check(await desk.why_not("omar", run), "conversation")[0] is Mark.NOT_APPLICABLE, "of somebody else"
    await desk.change("omar", "dnd", 5, "system/amelie")
    found = await desk.why_not("omar", run)
    assert check(found, "conversation")[0] is Mark.UNKNOWN
    assert found.diagnosis.shows is None
    assert found.verdict.endswith("Do-not-disturb level of system/amelie: changed here since; left open.")
    assert (await desk.why("omar", incoming=Incoming(sender="amelie"))).diagnosis.shows is None


async def test_a_setting_that_a_run_set_since_is_left_open(desk: Desk) -> None:
    pushed = await desk.send(Draft("rongcloud.push", "sandbox", push()))
    assert check(await desk.why_not("amelie", pushed), "audience")[0] is Mark.PASS
    await desk.send(Draft("rongcloud.set-tags", "sandbox", {"userIds": ["amelie"], "tags": ["beta"]}))
    found = await desk.why_not("amelie", pushed)
    assert check(found, "audience")[0] is Mark.UNKNOWN
    assert " since; left open." in found.verdict
    assert check(await desk.why_not("priya", pushed), "audience")[0] is Mark.FAIL, "the run did not name her"


async def test_whoever_was_not_named_got_nothing(desk: Desk) -> None:
    run = await desk.send(Draft("rongcloud.system", "sandbox", {**SYSTEM, "toUserId": ["priya", "omar"]}))
    found = await desk.why_not("zoe", run)
    assert check(found, "audience") == (Mark.FAIL, "zoe is none of its 2 recipients.")
    assert check(found, "sent") == (Mark.NOT_APPLICABLE, f"The run {run.id[:8]} went to others.")


async def test_a_rejected_push_reached_nobody(desk: Desk, clouds: Clouds) -> None:
    clouds.sandbox.settings(rongcloud__broadcast_enabled=False)
    run = await desk.send(Draft("rongcloud.push", "sandbox", push()))
    failing = (await desk.why_not("amelie", run)).diagnosis.first_failing
    assert failing is not None
    assert (failing.name, failing.mark) == ("sent", Mark.FAIL)
    assert "rejected" in failing.evidence and "1009" in failing.evidence


async def test_a_lost_answer_leaves_open_whether_a_push_was_sent(desk: Desk, clouds: Clouds) -> None:
    clouds.sandbox.fault("answer-lost", cloud="rongcloud", path="/push.json", times=1)
    run = await desk.send(Draft("rongcloud.push", "sandbox", push()))
    found = await desk.why_not("amelie", run)
    assert check(found, "sent")[0] is Mark.UNKNOWN
    assert "sent" in [question.name for question in found.diagnosis.open_questions]


async def test_the_request_of_a_long_run_that_names_the_user_is_found(desk: Desk) -> None:
    with batches_of(2):
        run = await desk.send(template(5))
    found = await desk.why_not("user-5", run)
    assert check(found, "audience") == (Mark.PASS, "user-5 is one of its recipients.")
    assert check(found, "sent")[0] is Mark.PASS
    assert check(found, "message") == (Mark.PASS, "It has a text for every platform.")
    assert check(await desk.why_not("user-6", run), "audience") == (Mark.FAIL, "user-6 is none of its 5 recipients.")


async def test_a_run_that_nobody_sends_did_not_reach_anybody(desk: Desk) -> None:
    plan = await desk.services.planning.plan(template(3))
    run = await desk.services.sending.begin(plan, plan.ritual.phrase)
    found = await desk.why_not("user-2", run)
    assert check(found, "sent") == (Mark.FAIL, f"The run {run.id[:8]} has not sent it to user-2.")
    assert found.notes == ()


async def test_the_recipients_of_a_draft_are_looked_up_in_their_file(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\namelie,Amélie\nzoe,Zoë\n")
    body = {**SYSTEM, "objectName": "app:news", "content": "{name}", "pushContent": ["Hello {name}"]}
    source = RecipientSource("id", file="people.csv", values=(("name", "name"),), folder=str(tmp_path))
    draft = Draft(KIND, "sandbox", body, source)
    found = await desk.drafted("zoe", draft)
    assert check(found, "audience")[0] is Mark.PASS
    assert check(found, "message")[0] is Mark.PASS
    assert check(found, "quota") == (Mark.NOT_APPLICABLE, "No quota counts it.")
    assert check(await desk.drafted("omar", draft), "audience") == (Mark.FAIL, "omar is none of its 2 recipients.")


async def test_a_run_of_another_app_is_none_of_this_account(desk: Desk) -> None:
    run = await desk.send(Draft("rongcloud.push", "sandbox", push()))
    pushed = await desk.services.explaining.pushes.of_run(run.id, "amelie")
    pushed = replace(pushed, run=replace(run, app_id="another"))
    found = await desk.why("amelie", push=pushed)
    assert check(found, "account")[0] is Mark.FAIL
    assert "sandbox another at rongcloud" in check(found, "account")[1]


async def test_a_run_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(JournalError):
        await desk.services.explaining.pushes.of_run("abcd", "amelie")


async def test_every_account_answers_and_one_that_cannot_says_why(desk: Desk) -> None:
    gone = replace(desk.accounts["agora"], name="gone")
    answers = await desk.services.explaining.everywhere([*desk.accounts.values(), gone], Question("priya"))
    assert [answer.explanation is not None for answer in answers] == [True, True, True, False]
    assert answers[-1].problem


async def test_a_system_conversations_level_is_read_for_a_push(desk: Desk) -> None:
    draft = Draft("rongcloud.system", "sandbox", {**SYSTEM, "toUserId": ["omar"]})
    mark, evidence = check(await desk.drafted("omar", draft), "conversation")
    assert (mark, evidence) == (Mark.NOT_APPLICABLE, "6/amelie has none of its own; that of its type counts.")
