"""Where a sandbox answers and what opens its three clouds, as it says itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import JsonValue, get
from pushtui.domain.secret import Secret

IDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "rongcloud": ("app_key",),
        "agora": ("org_name", "app_name", "app_id", "client_id"),
        "tencent": ("sdkappid", "admin"),
    }
)
"""What each cloud calls its ready-made app, in public."""
SECRETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "rongcloud": ("app_secret",),
        "agora": ("app_certificate", "client_secret"),
        "tencent": ("secret_key",),
    }
)


@dataclass(frozen=True, slots=True)
class CloudAddress:
    """One cloud's base URL, without a trailing slash, and the ready-made app there."""

    cloud: str
    base_url: str
    ids: Mapping[str, str]
    secrets: Mapping[str, Secret] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SandboxAddress:
    """Where a sandbox answers; RongCloud is always among its clouds."""

    control_url: str
    clouds: tuple[CloudAddress, ...]

    @property
    def rongcloud(self) -> CloudAddress:
        return self.clouds[0]

    @property
    def base_url(self) -> str:
        return self.rongcloud.base_url

    @property
    def app_key(self) -> str:
        return self.rongcloud.ids["app_key"]

    @property
    def app_secret(self) -> Secret:
        return self.rongcloud.secrets["app_secret"]


def read_address(text: bytes) -> SandboxAddress:
    """Read the line that a sandbox prints, or the file it leaves; raises SandboxError if that says too little.

    A cloud that is not all there is left out, but for RongCloud.
    """
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    control = _text(said, "control_url")
    clouds = tuple(filter(None, (_cloud(said, cloud) for cloud in IDS)))
    if not control or not clouds or clouds[0].cloud != "rongcloud":
        raise SandboxError("The sandbox does not say where it is; is it of another version?")
    return SandboxAddress(control, clouds)


def _cloud(said: JsonValue, cloud: str) -> CloudAddress | None:
    base_url = _text(said, cloud, "base_url")
    ids = {name: _text(said, cloud, name) for name in IDS[cloud]}
    secrets = {name: _text(said, cloud, name) for name in SECRETS[cloud]}
    if not (base_url and all(ids.values()) and all(secrets.values())):
        return None
    hidden = {name: Secret(value) for name, value in secrets.items()}
    return CloudAddress(cloud, base_url, MappingProxyType(ids), MappingProxyType(hidden))


def _text(said: JsonValue, *path: str) -> str:
    value = get(said, path)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
