"""A world in which nothing differs from one run to the next."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pushtui.sandbox.chance import SeededRandomness

SHOWN_PORT = 7788
"""The first port in the pictures, which is `pushtui sandbox`'s own."""
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
STEP = 0.024
"""Seconds."""
KEPT = ("PATH", "PYTHONPATH", "TMPDIR")
FOLDERS = {"XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_DATA_HOME": "data"}


@dataclass(slots=True)
class StoryClock:
    """Goes on by a step whenever its stopwatch is read, and stands still otherwise."""

    _at: datetime = NOW
    _seconds: float = field(default=0.0)

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        self._at += timedelta(seconds=STEP)
        self._seconds += STEP
        return self._seconds

    def set(self, at: datetime) -> None:
        """Go to another time of day."""
        self._at = at


def story_randomness() -> SeededRandomness:
    """Return a source of the same identifiers and nonces in every run."""
    return SeededRandomness("screenshots")


@contextmanager
def environment(home: Path, **values: str) -> Iterator[None]:
    """Have an environment that is the same on every machine, with UTC as its zone, for a while."""
    before = dict(os.environ)
    folders = {name: str(home / folder) for name, folder in FOLDERS.items()}
    os.environ.clear()
    os.environ.update({name: before[name] for name in KEPT if name in before})
    os.environ.update({"HOME": str(home), "TZ": "UTC", **folders, **values})
    time.tzset()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        time.tzset()


def lead_to(ports: Mapping[int, int]) -> None:
    """Lead the running loop's connections to ports in the pictures to those that the sandbox got.

    It takes free ones, which differ each time, and a plan's digest would differ with them.
    """
    loop: Any = asyncio.get_running_loop()
    connect = loop.create_connection

    async def redirected(protocol: Any, host: str, wanted: int, **options: Any) -> Any:
        return await connect(protocol, host, ports.get(wanted, wanted), **options)

    loop.create_connection = redirected
