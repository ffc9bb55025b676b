"""The sandbox's clock in words, and what people order it to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.typed_time import is_duration, moment_of, seconds_of
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.services.sandbox_control import SandboxControl
    from pushtui.services.sandbox_world import SandboxTime

FREEZE, FOLLOW = "freeze", "follow"
ORDERS = (
    ("Freeze it at this moment", FREEZE),
    ("An hour on", "1h"),
    ("A day on", "1d"),
    ("Let it run with the real time", FOLLOW),
)
"""What is ordered most, and the words for it."""
AS_HERE = "clock as here"
SLACK = 2.0
"""Seconds between sandbox and console that are nobody's intention."""


async def set_clock(control: SandboxControl, order: str) -> SandboxTime:
    """Do what an order says: `freeze`, `follow`, a duration to move by, or a time to freeze at."""
    if order == FOLLOW:
        return await control.follow()
    if order == FREEZE:
        return await control.freeze((await control.state()).time.now)
    if is_duration(order):
        return await control.advance(seconds_of(order))
    return await control.freeze(moment_of(order))


def time_words(time: SandboxTime, real: datetime) -> str:
    """Say what time it is there; a clock that runs is told by how far it is off, so that nothing has to tick."""
    if time.frozen:
        return f"clock frozen at {clock_time(time.now)}"
    off = (time.now - real).total_seconds()
    if abs(off) < SLACK:
        return AS_HERE
    return f"clock {_span(abs(off))} {'ahead' if off > 0 else 'behind'}"


def _span(seconds: float) -> str:
    days, rest = divmod(round(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    parts = ((days, "d"), (hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
