"""System template messages as each recipient gets them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pushtui.domain.json_body import JsonObject, JsonValue, get

PERSONAL = ("pushContent", "pushData", "pushExt")
"""Fields with one entry per recipient."""


def fill(template: str, values: Mapping[str, JsonValue]) -> str:
    """Put each value where its placeholder stands; one without a value stays as it is written.

    Placeholders carry their braces, `{c}`; a name without them stands for nothing. What a
    value brings in is not filled again.
    """
    names = sorted((name for name in values if _is_placeholder(name)), key=len, reverse=True)
    if not names:
        return template
    found = re.compile("|".join(map(re.escape, names)))
    return found.sub(lambda match: str(values[match.group()]), template)


def personal(body: JsonObject, index: int) -> JsonObject:
    """Return the message for the recipient at an index, as `/message/system/publish.json` would take it."""
    given = get(body, ("values", index))
    values = given if isinstance(given, dict) else {}
    shared = {key: value for key, value in body.items() if key not in (*PERSONAL, "values", "toUserId")}
    own = {key: get(body, (key, index)) for key in PERSONAL}
    message = {**shared, **{key: value for key, value in own.items() if value is not None}}
    filled = {key: fill(value, values) for key, value in message.items() if key in _FILLED and isinstance(value, str)}
    return {**message, **filled, "toUserId": [get(body, ("toUserId", index))]}


_FILLED = ("content", "pushContent", "pushData")


def _is_placeholder(name: str) -> bool:
    return name.startswith("{") and name.endswith("}")
