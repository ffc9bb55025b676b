"""Values of settings: read as they are typed, said in words, compared, and told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from pushtui.domain.change import Difference, Turn
from pushtui.domain.errors import UsageError
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.nearest import did_you_mean
from pushtui.providers.profiles import NotTold

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.field import Choice
    from pushtui.providers.changes import Intent, Words


def one_of(name: str, choices: Iterable[Choice]) -> Callable[[str], JsonValue]:
    """Make the reader of a choice."""
    values: dict[str, JsonValue] = {str(choice.value).lower(): choice.value for choice in choices}

    def typed(text: str) -> JsonValue:
        given = text.strip().lower()
        if given not in values:
            allowed = ", ".join(str(value) for value in values.values())
            raise UsageError(f"{name}: “{text}” is given; allowed: {allowed}.{did_you_mean(given, values)}")
        return values[given]

    return typed


def choice_words(choices: Iterable[Choice], unset: str) -> Words:
    """Make the words of a choice."""
    labels = {choice.value: choice.label for choice in choices}

    def words(value: JsonValue, _account: Account) -> str:
        if value is None:
            return unset
        label = labels.get(value, "") if isinstance(value, str | int) else ""
        return label if label.startswith(f"{value} ") else f"{value}: {label}" if label else str(value)

    return words


def text_words(unset: str) -> Words:
    """Make the words of a text."""
    return lambda value, _account: f"“{value}”" if value else unset


def same_text(intent: Intent, told: JsonValue) -> bool:
    """Compare texts of which empty and never set are the same."""
    return (told or "") == (intent.wanted or "")


def or_empty(before: JsonValue, _now: datetime) -> JsonValue:
    """Set an empty text for one that was not there."""
    return before or ""


def always(value: JsonValue) -> Callable[[JsonValue], JsonValue]:
    """Make a cleared value that does not depend on what is set."""
    return lambda _fact: value


def texts(value: JsonValue) -> list[str]:
    """Return the texts of a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def mapping(value: JsonValue) -> JsonObject:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def entry(value: JsonValue, name: str) -> JsonValue:
    """Return one entry of a fact; NotTold if it is not there."""
    found = mapping(value)
    if name not in found:
        raise NotTold(f"The answers do not tell about {name}.")
    return found[name]


def list_differences(intent: Intent) -> Iterator[Difference]:
    """Say what a list gains, loses and keeps."""
    before, wanted = texts(intent.before), texts(intent.wanted)
    for item in before:
        turn = Turn.SAME if item in wanted else Turn.REMOVED
        yield Difference(turn, item, "set", "set" if turn is Turn.SAME else "not set")
    for item in dict.fromkeys(wanted):
        if item not in before:
            yield Difference(Turn.ADDED, item, "not set", "set")


def entry_differences(intent: Intent) -> Iterator[Difference]:
    """Say what becomes of the named entries of an object; null takes one away."""
    before = mapping(intent.before)
    for name, wanted in mapping(intent.wanted).items():
        was = before.get(name)
        if was == wanted:
            turn = Turn.SAME
        elif wanted is None:
            turn = Turn.REMOVED
        else:
            turn = Turn.CHANGED if was is not None else Turn.ADDED
        yield Difference(turn, name, _entry_words(was), _entry_words(wanted))


def entries_named(fact: JsonValue, _place: str, wanted: JsonValue) -> JsonValue:
    """Return the entries of an object that a change names; null for those that are not there."""
    return {name: mapping(fact).get(name) for name in mapping(wanted)}


def every_entry_away(fact: JsonValue) -> JsonValue:
    """Take all entries of an object away."""
    return dict.fromkeys(mapping(fact))


def same_list(intent: Intent, told: JsonValue) -> bool:
    """Compare lists whose order does not matter."""
    return set(texts(told)) == set(texts(intent.wanted))


def list_words(value: JsonValue, _account: Account) -> str:
    """Say a list."""
    return ", ".join(texts(value)) or "none"


def entry_words(value: JsonValue, _account: Account) -> str:
    """Say an object."""
    return ", ".join(f"{name}: {_entry_words(given)}" for name, given in mapping(value).items()) or "none"


def _entry_words(value: JsonValue) -> str:
    return "not set" if value is None else str(value)


def typed_list(text: str) -> JsonValue:
    """Read a list: separated by commas or lines."""
    parts = [part.strip() for line in text.splitlines() for part in line.split(",")]
    return [*dict.fromkeys(part for part in parts if part)]


def typed_entries(name: str, example: str) -> Callable[[str], JsonValue]:
    """Make the reader of entries, one a line: `NAME=VALUE`, or `NAME=` to take one away."""

    def typed(text: str) -> JsonValue:
        found: JsonObject = {}
        for line in filter(None, map(str.strip, text.splitlines())):
            key, sign, value = line.partition("=")
            if not sign or not key.strip():
                raise UsageError(f"{name}: “{line}” is given; NAME=VALUE is needed, such as {example}.")
            if key.strip() in found:
                raise UsageError(f"{name}: “{key.strip()}” is given twice; which one is meant?")
            found[key.strip()] = value.strip() or None
        if not found:
            raise UsageError(f"{name}: nothing is given; NAME=VALUE is needed, such as {example}.")
        return found

    return typed
