"""The way of a change: read, confirmed, journaled, made once, read back, taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import ReadBack
from pushtui.domain.errors import Refused, UsageError
from pushtui.paths import Paths
from pushtui.providers.change_values import texts
from pushtui.services.services import Services
from tests.services.changes.conftest import Changer, bodies
from tests.services.cloud_accounts import attach_clouds, cloud_accounts

NOTIFICATION = "/users/amelie/notification/user/amelie"


SET_TAGS = "/user/tag/set.json"


async def arrival(changer: Changer, path: str) -> None:
    """Wait until a request has arrived."""
    while not await asyncio.to_thread(changer.clouds.sandbox.requests, path):
        pass


async def test_a_proposal_changes_nothing_and_says_what_would_be_sent(changer: Changer) -> None:
    proposal = await changer.propose("agora", "amelie", "mode", "NONE")
    assert [request.body for request in proposal.requests] == [{"type": "NONE"}]
    (line,) = proposal.differences
    assert (line.what, line.before, line.after) == ("push mode", "not set, which pushes all messages", "NONE: none")
    assert (proposal.ritual.phrase, proposal.ritual.key) == ("sandbox 1", "s")
    assert changer.mode("amelie") == {}
    assert await changer.services.changes.history() == []


async def test_nothing_leaves_without_a_confirmation(changer: Changer) -> None:
    proposal = await changer.propose("agora", "amelie", "mode", "NONE")
    for typed in ("", "yes", "S", "live 1"):
        with pytest.raises(Refused, match="Not confirmed: type “sandbox 1”"):
            await changer.services.changes.apply(proposal, typed)
    assert changer.mode("amelie") == {}
    told = await changer.services.changes.apply(proposal, "s")
    assert told.change.state is AttemptState.ACCEPTED


async def test_what_is_so_already_is_not_sent(changer: Changer) -> None:
    await changer.change("agora", "amelie", "mode", "NONE")
    proposal = await changer.propose("agora", "amelie", "mode", "NONE")
    assert proposal.differences == ()
    with pytest.raises(Refused, match="Nothing to change: the push mode of “amelie” is so already"):
        await changer.confirm(proposal)


async def test_a_setting_that_changed_since_it_was_read_is_not_overwritten(changer: Changer) -> None:
    proposal = await changer.propose("agora", "amelie", "mode", "NONE")
    changer.clouds.agora.ok("PUT", NOTIFICATION, {"type": "AT"})
    with pytest.raises(Refused, match="changed since it was read, and is AT: only mentions now") as refused:
        await changer.confirm(proposal)
    assert refused.value.title == "Stale change"
    assert changer.mode("amelie") == {"type": "AT"}


async def test_taking_back_something_that_changed_since_is_refused(changer: Changer) -> None:
    told = await changer.change("agora", "amelie", "mode", "NONE")
    changer.clouds.agora.ok("PUT", NOTIFICATION, {"type": "AT"})
    with pytest.raises(Refused, match="was NONE: none after that change, and is AT: only mentions now"):
        await changer.services.changes.undo(told.change.id[:8])


async def test_a_change_that_was_taken_back_is_not_taken_back_twice(changer: Changer) -> None:
    await changer.change("agora", "amelie", "mode", "AT")
    told = await changer.change("agora", "amelie", "mode", "NONE")
    back = await changer.undo(told)
    assert bodies(back) == [{"type": "AT"}]
    with pytest.raises(Refused, match="after that change"):
        await changer.undo(told)
    again = await changer.undo(back)
    assert bodies(again) == [{"type": "NONE"}]


@pytest.mark.parametrize(
    ("fault", "read_back", "said"),
    [
        ("answer-lost", ReadBack.AS_WANTED, "Read back, it is as wanted."),
        ("reset-before", ReadBack.DIFFERENT, "Read back, it is: beta, 女."),
        ("half-body", ReadBack.AS_WANTED, "Read back, it is as wanted."),
    ],
)
async def test_a_lost_answer_is_unknown_and_reading_back_decides(
    changer: Changer, fault: str, read_back: ReadBack, said: str
) -> None:
    proposal = await changer.propose("rongcloud", "priya", "tags", "vip")
    changer.clouds.sandbox.fault(fault, cloud="rongcloud", path=SET_TAGS, times=1)
    told = await changer.confirm(proposal)
    assert (told.change.state, told.change.read_back) == (AttemptState.UNKNOWN, read_back)
    assert told.verdict.startswith("Outcome unknown: ")
    assert told.verdict.endswith(said)
    assert told.change.changed is (read_back is ReadBack.AS_WANTED)
    assert changer.clouds.sandbox.requests(SET_TAGS) == 1
    if read_back is ReadBack.AS_WANTED:
        await changer.undo(told)
        assert changer.rongcloud("/user/tags/get.json", userIds="priya")["result"]["priya"] == ["beta", "女"]


async def test_what_could_not_be_read_back_is_not_taken_back(changer: Changer) -> None:
    proposal = await changer.propose("rongcloud", "priya", "tags", "vip")
    held = changer.clouds.sandbox.fault("hold", cloud="rongcloud", path=SET_TAGS, times=1)
    task = asyncio.create_task(changer.confirm(proposal))
    await arrival(changer, SET_TAGS)
    changer.clouds.sandbox.fault("html-5xx", cloud="rongcloud", path="/user/tags/get.json", times=None)
    changer.clouds.sandbox.control("DELETE", f"/faults?id={held}")
    told = await task
    assert (told.change.state, told.change.read_back) == (AttemptState.ACCEPTED, ReadBack.FAILED)
    assert told.verdict == "It was accepted, but could not be read back."
    with pytest.raises(Refused, match="was not read back"):
        await changer.services.changes.undo(told.change.id)


async def test_every_change_is_in_the_history_in_words(changer: Changer) -> None:
    first = await changer.change("agora", "amelie", "mode", "NONE")
    await changer.change("rongcloud", "omar", "name", "Omar S.")
    latest, earlier = await changer.services.changes.history()
    assert (latest.change.user, latest.label, latest.wanted) == ("omar", "name", "“Omar S.”")
    assert earlier == first
    assert await changer.services.changes.history(user="amelie") == [first]
    assert await changer.services.changes.change(first.change.id[:8]) == first


async def test_a_change_of_an_account_that_is_gone_is_still_told(changer: Changer, clouds: object) -> None:
    told = await changer.change("agora", "amelie", "mode", "NONE")
    other = Services(Paths.from_environment())
    await other.journal.open()
    (found,) = await other.changes.history()
    await other.journal.close()
    assert (found.change, found.wanted, found.label) == (told.change, '"NONE"', "mode")


@pytest.mark.parametrize("cloud", ["agora", "tencent", "rongcloud"])
async def test_somebody_who_does_not_exist_is_not_changed(changer: Changer, cloud: str) -> None:
    name = {"agora": "mode", "tencent": "tags", "rongcloud": "quiet-hours"}[cloud]
    typed = {"agora": "NONE", "tencent": "vip", "rongcloud": "22:00-08:00"}[cloud]
    with pytest.raises(Refused, match=r"“nobody” at sandbox.* cannot be read: There is no such user"):
        await changer.propose(cloud, "nobody", name, typed)
    with pytest.raises(UsageError, match="The user's id is empty"):
        await changer.propose(cloud, " ", name, typed)


async def test_what_cannot_be_read_is_not_changed(changer: Changer) -> None:
    changer.clouds.sandbox.fault("html-5xx", cloud="agora", path="*/notification/*", times=None)
    with pytest.raises(Refused, match=r"push mode of “amelie” at sandbox-agora cannot be read: .*Nothing was"):
        await changer.propose("agora", "amelie", "mode", "NONE")


async def test_a_read_only_account_refuses_every_change_and_says_why(changer: Changer) -> None:
    account, secret = cloud_accounts(changer.clouds)["agora"]
    proposal = await changer.propose("agora", "amelie", "mode", "NONE")
    changer.services.accounts.attach(replace(account, read_only=True), secret)
    with pytest.raises(Refused, match="read-only: nothing was changed"):
        await changer.confirm(proposal)
    locked = await changer.services.accounts.get(account.name)
    shown = await changer.services.changes.propose(locked, "amelie", changer.setting("agora", "mode"), "NONE")
    assert "The account “sandbox-agora” is read-only" in shown.problem
    assert changer.mode("amelie") == {}


async def test_a_read_only_session_refuses_every_change(changer: Changer) -> None:
    services = Services(Paths.from_environment(), read_only=True)
    await services.journal.open()
    account = await services.accounts.get(attach_clouds(services, changer.clouds)["agora"].name)
    proposal = await services.changes.propose(account, "amelie", changer.setting("agora", "mode"), "NONE")
    assert "read-only" in proposal.problem
    with pytest.raises(Refused, match="read-only"):
        await services.changes.apply(proposal, "s")
    assert await services.changes.history() == []
    await services.calls.close()
    await services.journal.close()
    assert changer.mode("amelie") == {}


async def test_an_account_that_is_another_app_by_now_is_refused(changer: Changer) -> None:
    account, secret = cloud_accounts(changer.clouds)["agora"]
    proposal = await changer.propose("agora", "amelie", "mode", "NONE")
    told = await changer.change("agora", "amelie", "language", "el")
    changer.services.accounts.attach(replace(account, environment=Environment.TEST), secret)
    with pytest.raises(Refused, match=r"is test .* now; this was read at sandbox"):
        await changer.confirm(proposal)
    with pytest.raises(Refused, match=r"is test .* now; this was read at sandbox"):
        await changer.services.changes.undo(told.change.id)
    assert changer.mode("amelie") == {}


async def test_too_fast_is_tried_again_in_its_turn(changer: Changer) -> None:
    changer.clouds.sandbox.fault("rate-limited", cloud="rongcloud", path=SET_TAGS, times=1, retry_after="1")
    told = await changer.change("rongcloud", "amelie", "tags", "vip")
    assert (told.change.state, told.change.read_back) == (AttemptState.ACCEPTED, ReadBack.AS_WANTED)
    assert changer.clouds.sandbox.requests(SET_TAGS) == 2


async def test_a_change_that_is_cut_off_is_unknown_in_the_journal(changer: Changer) -> None:
    proposal = await changer.propose("rongcloud", "amelie", "tags", "vip")
    changer.clouds.sandbox.fault("hold", cloud="rongcloud", path=SET_TAGS, times=1)
    task = asyncio.create_task(changer.confirm(proposal))
    await arrival(changer, SET_TAGS)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    changer.clouds.sandbox.control("DELETE", "/faults")
    (found,) = await changer.services.changes.history()
    assert found.change.state is AttemptState.UNKNOWN
    assert "cut off while the change was under way" in found.verdict
    assert found.change.changed is None


async def cut_off(changer: Changer, cloud: str, user: str, name: str, typed: str, path: str) -> str:
    """Cut a change off while its request is out, and return its id."""
    proposal = await changer.propose(cloud, user, name, typed)
    changer.clouds.sandbox.fault("hold", cloud=cloud, path=path, times=1)
    begun: list[str] = []
    changes = changer.services.changes
    task = asyncio.create_task(changes.apply(proposal, proposal.ritual.phrase, begun.append))
    await arrival(changer, path)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    changer.clouds.sandbox.control("DELETE", "/faults")
    return begun[0]


async def test_a_change_that_was_cut_off_is_read_back_later_and_then_taken_back(changer: Changer) -> None:
    change = await cut_off(changer, "rongcloud", "priya", "tags", "vip", SET_TAGS)
    with pytest.raises(Refused, match="was not read back"):
        await changer.services.changes.undo(change)
    told = await changer.services.changes.read_back(change[:8])
    assert (told.change.state, told.change.read_back, told.change.changed) == (
        AttemptState.UNKNOWN,
        ReadBack.AS_WANTED,
        True,
    )
    await changer.undo(told)
    assert changer.rongcloud("/user/tags/get.json", userIds="priya")["result"]["priya"] == ["beta", "女"]
    with pytest.raises(Refused, match="was read back already, and it was as wanted"):
        await changer.services.changes.read_back(change)


async def test_what_somebody_set_meanwhile_is_not_taken_for_a_change_that_was_cut_off(changer: Changer) -> None:
    change = await cut_off(changer, "rongcloud", "priya", "tags", "vip", SET_TAGS)
    await changer.change("rongcloud", "priya", "tags", "theirs")
    told = await changer.services.changes.read_back(change)
    assert (told.change.read_back, told.change.changed, told.after) == (ReadBack.DIFFERENT, None, "theirs")
    with pytest.raises(Refused, match="nothing that could safely be taken back"):
        await changer.services.changes.undo(change)


async def test_only_what_nobody_knows_is_read_back_later(changer: Changer) -> None:
    done = await changer.change("agora", "amelie", "mode", "NONE")
    with pytest.raises(Refused, match="as wanted"):
        await changer.services.changes.read_back(done.change.id)
    refused = await changer.change("tencent", "minjun", "attributes", "shoe=43")
    with pytest.raises(Refused, match="was rejected; there is nothing to read back"):
        await changer.services.changes.read_back(refused.change.id)


async def test_a_value_is_amended_as_it_was_read_for_the_difference(changer: Changer) -> None:
    setting, account = changer.setting("rongcloud", "tags"), changer.accounts["rongcloud"]
    before = changer.clouds.sandbox.requests("/user/tags/get.json")
    proposal = await changer.services.changes.amend(account, "priya", setting, lambda fact: [*texts(fact), "vip"])
    assert changer.clouds.sandbox.requests("/user/tags/get.json") == before + 1
    assert (proposal.intent.before, proposal.intent.wanted) == (["beta", "女"], ["beta", "女", "vip"])
