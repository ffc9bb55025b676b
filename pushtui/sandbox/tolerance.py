"""Reads JSON and form bodies as patiently as the clouds do, into the strict wire models."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, get
from pushtui.providers.wire import WireModel

_Model = TypeVar("_Model", bound=WireModel)

_EMPTY = "string_too_short"
_NOTHING = (None, "")
_WORDS = {"true": True, "1": True, "false": False, "0": False}
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
DEEPEST = 100
"""Bodies nested more deeply are not read."""
MOST_VALUES = 20_000
"""Bodies that hold more values than any documented one could are not read."""
BIGGEST_NUMBER = 2**63
"""Where the clouds' own numbers end."""


class NotReadable(ValueError):
    """A body that is no JSON object, or no form."""


def read_object(body: bytes) -> JsonObject:
    """Parse a body that is an object; raises NotReadable."""
    value = read_value(body)
    if not isinstance(value, dict):
        raise NotReadable
    return value


def read_value(body: bytes | str) -> JsonValue:
    """Parse JSON in UTF-8.

    Raises NotReadable, also for NaN, half characters, numbers beyond 64 bits, absurd nesting and absurd length.
    """
    try:
        text = body.decode() if isinstance(body, bytes) else body
        value: JsonValue = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_no_constant)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise NotReadable from None
    if not _is_sane(value):
        raise NotReadable
    return value


def read_form(body: bytes) -> dict[str, list[str]]:
    """Parse a form: a repeated key is a list, bytes that are not percent-encoded are UTF-8, commas split nothing.

    Raises NotReadable for absurd length.
    """
    found: dict[str, list[str]] = {}
    text = body.decode("utf-8", "replace")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_VALUES)
    except ValueError:
        raise NotReadable from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _whole(text: str) -> int:
    number = int(text)
    if not -BIGGEST_NUMBER <= number < BIGGEST_NUMBER:
        raise ValueError
    return number


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError
    return number


def _no_constant(_name: str) -> float:
    raise ValueError


def _is_sane(value: JsonValue) -> bool:
    """Look at the value layer by layer, no further than it may go."""
    seen, layer = 0, [value]
    for _ in range(DEEPEST):
        seen += len(layer)
        layer = [child for item in layer for child in _children(item)]
        if not layer or seen > MOST_VALUES:
            break
    return not layer and seen <= MOST_VALUES


def _children(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Leniency:
    """What a cloud forgives beyond what all do."""

    numeric_texts: Collection[str] = ()
    """Fields in and below which numbers are taken for texts."""
    blanks: bool = False
    """Whether null and "" count as not given whatever the field's type is; else only for texts."""


_PLAIN = Leniency()


def coerce(
    model: type[_Model], body: JsonObject, defaults: Mapping[JsonPath, JsonValue], leniency: Leniency = _PLAIN
) -> _Model:
    """Validate a body, forgiving what the clouds forgive; raises pydantic's ValidationError for the rest.

    The body itself is changed to what was meant.

    Forgiven: unknown fields; "true", "1" and 1 for booleans, in any case; "1", "true" and true for
    numbers; null and "" for texts that may be absent; absent fields that have a default; and what
    the cloud forgives beyond that.
    """
    try:
        return model.model_validate(body, extra="ignore")
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _mend(body, details, defaults, leniency)
    return model.model_validate(body, extra="ignore")


def _mend(body: JsonObject, details: ErrorDetails, defaults: Mapping[JsonPath, JsonValue], leniency: Leniency) -> None:
    """Change one value to what was meant, if it is clear; otherwise leave it for the second validation."""
    path: JsonPath = tuple(details["loc"])
    parent, key, kind = get(body, path[:-1]), path[-1], details["type"]
    is_text = not {*path}.isdisjoint(leniency.numeric_texts)
    if isinstance(parent, list) and isinstance(key, int):
        parent[key] = _meant(parent[key], kind, is_text=is_text)
    if not isinstance(parent, dict) or not isinstance(key, str):
        return
    given = parent.get(key)
    blank = key in parent and given in _NOTHING and (leniency.blanks or kind == _EMPTY)
    if path in defaults and (blank or key not in parent):
        parent[key] = defaults[path]
    elif blank:
        del parent[key]
    elif key in parent:
        parent[key] = _meant(given, kind, is_text=is_text)


def _meant(value: JsonValue, kind: str, *, is_text: bool) -> JsonValue:
    """Return what is meant by a value of the wrong type; the value itself if that is not clear."""
    if kind == "bool_type":
        return _WORDS.get(str(value).lower(), value) if isinstance(value, str | int) else value
    if kind == "int_type":
        return _number(value)
    if kind == "literal_error":
        return _choice(value)
    if kind == "string_type" and is_text and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _choice(value: JsonValue) -> JsonValue:
    """Return the other way to write one of some numbers or texts."""
    if isinstance(value, str) and value.lower() in _WORDS:
        return int(_WORDS[value.lower()])
    number = _number(value)
    return str(value) if number is value and isinstance(value, int) else number


def _number(value: JsonValue) -> JsonValue:
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        return int(value)
    return value
