"""The sandbox's own time, which can be frozen and moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushtui.domain.clock import Clock


EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class ClockError(ValueError):
    """A time beyond what the sandbox can count with."""


class SandboxClock:
    """A clock that follows another one until it is frozen or moved."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._moved = timedelta(0)
        self._frozen: datetime | None = None

    @property
    def frozen(self) -> bool:
        return self._frozen is not None

    def now(self) -> datetime:
        """Return the sandbox's time, in UTC."""
        return (self._base.now() if self._frozen is None else self._frozen) + self._moved

    def monotonic(self) -> float:
        """Return seconds that never go back, whatever happens to the time of day."""
        return self._base.monotonic()

    def freeze(self, at: datetime) -> None:
        """Stop at a time; advancing still moves it. Raises ClockError."""
        self._frozen = _within(at)
        self._moved = timedelta(0)

    def follow(self) -> None:
        """Follow the base clock again, without any shift."""
        self._frozen = None
        self._moved = timedelta(0)

    def advance(self, by: timedelta) -> None:
        """Move forward, or back if negative. Raises ClockError."""
        try:
            _within(self.now() + by)
        except OverflowError:
            raise ClockError("The clock cannot go that far.") from None
        self._moved += by


def _within(at: datetime) -> datetime:
    if not EARLIEST <= at <= LATEST:
        raise ClockError(f"The clock goes from {EARLIEST.year} to {LATEST.year}; {at.isoformat()} is outside.")
    return at.astimezone(UTC)
