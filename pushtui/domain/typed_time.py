"""Durations and times of day as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pushtui.domain.errors import UsageError

_DURATION = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([smhd]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


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
