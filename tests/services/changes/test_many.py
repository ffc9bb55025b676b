"""One setting of many users, changed by a run."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Run
from pushtui.services.mass_changes import draft_for_many
from tests.services.changes.conftest import Changer

PEOPLE = ("amelie", "omar", "priya")


async def run_of(
    changer: Changer, name: str, typed: str | None, place: str = "", people: tuple[str, ...] = PEOPLE
) -> Run:
    """Change a setting of people by a run; None clears it."""
    setting = changer.setting("rongcloud", name, place)
    assert setting.cleared is not None
    wanted = setting.cleared(None) if typed is None else setting.typed(typed)
    source = RecipientSource("user", text="user\n" + "\n".join(people))
    now = changer.services.clock.now()
    draft = draft_for_many(changer.accounts["rongcloud"], setting, wanted, place, source, now)
    plan = await changer.services.planning.plan(draft)
    return await changer.services.sending.send(plan, plan.ritual.phrase)


def tags(changer: Changer, user: str) -> list[str]:
    found: list[str] = changer.rongcloud("/user/tags/get.json", userIds=user)["result"][user]
    return found


async def test_tags_of_a_thousand_go_in_one_request(changer: Changer) -> None:
    people = tuple(f"user{number}" for number in range(1001))
    run = await run_of(changer, "tags", "vip, beta", people=people)
    assert (run.state, run.batches, run.recipients) == (AttemptState.ACCEPTED, 2, 1001)
    assert changer.clouds.sandbox.requests("/user/tag/batch/set.json") == 2
    assert tags(changer, "user0") == tags(changer, "user1000") == ["vip", "beta"]
    results = [result async for result in changer.services.results.of(run)]
    assert (results[0].user, results[-1].user, len(results)) == ("user0", "user1000", 1001)


async def test_quiet_hours_are_set_and_taken_away_one_user_a_request(changer: Changer) -> None:
    run = await run_of(changer, "quiet-hours", "22:00-08:00 5")
    assert (run.state, run.batches) == (AttemptState.ACCEPTED, 3)
    body = parse_qs(run.attempts[0].request.body)
    assert {key: value for key, value in body.items() if key != "userId"} == {
        "startTime": ["22:00:00"],
        "period": ["600"],
        "level": ["5"],
    }
    for user in PEOPLE:
        hours = changer.rongcloud("/user/blockPushPeriod/get.json", userId=user)["data"]
        assert hours == {"startTime": "22:00:00", "period": 600, "unPushLevel": 5}
    results = [result async for result in changer.services.results.of(run)]
    assert {result.user for result in results} == set(PEOPLE)
    await run_of(changer, "quiet-hours", None)
    assert changer.rongcloud("/user/blockPushPeriod/get.json", userId="omar")["data"]["period"] == 0


@pytest.mark.parametrize(
    ("place", "path", "asked"),
    [
        ("group", "/conversation/type/notification/get.json", {"conversationType": 3}),
        ("group/42", "/conversation/notification/get.json", {"conversationType": 3, "targetId": "42"}),
    ],
)
async def test_levels_of_a_conversation_and_of_its_kind(
    changer: Changer, place: str, path: str, asked: dict[str, object]
) -> None:
    run = await run_of(changer, "dnd", "5", place)
    assert run.state is AttemptState.ACCEPTED
    assert [changer.rongcloud(path, requestId=user, **asked)["isMuted"] for user in PEOPLE] == [5, 5, 5]


async def test_the_plan_says_that_it_cannot_be_taken_back_and_to_how_many_it_goes(changer: Changer) -> None:
    setting = changer.setting("rongcloud", "tags")
    source = RecipientSource("user", text="user\na\nb\n")
    now = changer.services.clock.now()
    draft = draft_for_many(changer.accounts["rongcloud"], setting, ["vip"], "", source, now)
    assert json.loads(json.dumps(draft.body)) == {"tags": ["vip"]}
    plan = await changer.services.planning.plan(draft)
    assert (plan.ritual.phrase, plan.reach.users) == ("sandbox 2", 2)
    assert any("cannot be taken back" in found.message for found in plan.findings)


async def test_what_runs_cannot_change_says_so(changer: Changer) -> None:
    source, now = RecipientSource("user", text="user\na\n"), changer.services.clock.now()
    for cloud, name, typed in (("rongcloud", "name", "Amy"), ("agora", "mode", "NONE"), ("tencent", "tags", "vip")):
        setting = changer.setting(cloud, name)
        with pytest.raises(Refused, match=f"{name}: this cannot be changed for many users at once at {cloud}"):
            draft_for_many(changer.accounts[cloud], setting, setting.typed(typed), "", source, now)
