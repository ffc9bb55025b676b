"""What can be switched about Tencent Chat."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.sandbox.setting import setting


@dataclass(frozen=True, slots=True)
class TencentSettings:
    """The switches of Tencent Chat; each field's help is in its metadata."""

    day_zone: str = setting("Asia/Shanghai", "Zone of the day of daily quotas. Inferred.", zone=True)
