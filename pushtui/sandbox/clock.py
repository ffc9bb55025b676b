"""The sandbox's own time, which can be frozen and moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushtui.domain.clock import Clock


EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class ClockError(ValueError):
    """A time beyond what the sandbox can count with."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a snapshot keeps of a clock."""

    frozen: datetime | None
    moved: timedelta


class SandboxClock:
    """A clock that follows another one until it is frozen or moved."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._moved = timedelta(0)
        self._frozen: datetime | None = None
        self._held: datetime | None = None

    @property
    def frozen(self) -> bool:
        return self._frozen is not None

    def now(self) -> datetime:
        """Return the sandbox's time, in UTC."""
        if self._held is not None:
            return self._held
        return (self._base.now() if self._frozen is None else self._frozen) + self._moved

    @contextmanager
    def held(self, ahead: timedelta) -> Iterator[None]:
        """Stand still at the present time, or so far ahead of it; for code that does not pause."""
        self._held = self.now() + ahead
        try:
            yield
        finally:
            self._held = None

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
        _within(_moved(self.now(), by))
        self._moved += by

    def reading(self) -> ClockReading:
        """Return what a snapshot keeps."""
        return ClockReading(self._frozen, self._moved)

    def restore(self, reading: ClockReading) -> None:
        """Go on as a snapshot says. Raises ClockError."""
        _within(_moved(reading.frozen or self._base.now(), reading.moved))
        self._frozen, self._moved = reading.frozen, reading.moved


def _moved(at: datetime, by: timedelta) -> datetime:
    try:
        return at + by
    except OverflowError:
        raise ClockError("The clock cannot go that far.") from None


def _within(at: datetime) -> datetime:
    if not EARLIEST <= at <= LATEST:
        raise ClockError(f"The clock goes from {EARLIEST.year} to {LATEST.year}; {at.isoformat()} is outside.")
    return at.astimezone(UTC)
