"""The console's shell with small screens, run without a terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pushtui.console.app import PushtuiApp
from pushtui.console.options import ConsoleOptions
from pushtui.domain.account import Account
from pushtui.paths import Paths
from tests.terminal.apps.screens import STUBS, account, no_services

MakeApp = Callable[..., PushtuiApp]


class FrozenClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config", tmp_path / "state", tmp_path / "data")


@pytest.fixture
def make_app(paths: Paths) -> MakeApp:
    def make(*, theme: str | None = None, used: Account | None = None) -> PushtuiApp:
        app = PushtuiApp(no_services, ConsoleOptions(paths, FrozenClock(), theme=theme), screens=STUBS)
        app.account = used or account()
        return app

    return make


async def notices(pilot: Pilot[int]) -> list[str]:
    """Return what toasts say, oldest first, but for the services that these tests do without."""
    await pilot.pause()
    return [notice.message for notice in pilot.app._notifications if "not there today" not in notice.message]
