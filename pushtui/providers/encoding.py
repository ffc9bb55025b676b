"""How a body becomes the bytes of a request, and how those are read again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from pushtui.domain.json_body import JsonObject, JsonValue, compact, parse_object
from pushtui.providers.base import Encoding


def encoded(encoding: Encoding, body: JsonValue) -> bytes:
    """Write a body for the wire; a form repeats a list's key and leaves null out."""
    if encoding is Encoding.JSON:
        return compact(body).encode()
    if encoding is Encoding.FORM and isinstance(body, dict):
        return urlencode([(key, _text(item)) for key, value in body.items() for item in _items(value)]).encode()
    return b""


def decoded(encoding: Encoding, content: str) -> JsonObject:
    """Read what `encoded` wrote; in a form every value is a list of texts."""
    if encoding is Encoding.FORM:
        return {key: list(values) for key, values in parse_qs(content, keep_blank_values=True).items()}
    return parse_object(content) if encoding is Encoding.JSON else {}


def _items(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _text(value: JsonValue) -> str:
    """Text as it is; true, numbers and objects as JSON writes them."""
    return value if isinstance(value, str) else compact(value)
