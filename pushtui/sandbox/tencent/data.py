"""What Tencent Chat remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pushtui.sandbox.world import Person


@dataclass(slots=True)
class TencentData:
    """The app's memory at Tencent Chat."""


def fresh(people: Mapping[str, Person], began: datetime) -> TencentData:
    """Return the memory as the world begins."""
    return TencentData()
