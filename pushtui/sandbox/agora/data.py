"""What Agora Chat remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pushtui.sandbox.world import Person


@dataclass(slots=True)
class AgoraData:
    """The app's memory at Agora Chat."""


def fresh(people: Mapping[str, Person], began: datetime) -> AgoraData:
    """Return the memory as the world begins."""
    return AgoraData()
