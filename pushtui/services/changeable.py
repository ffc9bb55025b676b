"""From what a profile shows to the settings that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.providers.change_values import texts
from pushtui.services.changes import changes_of

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.profile import Fact
    from pushtui.providers.changes import SettingChange


def settings_for(account: Account, fact: Fact) -> tuple[SettingChange, ...]:
    """Return the settings that change a fact; those that no call tells are known by their label."""
    return tuple(
        setting
        for setting in changes_of(account.provider)
        if setting.fact == fact.name or (not setting.fact and setting.label == fact.label)
    )


def why_unchangeable(account: Account, fact: Fact, *, read_only: bool) -> str:
    """Say why a fact cannot be changed here; empty if it can."""
    if not settings_for(account, fact):
        return f"{account.provider} lets no server change “{fact.label}”"
    if read_only:
        return "this session is read-only"
    return f"the account {account.name} is read-only" if account.read_only else ""


def typed_text(fact: Fact) -> str:
    """Return a value the way it is typed, to start from; empty where it has to be typed anew."""
    if isinstance(fact.value, str):
        return fact.value
    return ", ".join(texts(fact.value))
