"""Durations and times of day as people type them, and durations as they read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pushtui.domain.errors import UsageError

_DURATION = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([smhd]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_MINUTE = 60
_HOUR = 3600


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


def long_time(duration: float) -> str:
    """Write a duration of which seconds do not matter for ever: `42 s`, `3 min 20 s`, `2 h 05 min`."""
    whole = round(duration)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
