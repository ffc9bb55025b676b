"""What can be switched about the sandbox while it runs.

Where a provider's behaviour is inferred and not documented, the choice is a setting here and
its default is the inferred one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pushtui.domain.nearest import nearest

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue


class SettingError(ValueError):
    """A setting is unknown or its value does not fit; the text says which and what is allowed."""


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """The emulated clouds' switches; each field's help is in its metadata."""

    limits: bool = _setting(True, "Count rates and quotas, and refuse calls beyond them.")
    broadcast_enabled: bool = _setting(
        True, "RongCloud's console switch “broadcast to users”; off, /push.json answers 1009."
    )
    day_zone: str = _setting("UTC", "Zone of RongCloud's natural day for daily quotas. Inferred.")
    failed_calls_count: bool = _setting(
        True, "Whether a call that passed the quota but failed later uses up a slot. Inferred."
    )
    allowed_drift: int = _setting(
        0, "Seconds that a request's Timestamp may be off before it is refused with 1004; 0 does not check. Inferred."
    )
    body_limit: int = _setting(0, "Bytes of a body beyond which RongCloud answers 1508; 0 does not check. Inferred.")
    text_per_platform: bool = _setting(
        True,
        "Without notification.alert, only the platforms named need a text of their own; "
        "off, iOS and Android both do. Inferred.",
    )
    too_many_items_code: int = _setting(
        1002, "RongCloud's code for lists that are too long: 1002, 1005 or 1502. Inferred."
    )
    harmony_follows_android: bool = _setting(
        False, "Whether HarmonyOS handsets are reached only when platform names android. Inferred."
    )
    quiet_hours_zone: str = _setting("UTC", "Zone of the wall clock for quiet hours (Beijing: Asia/Shanghai).")
    active_days: int = _setting(30, "Days after which a handset that did not connect is no longer reached.")


_CHOICES: Mapping[str, tuple[int, ...]] = {"too_many_items_code": (1002, 1005, 1502)}
_ZONES = frozenset({"day_zone", "quiet_hours_zone"})


def names() -> list[str]:
    """List every setting."""
    return [item.name for item in dataclasses.fields(SandboxSettings)]


def as_json(settings: SandboxSettings) -> dict[str, JsonValue]:
    """Write the settings as an object."""
    return dataclasses.asdict(settings)


def changed(settings: SandboxSettings, values: Mapping[str, JsonValue]) -> SandboxSettings:
    """Return the settings with some changed; raises SettingError and changes nothing if one does not fit."""
    return dataclasses.replace(settings, **{name: _checked(name, value) for name, value in values.items()})


def settings_help() -> str:
    """List all settings with default and meaning, one a line."""
    lines = (f"{item.name} = {item.default!r}: {item.metadata['help']}" for item in dataclasses.fields(SandboxSettings))
    return "\n".join(lines)


def _checked(name: str, value: JsonValue) -> Any:
    defaults: dict[str, Any] = {item.name: item.default for item in dataclasses.fields(SandboxSettings)}
    if name not in defaults:
        meant = nearest(name, list(defaults))
        hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(defaults)}"
        raise SettingError(f"There is no setting “{name}”; {hint}")
    wanted = type(defaults[name])
    if type(value) is not wanted:
        raise SettingError(f"{name}: {value!r} is given; {_TYPE_WORDS[wanted]} is needed")
    if isinstance(value, int) and (value < 0 or value not in _CHOICES.get(name, (value,))):
        allowed = ", ".join(map(str, _CHOICES[name])) if name in _CHOICES else "0 or more"
        raise SettingError(f"{name}: {value} is given; allowed: {allowed}")
    if name in _ZONES:
        _check_zone(name, str(value))
    return value


_TYPE_WORDS = {bool: "true or false", int: "a whole number", str: "a text"}


def _check_zone(name: str, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingError(f"{name}: “{zone}” is not a time zone; “Asia/Shanghai” is one") from None
