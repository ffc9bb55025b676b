"""A source of recipients as it stands in a draft file."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from pushtui.domain.errors import DraftError
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.nearest import did_you_mean
from pushtui.domain.recipient import RECIPIENTS, RecipientSource, TableEncoding, TableFormat
from pushtui.services.strict_json import shown, text_at

KEYS = ("file", "text", "user", "values", "format", "encoding", "sheet")
EXAMPLE = '{"file": "people.csv", "user": "user_id", "values": {"name": "name"}}'
INSIDE = f"{RECIPIENTS}."

_Word = TypeVar("_Word", bound=StrEnum)


def source_document(source: RecipientSource) -> JsonObject:
    """Return what a draft file says of its recipients."""
    given: JsonObject = {"file": source.file} if source.file else {"text": source.text}
    given["user"] = source.user
    if source.values:
        given["values"] = dict(source.values)
    for key, value in (("format", source.format), ("encoding", source.encoding), ("sheet", source.sheet)):
        if value:
            given[key] = str(value)
    return given


def read_source(given: JsonValue) -> RecipientSource:
    """Read a source strictly; DraftError names what is wrong. The file itself is not looked at."""
    if not isinstance(given, dict):
        raise DraftError(f"“{RECIPIENTS}” is {shown(given)}; it must be an object such as {EXAMPLE}.")
    for key in given:
        if key not in KEYS:
            raise DraftError(f"Unknown key “{INSIDE}{key}”; allowed: {', '.join(KEYS)}.{did_you_mean(key, KEYS)}")
    if ("file" in given) == ("text" in given):
        raise DraftError(f"“{RECIPIENTS}” needs either “file” or “text”, such as {EXAMPLE}.")
    place = "file" if "file" in given else "text"
    for key in ("user", place):
        if not given.get(key):
            raise DraftError(f"“{INSIDE}{key}” is missing or empty. An example: {EXAMPLE}.")
    return RecipientSource(
        user=text_at(given, "user", INSIDE),
        file=_optional(given, "file"),
        text=_optional(given, "text"),
        values=_values(given.get("values", {})),
        format=_word(given, "format", TableFormat),
        encoding=_word(given, "encoding", TableEncoding),
        sheet=_optional(given, "sheet"),
    )


def word(name: str, value: str, words: type[_Word]) -> _Word:
    """Return one of some words; DraftError says which there are."""
    try:
        return words(value.lower())
    except ValueError:
        allowed = [str(one) for one in words]
        raise DraftError(
            f"{name}: “{value}” is given; allowed: {', '.join(allowed)}.{did_you_mean(value, allowed)}"
        ) from None


def _word(given: JsonObject, key: str, words: type[_Word]) -> _Word | None:
    text = _optional(given, key)
    return word(f"{INSIDE}{key}", text, words) if text else None


def _optional(given: JsonObject, key: str) -> str:
    return text_at(given, key, INSIDE) if key in given else ""


def _values(given: JsonValue) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, dict):
        raise DraftError(
            f"“{INSIDE}values” is {shown(given)}; it must be an object of placeholders and columns, such as "
            '{"name": "first_name"}.'
        )
    for name in given:
        if name.startswith("{") or not name:
            raise DraftError(f"“{INSIDE}values” names placeholders without braces: “{name.strip('{}')}”, not “{name}”.")
    return tuple((name, text_at(given, name, f"{INSIDE}values.")) for name in given)
