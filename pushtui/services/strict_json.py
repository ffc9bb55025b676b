"""Reading values of a JSON object strictly, with errors that say what was given."""

from __future__ import annotations

from pushtui.domain.errors import DraftError
from pushtui.domain.json_body import JsonObject, JsonValue


def text_at(values: JsonObject, key: str, inside: str = "") -> str:
    """Return the text under a key; `inside` names the object that holds it."""
    value = values[key]
    if not isinstance(value, str):
        raise DraftError(f"“{inside}{key}” is {shown(value)}; it must be text.")
    return value


def shown(value: JsonValue) -> str:
    """Say of what kind a value is."""
    return {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}.get(
        type(value), "a number"
    )
