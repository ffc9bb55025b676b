"""Times and durations as people read them; whose clock it is always shows."""

from __future__ import annotations

from datetime import datetime

from pushtui.domain.typed_time import long_time as long_time


def clock_time(moment: datetime) -> str:
    """Write a moment in this machine's zone, with the zone's name: `2026-11-22 14:05:09 UTC`."""
    local = moment.astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S} {local.tzname()}"


def short_time(moment: datetime) -> str:
    """Write a moment for a table: `11-22 14:05:09`, in this machine's zone."""
    return f"{moment.astimezone():%m-%d %H:%M:%S}"


def seconds(duration: float) -> str:
    """Write a duration: `48 ms`, `2.4 s`."""
    return f"{duration * 1000:.0f} ms" if duration < 1 else f"{duration:.1f} s"
