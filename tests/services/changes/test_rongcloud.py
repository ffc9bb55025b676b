"""Changes at RongCloud; the example of aliases is that of its page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import ReadBack, Turn
from pushtui.domain.errors import UsageError
from tests.services.changes.conftest import Changer, bodies

ALIASES_SET, ALIASES_GET = "/user/remarks/set.json", "/user/remarks/get.json"


def aliases(changer: Changer, user: str) -> dict[str, str]:
    """Return the first page of a user's aliases."""
    return {item["id"]: item["remark"] for item in changer.rongcloud(ALIASES_GET, userId=user)["users"]}


def tags(changer: Changer, user: str) -> Any:
    return changer.rongcloud("/user/tags/get.json", userIds=user)["result"][user]


def quiet_hours(changer: Changer, user: str) -> Any:
    return changer.rongcloud("/user/blockPushPeriod/get.json", userId=user)["data"]


async def test_the_pages_aliases(changer: Changer) -> None:
    changer.register("uid1")
    told = await changer.change("rongcloud", "uid1", "aliases", "user11=remark1\nuser12=remark2")
    (request,) = told.change.requests
    assert (request.method, request.path) == ("POST", ALIASES_SET)
    assert request.body == {
        "userId": "uid1",
        "remarks": '[{"id":"user11","remark":"remark1"},{"id":"user12","remark":"remark2"}]',
    }
    assert aliases(changer, "uid1") == {"user11": "remark1", "user12": "remark2"}
    assert told.change.read_back is ReadBack.AS_WANTED


async def test_aliases_are_removed_one_a_call_and_others_stay(changer: Changer) -> None:
    changer.register("uid1")
    await changer.change("rongcloud", "uid1", "aliases", "user11=Al\nuser12=Bo\nuser13=Cy")
    proposal = await changer.propose("rongcloud", "uid1", "aliases", "user11=\nuser12=Bob\nuser13=Cy\nuser14=Dee")
    assert [(line.turn, line.what, line.before, line.after) for line in proposal.differences] == [
        (Turn.REMOVED, "user11", "Al", "not set"),
        (Turn.CHANGED, "user12", "Bo", "Bob"),
        (Turn.SAME, "user13", "Cy", "Cy"),
        (Turn.ADDED, "user14", "not set", "Dee"),
    ]
    told = await changer.confirm(proposal)
    assert [request.path for request in told.change.requests] == [ALIASES_SET, "/user/remarks/del.json"]
    assert json.loads(str(bodies(told)[0]["remarks"])) == [
        {"id": "user12", "remark": "Bob"},
        {"id": "user14", "remark": "Dee"},
    ]
    assert bodies(told)[1] == {"userId": "uid1", "targetId": "user11"}
    assert aliases(changer, "uid1") == {"user12": "Bob", "user13": "Cy", "user14": "Dee"}
    await changer.undo(told)
    assert aliases(changer, "uid1") == {"user12": "Bo", "user13": "Cy", "user11": "Al"}


async def test_aliases_go_a_hundred_a_call(changer: Changer) -> None:
    changer.register("uid1")
    wanted = {f"user{number}": f"name {number}" for number in range(101)}
    told = await changer.change(
        "rongcloud", "uid1", "aliases", "\n".join(f"{key}={name}" for key, name in wanted.items())
    )
    assert [len(json.loads(str(body["remarks"]))) for body in bodies(told)] == [100, 1]
    assert told.change.read_back is ReadBack.AS_WANTED
    changer.clouds.sandbox.advance(10)
    few = "\n".join(f"user{number}=" for number in range(5))
    cleared = await changer.change("rongcloud", "uid1", "aliases", few)
    assert len(cleared.change.requests) == 5
    assert "user5" in aliases(changer, "uid1") and "user4" not in aliases(changer, "uid1")


async def test_tags_replace_and_the_difference_says_so(changer: Changer) -> None:
    assert tags(changer, "priya") == ["beta", "女"]
    proposal = await changer.propose("rongcloud", "priya", "tags", "vip, beta,vip")
    assert [(line.turn.mark, line.what) for line in proposal.differences] == [("=", "beta"), ("−", "女"), ("+", "vip")]
    told = await changer.confirm(proposal)
    assert bodies(told) == [{"userId": "priya", "tags": ["vip", "beta"]}]
    assert tags(changer, "priya") == ["vip", "beta"]
    await changer.undo(told)
    assert tags(changer, "priya") == ["beta", "女"]
    assert bodies(await changer.clear("rongcloud", "priya", "tags")) == [{"userId": "priya", "tags": []}]
    assert tags(changer, "priya") == []


async def test_limits_are_those_of_the_payload(changer: Changer) -> None:
    many = await changer.propose("rongcloud", "priya", "tags", ",".join(f"t{number}" for number in range(21)))
    assert many.problem == "tags: 21 items are given; at most 20 are allowed."
    long = await changer.propose("rongcloud", "priya", "tags", "女" * 14)
    assert "42 UTF-8 bytes are given; at most 40" in long.problem
    sender = "x" * 65
    alias = await changer.propose("rongcloud", "priya", "aliases", f"{sender}=Al")
    assert "65 UTF-8 bytes are given; at most 64" in alias.problem


@pytest.mark.parametrize(
    ("typed", "window", "words"),
    [
        ("22:00-08:00", ("22:00:00", 600, 1), "22:00:00-08:00:00 server time (UTC), level 1 only @-messages push"),
        ("7:05:30+15 5", ("07:05:30", 15, 5), "07:05:30-07:20:30 server time (UTC), level 5 nothing pushes"),
        ("00:00+1439", ("00:00:00", 1439, 1), "all day server time (UTC), level 1 only @-messages push"),
    ],
)
async def test_quiet_hours(changer: Changer, typed: str, window: tuple[str, int, int], words: str) -> None:
    told = await changer.change("rongcloud", "amelie", "quiet-hours", typed)
    start, period, level = window
    assert bodies(told) == [{"userId": "amelie", "startTime": start, "period": period, "level": level}]
    assert quiet_hours(changer, "amelie") == {"startTime": start, "period": period, "unPushLevel": level}
    assert (told.before, told.wanted, told.after) == ("none", words, words)
    back = await changer.undo(told)
    assert [request.path for request in back.change.requests] == ["/user/blockPushPeriod/delete.json"]
    assert quiet_hours(changer, "amelie")["period"] == 0


async def test_a_level_that_is_not_typed_stays(changer: Changer) -> None:
    await changer.change("rongcloud", "amelie", "quiet-hours", "22:00-08:00 5")
    told = await changer.change("rongcloud", "amelie", "quiet-hours", "21:00-08:00")
    assert quiet_hours(changer, "amelie") == {"startTime": "21:00:00", "period": 660, "unPushLevel": 5}
    assert told.wanted.endswith("level 5 nothing pushes")


@pytest.mark.parametrize("typed", ["", "22:00", "22:00-22:00", "22:00+0", "24:00-08:00", "22:00-08:00 2", "22:00-8"])
async def test_what_is_no_quiet_hours_is_refused(changer: Changer, typed: str) -> None:
    with pytest.raises(UsageError, match="quiet-hours"):
        await changer.propose("rongcloud", "amelie", "quiet-hours", typed)


async def test_a_window_of_more_than_a_day_is_refused(changer: Changer) -> None:
    proposal = await changer.propose("rongcloud", "amelie", "quiet-hours", "22:00+1440")
    assert proposal.problem == "period: 1440 is given; at most 1439 is allowed."


async def test_levels_of_a_conversation_and_of_its_kind(changer: Changer) -> None:
    one = await changer.change("rongcloud", "amelie", "dnd", "5", "user/bob")
    assert bodies(one) == [{"conversationType": 1, "requestId": "amelie", "targetId": "bob", "unpushLevel": 5}]
    channel = await changer.change("rongcloud", "amelie", "dnd", "-1", "ultragroup/club/talk")
    assert bodies(channel)[0] | {"unpushLevel": 0} == {
        "conversationType": 10,
        "requestId": "amelie",
        "targetId": "club",
        "busChannel": "talk",
        "unpushLevel": 0,
    }
    kind = await changer.change("rongcloud", "amelie", "dnd", "1", "group")
    assert bodies(kind) == [{"conversationType": 3, "requestId": "amelie", "unpushLevel": 1}]
    assert [told.change.place for told in (one, channel, kind)] == ["user/bob", "ultragroup/club/talk", "group"]
    assert all(told.change.read_back is ReadBack.AS_WANTED for told in (one, channel, kind))
    asked = {"conversationType": 1, "requestId": "amelie", "targetId": "bob"}
    assert changer.rongcloud("/conversation/notification/get.json", **asked)["isMuted"] == 5
    assert bodies(await changer.undo(one))[0]["unpushLevel"] == 0
    assert bodies(await changer.clear("rongcloud", "amelie", "dnd", "group"))[0]["unpushLevel"] == 0


async def test_a_level_needs_a_conversation_or_a_kind(changer: Changer) -> None:
    with pytest.raises(UsageError, match="no conversation is named; give a conversation such as user/anna or a kind"):
        await changer.propose("rongcloud", "amelie", "dnd", "5")
    with pytest.raises(UsageError, match="“3” is given; allowed: -1, 0, 1, 2, 4, 5"):
        await changer.propose("rongcloud", "amelie", "dnd", "3", "group")


async def test_a_name_says_that_it_takes_a_while(changer: Changer) -> None:
    proposal = await changer.propose("rongcloud", "amelie", "name", "Amy")
    assert "within about five minutes" in proposal.findings[0].message
    told = await changer.confirm(proposal)
    assert bodies(told) == [{"userId": "amelie", "name": "Amy"}]
    assert changer.rongcloud("/user/info.json", userId="amelie")["userName"] == "Amy"
    assert told.change.state is AttemptState.ACCEPTED
