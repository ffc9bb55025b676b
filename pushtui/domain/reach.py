"""Who a draft can touch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Extent(StrEnum):
    """How much is known about a reach."""

    EXACTLY = "exactly"
    AT_MOST = "at most"
    UNKNOWN = "unknown"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Reach:
    """`exactly N`, `at most N`, `unknown` or `everybody`, and why."""

    extent: Extent
    users: int = 0
    reason: str = ""

    def __str__(self) -> str:
        if self.extent in (Extent.EXACTLY, Extent.AT_MOST):
            return f"{self.extent} {self.users:,} user{'' if self.users == 1 else 's'}"
        return str(self.extent)
