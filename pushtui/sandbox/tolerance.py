"""Reads JSON and form bodies as patiently as the clouds do, into the strict wire models."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, get
from pushtui.providers.wire import WireModel

_Model = TypeVar("_Model", bound=WireModel)

_MISSING = "missing"
_EMPTY = "string_too_short"
_NUMBERS = frozenset({"literal_error", "int_type"})
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
DEEPEST = 100
"""Bodies nested more deeply are not read."""


class NotReadable(ValueError):
    """A body that is no JSON object."""


def read_object(body: bytes) -> JsonObject:
    """Parse a body; raises NotReadable, also for NaN, half characters and absurd nesting."""
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise NotReadable from None
    if not isinstance(value, dict) or _depth(value) > DEEPEST:
        raise NotReadable
    return value


def read_form(body: bytes) -> dict[str, list[str]]:
    """Parse a form: a repeated key is a list, bytes that are not percent-encoded are UTF-8, commas split nothing."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace"):
        found.setdefault(name, []).append(value)
    return found


def _depth(value: JsonValue) -> int:
    depth, layer = 0, [value]
    while layer:
        depth += 1
        layer = [child for item in layer for child in _children(item)]
    return depth


def _children(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def coerce(model: type[_Model], body: JsonObject, defaults: Mapping[JsonPath, JsonValue]) -> _Model:
    """Validate a body, forgiving what the clouds forgive; raises pydantic's ValidationError for the rest.

    The body itself is changed to what was meant.

    Forgiven: unknown fields, "true" and 1 for booleans, "1" and true for numbers, null and ""
    for fields that may be absent, and absent fields that have a default.
    """
    try:
        return model.model_validate(body, strict=False, extra="ignore")
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _mend(body, details, defaults)
    return model.model_validate(body, strict=False, extra="ignore")


def _mend(body: JsonObject, details: ErrorDetails, defaults: Mapping[JsonPath, JsonValue]) -> None:
    """Change one value to what was meant, if it is clear; otherwise leave it for the second validation."""
    path: JsonPath = tuple(details["loc"])
    parent, key = get(body, path[:-1]), path[-1]
    if not isinstance(parent, dict) or not isinstance(key, str):
        return
    given = parent.get(key)
    if details["type"] == _MISSING and path in defaults:
        parent[key] = defaults[path]
    elif details["type"] == _EMPTY and given == "":
        del parent[key]
    elif details["type"] in _NUMBERS:
        parent[key] = _number(given)


def _number(value: JsonValue) -> JsonValue:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        return int(value)
    return value
