"""One app at one provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Environment(StrEnum):
    """How real an account's users are; shown in word, shape and colour on every screen."""

    LIVE = "live"
    TEST = "test"
    SANDBOX = "sandbox"

    @property
    def mark(self) -> str:
        """A shape of one cell, so that a monochrome terminal tells them apart."""
        return {"live": "▲", "test": "◆", "sandbox": "○"}[self.value]


_APPS = (("app_key",), ("org_name", "app_name"), ("app_id",), ("sdkappid",))
"""The ids that name an app, the first way that is all there counting."""


@dataclass(frozen=True, slots=True)
class Account:
    """An app at a provider, without its secret.

    `hosts` are base URLs without a trailing slash, the primary first; `ids` are the
    provider's own names for the app and who administers it (RongCloud: `app_key`).
    """

    name: str
    provider: str
    environment: Environment
    hosts: tuple[str, ...]
    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    region: str = ""
    zone: str = "UTC"
    """Zone of the provider's natural day, for daily quotas."""
    push_zone: str = "UTC"
    """Zone whose clock the quiet times of users are read by."""
    push_zone_assumed: bool = False
    """Whether no document says so, and no person has: then a time is “server time”, taken to be in that zone."""
    token_exchange: bool = False
    """Whether the provider wants its own tokens only, which one that is made here is exchanged for (Agora)."""
    read_only: bool = False
    began: datetime | None = None
    """When the provider began to count anew; a sandbox does so at its start and with each reset."""

    @property
    def app_id(self) -> str:
        """What the provider calls this app, for people and for the quota ledger; not who administers it."""
        named = (tuple(self.ids.get(key, "") for key in way) for way in _APPS)
        return next(("/".join(name) for name in named if all(name)), "")

    @property
    def push_zone_words(self) -> str:
        """The zone of quiet times, and how sure that is."""
        return f"{self.push_zone} (taken to be so: no document says)" if self.push_zone_assumed else self.push_zone
