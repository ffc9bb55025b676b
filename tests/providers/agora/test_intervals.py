"""Daily quiet time, to the minute."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.providers.agora.intervals import DAY, Interval, parse_interval

MINUTES = st.integers(0, DAY - 1)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("21:30-08:00", Interval(1290, 480)),
        ("8:5-9:30", Interval(485, 570)),
        ("00:00-23:59", Interval(0, 1439)),
    ],
)
def test_reading(text: str, interval: Interval) -> None:
    assert parse_interval(text) == interval


@pytest.mark.parametrize(
    "text", ["", "21:30", "24:00-08:00", "08:60-09:00", "8-9", "٠٨:00-09:00", "08:00-09:00\n", "-1:0-2:0"]
)
def test_what_is_no_interval(text: str) -> None:
    with pytest.raises(ValueError, match="no interval"):
        parse_interval(text)


@given(MINUTES, MINUTES)
def test_what_is_written_is_read(start: int, end: int) -> None:
    assert parse_interval(str(Interval(start, end))) == Interval(start, end)


@given(MINUTES, MINUTES, MINUTES)
def test_each_minute_is_in_an_interval_or_in_the_one_around_it(start: int, end: int, minute: int) -> None:
    inside = Interval(start, end).holds(minute, equal_means_all_day=True)
    around = Interval(end, start).holds(minute, equal_means_all_day=False)
    assert inside is not around


@given(MINUTES, MINUTES)
def test_the_first_minute_belongs_to_it_and_the_last_does_not(start: int, end: int) -> None:
    interval = Interval(start, end)
    assert interval.holds(start, equal_means_all_day=True)
    assert interval.holds(end, equal_means_all_day=True) is (start == end)
