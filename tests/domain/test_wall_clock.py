"""Daily windows: their ends, midnight, and the days on which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.wall_clock import DAY, DailyWindow, clock_changes

BERLIN, SHANGHAI, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
HOUR = 3600
NIGHT = DailyWindow(22 * HOUR, 10 * HOUR)
EARLY = DailyWindow(2 * HOUR, HOUR // 2)
"""From 02:00 to 02:30, where Europe changes its clocks."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-11-22T21:59:59.999999", False),
        ("2026-11-22T22:00:00", True),
        ("2026-11-22T23:59:59", True),
        ("2026-11-23T00:00:00", True),
        ("2026-11-23T07:59:59.999999", True),
        ("2026-11-23T08:00:00", False),
        ("2026-11-23T12:00:00", False),
    ],
)
def test_a_window_has_its_first_second_and_not_its_end(moment: str, inside: bool) -> None:
    assert NIGHT.holds(at(moment), UTC_ZONE) is inside


def test_the_clock_is_that_of_the_zone() -> None:
    assert NIGHT.holds(at("2026-11-22T14:00:00"), SHANGHAI)
    assert not NIGHT.holds(at("2026-11-22T13:59:59"), SHANGHAI)
    assert NIGHT.ends(at("2026-11-22T14:00:00"), SHANGHAI) == at("2026-11-23T00:00:00")


def test_a_day_never_ends_and_nothing_never_begins() -> None:
    always, never = DailyWindow(0, DAY), DailyWindow(5, 0)
    assert always.holds(at("2026-11-22T14:00:00"), BERLIN)
    assert always.ends(at("2026-11-22T14:00:00"), BERLIN) is None
    assert not never.holds(at("2026-11-22T00:00:05"), UTC_ZONE)
    assert not [*never.edges(at("2026-11-22T00:00:00"), at("2026-11-23T00:00:00"), UTC_ZONE)]


@pytest.mark.parametrize(
    ("after", "until", "zone", "changes"),
    [
        ("2026-03-28T12:00:00", "2026-03-29T12:00:00.5", BERLIN, ["2026-03-29T01:00:00"]),
        ("2026-10-24T12:00:00.25", "2026-10-25T12:00:00", BERLIN, ["2026-10-25T01:00:00"]),
        ("2026-03-29T01:00:00", "2026-03-29T03:00:00", BERLIN, []),
        ("2026-03-29T00:59:59", "2026-03-29T01:00:00", BERLIN, ["2026-03-29T01:00:00"]),
        ("2026-04-04T12:00:00", "2026-04-05T12:00:00", LORD_HOWE, ["2026-04-04T15:00:00"]),
        ("2026-01-01T00:00:00", "2026-12-31T00:00:00", SHANGHAI, []),
    ],
)
def test_changes_of_clocks_are_found_to_the_second(after: str, until: str, zone: ZoneInfo, changes: list[str]) -> None:
    assert [*clock_changes(at(after), at(until), zone)] == [at(change) for change in changes]


def test_in_spring_a_window_whose_end_is_left_out_ends_when_the_clock_is_put_forward() -> None:
    """On 29 March 2026 Berlin goes from 02:00 to 03:00 at 01:00 UTC."""
    over_it = DailyWindow(HOUR, HOUR + HOUR // 2)
    assert over_it.ends(at("2026-03-29T00:30:00"), BERLIN) == at("2026-03-29T01:00:00")
    assert not EARLY.holds(at("2026-03-29T01:00:00"), BERLIN)
    assert NIGHT.ends(at("2026-03-28T22:00:00"), BERLIN) == at("2026-03-29T06:00:00")


def test_in_autumn_a_window_in_the_hour_that_comes_twice_holds_twice() -> None:
    """On 25 October 2026 Berlin goes from 03:00 back to 02:00 at 01:00 UTC."""
    held = [at("2026-10-25T00:00:00") + timedelta(minutes=15 * step) for step in range(10)]
    told = [EARLY.holds(moment, BERLIN) for moment in held]
    assert told == [True, True, False, False, True, True, False, False, False, False]
    assert EARLY.ends(held[0], BERLIN) == at("2026-10-25T00:30:00")
    assert EARLY.ends(held[4], BERLIN) == at("2026-10-25T01:30:00")
    assert NIGHT.ends(at("2026-10-24T21:00:00"), BERLIN) == at("2026-10-25T07:00:00")


windows = st.builds(DailyWindow, st.integers(0, DAY - 1), st.integers(1, DAY - 1))
minutes = st.integers(0, 40 * 24 * 60).map(lambda number: at("2026-03-10T00:00:00") + timedelta(minutes=number))


@given(windows, minutes, st.sampled_from([BERLIN, UTC_ZONE, LORD_HOWE, ZoneInfo("America/New_York")]))
def test_between_edges_nothing_changes(window: DailyWindow, start: datetime, zone: ZoneInfo) -> None:
    """Every whole minute of two days, and the seconds round every edge, are as the edge before them."""
    end = start + timedelta(days=2)
    edges = sorted({start, *window.edges(start, end, zone)})
    for edge, following in zip(edges, [*edges[1:], end], strict=True):
        inside = window.holds(edge, zone)
        steps = range(0, int((following - edge).total_seconds()), 613)
        between = [edge + timedelta(seconds=step) for step in steps] + [following - timedelta(microseconds=1)]
        assert all(window.holds(moment, zone) is inside for moment in between if edge <= moment < following)


@given(windows, minutes)
def test_the_end_is_the_first_moment_outside(window: DailyWindow, start: datetime) -> None:
    end = window.ends(start, BERLIN) if window.holds(start, BERLIN) else None
    if end is not None:
        assert not window.holds(end, BERLIN)
        assert window.holds(end - timedelta(microseconds=1), BERLIN)
