"""Changes at Tencent Chat."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import ReadBack
from pushtui.domain.errors import Refused, UsageError
from tests.services.changes.conftest import Changer, bodies

PUSH = "/v4/all_member_push/"


def tags(changer: Changer, user: str) -> list[str]:
    found: list[str] = changer.tencent(f"{PUSH}im_get_tag", {"To_Account": [user]})["UserTags"][0]["Tags"]
    return found


def attributes(changer: Changer, user: str) -> dict[str, str]:
    found: dict[str, str] = changer.tencent(f"{PUSH}im_get_attr", {"To_Account": [user]})["UserAttrs"][0]["Attrs"]
    return found


def profile(changer: Changer, user: str, tag: str) -> Any:
    body = {"To_Account": [user], "TagList": [tag]}
    items = changer.tencent("/v4/profile/portrait_get", body)["UserProfileItem"][0]["ProfileItem"]
    return items[0]["Value"] if items else None


async def test_only_the_tags_that_change_are_sent(changer: Changer) -> None:
    changer.tencent(f"{PUSH}im_add_tag", {"UserTags": [{"To_Account": "omar", "Tags": ["a", "b"]}]})
    before = tags(changer, "omar")
    wanted = [tag for tag in before if tag != "a"] + [f"new{number}" for number in range(11)]
    told = await changer.change("tencent", "omar", "tags", ",".join(wanted))
    removed, added, more = bodies(told)
    assert removed == {"UserTags": [{"To_Account": "omar", "Tags": ["a"]}]}
    assert [len(body["UserTags"][0]["Tags"]) for body in (added, more)] == [10, 1]
    assert set(tags(changer, "omar")) == set(wanted)
    assert told.change.read_back is ReadBack.AS_WANTED
    await changer.undo(told)
    assert set(tags(changer, "omar")) == set(before)


async def test_attributes_are_set_and_taken_away_by_name(changer: Changer) -> None:
    assert attributes(changer, "minjun") == {"country": "Korea"}
    told = await changer.change("tencent", "minjun", "attributes", "city=Seoul\ncountry=")
    assert bodies(told) == [
        {"UserAttrs": [{"To_Account": "minjun", "Attrs": {"city": "Seoul"}}]},
        {"UserAttrs": [{"To_Account": "minjun", "Attrs": ["country"]}]},
    ]
    assert attributes(changer, "minjun") == {"city": "Seoul"}
    await changer.undo(told)
    assert attributes(changer, "minjun") == {"country": "Korea"}


async def test_an_attribute_without_a_name_at_the_app_is_rejected_in_tencents_words(changer: Changer) -> None:
    told = await changer.change("tencent", "minjun", "attributes", "shoe=43")
    assert told.change.state is AttemptState.REJECTED
    assert told.verdict.startswith("Nothing was changed.")
    assert (told.change.read_back, told.change.changed) == (None, False)
    with pytest.raises(Refused, match="was rejected, so there is nothing"):
        await changer.services.changes.undo(told.change.id)


async def test_a_rejection_half_way_says_how_far_it_came_and_is_read_back(changer: Changer) -> None:
    changer.clouds.sandbox.fault("rate-limited", cloud="tencent", path="*im_remove_attr", times=2)
    told = await changer.change("tencent", "minjun", "attributes", "city=Seoul\ncountry=")
    assert told.change.end is not None
    assert (told.change.state, told.change.end.accepted) == (AttemptState.REJECTED, 1)
    assert "1 of its 2 requests were accepted before" in told.verdict
    assert told.change.read_back is ReadBack.DIFFERENT
    assert told.change.after == {"city": "Seoul", "country": "Korea"}
    assert told.change.changed is True


@pytest.mark.parametrize(("name", "typed"), [("attributes", "city=Seoul"), ("tags", "other")])
async def test_an_inner_failure_for_the_user_alone_is_unknown_and_read_back(
    changer: Changer, name: str, typed: str
) -> None:
    proposal = await changer.propose("tencent", "minjun", name, typed)
    changer.clouds.sandbox.fault("partial-success", cloud="tencent", path="*im_set_attr", times=1)
    changer.clouds.sandbox.fault("partial-success", cloud="tencent", path="*im_remove_tag", times=1)
    told = await changer.confirm(proposal)
    assert (told.change.state, told.change.read_back) == (AttemptState.UNKNOWN, ReadBack.DIFFERENT)
    assert "Tencent answers 91000 for this user: internal error" in told.verdict
    assert told.change.changed is False
    with pytest.raises(Refused, match="not what it wanted, so there is nothing that could safely be taken back"):
        await changer.services.changes.undo(told.change.id)


async def test_the_profiles_nickname_and_numbers(changer: Changer) -> None:
    told = await changer.change("tencent", "amelie", "nickname", "Amy")
    assert bodies(told) == [{"From_Account": "amelie", "ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": "Amy"}]}]
    assert profile(changer, "amelie", "Tag_Profile_IM_Nick") == "Amy"
    await changer.change("tencent", "amelie", "language", "42")
    assert profile(changer, "amelie", "Tag_Profile_IM_Language") == 42
    long = await changer.propose("tencent", "amelie", "nickname", "名" * 167)
    assert "501 UTF-8 bytes are given; at most 500" in long.problem


async def test_message_settings_keep_the_bits_that_mean_something_else(changer: Changer) -> None:
    item = {"Tag": "Tag_Profile_IM_MsgSettings", "Value": 6}
    changer.tencent("/v4/profile/portrait_set", {"From_Account": "amelie", "ProfileItem": [item]})
    told = await changer.change("tencent", "amelie", "messages", "1")
    assert profile(changer, "amelie", "Tag_Profile_IM_MsgSettings") == 7
    assert (told.before, told.after) == ("0 messages are received", "1 nothing is received")
    await changer.undo(told)
    assert profile(changer, "amelie", "Tag_Profile_IM_MsgSettings") == 6


async def test_do_not_disturb_is_set_only_and_says_so(changer: Changer) -> None:
    typed = "2026-11-22T22:00+08:00/2026-11-23T07:00+08:00 daily level 1"
    proposal = await changer.propose("tencent", "amelie", "dnd", typed)
    assert "cannot be taken back" in proposal.findings[0].message
    told = await changer.confirm(proposal)
    assert bodies(told) == [
        {"To_Account": "amelie", "StartTime": 1795356000, "EndTime": 1795388400, "IsRepeated": 1, "Level": 1}
    ]
    assert (told.before, told.change.read_back) == ("not told by this provider", ReadBack.IMPOSSIBLE)
    assert told.verdict == "It was accepted; this provider has no way to read it back."
    with pytest.raises(Refused, match="cannot be taken back: Tencent has no call"):
        await changer.services.changes.undo(told.change.id)
    with pytest.raises(Refused, match="no way to clear it"):
        await changer.clear("tencent", "amelie", "dnd")
    wrong = await changer.propose("tencent", "amelie", "dnd", "2026-11-22T22:00/2026-11-22T21:00")
    assert wrong.problem == "EndTime: the end is not after the beginning."


@pytest.mark.parametrize("typed", ["", "22:00-07:00", "2026-11-22T22:00", "2026-11-22T22:00/x", "a/b daily level"])
async def test_what_is_no_window_is_refused(changer: Changer, typed: str) -> None:
    with pytest.raises(UsageError):
        await changer.propose("tencent", "amelie", "dnd", typed)
