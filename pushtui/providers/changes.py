"""How a cloud's settings of one user are changed: what is typed, sent, expected back, and how it is undone.

Each setting is declared once; command line, console, journal and undo are made from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pushtui.domain.change import Difference, Scope, Turn
from pushtui.domain.conversation import ConversationKind, parse_conversation
from pushtui.domain.errors import UsageError
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.nearest import did_you_mean
from pushtui.providers.wire import form_fields

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.field import FieldSpec
    from pushtui.domain.finding import Finding
    from pushtui.providers.base import Endpoint
    from pushtui.providers.wire import WireModel


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody wants of a user's setting, against what was just read."""

    user: str
    place: str
    """A conversation (`user/anna`) or a kind of conversation (`group`); empty where the setting has one place."""
    before: JsonValue
    wanted: JsonValue
    now: datetime
    """The provider's time, as far as it tells it."""
    account: Account


@dataclass(frozen=True, slots=True)
class Step:
    """One request of a change."""

    endpoint: Endpoint[Any]
    values: Mapping[str, str]
    """What fills the segments of the path."""
    body: JsonObject


@dataclass(frozen=True, slots=True)
class Objection:
    """What an answer says against a change, in words."""

    text: str
    is_doubtful: bool
    """Whether it may have been made all the same."""


Words: TypeAlias = "Callable[[JsonValue, Account], str]"
"""Says a value for people; times are those of the account's provider."""


def _whole(fact: JsonValue, _place: str, _wanted: JsonValue) -> JsonValue:
    return fact


def _nothing_found(_intent: Intent) -> Iterable[Finding]:
    return ()


def _as_given(before: JsonValue, _now: datetime) -> JsonValue:
    return before


def _as_typed(wanted: JsonValue, _fact: JsonValue) -> JsonValue:
    return wanted


def _is_wanted(intent: Intent, told: JsonValue) -> bool:
    return told == intent.wanted


EMPTY = "To have nothing set, clear it: `users clear`, or `users set-many … --clear`. Nothing was changed."


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting of one user that can be changed."""

    name: str
    scope: Scope
    label: str
    fact: str
    """The fact of the profile that tells it; empty where the provider does not."""
    spec: FieldSpec
    """The help, limits, choices and source of its value, from the wire model."""
    syntax: str
    """How a value is typed."""
    typed: Callable[[str], JsonValue]
    """Read what was typed; raises UsageError."""
    steps: Callable[[Intent], Iterable[Step]]
    """The requests, in order; they hold only what changes. Raises UsageError where a place cannot be."""
    words: Words
    part: Callable[[JsonValue, str, JsonValue], JsonValue] = _whole
    """From the fact's value, the place and what is wanted: the value that the change is compared with."""
    completed: Callable[[JsonValue, JsonValue], JsonValue] = _as_typed
    """From what was typed and the fact's value: what is wanted, with that of the value that was not typed."""
    cleared: Callable[[JsonValue], JsonValue] | None = None
    """The value that stands for nothing set, from the fact's value; None where there is none."""
    differences: Callable[[Intent], Iterable[Difference]] | None = None
    """None where the value as a whole is the difference."""
    findings: Callable[[Intent], Iterable[Finding]] = _nothing_found
    """What is doubtful or wrong beyond the wire model."""
    reached: Callable[[Intent, JsonValue], bool] = _is_wanted
    """Tell whether what was read back is what was wanted; `now` is the provider's time of the answer."""
    objection: Callable[[JsonObject], Objection | None] = lambda _answer: None
    """What an answer that is a success as a whole objects to about this user."""
    back: Callable[[JsonValue, datetime], JsonValue] = _as_given
    """The value to set for what was before; `now` is the provider's time."""
    final: str = ""
    """Why it cannot be taken back; empty where it can."""
    danger: Callable[[Intent], str] = lambda _intent: ""
    """What has to be typed to confirm, beyond a key; empty where a key will do."""
    kinds: frozenset[ConversationKind] = field(default_factory=frozenset)
    """The kinds of conversation that it can be set for."""

    def given(self, text: str) -> JsonValue:
        """Read a value that must set something; raises UsageError for an empty one, which a script may have meant."""
        value = self.typed(text) if text.strip() else None
        if value is None or value in ("", [], {}):
            raise UsageError(f"{self.name}: the value is empty. {EMPTY}")
        return value

    def placed(self, text: str) -> str:
        """Return a place the way it is kept; raises UsageError for one that this cloud lacks."""
        if self.scope is Scope.USER:
            return ""
        conversation = parse_conversation(text if self.scope is Scope.CONVERSATION else f"{text}/-")
        if conversation.kind not in self.kinds:
            allowed = ", ".join(kind for kind in ConversationKind if kind in self.kinds)
            raise UsageError(f"conversation: “{text}” is given; {self.label} can be set for: {allowed}.")
        return str(conversation) if self.scope is Scope.CONVERSATION else str(conversation.kind)

    def told(self, intent: Intent) -> tuple[Difference, ...]:
        """Say what the change does; nothing if all is so already."""
        if self.differences is not None:
            found = tuple(self.differences(intent))
            return found if any(line.turn is not Turn.SAME for line in found) else ()
        if self.fact and self.reached(intent, intent.before):
            return ()
        before = self.words(intent.before, intent.account) if self.fact else "not told by this provider"
        return (Difference(Turn.CHANGED, self.label, before, self.words(intent.wanted, intent.account)),)


def scope_of(place: str) -> Scope:
    """Tell what a place that was typed is for: nothing, `group`, or `group/42`."""
    if not place:
        return Scope.USER
    return Scope.CONVERSATION if "/" in place else Scope.TYPE


def setting_named(changes: Iterable[SettingChange], name: str, place: str) -> SettingChange:
    """Return the setting of a name that can be set for a place; UsageError names the nearest one."""
    by_name: dict[str, list[SettingChange]] = {}
    for change in changes:
        by_name.setdefault(change.name, []).append(change)
    if name not in by_name:
        hint = did_you_mean(name, by_name) or f" Known: {', '.join(by_name)}."
        raise UsageError(f"There is no setting “{name}” at this provider.{hint}")
    found = next((change for change in by_name[name] if change.scope is scope_of(place)), None)
    if found is None:
        raise UsageError(f"{name}: {_scope_words(by_name[name], place)}")
    return found


def _scope_words(changes: list[SettingChange], place: str) -> str:
    scopes = [change.scope for change in changes]
    if Scope.USER in scopes:
        return f"it is for the user as a whole; “{place}” is given. Leave the conversation out."
    examples = {Scope.CONVERSATION: "a conversation such as user/anna", Scope.TYPE: "a kind of conversation: group"}
    needed = " or ".join(examples[scope] for scope in scopes)
    return f"{f'“{place}” is given' if place else 'no conversation is named'}; give {needed}."


def field_of(model: type[WireModel], name: str) -> FieldSpec:
    """Return a field of a payload as a form needs it."""
    return next(spec for spec in form_fields(model) if spec.path == (name,))
