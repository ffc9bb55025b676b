"""A profile as it was before changes that were made here since: what the journal knows of the past, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import Change, Scope
from pushtui.domain.errors import UsageError
from pushtui.domain.profile import Fact, FactState, Profile
from pushtui.providers.changes import SettingChange, setting_named
from pushtui.services.changes import changes_of
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.conversation import Conversation
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.change_words import ToldChange


@dataclass(frozen=True, slots=True)
class Before:
    """A profile, and in words what of it is not as it was just read."""

    profile: Profile
    words: tuple[str, ...] = ()


def made_since(told: Iterable[ToldChange], profile: Profile, since: datetime) -> list[ToldChange]:
    """Return the changes of a profile's account that may have been made since a moment, the first one first."""
    account = profile.account
    app = account.provider, account.app_id, account.environment
    return [
        one
        for one in reversed(list(told))
        if (one.change.provider, one.change.app_id, one.change.environment) == app
        and one.change.made_at >= since
        and _may_hold(one.change)
    ]


def as_before(profile: Profile, changes: Iterable[ToldChange], conversation: Conversation | None) -> Before:
    """Put back what each setting was before its first change; what cannot be put back is not known any more.

    Changes are in the order in which they were made. Of conversations only the one that is meant counts.
    """
    words: list[str] = []
    seen: set[tuple[str, str]] = set()
    for told in changes:
        key = told.change.setting, told.change.place
        setting = _setting(told.change)
        if key in seen or setting is None or not _concerns(told.change, conversation):
            continue
        seen.add(key)
        fact = profile.fact(setting.fact)
        if fact is not None and fact.state is FactState.KNOWN:
            fitted = _fact_before(fact, told, setting)
            profile = profile.told([fitted])
            words.append(_words(told, known=fitted.state is FactState.KNOWN))
    return Before(profile, tuple(words))


def left_open(before: Before, runs: Mapping[str, str]) -> Before:
    """Leave facts open that runs changed for many users; what each of them had was not read then.

    Runs are given by their ids, by the facts' names.
    """
    profile, words = before.profile, [*before.words]
    for name, run in runs.items():
        fact = profile.fact(name)
        if fact is not None and fact.state is FactState.KNOWN:
            problem = f"The run {run[:8]} set it for many users since; what it was before was not read."
            profile = profile.told([replace(fact, state=FactState.FAILED, value=None, problem=problem)])
            words.append(f"{fact.label[:1].upper()}{fact.label[1:]}: set by the run {run[:8]} since; left open.")
    return Before(profile, tuple(words))


def _may_hold(change: Change) -> bool:
    """Tell whether a change may have had an effect: it was accepted in part at least, or nobody knows."""
    return change.state is not AttemptState.REJECTED or bool(change.end and change.end.accepted)


def _setting(change: Change) -> SettingChange | None:
    try:
        return setting_named(changes_of(change.provider), change.setting, change.place)
    except UsageError:  # Another pushtui wrote this.
        return None


def _concerns(change: Change, conversation: Conversation | None) -> bool:
    if change.scope is Scope.USER:
        return True
    if conversation is None:
        return False
    place = str(conversation) if change.scope is Scope.CONVERSATION else str(conversation.kind)
    return place.lower() == change.place.lower()


def _fact_before(fact: Fact, told: ToldChange, setting: SettingChange) -> Fact:
    change, source = told.change, f"the journal: before the change at {clock_time(told.change.made_at)}"
    if change.scope is Scope.USER and isinstance(fact.value, dict) and isinstance(change.before, dict):
        merged: JsonObject = {**fact.value, **change.before}
        value: JsonObject = {name: given for name, given in merged.items() if given is not None}
        words = ", ".join(f"{name} = {given}" for name, given in value.items())
        return replace(fact, value=value, words=words, source=source)
    if change.scope is Scope.USER and setting.part(fact.value, change.place, change.wanted) == fact.value:
        return replace(fact, value=change.before, words=told.before, source=source)
    problem = f"{told.label} was changed here at {clock_time(change.made_at)}, from {told.before} to {told.wanted}."
    return replace(fact, state=FactState.FAILED, value=None, problem=problem[:1].upper() + problem[1:], source=source)


def _words(told: ToldChange, *, known: bool) -> str:
    place = f" of {told.change.place}" if told.change.place else ""
    judged = f"judged by what was before: {told.before}" if known else "left open"
    label = f"{told.label}{place}"
    return f"{label[:1].upper()}{label[1:]}: changed here since; {judged}."
