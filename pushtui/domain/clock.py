"""Time and randomness as things that are passed in."""

from __future__ import annotations

import secrets
import time
import uuid
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall clock and stopwatch."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        ...


class Randomness(Protocol):
    """What must differ each time: identifiers and nonces."""

    def identifier(self) -> str:
        """Return a new UUID, 36 characters."""
        ...

    def nonce(self) -> str:
        """Return 16 random hexadecimal digits."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class SystemRandomness:
    """The operating system's random source."""

    def identifier(self) -> str:
        return str(uuid.uuid4())

    def nonce(self) -> str:
        return secrets.token_hex(8)
