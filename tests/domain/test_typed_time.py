"""Moments as people type them, by a clock that is somebody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pushtui.domain.errors import UsageError
from pushtui.domain.typed_time import moment_on_clock

NOW = datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("22:30", "UTC", "2026-11-22T22:30:00"),
        ("14:05", "UTC", "2026-11-23T14:05:00"),
        ("14:05:30", "UTC", "2026-11-22T14:05:30"),
        ("22:30", "Asia/Shanghai", "2026-11-22T14:30:00"),
        ("22:05", "Asia/Shanghai", "2026-11-23T14:05:00"),
        ("16:30+02:00", "Asia/Shanghai", "2026-11-22T14:30:00"),
        ("+2h", "Asia/Shanghai", "2026-11-22T16:05:30"),
        ("-30m", "UTC", "2026-11-22T13:35:30"),
        ("2026-03-01T08:00", "Asia/Shanghai", "2026-03-01T00:00:00"),
        (" 2026-03-01 08:00:01 ", "UTC", "2026-03-01T08:00:01"),
        ("2026-03-01T08:00+01:00", "Asia/Shanghai", "2026-03-01T07:00:00"),
        ("2026-03-01T08:00Z", "Asia/Shanghai", "2026-03-01T08:00:00"),
        ("2026-03-01", "Europe/Berlin", "2026-02-28T23:00:00"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00"),
    ],
)
def test_a_moment_is_read_by_the_clock_it_is_meant_for(text: str, zone: str, moment: str) -> None:
    assert moment_on_clock(text, NOW, zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_time_that_the_clock_leaves_out_today_is_tomorrows() -> None:
    """Berlin's clock goes from 02:00 to 03:00 on 29 March."""
    now = datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert moment_on_clock("02:30", now, "Europe/Berlin") == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
    with pytest.raises(UsageError, match="left out by the clock of Europe/Berlin"):
        moment_on_clock("2026-03-29T02:30", now, "Europe/Berlin")


@pytest.mark.parametrize("text", ["", "soon", "25:00", "2026-02-30T10:00", "10", "+", "22.30", "+2x"])
def test_what_is_no_time_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(UsageError, match="is no time; allowed: 22:30"):
        moment_on_clock(text, NOW, "UTC")


@pytest.mark.parametrize(
    "text", ["+99999999999d", "9999-12-31T23:59-12:00", "1999-12-31T23:59", "0001-01-01T00:00+14:00"]
)
def test_what_is_too_far_away_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="the years 2000 to 2999 are allowed"):
        moment_on_clock(text, NOW, "UTC")
