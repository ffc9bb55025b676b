"""Agora Chat: what holds a push back, by the tables of its documents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pushtui.domain.diagnosis import Incoming, Mark
from pushtui.services.diagnosing import diagnose
from tests.providers.cases import NOON, at, judged, mark, profile_of, told

PASS, FAIL, UNKNOWN, IDLE = Mark.PASS, Mark.FAIL, Mark.UNKNOWN, Mark.NOT_APPLICABLE
FROM_U7 = Incoming(sender="u7")
NO_AT, AT_ME, AT_ALL = (
    Incoming(group="g", mentions=False, mentions_all=False),
    Incoming(group="g", mentions=True, mentions_all=False),
    Incoming(group="g", mentions=False, mentions_all=True),
)


def own(mode: str | None = None, until: str | None = None, key: str = "user/u7") -> dict[str, Any]:
    return {key: {"mode": mode, "quiet_until": until}}


def test_a_push_shows_to_whom_nothing_keeps_it_from() -> None:
    diagnosis = diagnose(profile_of("agora", conversations=own()), FROM_U7, NOON)
    assert diagnosis.shows is True
    assert [check.name for check in diagnosis.checks] == [
        *("account", "exists", "audience", "message", "online", "token"),
        *(
            "quiet_until",
            "quiet_time",
            "legacy_quiet_hours",
            "legacy_ignored",
            "conversation_quiet",
            "conversation",
            "mode",
        ),
        *("language", "display_style", "sender_name", "channel", "quota"),
    ]


@pytest.mark.parametrize(
    ("interval", "clock", "expected"),
    [
        ("21:30-08:00", "21:29:59.999999", PASS),
        ("21:30-08:00", "21:30:00", FAIL),
        ("21:30-08:00", "23:59:59", FAIL),
        ("21:30-08:00", "00:00:00", FAIL),
        ("21:30-08:00", "07:59:59.999999", FAIL),
        ("21:30-08:00", "08:00:00", PASS),
        ("08:05-09:30", "08:05:00", FAIL),
        ("08:05-09:30", "09:29:59", FAIL),
        ("08:05-09:30", "09:30:00", PASS),
        ("08:05-09:30", "00:00:00", PASS),
        ("00:00-23:59", "23:58:59", FAIL),
        ("00:00-23:59", "23:59:00", PASS),
        ("23:59-00:00", "23:59:59", FAIL),
        ("23:59-00:00", "00:00:00", PASS),
        ("08:00-08:00", "12:00:00", UNKNOWN),
        ("08:00-08:00", "08:00:00", UNKNOWN),
        ("00:00-00:00", "12:00:00", UNKNOWN),
        ("", "12:00:00", PASS),
    ],
)
def test_the_daily_quiet_time(interval: str, clock: str, expected: Mark) -> None:
    assert mark("agora", "quiet_time", moment=at(f"2026-11-22T{clock}"), quiet_time=interval) is expected


def test_the_quiet_time_is_read_by_the_accounts_push_zone() -> None:
    check = judged(
        "agora", "quiet_time", moment=at("2026-11-22T14:02:00"), zone="Asia/Shanghai", quiet_time="21:30-08:00"
    )
    assert (check.mark, check.until) == (FAIL, at("2026-11-23T00:00:00"))
    assert check.evidence == "21:30-08:00; it is 22:02 server time (Asia/Shanghai)."


def test_a_quiet_time_that_starts_when_it_ends_has_no_end() -> None:
    assert judged("agora", "quiet_time", quiet_time="08:00-08:00").until is None


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (timedelta(microseconds=1), FAIL),
        (timedelta(seconds=1), FAIL),
        (timedelta(days=7), FAIL),
        (timedelta(), PASS),
        (timedelta(seconds=-1), PASS),
    ],
)
@pytest.mark.parametrize("name", ["quiet_until", "conversation_quiet"])
def test_a_duration_holds_until_the_moment_it_ends(name: str, ahead: timedelta, expected: Mark) -> None:
    ends = (NOON + ahead).isoformat()
    given: dict[str, Any] = {"quiet_until": ends} if name == "quiet_until" else {"conversations": own(until=ends)}
    check = judged("agora", name, FROM_U7, **given)
    assert check.mark is expected
    assert check.until == (NOON + ahead if expected is FAIL else None)


@pytest.mark.parametrize(
    ("app", "conversation", "incoming", "shows", "deciding"),
    [
        (None, None, NO_AT, True, ""),
        ("ALL", None, NO_AT, True, ""),
        ("NONE", None, NO_AT, False, "mode"),
        ("NONE", "DEFAULT", NO_AT, False, "mode"),
        ("NONE", "ALL", NO_AT, True, ""),
        ("NONE", "AT", AT_ME, True, ""),
        ("NONE", "AT", NO_AT, False, "conversation"),
        ("ALL", "NONE", AT_ME, False, "conversation"),
        ("ALL", "AT", NO_AT, False, "conversation"),
        ("ALL", "AT", AT_ALL, True, ""),
        ("AT", None, NO_AT, False, "mode"),
        ("AT", "DEFAULT", AT_ALL, True, ""),
        ("AT", "ALL", NO_AT, True, ""),
        ("AT", None, Incoming(group="g"), None, "mode"),
    ],
)
def test_a_conversations_mode_comes_before_the_apps(
    app: str | None, conversation: str | None, incoming: Incoming, shows: bool | None, deciding: str
) -> None:
    profile = profile_of("agora", mode=app, conversations=own(conversation, key="chatgroup/g"))
    diagnosis = diagnose(profile, incoming, NOON)
    assert diagnosis.shows is shows
    questions = [diagnosis.first_failing] if diagnosis.first_failing else diagnosis.open_questions
    assert [check.name for check in questions if check] == ([deciding] if deciding else [])


@pytest.mark.parametrize(
    "changed",
    [
        {"quiet_time": "00:00-23:00"},
        {"quiet_until": "2026-11-22T13:00:00+00:00"},
        {"conversations": own("NONE", "2026-11-22T13:00:00+00:00")},
        {"mode": "NONE"},
        {"mode": "AT"},
    ],
)
def test_a_forced_message_passes_through_all_of_it_and_a_silent_one_never_shows(changed: dict[str, Any]) -> None:
    profile = profile_of("agora", **changed)
    assert diagnose(profile, Incoming(sender="u7", forced=True), NOON).shows is True
    silent = diagnose(profile, Incoming(sender="u7", forced=True, silent=True), NOON)
    assert silent.first_failing is not None
    assert silent.first_failing.name == "message"


def test_do_not_disturb_of_the_app_silences_a_conversation_with_the_mode_all() -> None:
    profile = profile_of("agora", quiet_time="00:00-23:00", conversations=own("ALL"))
    failing = diagnose(profile, FROM_U7, NOON).first_failing
    assert failing is not None
    assert failing.name == "quiet_time"


def test_an_interval_and_a_duration_add_up() -> None:
    """At 8:00 an interval of two hours and a duration of four: silent until 12:00."""
    profile = profile_of("agora", quiet_time="08:00-10:00", quiet_until="2026-11-22T12:00:00+00:00")
    for clock, shows in (("07:59:59", False), ("11:59:59", False), ("12:00:00", True)):
        assert diagnose(profile, Incoming(), at(f"2026-11-22T{clock}")).shows is shows
    assert diagnose(profile, Incoming(), at("2026-11-23T09:00:00")).shows is False
    assert diagnose(profile, Incoming(), at("2026-11-23T10:00:00")).shows is True


@pytest.mark.parametrize(
    ("fact", "value", "name", "expected"),
    [
        ("exists", False, "exists", FAIL),
        ("exists", ..., "exists", UNKNOWN),
        ("active", False, "exists", UNKNOWN),
        ("online", True, "online", FAIL),
        ("online", ..., "online", UNKNOWN),
        ("bindings", [], "token", FAIL),
        ("bindings", ..., "token", UNKNOWN),
        ("mode", ..., "mode", UNKNOWN),
        ("quiet_time", ..., "quiet_time", UNKNOWN),
        ("quiet_until", ..., "quiet_until", UNKNOWN),
        ("conversations", ..., "conversation", UNKNOWN),
        ("conversations", ..., "conversation_quiet", UNKNOWN),
        ("conversations", {}, "conversation", UNKNOWN),
        ("conversations", {"user/u7": {"mode": "ALL"}}, "conversation_quiet", UNKNOWN),
        ("legacy_quiet_hours", {"start": 11, "end": 13}, "legacy_quiet_hours", UNKNOWN),
        ("legacy_quiet_hours", {"start": 13, "end": 11}, "legacy_quiet_hours", PASS),
        ("legacy_quiet_hours", {"start": 5, "end": 5}, "legacy_quiet_hours", UNKNOWN),
        ("legacy_quiet_hours", ..., "legacy_quiet_hours", UNKNOWN),
        ("language", ..., "language", UNKNOWN),
        ("language", "fr", "language", PASS),
        ("display_style", ..., "display_style", UNKNOWN),
    ],
)
def test_every_fact_counts_where_it_is_told_and_where_it_is_not(
    fact: str, value: Any, name: str, expected: Mark
) -> None:
    check = judged("agora", name, FROM_U7, **{fact: value})
    assert check.mark is expected
    if value is ...:
        assert (check.evidence, check.next_step) == ("No answer came.", "Read it again.")


def test_what_only_says_how_a_push_reads_never_holds_it_back() -> None:
    profile = profile_of("agora", conversations=own(), language=..., display_style=...)
    assert diagnose(profile, FROM_U7, NOON).shows is True


def test_without_a_conversation_the_apps_settings_count() -> None:
    diagnosis = diagnose(profile_of("agora", conversations=..., mode="NONE"), Incoming(), NOON)
    assert told(diagnosis, "conversation").mark is IDLE
    assert told(diagnosis, "mode").mark is FAIL


def test_with_oneself_there_is_no_conversation_of_its_own() -> None:
    assert mark("agora", "conversation", Incoming(sender="u17")) is IDLE


def test_the_senders_name_depends_on_style_and_group() -> None:
    assert "does not name" in judged("agora", "sender_name", FROM_U7).evidence
    assert "nickname of u7" in judged("agora", "sender_name", FROM_U7, display_style=1).evidence
    assert "group's id" in judged("agora", "sender_name", Incoming("u7", "g"), display_style=1).evidence
