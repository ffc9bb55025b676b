"""Short ways to say and read things in rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from pushtui.domain.finding import PUSHTUI, Finding, Severity, Source
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, compact, get
from pushtui.domain.safe_text import forbidden, is_blank

Rule = Callable[[JsonObject], Iterable[Finding]]


def error(path: JsonPath, message: str, source: Source) -> Finding:
    return Finding(Severity.ERROR, path, message, source)


def warning(path: JsonPath, message: str, source: Source) -> Finding:
    return Finding(Severity.WARNING, path, message, source)


def advice(path: JsonPath, message: str, source: Source) -> Finding:
    return Finding(Severity.ADVICE, path, message, source)


def strings(value: JsonValue) -> list[str]:
    """Return the texts of a list; of anything else none."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def entries(value: JsonValue) -> list[JsonValue]:
    """Return the items of a list; of anything else none."""
    return value if isinstance(value, list) else []


def subobject(body: JsonObject, path: JsonPath) -> JsonObject:
    """Return the object at a path; an empty one where there is none."""
    value = get(body, path)
    return value if isinstance(value, dict) else {}


def is_json(text: str) -> bool:
    """Tell whether a text is JSON of any kind."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def name_is_clean(path: JsonPath, value: JsonValue) -> Iterator[Finding]:
    """A name of blanks might be cut down to none at all, and then it is nobody's or everybody's."""
    if not isinstance(value, str) or not value:
        return
    if is_blank(value):
        yield error(path, f"{compact(value)} is blank: it names nobody", PUSHTUI)
    elif value != value.strip():
        yield warning(path, f"blanks at the ends of {compact(value)} count as part of it", PUSHTUI)
    elif "," in value or "\n" in value:
        yield warning(path, f"{compact(value)} is one name; for several, give each its own line", PUSHTUI)


def texts_are_visible(body: JsonObject, except_for: frozenset[JsonPath]) -> Iterator[Finding]:
    """Control and invisible characters in what people will read or what names them."""
    for path, text in _texts(body):
        odd = forbidden(text.replace("\r\n", "\n"))
        if odd and path not in except_for:
            yield warning(path, f"holds characters that nobody sees: {' '.join(odd[:5])}", PUSHTUI)


def _texts(value: JsonValue, path: JsonPath = ()) -> Iterator[tuple[JsonPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
