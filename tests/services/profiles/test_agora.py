"""What Agora Chat tells of a user; the examples are those of its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from pushtui.domain.profile import FactState, Profile
from tests.sandbox.clouds import NOON, Clouds
from tests.services.profiles.conftest import Opener

PAGE_GROUP = "12312312321"
DAY = 86_400_000
TOMORROW = "2026-11-23T12:00:00+00:00"
"""A day after the sandbox's noon."""


def put(clouds: Clouds, path: str, body: Any) -> None:
    """Change something by a call of its own."""
    clouds.agora.ok("PUT", path, body)


def told(profile: Profile) -> dict[str, Any]:
    """Return what is known, by name."""
    return {fact.name: fact.value for fact in profile.facts if fact.state is FactState.KNOWN}


async def test_all_that_is_told_of_somebody(opened: Opener, clouds: Clouds) -> None:
    profile = await opened("agora", "priya")
    known = told(profile)
    (binding,) = known.pop("bindings")
    assert known == {
        "exists": True,
        "active": True,
        "registered_at": known["registered_at"],
        "online": False,
        "legacy_quiet_hours": None,
        "legacy_ignored": [],
        "mode": None,
        "quiet_time": "22:00-07:00",
        "quiet_until": None,
        "conversations": {},
        "nickname": "प्रिया शर्मा",
        "display_style": 0,
        "language": "hi",
    }
    assert datetime.fromisoformat(known["registered_at"]).tzinfo is not None
    assert set(binding) == {"notifier", "device", "token"}
    assert profile.complete
    (labels,) = [fact for fact in profile.facts if fact.state is FactState.UNAVAILABLE]
    assert (labels.name, labels.problem) == ("labels", "Agora Chat lists no labels of a user. Name those to ask about.")


async def test_tokens_of_devices_are_masked_but_for_their_ends(opened: Opener, clouds: Clouds) -> None:
    token = "0123456789abcdef0123456789WXYZ"
    body = {"device_id": "d1", "device_token": token, "notifier_name": "2882303761517426801"}
    put(clouds, "/users/amelie/push/binding", body)
    fact = await opened.fact("agora", "amelie", "bindings")
    assert isinstance(fact.value, list)
    assert {"notifier": "2882303761517426801", "device": "d1", "token": "••••••••WXYZ"} in fact.value
    assert token[:-4] not in f"{fact}"


async def test_the_pages_mode_is_read_back_with_an_absolute_end(opened: Opener, clouds: Clouds) -> None:
    put(
        clouds,
        "/users/user1/notification/user/user1",
        {"type": "NONE", "ignoreInterval": "21:30-08:00", "ignoreDuration": DAY},
    )
    profile = await opened("agora", "user1")
    assert (profile.known("mode"), profile.known("quiet_time")) == ("NONE", "21:30-08:00")
    assert profile.known("quiet_until") == TOMORROW
    words = {fact.name: fact.words for fact in profile.facts}
    assert words["mode"] == "NONE: none"
    assert words["quiet_time"] == "21:30-08:00 server time (UTC)"
    assert words["quiet_until"] == "until 2026-11-23 12:00:00 UTC"
    clouds.sandbox.advance(2 * DAY / 1000)
    later = await opened.fact("agora", "user1", "quiet_until")
    assert (later.value, later.words) == (TOMORROW, "none; the last one ended 2026-11-23 12:00:00 UTC")


async def test_the_pages_group_is_read_back(opened: Opener, clouds: Clouds) -> None:
    body = {"type": "NONE", "ignoreInterval": "21:30-08:00", "ignoreDuration": DAY}
    put(clouds, f"/users/user1/notification/chatgroup/{PAGE_GROUP}", body)
    fact = await opened.fact("agora", "user1", "conversations", f"chatgroup/{PAGE_GROUP}")
    assert fact.value == {
        f"chatgroup/{PAGE_GROUP}": {"mode": "NONE", "quiet_until": TOMORROW, "ignored_quiet_time": "21:30-08:00"}
    }
    assert fact.source == "GET /users/{username}/notification/{chattype}/{key}"
    assert "no effect here" in fact.words


async def test_the_pages_language_is_read_back(opened: Opener, clouds: Clouds) -> None:
    put(clouds, "/users/user1/notification/language", {"translationLanguage": "EU"})
    assert (await opened.fact("agora", "user1", "language")).value == "EU"
    put(clouds, "/users/user1/notification/language", {"translationLanguage": ""})
    fact = await opened.fact("agora", "user1", "language")
    assert (fact.value, fact.words) == ("", "not set: the original text is pushed")


async def test_the_pages_nickname_and_display_style_are_read_back(opened: Opener, clouds: Clouds) -> None:
    put(clouds, "/users/user1", {"nickname": "testuser"})
    put(clouds, "/users/user1", {"notification_display_style": "1"})
    profile = await opened("agora", "user1")
    assert (profile.known("nickname"), profile.known("display_style")) == ("testuser", 1)


async def test_conversations_that_the_server_lists_are_found_with_their_ends(opened: Opener, clouds: Clouds) -> None:
    wanted: dict[str, dict[str, str | None]] = {}
    for number in range(60):
        put(clouds, f"/users/omar/notification/user/u{number}", {"type": "AT", "ignoreDuration": DAY})
        wanted[f"user/u{number}"] = {"mode": "AT", "quiet_until": TOMORROW}
    put(clouds, f"/users/omar/notification/chatgroup/{PAGE_GROUP}", {"type": "NONE"})
    wanted[f"chatgroup/{PAGE_GROUP}"] = {"mode": "NONE", "quiet_until": None}
    fact = await opened.fact("agora", "omar", "conversations", "user/amelie")
    assert fact.value == {**wanted, "user/amelie": {"mode": None, "quiet_until": None}}
    assert fact.problem == ""
    assert fact.words.splitlines()[-1] == "and 42 more"


async def test_a_server_without_the_list_still_tells_of_those_that_are_named(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.fault("html-5xx", cloud="agora", path="/users/*/notification/mute/type", times=None)
    fact = await opened.fact("agora", "omar", "conversations", "user/amelie")
    assert (fact.state, fact.value) == (FactState.KNOWN, {"user/amelie": {"mode": None, "quiet_until": None}})
    assert fact.problem.startswith("Others are not listed.")
    alone = await opened.fact("agora", "omar", "conversations")
    assert alone.state is FactState.FAILED


async def test_a_named_conversation_that_fails_leaves_the_others(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.fault("internal-error", cloud="agora", path="/users/*/notification/user/amelie", times=None)
    fact = await opened.fact("agora", "omar", "conversations", "user/amelie", "user/priya")
    assert fact.value == {"user/priya": {"mode": None, "quiet_until": None}}
    assert fact.problem.startswith("user/amelie: ")


async def test_a_kind_of_conversation_that_agora_lacks_is_said_to_be_none(opened: Opener) -> None:
    fact = await opened.fact("agora", "omar", "conversations", "system/news")
    assert (fact.value, fact.words, fact.problem) == ({}, "system/news: Agora Chat has no such conversations.", "")


async def test_labels_are_told_of_those_that_are_named(opened: Opener, clouds: Clouds) -> None:
    profile = await opened("agora", "omar", labels=("vip", "beta", "no-such-label"))
    assert profile.known("labels") == {"vip": True, "beta": False, "no-such-label": False}


@pytest.mark.parametrize(
    ("legacy", "value", "words"),
    [
        ((22, 7), {"start": 22, "end": 7}, "22:00-07:00 server time (UTC) (of the old kind, to be read only)"),
        ((0, 0), {"start": 0, "end": 0}, "all day (of the old kind, to be read only)"),
    ],
)
async def test_old_quiet_hours_show_as_such(
    legacy: tuple[int, int], value: dict[str, int], words: str, opened: Opener, clouds: Clouds
) -> None:
    start, end = legacy
    body = {
        "notification_no_disturbing": True,
        "notification_no_disturbing_start": start,
        "notification_no_disturbing_end": end,
    }
    put(clouds, "/users/omar", body)
    fact = await opened.fact("agora", "omar", "legacy_quiet_hours")
    assert (fact.value, fact.words) == (value, words)


@pytest.mark.parametrize("null", [True, False])
async def test_unset_is_known_whether_it_is_absent_or_null(null: bool, opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.settings(agora__unset_is_null=null)
    known = told(await opened("agora", "omar"))
    assert (known["mode"], known["quiet_time"], known["quiet_until"]) == (None, "", None)


async def test_equal_ends_of_a_quiet_time_are_said_to_be_doubtful(opened: Opener, clouds: Clouds) -> None:
    put(clouds, "/users/omar/notification/user/omar", {"ignoreInterval": "00:00-00:00"})
    assert "all day, or never" in (await opened.fact("agora", "omar", "quiet_time")).words


async def test_a_feature_that_is_off_is_said_in_its_rows_only(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.settings(agora__advanced_push_open=False)
    profile = await opened("agora", "omar")
    failed = {fact.name: fact.problem for fact in profile.facts if fact.state is FactState.FAILED}
    assert set(failed) == {"mode", "quiet_time", "quiet_until", "conversations", "language"}
    assert all("console" in problem for problem in failed.values())
    assert profile.known("nickname") == "عمر حداد"


async def test_the_frozen_noon_is_the_clouds_time(opened: Opener) -> None:
    profile = await opened("agora", "omar")
    now = opened.services.clock.now()
    assert abs((now + profile.ahead) - datetime.fromisoformat(NOON)).total_seconds() < 5
