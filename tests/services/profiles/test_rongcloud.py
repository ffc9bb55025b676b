"""What RongCloud tells of a user."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from pushtui.domain.profile import FactState
from tests.sandbox.clouds import Clouds
from tests.services.profiles.conftest import Opener

PAGE_ALIASES = [{"id": "user11", "remark": "remark1"}, {"id": "user12", "remark": "remark2"}]
"""The aliases of the page's request example, for the user `uid1`."""


def form(clouds: Clouds, path: str, **values: Any) -> None:
    """Change something by a call of its own."""
    headers = {**clouds.sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
    answer = clouds.sandbox.request("POST", path, urlencode(values, doseq=True).encode(), headers)
    assert answer.code == 200, answer.body


async def test_all_that_is_told_of_somebody(opened: Opener, clouds: Clouds) -> None:
    profile = await opened("rongcloud", "priya", "user/amelie", "6/news", "ultragroup/club/talk")
    told = {fact.name: fact.value for fact in profile.facts if fact.state is FactState.KNOWN}
    assert told == {
        "exists": True,
        "name": "प्रिया शर्मा",
        "portrait": "",
        "registered_at": "2026-01-05 09:00:00",
        "online": False,
        "quiet_hours": {"start": "22:00:00", "minutes": 540, "level": 1},
        "conversations": {"1/amelie": 0, "6/news": 0, "10/club/talk": 0},
        "conversation_types": {"1": 0, "3": 0, "6": 0, "10": 0},
        "tags": ["beta", "女"],
        "aliases": {},
    }
    assert profile.complete
    untold = {fact.name: fact.problem for fact in profile.facts if fact.state is FactState.UNAVAILABLE}
    assert set(untold) == {"bindings", "language"}
    assert all(untold.values())


async def test_words_say_whose_clock_it_is_and_what_levels_mean(opened: Opener, clouds: Clouds) -> None:
    form(clouds, "/conversation/type/notification/set.json", conversationType=3, requestId="priya", unpushLevel=5)
    form(
        clouds,
        "/conversation/notification/set.json",
        conversationType=1,
        requestId="priya",
        targetId="amelie",
        unpushLevel=1,
    )
    profile = await opened("rongcloud", "priya", "user/amelie")
    words = {fact.name: fact.words for fact in profile.facts}
    assert words["quiet_hours"] == "22:00:00-07:00:00 server time (UTC), level 1 only @-messages push"
    assert words["conversation_types"] == "3 group: level 5 nothing"
    assert words["conversations"] == "user/amelie: level 1 only @"
    assert profile.known("conversations") == {"1/amelie": 1}


async def test_all_day_is_not_an_end_at_a_minute_to_midnight(opened: Opener, clouds: Clouds) -> None:
    form(clouds, "/user/blockPushPeriod/set.json", userId="omar", startTime="00:00:00", period=1439, level=5)
    assert (await opened.fact("rongcloud", "omar", "quiet_hours")).words.startswith("all day ")


async def test_the_pages_aliases_are_read_back(opened: Opener, clouds: Clouds) -> None:
    form(clouds, "/user/remarks/set.json", userId="uid1", remarks=json.dumps(PAGE_ALIASES))
    fact = await opened.fact("rongcloud", "uid1", "aliases")
    assert fact.value == {"user11": "remark1", "user12": "remark2"}
    assert fact.words == "user11 is “remark1”, user12 is “remark2”"
    assert fact.source == "POST /user/remarks/get.json"


async def test_aliases_of_all_pages_are_there(opened: Opener, clouds: Clouds) -> None:
    wanted = {f"u{number}": f"name {number}" for number in range(230)}
    for start in range(0, 230, 100):
        rows = [{"id": sender, "remark": alias} for sender, alias in [*wanted.items()][start : start + 100]]
        form(clouds, "/user/remarks/set.json", userId="omar", remarks=json.dumps(rows))
    fact = await opened.fact("rongcloud", "omar", "aliases")
    assert (fact.value, fact.problem) == (wanted, "")
    assert fact.words.endswith("and 210 more")


async def test_nobody_is_said_once_and_what_is_kept_for_the_id_still_shows(opened: Opener, clouds: Clouds) -> None:
    form(clouds, "/user/remarks/set.json", userId="uid1", remarks=json.dumps(PAGE_ALIASES))
    profile = await opened("rongcloud", "uid1", "user/amelie")
    states = {fact.name: fact.state for fact in profile.facts}
    assert profile.exists is False
    assert (states.pop("exists"), states.pop("aliases")) == (FactState.KNOWN, FactState.KNOWN)
    assert (states.pop("bindings"), states.pop("language")) == (FactState.UNAVAILABLE, FactState.UNAVAILABLE)
    assert set(states.values()) == {FactState.NOT_APPLICABLE}
    assert [fact.words for fact in profile.facts if fact.words == "no such user"] == ["no such user"]


async def test_conversations_must_be_named(opened: Opener) -> None:
    fact = await opened.fact("rongcloud", "omar", "conversations")
    assert (fact.state, fact.value) == (FactState.UNAVAILABLE, None)
    assert "Name those to ask about" in fact.problem
