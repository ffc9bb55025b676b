"""Between a field's JSON value and the text that a person edits."""

from __future__ import annotations

from pushtui.domain.field import FieldKind, FieldSpec
from pushtui.domain.json_body import JsonTextError, JsonValue, compact, parse_object, pretty


def to_text(spec: FieldSpec, value: JsonValue) -> str:
    """Write a value as the text of its field; a value of the wrong type as its JSON."""
    if value is None:
        return ""
    if spec.kind is FieldKind.LIST and isinstance(value, list):
        return "\n".join(item if isinstance(item, str) else compact(item) for item in value)
    if isinstance(value, str):
        return value
    return pretty(value) if isinstance(value, dict) else compact(value)


def from_text(spec: FieldSpec, text: str) -> JsonValue:
    """Read a value from the text of its field; None means not given.

    Text that cannot become the field's type stays text, so that nothing typed is lost and
    the finding about it shows what was typed.
    """
    if spec.kind is FieldKind.LIST:
        items: list[JsonValue] = [line for line in text.split("\n") if line]
        return items or None
    if not text:
        return None
    if spec.kind is FieldKind.INTEGER:
        return _integer(text)
    if spec.kind is FieldKind.OBJECT:
        try:
            return parse_object(text)
        except JsonTextError:
            return text
    return text


def _integer(text: str) -> JsonValue:
    try:
        return int(text.strip())
    except ValueError:
        return text
