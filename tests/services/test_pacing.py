"""How fast requests leave, by a clock that the test moves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from pushtui.domain.attempt import Answer
from pushtui.services.pacing import USUAL_WAIT, Pace, wait_after

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


class MovedClock:
    """Moves when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.at)

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)


async def departures(pace: Pace, clock: MovedClock, count: int, recipients: int = 50) -> list[float]:
    """Return when so many requests leave, in seconds from now."""
    began, left = clock.at, []
    for _ in range(count):
        await pace.take(recipients)
        left.append(clock.at - began)
    return left


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def pace(clock: MovedClock) -> Pace:
    return Pace(100, clock, clock.sleep)


async def test_it_is_just_below_the_rate(pace: Pace, clock: MovedClock) -> None:
    left = await departures(pace, clock, 121)
    assert left[0] == 0
    assert 99 <= 120 * 50 / left[-1] < 100
    assert {round(after - before, 6) for before, after in pairwise(left)} == {round(50 / 99.5, 6)}


async def test_no_burst_is_beyond_what_the_providers_bucket_holds(pace: Pace, clock: MovedClock) -> None:
    """A bucket of 100 that refills evenly never runs dry, whatever held requests up before."""
    level, at = 100.0, clock.at
    for delay in (0, 0.3, 0.7, 5, 0, 0, 0.45, 0.1, 60, 0, 0, 0, 0.2, 0.2, 0.2):
        clock.at += delay
        await pace.take(50)
        level, at = min(level + (clock.at - at) * 100, 100.0) - 50, clock.at
        assert level >= 0


async def test_short_delays_are_caught_up(pace: Pace, clock: MovedClock) -> None:
    began = clock.at
    for _ in range(100):
        await pace.take(50)
        clock.at += 0.1
    assert 100 * 50 / (clock.at - began) > 99


async def test_too_fast_makes_it_slower_once_and_well_makes_it_faster(pace: Pace, clock: MovedClock) -> None:
    pace.slow_down(2)
    pace.slow_down(2)
    assert pace.rate == pytest.approx(99.5 * 0.8)
    assert (await departures(pace, clock, 2))[0] == pytest.approx(2)
    for _ in range(1000):
        pace.went_well()
    assert pace.rate == 99.5


async def test_those_who_wait_already_wait_longer(pace: Pace, clock: MovedClock) -> None:
    await pace.take(50)
    waiting = asyncio.create_task(pace.take(50))
    await asyncio.sleep(0)
    pace.hold(30)
    await waiting
    assert clock.at >= 1030


async def test_without_a_rate_everybody_passes_unless_held(clock: MovedClock) -> None:
    pace = Pace(0, clock, clock.sleep)
    assert await departures(pace, clock, 5) == [0] * 5
    pace.slow_down(1.5)
    assert await departures(pace, clock, 2) == [1.5] * 2


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("2", 2),
        (" 120 ", 120),
        ("0", USUAL_WAIT),
        ("301", USUAL_WAIT),
        ("soon", USUAL_WAIT),
        ("-1", USUAL_WAIT),
        ("9" * 400, USUAL_WAIT),
        ("Thu, 05 Nov 2026 12:00:07 GMT", 7),
        ("Thu, 05 Nov 2026 11:00:00 GMT", USUAL_WAIT),
        ("Thu, 05 Nov 2026 12:00:07 -0000", USUAL_WAIT),
    ],
)
def test_what_a_provider_asks_for_is_believed_within_reason(said: str, seconds: float) -> None:
    assert wait_after(Answer(429, (("Retry-After", said),), "", 0.1), NOON) == seconds
    assert wait_after(None, NOON) == USUAL_WAIT
