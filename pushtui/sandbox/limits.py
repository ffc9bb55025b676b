"""Quota counters: sliding hours and natural days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from pushtui.domain.quota import Quota, Window

_KEPT = timedelta(days=2)
"""No window is longer, wherever its day begins."""


class CallCounter:
    """Remembers when the calls of each quota group were counted."""

    def __init__(self) -> None:
        self._calls: defaultdict[str, list[datetime]] = defaultdict(list)

    def exhausted(self, quotas: Iterable[Quota], now: datetime, zone: str) -> Quota | None:
        """Return the first quota that has no call left."""
        return next((quota for quota in quotas if self.used(quota, now, zone) >= quota.limit), None)

    def used(self, quota: Quota, now: datetime, zone: str) -> int:
        """Count the calls in the quota's window that ends now."""
        start = quota.window.start(now, zone)
        return sum(_inside(call, start, quota.window) for call in self._calls[quota.group])

    def count(self, group: str, now: datetime) -> None:
        """Add a call, and forget those that no window can hold any more."""
        self._calls[group] = [call for call in self._calls[group] if abs(now - call) < _KEPT]
        self._calls[group].append(now)


def _inside(call: datetime, start: datetime, window: Window) -> bool:
    """A call leaves a sliding hour after exactly 60 minutes; midnight belongs to the new day."""
    return call > start if window is Window.HOUR else call >= start
