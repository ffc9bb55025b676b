"""Daily windows on the wall clock of a zone, in days of 23, 24 and 25 hours alike.

A window is compared with what the clock on the wall says. So it ends early when the clock is put
forward over its end, and holds once more when the clock is put back into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60 * 60
"""Seconds that a wall clock counts until it begins anew."""
_HOUR, _SECOND = timedelta(hours=1), timedelta(seconds=1)
_TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DailyWindow:
    """A part of every day; its first second is inside, its end is not. It may cross midnight."""

    start: int
    """Second of the day."""
    length: int
    """Seconds; a day holds always, 0 never."""

    @property
    def end(self) -> int:
        """Second of the day at which it is over."""
        return (self.start + self.length) % DAY

    def holds(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Tell whether a moment lies inside."""
        return (_second(moment.astimezone(zone)) - self.start) % DAY < self.length

    def edges(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """Yield every moment in (after, until] at which it may begin or end, in no order."""
        if 0 < self.length < DAY:
            yield from clock_changes(after, until, zone)
            for second in (self.start, self.end):
                yield from _strikes(second, after, until, zone)

    def ends(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when it is over, seen from a moment inside; None for one that never is."""
        edges = sorted(self.edges(moment, moment + _TWO_DAYS, zone))
        return next((edge for edge in edges if not self.holds(edge, zone)), None)


def server_time(moment: datetime, zone: str, *, assumed: bool = False, since: datetime | None = None) -> str:
    """Write a moment by a provider's clock, whose zone it names: `08:00 server time (UTC)`.

    The date is left out within a day of `since`, seconds where there are none; `assumed` says that no document
    names the zone.
    """
    wall = moment.astimezone(ZoneInfo(zone))
    near = since is not None and abs(moment - since) < timedelta(days=1)
    layout = ("" if near else "%Y-%m-%d ") + ("%H:%M:%S" if wall.second else "%H:%M")
    return f"{wall:{layout}} server time ({'taken to be ' if assumed else ''}{zone})"


def clock_changes(after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the moments in (after, until] at which a zone's clock is put forward or back, in UTC."""
    low, end = after.astimezone(UTC), until.astimezone(UTC)
    while low < end:
        high = min(low + _HOUR, end)
        if _offset(low, zone) != _offset(high, zone):
            yield _first_with_new_offset(low, high, zone)
        low = high


def _first_with_new_offset(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the whole second at which the offset becomes that of `high`."""
    low, new = low.replace(microsecond=0), _offset(high, zone)
    while (seconds := (high - low) // _SECOND) > 1:
        middle = low + _SECOND * (seconds // 2)
        low, high = (low, middle) if _offset(middle, zone) == new else (middle, high)
    return low + _SECOND


def _strikes(second: int, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the moments in (after, until] at which the clock on the wall shows a second of the day."""
    shown = time(second // 3600, second // 60 % 60, second % 60)
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        wall = datetime.combine(day, shown, zone)
        for moment in {wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)}:
            if after < moment <= until and _second(moment.astimezone(zone)) == second:
                yield moment
        day += timedelta(days=1)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _second(wall: datetime) -> int:
    return wall.hour * 3600 + wall.minute * 60 + wall.second
