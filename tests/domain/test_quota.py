"""Windows of quotas, midnight and zones included."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pushtui.domain.quota import Window


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "zone", "now", "start"),
    [
        (Window.HOUR, "UTC", "2026-11-22T00:30", "2026-11-21T23:30"),
        (Window.DAY, "UTC", "2026-11-22T00:00", "2026-11-22T00:00"),
        (Window.DAY, "UTC", "2026-11-21T23:59", "2026-11-21T00:00"),
        (Window.DAY, "Asia/Shanghai", "2026-11-22T15:59", "2026-11-21T16:00"),
        (Window.DAY, "Asia/Shanghai", "2026-11-22T16:00", "2026-11-22T16:00"),
    ],
)
def test_start(window: Window, zone: str, now: str, start: str) -> None:
    assert window.start(at(now), zone) == at(start)


@pytest.mark.parametrize(
    ("window", "zone", "oldest", "frees"),
    [
        (Window.HOUR, "UTC", "2026-11-22T10:05", "2026-11-22T11:05"),
        (Window.DAY, "UTC", "2026-11-22T23:59", "2026-11-23T00:00"),
        (Window.DAY, "Asia/Shanghai", "2026-11-22T15:59", "2026-11-22T16:00"),
        (Window.DAY, "Europe/Berlin", "2026-03-29T00:30", "2026-03-29T22:00"),
    ],
)
def test_frees(window: Window, zone: str, oldest: str, frees: str) -> None:
    assert window.frees(at(oldest), zone) == at(frees)
