"""Profiles made by hand, and what is judged of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pushtui.domain.account import Account, Environment
from pushtui.domain.diagnosis import Check, Diagnosis, Incoming, Mark
from pushtui.domain.profile import Fact, FactState, Profile
from pushtui.services.diagnosing import diagnose

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
IDS = {
    "rongcloud": {"app_key": "k"},
    "agora": {"org_name": "o", "app_name": "a"},
    "tencent": {"sdkappid": "1400000000", "admin": "administrator"},
}
QUIET: Mapping[str, Mapping[str, Any]] = {
    "rongcloud": {
        "exists": True,
        "online": False,
        "quiet_hours": None,
        "conversations": {},
        "conversation_types": {"1": 0, "3": 0, "6": 0, "10": 0},
        "tags": [],
        "aliases": {},
    },
    "agora": {
        "exists": True,
        "active": True,
        "online": False,
        "bindings": [{"notifier": "fcm", "device": "d", "token": "…"}],
        "mode": None,
        "quiet_time": "",
        "quiet_until": None,
        "legacy_quiet_hours": None,
        "legacy_ignored": [],
        "conversations": {},
        "language": "",
        "display_style": 0,
    },
    "tencent": {
        "exists": True,
        "online": {"iPhone": "PushOnline"},
        "message_settings": 0,
        "language": None,
        "attributes": {},
        "tags": [],
    },
}
"""Somebody whom nothing is set for, and who is reached as far as the cloud tells."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def profile_of(provider: str, *, zone: str = "UTC", **changed: Any) -> Profile:
    """Make the profile of u17; a fact of `...` could not be read."""
    account = Account("shop", provider, Environment.TEST, ("http://localhost",), IDS[provider], push_zone=zone)
    facts = {**QUIET[provider], **changed}
    return Profile(account, "u17", tuple(_fact(name, value) for name, value in facts.items()))


def _fact(name: str, value: Any) -> Fact:
    fact = Fact(name, name, "", FactState.FAILED, source=f"GET {name}", problem="No answer came.")
    if value is ...:
        return fact
    return replace(fact, state=FactState.KNOWN, value=value, words=str(value), problem="", read_at=None)


def told(diagnosis: Diagnosis, name: str) -> Check:
    """Return the one check of a name."""
    (found,) = [check for check in diagnosis.checks if check.name == name]
    return found


def judged(
    provider: str, name: str, incoming: Incoming | None = None, moment: datetime = NOON, **changed: Any
) -> Check:
    """Judge one thing."""
    return told(diagnose(profile_of(provider, **changed), incoming or Incoming(), moment), name)


def mark(provider: str, name: str, incoming: Incoming | None = None, moment: datetime = NOON, **changed: Any) -> Mark:
    """Judge one thing, and return nothing but the mark."""
    return judged(provider, name, incoming, moment, **changed).mark
