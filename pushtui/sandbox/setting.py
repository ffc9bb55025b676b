"""How a setting is declared: a field with a default, its help and what is allowed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pushtui.domain.json_body import JsonValue


class SettingError(ValueError):
    """A setting is unknown or its value does not fit; the text says which and what is allowed."""


BIGGEST = 10**9
"""No number of a setting needs to be larger."""


def setting(
    default: Any,
    help_text: str,
    *,
    choices: tuple[JsonValue, ...] = (),
    zone: bool = False,
    minimum: int = 0,
    maximum: int = BIGGEST,
) -> Any:
    """Declare a field of a settings dataclass; its type is the default's: bool, int or str."""
    about = {"help": help_text, "choices": choices, "zone": zone, "minimum": minimum, "maximum": maximum}
    return field(default=default, metadata=about)


def checked(name: str, declared: dataclasses.Field[Any], value: JsonValue) -> Any:
    """Return a value that fits its setting; raises SettingError."""
    about: Mapping[str, Any] = declared.metadata
    wanted = type(declared.default)
    if type(value) is not wanted:
        raise SettingError(f"{name}: {value!r} is given; {_TYPE_WORDS[wanted]} is needed")
    if about["choices"] and value not in about["choices"]:
        raise SettingError(f"{name}: {value!r} is given; allowed: {', '.join(map(str, about['choices']))}")
    if isinstance(value, int) and not about["minimum"] <= value <= about["maximum"]:
        raise SettingError(f"{name}: {value} is given; allowed: {about['minimum']} to {about['maximum']}")
    if about["zone"]:
        _check_zone(name, str(value))
    return value


_TYPE_WORDS = {bool: "true or false", int: "a whole number", str: "a text"}


def _check_zone(name: str, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingError(f"{name}: “{zone}” is not a time zone; “Asia/Shanghai” is one") from None
