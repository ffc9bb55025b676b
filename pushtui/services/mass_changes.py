"""One setting of many users, changed by a run: a draft of the setting's own kind, and the list of users."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pushtui.domain.draft import Draft
from pushtui.domain.errors import Refused
from pushtui.providers.changes import Intent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.json_body import JsonValue
    from pushtui.domain.recipient import RecipientSource
    from pushtui.providers.base import DraftKind
    from pushtui.providers.changes import SettingChange

ANYBODY = "anybody"
"""Stands for each of the users while the request is made of which all get their own."""
_FACTS = {
    "set-tags": "tags",
    "set-quiet-hours": "quiet_hours",
    "delete-quiet-hours": "quiet_hours",
    "set-conversation-dnd": "conversations",
    "set-type-dnd": "conversation_types",
}
"""What each operation of a run changes, as profiles call it."""
WITH_RUNS = "rongcloud"
"""The provider whose settings runs can change."""


def draft_for_many(
    account: Account, setting: SettingChange, wanted: JsonValue, place: str, source: RecipientSource, now: datetime
) -> Draft:
    """Return a draft that sets the same for all users of a source.

    Refused for a setting that runs cannot change; UsageError for a place that cannot be.
    """
    intent = Intent(ANYBODY, setting.placed(place), None, setting.completed(wanted, None), now, account)
    steps = [*setting.steps(intent)]
    kind = _kinds(account.provider).get(steps[0].endpoint.name) if len(steps) == 1 else None
    if kind is None or kind.batching is None:
        raise Refused(
            f"{setting.name}: this cannot be changed for many users at once at {account.provider}. "
            f"{_allowed(account.provider)} Nothing was changed."
        )
    own = {key: value for key, value in steps[0].body.items() if value != ANYBODY}
    return Draft(kind.name, account.name, own, source)


def facts_set_by_runs(provider: str) -> Mapping[str, str]:
    """Return the facts of profiles that runs can change, by the kinds of draft that do."""
    kinds = _kinds(provider)
    return {kinds[operation].name: fact for operation, fact in _FACTS.items() if operation in kinds}


def _kinds(provider: str) -> Mapping[str, DraftKind]:
    if provider != WITH_RUNS:
        return {}
    found: Mapping[str, DraftKind] = import_module(f"pushtui.providers.{provider}.setting_kinds").FOR_MANY
    return found


def _allowed(provider: str) -> str:
    if provider != WITH_RUNS:
        return "Runs can change settings at RongCloud only so far; change one user at a time."
    return "Allowed: tags, quiet-hours, dnd."
