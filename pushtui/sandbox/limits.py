"""Counters: calls in sliding hours and natural days, units in buckets that refill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pushtui.domain.quota import Quota, Rate, Window

_KEPT = timedelta(days=2)
"""No window is longer, wherever its day begins."""
_WHOLE = 1e-6
"""A bucket that lacks less than this is full: seconds are added in floating point."""


@dataclass(slots=True)
class CallCounter:
    """Remembers when the calls of each quota group were counted."""

    calls: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def exhausted(self, quotas: Iterable[Quota], now: datetime, zone: str) -> Quota | None:
        """Return the first quota that has no call left."""
        return next((quota for quota in quotas if self.used(quota, now, zone) >= quota.limit), None)

    def used(self, quota: Quota, now: datetime, zone: str) -> int:
        """Count the calls in the quota's window that ends now; calls of a time that is yet to come do not count."""
        start = quota.window.start(now, zone)
        return sum(call <= now and _inside(call, start, quota.window) for call in self.calls[quota.group])

    def count(self, group: str, now: datetime) -> None:
        """Add a call, and forget those that no window can hold any more."""
        self.calls[group] = [call for call in self.calls[group] if abs(now - call) < _KEPT]
        self.calls[group].append(now)


def _inside(call: datetime, start: datetime, window: Window) -> bool:
    """A call leaves a sliding hour after exactly 60 minutes; midnight belongs to the new day."""
    return call > start if window is Window.HOUR else call >= start


@dataclass(slots=True)
class Bucket:
    """What is left of a rate, and when that was so."""

    left: float
    at: datetime


@dataclass(slots=True)
class Buckets:
    """A bucket for each rate group: full at first, and refilled evenly."""

    buckets: dict[str, Bucket] = field(default_factory=dict)

    def exhausted(self, rates: Iterable[Rate], units: int, now: datetime) -> Rate | None:
        """Return the first rate that does not have so many units left; more than a whole bucket never fits."""
        return next((rate for rate in rates if self.left(rate, now) + _WHOLE < units), None)

    def take(self, rates: Iterable[Rate], units: int, now: datetime) -> None:
        """Use units of each rate up."""
        for rate in rates:
            self.buckets[rate.group] = Bucket(self.left(rate, now) - units, now)

    def left(self, rate: Rate, now: datetime) -> float:
        """Return how many units are left; what was taken in a time that is yet to come does not count."""
        bucket = self.buckets.get(rate.group)
        if bucket is None or bucket.at > now:
            return float(rate.limit)
        seconds = (now - bucket.at).total_seconds()
        return min(bucket.left + seconds * rate.limit / rate.seconds, float(rate.limit))
