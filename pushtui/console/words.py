"""What things are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PROVIDERS: Mapping[str, str] = MappingProxyType(
    {"rongcloud": "RongCloud", "agora": "Agora Chat", "tencent": "Tencent Chat"}
)


def provider_title(provider: str) -> str:
    """Return what a provider calls itself."""
    return _PROVIDERS.get(provider, provider)
