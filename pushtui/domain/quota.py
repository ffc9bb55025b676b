"""How often a provider lets an operation happen, and how often it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pushtui.domain.finding import Source


class Window(StrEnum):
    """The time over which calls are counted."""

    HOUR = "hour"
    DAY = "day"

    @property
    def words(self) -> str:
        """As it reads after a count: `1 of 2 this hour`."""
        return "this hour" if self is Window.HOUR else "today"

    def start(self, now: datetime, zone: str) -> datetime:
        """Return when the window that holds `now` began: 60 minutes ago, or midnight in the zone."""
        if self is Window.HOUR:
            return now - timedelta(hours=1)
        return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)

    def frees(self, oldest: datetime, zone: str) -> datetime:
        """Return when a call made at `oldest` stops counting."""
        if self is Window.HOUR:
            return oldest + timedelta(hours=1)
        day = oldest.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(oldest.tzinfo)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` calls in a window, counted over every operation that shares `group`."""

    group: str
    limit: int
    window: Window
    source: Source


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` units in so many seconds, over every operation that shares `group`.

    The unit is the endpoint's: calls or recipients.
    """

    group: str
    limit: int
    seconds: float
    source: Source


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """How much of a quota the journal knows to be spent: a lower bound, since others may share it."""

    quota: Quota
    used: int
    frees_at: datetime | None = None
    """When the oldest counted call stops counting, if the quota is full."""

    @property
    def exhausted(self) -> bool:
        return self.used >= self.quota.limit

    def __str__(self) -> str:
        return f"{self.used} of {self.quota.limit} {self.quota.window.words}"
