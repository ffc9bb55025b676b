"""What can be switched about Agora Chat."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.sandbox.setting import setting


@dataclass(frozen=True, slots=True)
class AgoraSettings:
    """The switches of Agora Chat; each field's help is in its metadata."""

    day_zone: str = setting("UTC", "Zone of the day of daily quotas. Inferred.", zone=True)
