"""How apps are described at each provider; light, since whoever only names accounts needs no more."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pushtui.providers.agora.app import AGORA_APP
from pushtui.providers.app_spec import AppSpec
from pushtui.providers.rongcloud.app import RONGCLOUD_APP
from pushtui.providers.tencent.app import TENCENT_APP

APPS: Mapping[str, AppSpec] = MappingProxyType(
    {spec.provider: spec for spec in (RONGCLOUD_APP, AGORA_APP, TENCENT_APP)}
)
"""By the provider's name."""


def provider_title(provider: str) -> str:
    """Return what a provider calls itself."""
    return APPS[provider].title if provider in APPS else provider
