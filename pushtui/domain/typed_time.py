"""Durations and times of day as people type them, and durations as they read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pushtui.domain.errors import UsageError

_DURATION = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([smhd]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_MINUTE = 60
_HOUR = 3600
_CALENDAR = range(2000, 3000)


def seconds_of(text: str) -> float:
    """Read a duration: `90`, `90s`, `15m`, `2h`, `1d`, with a sign if need be; raises UsageError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"“{text}” is no duration; allowed: seconds, or a number with s, m, h or d, such as 90 or 2h.")
    return float(match[1]) * _UNITS[match[2]]


def is_duration(text: str) -> bool:
    """Tell whether a text says how far to go, and not where to."""
    return _DURATION.fullmatch(text.strip()) is not None


def moment_of(text: str) -> datetime:
    """Read a time of day, in UTC unless it names a zone; raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"“{text}” is no time; one such as 2026-11-22T12:00 is needed, in UTC or with a zone."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def moment_on_clock(text: str, now: datetime, zone: str) -> datetime:
    """Read a moment by a zone's clock, in UTC; raises UsageError.

    `22:30` is the next time that the clock shows this, `+2h` is so much after now, and `2026-11-22T22:30` is that
    day; of a time that the clock shows twice it is the first one. An offset, such as in `22:30+02:00`, comes before
    the zone.
    """
    try:
        moment = _on_clock(text.strip(), now, ZoneInfo(zone))
        if moment.year in _CALENDAR:
            return moment
    except OverflowError:
        pass  # Then it is no year that a calendar has.
    raise UsageError(f"“{text}” is too far away; the years {_CALENDAR[0]} to {_CALENDAR[-1]} are allowed.")


def _on_clock(given: str, now: datetime, there: ZoneInfo) -> datetime:
    if given[:1] in ("+", "-") and is_duration(given):
        return now + timedelta(seconds=seconds_of(given))
    clock = _time_of_day(given)
    if clock is None:
        return _on_calendar(given, there)
    today = now.astimezone(clock.tzinfo or there).date()
    days = (datetime.combine(today + timedelta(days=ahead), clock) for ahead in range(3))
    moments = (_exactly(day, there) for day in days)
    return next(moment for moment in moments if moment is not None and moment >= now)


def _time_of_day(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if ":" in text[:3] else None
    except ValueError:
        return None


def _on_calendar(text: str, zone: ZoneInfo) -> datetime:
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        allowed = "allowed: 22:30, 2026-11-22T22:30, the same with an offset such as +02:00, or +2h"
        raise UsageError(f"“{text}” is no time; {allowed}.") from None
    moment = _exactly(wall, zone)
    if moment is None:
        raise UsageError(f"“{text}” is left out by the clock of {zone.key}, which is put forward over it.")
    return moment


def _exactly(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment at which a clock shows a time; None for one that it leaves out."""
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == wall else None


def long_time(duration: float) -> str:
    """Write a duration of which seconds do not matter for ever: `42 s`, `3 min 20 s`, `2 h 05 min`."""
    whole = round(duration)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
