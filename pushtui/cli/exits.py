"""What the exit status of `pushtui` means."""

from __future__ import annotations

import signal
from enum import IntEnum


class Exit(IntEnum):
    """All statuses but those of signals, which are 128 and the signal's number."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    UNKNOWN = 3
    """A push or a change left, and whether it was accepted is not known."""


class Interrupted(BaseException):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = by_signal(number)


def by_signal(number: int) -> int:
    """Return the exit status of a program that a signal ended."""
    return 128 + number


BROKEN_PIPE = by_signal(signal.SIGPIPE)
"""Whoever read our output went away."""
