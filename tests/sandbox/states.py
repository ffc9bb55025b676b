"""A sandbox's state without its process, at a time that stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pushtui.sandbox.settings import changed
from pushtui.sandbox.state import SandboxState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class StoppedClock:
    """Noon, always."""

    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return 7.0


def state_at(at: datetime = NOON, *, seed: int = 1, **settings: Any) -> SandboxState:
    """Make a state that began at noon and is at another time now.

    Settings are named with two underscores for the dot: `rongcloud__active_days`.
    """
    state = SandboxState(StoppedClock(), seed, limits=False)
    state.clock.advance(at - NOON)
    state.settings = changed(state.settings, {name.replace("__", "."): value for name, value in settings.items()})
    return state
