"""System template messages as each recipient gets them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from pushtui.domain.json_body import JsonObject, get

PERSONAL = ("pushContent", "pushData", "pushExt")
"""Fields with one entry per recipient."""
FILLED = ("content", "pushContent", "pushData")
"""Fields whose placeholders are filled."""

_PLACEHOLDER = re.compile(r"\{([^{}\"\\\r\n]{1,64})\}")
_NAME = re.compile(r"[\w.-]+")
_IN_BRACES = re.compile(r"(\{[^{}]*\})")
"""A name holds no braces of its own, so that one pass finds all, however many there are."""


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put each value where its placeholder stands; one without a value stays as it is written.

    Placeholders carry their braces, `{c}`; a name without them stands for nothing. What a
    value brings in is not filled again.
    """
    known = {name: str(value) for name, value in values.items() if _IN_BRACES.fullmatch(name)}
    return "".join([known.get(piece, piece) for piece in _pieces(template)]) if known else template


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
    return key[1:-1] if len(key) > 1 and key[0] == "{" and key[-1] == "}" else key


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


def filled_bytes(template: str, values: Mapping[str, str]) -> int:
    """Return how many bytes of UTF-8 `fill` would make of a template, without making them."""
    counts = _counts(template)
    names = [name for name in values if name in counts]
    return _bytes(template) + sum(counts[name] * (_bytes(values[name]) - _bytes(name)) for name in names)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


@lru_cache(maxsize=4)
def _pieces(template: str) -> tuple[str, ...]:
    """Cut a template before and after all that stands in braces; the same one is filled for many."""
    return tuple(_IN_BRACES.split(template))


@lru_cache(maxsize=4)
def _counts(template: str) -> Counter[str]:
    return Counter(_IN_BRACES.findall(template))
