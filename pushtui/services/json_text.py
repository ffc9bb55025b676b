"""JSON text laid out for people and for the wire, token by token.

Nothing but the blanks between tokens changes: numbers, escapes and the order of keys stay as they were
written. Text that is not a JSON object or list, such as one that is still being typed, stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

SHORT = 60
"""Characters that are read as well in one line."""
STEP = "  "

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def dense(text: str) -> str:
    """Write JSON without blanks between its tokens, as it is sent."""
    return "".join(_TOKEN.findall(text)) if _is_structure(text) else text


def readable(text: str) -> str:
    """Write JSON with an entry a line, unless one line holds all of it."""
    short = dense(text)
    if len(short) <= SHORT or not _is_structure(text):
        return short
    return "".join(_laid_out(_TOKEN.findall(text)))


def _laid_out(tokens: list[str]) -> Iterator[str]:
    depth, before = 0, ""
    for mark in tokens:
        opened = before in ("{", "[")
        if mark in ("}", "]"):
            depth -= 1
            yield "" if opened else _line(depth)
        elif opened or before == ",":
            yield _line(depth)
        yield ": " if mark == ":" else mark
        depth += mark in ("{", "[")
        before = mark


def _line(depth: int) -> str:
    return "\n" + STEP * depth


def _is_structure(text: str) -> bool:
    if text.lstrip(" \t\r\n")[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
