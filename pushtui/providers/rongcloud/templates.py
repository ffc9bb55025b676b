"""System template messages as each recipient gets them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pushtui.domain.json_body import JsonObject, get

PERSONAL = ("pushContent", "pushData", "pushExt")
"""Fields with one entry per recipient."""
FILLED = ("content", "pushContent", "pushData")
"""Fields whose placeholders are filled."""

_PLACEHOLDER = re.compile(r"\{([^{}\"\\\r\n]{1,64})\}")
_NAME = re.compile(r"[\w.-]+")


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put each value where its placeholder stands; one without a value stays as it is written.

    Placeholders carry their braces, `{c}`; a name without them stands for nothing. What a
    value brings in is not filled again.
    """
    names = sorted((name for name in values if _is_placeholder(name)), key=len, reverse=True)
    if not names:
        return template
    found = re.compile("|".join(map(re.escape, names)))
    return found.sub(lambda match: str(values[match.group()]), template)


def placeholders(template: str) -> tuple[str, ...]:
    """Return the names in braces that a template holds, each once, in order.

    JSON's own braces are none: a quotation mark stands between them.
    """
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def braced(name: str) -> str:
    """Return a placeholder as it stands in a template and as a key of `values`."""
    return f"{{{name}}}"


def unbraced(key: str) -> str:
    """Return the name in a key of `values`; a key without braces as it is."""
    return key[1:-1] if _is_placeholder(key) else key


def is_name(placeholder: str) -> bool:
    """Tell a name that was surely meant as a placeholder from words that happen to stand in braces."""
    return _NAME.fullmatch(placeholder) is not None


def personal(body: JsonObject, index: int) -> JsonObject:
    """Return the message for the recipient at an index, as `/message/system/publish.json` would take it."""
    given = get(body, ("values", index))
    values = given if isinstance(given, dict) else {}
    shared = {key: value for key, value in body.items() if key not in (*PERSONAL, "values", "toUserId")}
    own = {key: get(body, (key, index)) for key in PERSONAL}
    message = {**shared, **{key: value for key, value in own.items() if value is not None}}
    filled = {key: fill(value, values) for key, value in message.items() if key in FILLED and isinstance(value, str)}
    return {**message, **filled, "toUserId": [get(body, ("toUserId", index))]}


def _is_placeholder(name: str) -> bool:
    return name.startswith("{") and name.endswith("}")
