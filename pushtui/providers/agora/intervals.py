"""Daily quiet time as Agora Chat writes it: `21:30-08:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pushtui.providers.agora.names import INTERVAL

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Interval:
    """From one minute of the day to another; it may cross midnight."""

    start: int
    end: int

    def holds(self, minute: int, *, equal_means_all_day: bool, end_included: bool = False) -> bool:
        """Tell whether a minute of the day is quiet.

        Agora's REST pages say that equal ends mean all day, its SDK pages that they mean never;
        nobody says whether the minute at the end is still quiet.
        """
        if self.start == self.end:
            return equal_means_all_day
        return (minute - self.start) % DAY < (self.end - self.start) % DAY + end_included

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


def parse_interval(text: str) -> Interval:
    """Read an interval, padded or not; raises ValueError."""
    if not re.fullmatch(INTERVAL, text):
        raise ValueError(f"“{text}” is no interval such as 21:30-08:00")
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return Interval(numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
