"""JSON bodies as values: read, change without side effect, write.

A path is a tuple of object keys and list indexes; its dotted form
(`notification.android.hw.channelId`, `audience.tag[3]`) is what people see.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"
JsonPath: TypeAlias = tuple[str | int, ...]

_LINE_BREAKS = "\x85\u2028\u2029"
"""Plain characters to JSON, but the end of a line to many editors, so also the end of a string."""


class JsonTextError(ValueError):
    """Text that is not one JSON object; line and column count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


class WrongShape(ValueError):
    """A path leads through a value that is neither object nor list."""


def dotted(path: JsonPath) -> str:
    """Write a path the way people read it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def parse_object(text: str) -> JsonObject:
    """Read one JSON object, refusing what two readers could understand differently.

    Refused beyond bad syntax: duplicate keys, NaN and Infinity, lone surrogates, and
    anything but an object at the top. Raises JsonTextError.
    """
    try:
        value = json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_constant)
        text.encode("utf-8")
        _dump(value, indent=None).encode("utf-8")
    except json.JSONDecodeError as error:
        raise JsonTextError(error.msg, error.lineno, error.colno) from None
    except UnicodeEncodeError:
        raise JsonTextError("a lone surrogate (half a character) cannot be sent as UTF-8") from None
    except RecursionError:
        raise JsonTextError("nested too deeply") from None
    except ValueError as error:
        raise JsonTextError(str(error)) from None
    if not isinstance(value, dict):
        raise JsonTextError("the body must be one JSON object: { … }")
    return value


def pretty(value: JsonValue) -> str:
    """Write a value for people: two spaces, keys in their order, characters as they are but for line breaks."""
    text = _dump(value, indent=2)
    for character in _LINE_BREAKS:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def compact(value: JsonValue) -> str:
    """Write a value for the wire: no spaces, characters as they are, keys in their order."""
    return _dump(value, indent=None)


def get(body: JsonValue, path: JsonPath) -> JsonValue:
    """Return the value at a path, or None where there is nothing."""
    for part in path:
        if isinstance(part, str) and isinstance(body, dict):
            body = body.get(part)
        elif isinstance(part, int) and isinstance(body, list) and part < len(body):
            body = body[part]
        else:
            return None
    return body


def has(body: JsonValue, path: JsonPath) -> bool:
    """Tell whether the object at the path's parent has the path's last key."""
    parent = get(body, path[:-1])
    return isinstance(parent, dict) and path[-1] in parent


def with_value(body: JsonObject, path: JsonPath, value: JsonValue) -> JsonObject:
    """Return the body with the value at an object path; missing objects are made.

    Raises WrongShape where something else than an object is in the way.
    """
    key, *rest = path
    if not isinstance(key, str):
        raise WrongShape(f"{dotted(path)} is not a field of an object")
    if not rest:
        return {**body, key: value}
    child = body.get(key, {})
    if not isinstance(child, dict):
        raise WrongShape(f"{key} is not an object; mend it in the JSON first")
    return {**body, key: with_value(child, tuple(rest), value)}


def without(body: JsonObject, path: JsonPath, keep: Iterable[JsonPath] = ()) -> JsonObject:
    """Return the body without the field; objects it leaves empty go too, except those to keep."""
    if not has(body, path):
        return body
    kept = frozenset(keep)
    parent_path = path[:-1]
    parent = get(body, parent_path)
    rest = {key: item for key, item in parent.items() if key != path[-1]} if isinstance(parent, dict) else {}
    if not parent_path:
        return rest
    if not rest and parent_path not in kept:
        return without(body, parent_path, kept)
    return with_value(body, parent_path, rest)


def _dump(value: JsonValue, indent: int | None) -> str:
    separators = (",", ": ") if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)


def _unique_keys(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    seen: JsonObject = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"the key “{key}” stands twice in one object")
        seen[key] = value
    return seen


def _no_constant(name: str) -> JsonValue:
    raise ValueError(f"{name} is not JSON")
