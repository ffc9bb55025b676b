"""What a sandbox says about itself once it answers: URLs and ready-made accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.providers.apps import APPS
from pushtui.sandbox.ports import LOOPBACK

if TYPE_CHECKING:
    from pushtui.sandbox.credentials import Credentials


def describe(credentials: Credentials, control_url: str, ports: Mapping[str, int]) -> JsonObject:
    """Say where everything is and what opens it; `ports` by the clouds' names, no URL ends with a slash."""
    bases = {name: f"http://{LOOPBACK}:{port}" for name, port in ports.items()}
    return {
        "control_url": control_url,
        "rongcloud": {
            "base_url": bases["rongcloud"],
            "app_key": credentials.app_key,
            "app_secret": credentials.app_secret.reveal(),
        },
        "agora": {
            "base_url": bases["agora"],
            "org_name": credentials.org_name,
            "app_name": credentials.app_name,
            "app_id": credentials.app_id,
            "app_certificate": credentials.app_certificate.reveal(),
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret.reveal(),
        },
        "tencent": {
            "base_url": bases["tencent"],
            "sdkappid": credentials.sdkappid,
            "secret_key": credentials.secret_key.reveal(),
            "admin": credentials.admin,
        },
    }


def in_json(address: JsonObject) -> str:
    """Write the address as one line."""
    return compact(address)


def in_words(address: JsonObject, *, seed: int, limits: bool) -> str:
    """Write the address for people."""
    counted = "as the clouds have them" if limits else "off"
    return "\n".join(
        (
            f"The sandbox answers, on this machine only (seed {seed}, limits {counted}).",
            *(line for name, spec in APPS.items() for line in _cloud_words(spec.title, address[name])),
            f"  control API      {address['control_url']}/",
            "Ctrl+C stops it.",
        )
    )


def _cloud_words(title: str, about: JsonValue) -> Iterator[str]:
    assert isinstance(about, dict)
    for name, value in about.items():
        yield f"  {title if name == 'base_url' else '  ' + name:16} {value}"
