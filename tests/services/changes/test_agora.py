"""Changes at Agora Chat; the examples are those of its page."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import ReadBack
from pushtui.domain.errors import Refused, UsageError
from tests.services.changes.conftest import Changer, bodies

DAY = 86_400_000
NOON_MS = 1_795_348_800_000
"""The sandbox's noon, in epoch milliseconds."""
PAGE_GROUP = "12312312321"


async def test_the_pages_nickname(changer: Changer) -> None:
    changer.clouds.agora.ok("PUT", "/users/user1", {"nickname": "before"})
    told = await changer.change("agora", "user1", "nickname", "testuser")
    (request,) = told.change.requests
    assert (request.method, request.path, request.body) == ("PUT", "/users/user1", {"nickname": "testuser"})
    assert changer.agora("/users/user1")["entities"][0]["nickname"] == "testuser"
    assert (told.change.state, told.change.read_back) == (AttemptState.ACCEPTED, ReadBack.AS_WANTED)
    assert (told.before, told.wanted, told.after) == ("“before”", "“testuser”", "“testuser”")
    assert told.verdict == "Done; read back, it is as wanted."


async def test_the_pages_display_style(changer: Changer) -> None:
    changer.register("a")
    told = await changer.change("agora", "a", "display-style", "1")
    assert bodies(told) == [{"notification_display_style": 1}]
    assert changer.agora("/users/a")["entities"][0]["notification_display_style"] == 1
    assert told.before.startswith("0: ")


async def test_the_pages_mode_and_do_not_disturb(changer: Changer) -> None:
    """The page sends all three at once; each change sends its own, and together they give the page's answer."""
    changer.register("hxtest")
    sent = [
        *bodies(await changer.change("agora", "hxtest", "mode", "NONE")),
        *bodies(await changer.change("agora", "hxtest", "quiet-time", "21:30-08:00")),
        *bodies(await changer.change("agora", "hxtest", "quiet-for", "1d")),
    ]
    assert sent == [{"type": "NONE"}, {"ignoreInterval": "21:30-08:00"}, {"ignoreDuration": DAY}]
    assert changer.mode("hxtest") == {
        "type": "NONE",
        "ignoreDuration": NOON_MS + DAY,
        "ignoreInterval": "21:30-08:00",
    }


async def test_the_pages_language(changer: Changer) -> None:
    proposal = await changer.propose("agora", "amelie", "language", "EU")
    assert [found.message for found in proposal.findings if "eu" in found.message]
    told = await changer.confirm(proposal)
    (request,) = told.change.requests
    assert (request.path, request.body) == ("/users/amelie/notification/language", {"translationLanguage": "EU"})
    assert changer.agora("/users/amelie/notification/language")["data"] == {"language": "EU"}
    assert told.change.read_back is ReadBack.AS_WANTED


@pytest.mark.parametrize("place", ["user/hxtest", f"group/{PAGE_GROUP}"])
async def test_a_conversation_has_a_mode_and_a_duration_of_its_own(changer: Changer, place: str) -> None:
    changer.register("hxtest")
    path = place.replace("group", "chatgroup")
    told = await changer.change("agora", "amelie", "mode", "none", place)
    (request,) = told.change.requests
    assert (request.path, request.body) == (f"/users/amelie/notification/{path}", {"type": "NONE"})
    await changer.change("agora", "amelie", "quiet-for", "90m", place)
    assert changer.mode("amelie", path) == {"type": "NONE", "ignoreDuration": NOON_MS + 90 * 60_000}
    assert "ignoreDuration" not in changer.mode("amelie")
    cleared = await changer.clear("agora", "amelie", "mode", place)
    assert bodies(cleared) == [{"type": "DEFAULT"}]
    assert cleared.change.read_back is ReadBack.AS_WANTED


async def test_a_duration_is_written_from_now_and_read_as_the_moment_it_ends(changer: Changer) -> None:
    """The clock decides what comes back; what was read is never written."""
    first = await changer.change("agora", "amelie", "quiet-for", "8h")
    assert bodies(first) == [{"ignoreDuration": 8 * 3_600_000}]
    assert changer.mode("amelie")["ignoreDuration"] == NOON_MS + 8 * 3_600_000
    assert first.change.after == "2026-11-22T20:00:00+00:00"
    changer.clouds.sandbox.advance(3600)
    second = await changer.change("agora", "amelie", "quiet-for", "7d")
    assert changer.mode("amelie")["ignoreDuration"] == NOON_MS + 3_600_000 + 7 * DAY
    changer.clouds.sandbox.advance(1800)
    back = await changer.undo(second)
    (body,) = bodies(back)
    assert abs(body["ignoreDuration"] - int(6.5 * 3_600_000)) < 1000
    assert back.change.read_back is ReadBack.AS_WANTED
    assert abs(changer.mode("amelie")["ignoreDuration"] - (NOON_MS + 8 * 3_600_000)) < 1000


async def test_a_duration_that_is_over_by_now_is_taken_back_to_none(changer: Changer) -> None:
    first = await changer.change("agora", "amelie", "quiet-for", "1h")
    second = await changer.change("agora", "amelie", "quiet-for", "5h")
    changer.clouds.sandbox.advance(2 * 3600)
    assert first.change.after == "2026-11-22T13:00:00+00:00"
    back = await changer.undo(second)
    assert bodies(back) == [{"ignoreDuration": 0}]
    assert back.change.read_back is ReadBack.AS_WANTED
    assert changer.mode("amelie")["ignoreDuration"] == 0


async def test_quiet_until_a_moment_is_counted_by_the_clouds_clock(changer: Changer) -> None:
    told = await changer.change("agora", "amelie", "quiet-for", "2026-11-23T08:00+08:00")
    assert abs(bodies(told)[0]["ignoreDuration"] - 12 * 3_600_000) < 1000
    over = await changer.propose("agora", "amelie", "quiet-for", "2026-11-22T11:59")
    assert "is over already" in over.problem
    too_long = await changer.propose("agora", "amelie", "quiet-for", "169h")
    assert too_long.problem == "ignoreDuration: 169 h 00 min is given; 7 days at most."


async def test_equal_ends_say_what_they_do_and_take_more_than_a_key(changer: Changer) -> None:
    proposal = await changer.propose("agora", "amelie", "quiet-time", "00:00-0:0")
    assert proposal.intent.wanted == "00:00-00:00"
    assert (proposal.ritual.phrase, proposal.ritual.key) == ("sandbox all day", None)
    assert "nothing is ever pushed" in proposal.findings[0].message
    with pytest.raises(Refused, match="type “sandbox all day”"):
        await changer.services.changes.apply(proposal, "s")
    assert "ignoreInterval" not in changer.mode("amelie")
    await changer.confirm(proposal)
    cleared = await changer.clear("agora", "amelie", "quiet-time")
    assert bodies(cleared) == [{"ignoreInterval": ""}]
    assert (cleared.before, cleared.after) == ("00:00-00:00: all day, or never; Agora's pages say both", "none")


@pytest.mark.parametrize(
    ("name", "typed", "place", "said"),
    [
        ("mode", "DEFAULT", "", "allowed: ALL, AT, NONE"),
        ("mode", "NON", "", "Did you mean “none”"),
        ("quiet-time", "21:30", "", "two times of day"),
        ("quiet-time", "25:00-08:00", "", "two times of day"),
        ("quiet-time", "21:30-08:00", "group/1", "is for the user as a whole"),
        ("quiet-for", "-1h", "", "a duration such as 8h"),
        ("quiet-for", "tomorrow", "", "a duration such as 8h"),
        ("display-style", "2", "", "allowed: 0, 1"),
        ("nickname", "x", "user/bob", "is for the user as a whole"),
        ("mode", "ALL", "system/news", "can be set for: user, group"),
        ("mode", "ALL", "user/amelie", "the user's own id"),
        ("moood", "ALL", "", "There is no setting “moood”"),
    ],
)
async def test_what_cannot_be_is_said_before_anything_is_sent(
    changer: Changer, name: str, typed: str, place: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        await changer.propose("agora", "amelie", name, typed, place)


async def test_a_nickname_has_a_hundred_characters(changer: Changer) -> None:
    told = await changer.change("agora", "amelie", "nickname", "名" * 100)
    assert told.change.read_back is ReadBack.AS_WANTED
    longer = await changer.propose("agora", "amelie", "nickname", "n" * 101)
    assert longer.problem == "nickname: 101 characters are given; at most 100 are allowed."
    with pytest.raises(Refused, match="101 characters"):
        await changer.confirm(longer)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("nickname", "Amy"), ("display-style", "1"), ("mode", "AT"), ("quiet-time", "22:00-06:00"), ("language", "fr-CA")],
)
async def test_every_change_can_be_taken_back(changer: Changer, name: str, typed: str) -> None:
    fact = changer.setting("agora", name).fact
    before = (await changer.services.profiles.open(changer.accounts["agora"], "priya")).known(fact)
    told = await changer.change("agora", "priya", name, typed)
    back = await changer.undo(told)
    now = (await changer.services.profiles.open(changer.accounts["agora"], "priya")).known(fact)
    assert now == before or (before is None and now == "ALL")
    assert (back.change.undoes, back.change.read_back) == (told.change.id, ReadBack.AS_WANTED)


async def test_only_what_changes_is_sent(changer: Changer) -> None:
    changer.clouds.agora.ok("PUT", "/users/amelie/notification/user/amelie", {"type": "AT", "ignoreDuration": DAY})
    told = await changer.change("agora", "amelie", "mode", "ALL")
    sent: list[Any] = bodies(told)
    assert sent == [{"type": "ALL"}]
    assert changer.mode("amelie") == {"type": "ALL", "ignoreDuration": NOON_MS + DAY}


async def test_a_duration_says_when_it_ends_by_the_clouds_clock(changer: Changer) -> None:
    proposal = await changer.propose("agora", "amelie", "quiet-for", "8h")
    (line,) = proposal.differences
    assert (line.before, line.after[:36]) == ("none", "until 2026-11-22 20:00:00 UTC, 8 h 0")
    await changer.confirm(proposal)
    assert (await changer.propose("agora", "amelie", "quiet-for", "8h")).differences == ()
    changer.clouds.sandbox.advance(9 * 3600)
    (line,) = (await changer.propose("agora", "amelie", "quiet-for", "1h")).differences
    assert (line.before, line.after) == ("none any more", "until 2026-11-22 22:00:00 UTC, 1 h 00 min from now")
    over = await changer.services.changes.clearing(
        changer.accounts["agora"], "amelie", changer.setting("agora", "quiet-for")
    )
    assert over.problem.startswith("Nothing to change")
