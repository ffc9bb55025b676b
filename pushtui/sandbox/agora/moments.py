"""Times as Agora Chat writes them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def milliseconds(state: SandboxState) -> int:
    """Return the server's time in epoch milliseconds."""
    return int(state.clock.now().timestamp() * 1000)


def server_time(state: SandboxState, at: datetime) -> datetime:
    """Return a moment on the wall clock of the server."""
    return at.astimezone(ZoneInfo(state.settings.agora.server_zone))
