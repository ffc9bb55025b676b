"""Verdicts and timelines: what holds, until when, and what comes then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.diagnosis import Check, Incoming, Mark
from pushtui.domain.profile import Profile
from pushtui.services.diagnosing import diagnose, timeline, verdict
from tests.providers.cases import NOON, at, profile_of, told

TEN = at("2026-11-22T22:02:00")
FROM_U7 = Incoming(sender="u7")
KNOWN = {"conversations": {"user/u7": {"mode": None, "quiet_until": None}}}


def agora(**changed: Any) -> Profile:
    return profile_of("agora", **{**KNOWN, **changed})


def spans(profile: Profile, start: datetime = NOON, incoming: Incoming = FROM_U7) -> list[tuple[str, str, bool | None]]:
    """Write a timeline: until when, what fails first, whether it shows."""
    return [
        (f"{span.ends:%d %H:%M:%S}", span.check.name if span.check else "", span.shows)
        for span in timeline(profile, incoming, start)
    ]


def test_a_verdict_says_until_when_and_what_comes_then() -> None:
    assert verdict(diagnose(agora(quiet_time="21:30-08:00"), FROM_U7, TEN)) == (
        "Silent until 08:00 server time (UTC), in 9 h 58 min. App's daily quiet time: 21:30-08:00; it is 22:02 server "
        "time (UTC). After that a push shows."
    )


def test_what_comes_then_may_be_another_rule() -> None:
    mode = diagnose(agora(quiet_time="21:30-08:00", mode="NONE"), FROM_U7, TEN)
    assert verdict(mode).endswith(
        "After that it stays silent. App's mode: The mode of the app is NONE: nothing is pushed."
    )
    longer = diagnose(agora(quiet_time="21:30-08:00", quiet_until="2026-11-22T23:00:00+00:00"), FROM_U7, TEN)
    assert verdict(longer).startswith("Silent until 23:00 server time (UTC), in 58 min 00 s.")
    assert "After that it stays silent until 08:00 server time (UTC). App's daily quiet time:" in verdict(longer)


def test_a_verdict_without_an_end() -> None:
    assert verdict(diagnose(agora(bindings=[]), FROM_U7, TEN)).startswith("No push shows. Push token: No device")
    assert verdict(diagnose(agora(), FROM_U7, TEN)) == "A push shows."


def test_a_verdict_names_what_nobody_can_tell() -> None:
    profile = profile_of("rongcloud", conversations={"1/u7": 0})
    assert verdict(diagnose(profile, FROM_U7, TEN)) == (
        "Nothing that is known holds a push back. Not known: push token."
    )


def test_a_zone_that_no_document_names_is_said_to_be_assumed() -> None:
    profile = agora(quiet_time="21:30-08:00")
    assumed = replace(profile, account=replace(profile.account, push_zone_assumed=True))
    diagnosis = diagnose(assumed, FROM_U7, TEN)
    assert verdict(diagnosis).startswith(
        "If daily times are read by the clock of UTC, which no document says: silent until 08:00 server time "
        "(taken to be UTC), in 9 h 58 min. "
    )
    assert verdict(diagnosis).endswith("After that a push shows.")
    assert told(diagnosis, "quiet_time").next_step.startswith("Set the account's push zone")
    assert diagnosis.shows is None


def test_outside_a_quiet_time_of_an_assumed_zone_nobody_can_be_sure() -> None:
    profile = agora(quiet_time="21:30-08:00")
    assumed = replace(profile, account=replace(profile.account, push_zone_assumed=True))
    diagnosis = diagnose(assumed, FROM_U7, NOON)
    assert (told(diagnosis, "quiet_time").mark, diagnosis.shows) == (Mark.UNKNOWN, None)
    assert verdict(diagnosis) == ("If daily times are read by the clock of UTC, which no document says: a push shows.")
    until = assumed.told(
        [replace(fact, value="2026-11-22T14:00:00+00:00") for fact in assumed.facts if fact.name == "quiet_until"]
    )
    assert verdict(diagnose(until, FROM_U7, NOON)).endswith(
        "After that a push shows. What comes then holds if daily times are read by the clock of UTC, which no document "
        "says."
    )
    assert {span.shows for span in timeline(assumed, FROM_U7, NOON)} == {None}
    off = replace(assumed, facts=agora().facts)
    assert diagnose(off, FROM_U7, NOON).shows is True, "without a quiet time no clock matters"
    muted = assumed.told([replace(fact, value="NONE") for fact in assumed.facts if fact.name == "mode"])
    assert diagnose(muted, FROM_U7, NOON).shows is False, "a mode holds by any clock"


def test_far_ends_carry_their_date() -> None:
    diagnosis = diagnose(agora(quiet_until="2026-11-29T12:00:05.924000+00:00"), FROM_U7, NOON)
    assert verdict(diagnosis).startswith("Silent until 2026-11-29 12:00:05 server time (UTC), in 168 h 00 min.")


def test_what_is_known_of_the_push_itself_takes_its_place() -> None:
    sent = Check("sent", "Sent", Mark.FAIL, "It was rejected.")
    audience = Check("audience", "Audience", Mark.PASS, "It names u17.")
    diagnosis = diagnose(agora(), Incoming(sender="u7", found=(audience, sent)), NOON)
    assert [check.name for check in diagnosis.checks][:4] == ["account", "sent", "exists", "audience"]
    assert told(diagnosis, "audience") is audience
    assert diagnosis.first_failing is sent


def online_at(profile: Profile, moment: datetime, ahead: timedelta = timedelta()) -> Profile:
    """Let it be known since a moment, by the provider's clock, that the user is online."""
    fact = profile.fact("online")
    assert fact is not None
    return replace(profile.told([replace(fact, value=True, read_at=moment - ahead)]), ahead=ahead)


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(days=-3), timedelta(hours=5)])
@pytest.mark.parametrize(
    ("after", "mark"),
    [
        (timedelta(), Mark.FAIL),
        (timedelta(minutes=5), Mark.FAIL),
        (timedelta(minutes=-5), Mark.FAIL),
        (timedelta(minutes=5, seconds=1), Mark.NOT_APPLICABLE),
        (timedelta(days=-2), Mark.NOT_APPLICABLE),
    ],
)
def test_who_is_online_counts_for_a_few_minutes(ahead: timedelta, after: timedelta, mark: Mark) -> None:
    profile = online_at(agora(), NOON, ahead)
    diagnosis = diagnose(profile, FROM_U7, NOON + after)
    assert told(diagnosis, "online").mark is mark
    assert diagnosis.shows is (mark is not Mark.FAIL)


def test_a_timeline_of_a_night() -> None:
    assert spans(agora(quiet_time="21:30-08:00")) == [
        ("22 21:30:00", "", True),
        ("23 08:00:00", "quiet_time", False),
        ("23 12:00:00", "", True),
    ]


def test_a_timeline_is_as_for_somebody_offline() -> None:
    assert spans(online_at(agora(), NOON)) == [("23 12:00:00", "", True)]


def test_a_timeline_of_several_rules_names_the_first_that_fails() -> None:
    profile = agora(quiet_time="21:30-08:00", quiet_until="2026-11-22T23:00:00+00:00", mode="NONE")
    assert spans(profile) == [
        ("22 23:00:00", "quiet_until", False),
        ("23 08:00:00", "quiet_time", False),
        ("23 12:00:00", "mode", False),
    ]


def test_a_timeline_begins_inside_a_window_and_ends_inside_one() -> None:
    assert spans(agora(quiet_time="11:00-13:00")) == [
        ("22 13:00:00", "quiet_time", False),
        ("23 11:00:00", "", True),
        ("23 12:00:00", "quiet_time", False),
    ]


def test_quiet_hours_of_rongcloud_have_seconds() -> None:
    hours = {"start": "22:00:30", "minutes": 90, "level": 5}
    profile = profile_of("rongcloud", quiet_hours=hours, conversations={"1/u7": 0})
    assert spans(profile) == [
        ("22 22:00:30", "", None),
        ("22 23:30:30", "quiet_hours", False),
        ("23 12:00:00", "", None),
    ]


def test_tencent_tells_nothing_that_changes_by_itself() -> None:
    assert spans(profile_of("tencent", message_settings=1)) == [("23 12:00:00", "mode", False)]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            "2026-03-28T23:00:00",
            [("29 00:00:00", "", True), ("29 01:00:00", "quiet_time", False), ("29 23:00:00", "", True)],
        ),
        (
            "2026-10-24T22:00:00",
            [
                ("24 23:00:00", "", True),
                ("25 00:30:00", "quiet_time", False),
                ("25 01:00:00", "", True),
                ("25 01:30:00", "quiet_time", False),
                ("25 22:00:00", "", True),
            ],
        ),
    ],
)
def test_days_of_23_and_of_25_hours(start: str, expected: list[tuple[str, str, bool]]) -> None:
    """Berlin's clock leaves out 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October."""
    assert spans(profile_of("agora", zone="Europe/Berlin", **KNOWN, quiet_time="01:00-02:30"), at(start)) == expected


minutes_of_a_day = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(
    st.tuples(minutes_of_a_day, minutes_of_a_day).map("-".join),
    st.integers(-3600, 90000),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Shanghai"]),
    st.integers(0, 365 * 86400).map(lambda second: at("2026-01-01T00:00:00") + timedelta(seconds=second)),
    st.sampled_from([None, "ALL", "AT", "NONE"]),
)
def test_a_timeline_says_at_every_moment_what_a_diagnosis_says(
    interval: str, quiet: int, zone: str, start: datetime, mode: str | None
) -> None:
    until = (start + timedelta(seconds=quiet)).isoformat()
    profile = profile_of("agora", zone=zone, **KNOWN, quiet_time=interval, quiet_until=until, mode=mode)
    found = timeline(profile, FROM_U7, start)
    assert (found[0].starts, found[-1].ends) == (start, start + timedelta(hours=24))
    for span, following in pairwise(found):
        assert span.ends == following.starts
    for span in found:
        length = span.ends - span.starts
        for moment in (span.starts, span.starts + length / 3, span.ends - timedelta(microseconds=1)):
            diagnosis = diagnose(profile, FROM_U7, moment)
            failing = diagnosis.first_failing
            assert (failing and failing.name) == (span.check and span.check.name)
            assert diagnosis.shows is span.shows


@given(st.tuples(minutes_of_a_day, minutes_of_a_day).map("-".join), st.integers(0, 86399))
def test_what_fails_until_a_moment_fails_until_then_and_no_longer(interval: str, second: int) -> None:
    profile, moment = agora(quiet_time=interval), NOON + timedelta(seconds=second)
    diagnosis = diagnose(profile, FROM_U7, moment)
    failing = diagnosis.first_failing
    if failing is not None and failing.until is not None:
        just_before = diagnose(profile, FROM_U7, failing.until - timedelta(microseconds=1))
        assert just_before.shows is False
        assert diagnosis.then is not None
        assert diagnosis.then.shows is True
