"""Between a field's JSON value and the text that a person edits."""

from __future__ import annotations

import re

from pushtui.domain.field import FieldKind, FieldSpec
from pushtui.domain.json_body import JsonTextError, JsonValue, compact, parse_object, pretty
from pushtui.services.json_text import dense, readable

_BREAKS = re.compile("[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Where an editor breaks a line beside \\n; it would give back a line feed instead."""


def editable(spec: FieldSpec, value: JsonValue) -> bool:
    """Tell whether the field's text can be edited without changing more than what is typed.

    Where it cannot, the value is edited in the JSON. Choices have no text. Blanks between the tokens of JSON
    say nothing.
    """
    if spec.kind in (FieldKind.CHOICE, FieldKind.CHOICES) or value in (None, "", []):
        return True
    text = to_text(spec, value)
    said = dense(value) if spec.kind is FieldKind.JSON and isinstance(value, str) else value
    return not _BREAKS.search(text) and from_text(spec, text) == said


def to_text(spec: FieldSpec, value: JsonValue) -> str:
    """Write a value as the text of its field; a value of the wrong type as its JSON."""
    if value is None:
        return ""
    if spec.kind in (FieldKind.LIST, FieldKind.OBJECTS) and isinstance(value, list):
        return "\n".join(item if isinstance(item, str) else compact(item) for item in value)
    if isinstance(value, str):
        return readable(value) if spec.kind is FieldKind.JSON else value
    return pretty(value) if isinstance(value, dict) else compact(value)


def from_text(spec: FieldSpec, text: str) -> JsonValue:
    """Read a value from the text of its field; None means not given.

    Text that cannot become the field's type stays text, so that nothing typed is lost and
    the finding about it shows what was typed.
    """
    if spec.kind in (FieldKind.LIST, FieldKind.OBJECTS):
        lines = [line for line in text.split("\n") if line]
        items: list[JsonValue] = [_object(line) for line in lines] if spec.kind is FieldKind.OBJECTS else [*lines]
        return items or None
    if not text:
        return None
    if spec.kind is FieldKind.INTEGER:
        return _integer(text)
    if spec.kind is FieldKind.OBJECT:
        return _object(text)
    return dense(text) if spec.kind is FieldKind.JSON else text


def _object(text: str) -> JsonValue:
    try:
        return parse_object(text)
    except JsonTextError:
        return text


def _integer(text: str) -> JsonValue:
    try:
        return int(text.strip())
    except ValueError:
        return text
