"""New drafts for those who were rejected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError, Refused
from pushtui.domain.secret import Secret
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.services.conftest import sandbox_account
from tests.services.runs import BODY, KIND, begun, counted, plan_for, template

pytestmark = pytest.mark.usefixtures("small_batches")


async def test_those_who_were_rejected_get_a_draft_of_their_own(
    quick: Services, sandbox: SandboxClient, tmp_path: Path
) -> None:
    run = await begun(quick, 8)
    with pytest.raises(Refused, match="Nobody"):
        await quick.results.save_rejected(run, tmp_path / "again.json")
    quick.accounts.attach(sandbox_account(sandbox), Secret("not-the-secret"))
    run = await quick.sending.resume(run.id)
    assert counted(run) == {"rejected": 8}
    await quick.results.save_rejected(run, tmp_path / "again.json")
    with pytest.raises(DraftError, match=r"again\.json already"):
        await quick.results.save_rejected(run, tmp_path / "again.json")
    (tmp_path / "again.json").rename(tmp_path / "kept.json")
    with pytest.raises(DraftError, match=r"again\.recipients\.jsonl already"):
        await quick.results.save_rejected(run, tmp_path / "again.json")
    (tmp_path / "kept.json").rename(tmp_path / "again.json")
    quick.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    plan = await quick.planning.plan((await quick.drafts.open(tmp_path / "again.json")).draft)
    before = await plan_for(quick, 8)
    assert list(plan.requests.body_digests()) == list(before.requests.body_digests())
    assert counted(await quick.sending.send(plan, plan.ritual.phrase)) == {"accepted": 8}


@pytest.mark.parametrize("inline", [False, True])
async def test_the_new_draft_names_exactly_those_who_were_rejected(
    quick: Services, sandbox: SandboxClient, tmp_path: Path, inline: bool
) -> None:
    sandbox.fault("token-expired", path="*template*")
    people = {"toUserId": ["user-1", "user-2"], "values": [{"{name}": "One"}, {"{name}": "Two"}]}
    body = {**BODY, **people, "pushContent": ["Hello {name}"] * 2}
    drafted = Draft(KIND, "sandbox", body) if inline else template(12)
    plan = await quick.planning.plan(drafted)
    run = await quick.sending.send(plan, plan.ritual.phrase)
    rejected = [result.user async for result in quick.results.of(run, frozenset((AttemptState.REJECTED,)))]
    assert len(rejected) == (2 if inline else 4)
    again = await quick.results.save_rejected(run, tmp_path / "again.json")
    assert (await quick.drafts.open(tmp_path / "again.json")).draft == again
    plan = await quick.planning.plan(again)
    assert plan.requests.first is not None and json.loads(plan.requests.first.body)["toUserId"] == rejected
    assert (plan.requests.recipients, plan.ritual.phrase) == (len(rejected), f"sandbox {len(rejected)}")
    assert counted(await quick.sending.send(plan, plan.ritual.phrase)) == {"accepted": len(rejected)}
    everybody = 2 if inline else 12
    assert sandbox.control("GET", "/sends")["recipients"] == {f"user-{n}": 1 for n in range(1, everybody + 1)}
