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


@dataclass(frozen=True, slots=True)
class Account:
    """An app at a provider, without its secret.

    `hosts` are base URLs without a trailing slash, the primary first; `ids` are the
    provider's own names for the app (RongCloud: `app_key`).
    """

    name: str
    provider: str
    environment: Environment
    hosts: tuple[str, ...]
    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    region: str = ""
    zone: str = "UTC"
    """Zone of the provider's natural day, for daily quotas."""
    read_only: bool = False
    began: datetime | None = None
    """When the provider began to count anew; a sandbox does so at its start and with each reset."""

    @property
    def app_id(self) -> str:
        """What the provider calls this app, for people and for the quota ledger."""
        return "/".join(self.ids.values())
