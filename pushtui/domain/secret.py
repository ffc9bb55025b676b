"""Secrets that do not leak by accident, and the one place that masks them in text."""

from __future__ import annotations

import hmac
from typing import NoReturn

MASK = "••••••••"
"""Of fixed width, so that a mask does not tell a secret's length."""

_SHORTEST_REDACTED = 4
"""Shorter secrets would mask ordinary words everywhere."""

_known: set[str] = set()


class Secret:
    """A credential that prints as a mask, compares by identity and cannot be pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        if len(value) >= _SHORTEST_REDACTED:
            _known.add(value)

    def reveal(self) -> str:
        """Return the clear text, for signing only."""
        return self._value

    def matches(self, candidate: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self._value.encode(), candidate.encode())

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")


def redact(text: str) -> str:
    """Replace every secret read so far by the mask."""
    for value in sorted(_known, key=len, reverse=True):
        text = text.replace(value, MASK)
    return text
