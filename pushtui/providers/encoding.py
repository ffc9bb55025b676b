"""Request bodies as bytes on the wire, and back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode

from pushtui.domain.json_body import JsonObject, JsonValue, compact, parse_object
from pushtui.providers.base import Encoding


def encoded(encoding: Encoding, body: JsonObject) -> bytes:
    """Write a body; in a form a list is a repeated key, and an object stands as its JSON."""
    if encoding is Encoding.FORM:
        return urlencode(list(_pairs(body))).encode()
    return b"" if encoding is Encoding.NONE else compact(body).encode()


def decoded(encoding: Encoding, content: str) -> JsonObject:
    """Read a body that `encoded` wrote; in a form every value is a list of texts."""
    if encoding is Encoding.FORM:
        return {name: list(values) for name, values in parse_qs(content, keep_blank_values=True).items()}
    return {} if encoding is Encoding.NONE else parse_object(content)


def _pairs(body: JsonObject) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, _text(item)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else compact(value)
