"""What can be switched about the sandbox while it runs.

Where a provider's behaviour is inferred and not documented, the choice is a setting of its
cloud, and the default is the inferred one. Outside, a cloud's settings carry its name:
`rongcloud.broadcast_enabled`.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pushtui.domain.nearest import nearest
from pushtui.sandbox.agora.settings import AgoraSettings
from pushtui.sandbox.rongcloud.settings import RongCloudSettings
from pushtui.sandbox.setting import SettingError, checked, setting
from pushtui.sandbox.tencent.settings import TencentSettings

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """The switches of all clouds, and of each."""

    limits: bool = setting(True, "Count rates and quotas, and refuse calls beyond them.")
    new_users_have_handset: bool = setting(
        True, "A user that a client registers has logged in on one handset since; off, they have none."
    )
    rongcloud: RongCloudSettings = field(default_factory=RongCloudSettings)
    agora: AgoraSettings = field(default_factory=AgoraSettings)
    tencent: TencentSettings = field(default_factory=TencentSettings)


CLOUDS = ("rongcloud", "agora", "tencent")


def declared() -> dict[str, dataclasses.Field[Any]]:
    """Return every setting's declaration by its name."""
    return dict(_declared())


def _declared() -> Iterator[tuple[str, dataclasses.Field[Any]]]:
    settings = SandboxSettings()
    yield from ((item.name, item) for item in dataclasses.fields(settings) if item.name not in CLOUDS)
    for cloud in CLOUDS:
        yield from ((f"{cloud}.{item.name}", item) for item in dataclasses.fields(getattr(settings, cloud)))


def as_json(settings: SandboxSettings) -> dict[str, JsonValue]:
    """Write every setting under its name."""
    return {name: _value(settings, name) for name in declared()}


def _value(settings: SandboxSettings, name: str) -> Any:
    cloud, _, own = name.rpartition(".")
    return getattr(getattr(settings, cloud) if cloud else settings, own)


def changed(settings: SandboxSettings, values: Mapping[str, JsonValue]) -> SandboxSettings:
    """Return the settings with some changed; raises SettingError and changes nothing if one does not fit."""
    known = declared()
    new: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in values.items():
        if name not in known:
            raise SettingError(_unknown(name, list(known)))
        cloud, _, own = name.rpartition(".")
        new[cloud][own] = checked(name, known[name], value)
    clouds = {cloud: dataclasses.replace(getattr(settings, cloud), **own) for cloud, own in new.items() if cloud}
    return dataclasses.replace(settings, **new[""], **clouds)


def _unknown(name: str, known: list[str]) -> str:
    meant = nearest(name, known)
    hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(known)}"
    return f"There is no setting “{name}”; {hint}"


def settings_help() -> str:
    """List all settings with default and meaning, one a line."""
    return "\n".join(f"{name} = {item.default!r}: {item.metadata['help']}" for name, item in declared().items())
