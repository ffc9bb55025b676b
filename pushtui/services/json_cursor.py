"""Where in a JSON text a cursor stands, even while the text is not yet valid."""

from __future__ import annotations

import json
import re

from pushtui.domain.json_body import JsonPath

_PART = re.compile(r'"(?:\\.|[^"\\\n])*"?|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def path_at(text: str, line: int, column: int) -> JsonPath:
    """Return the path of the value or key at a cursor; lines and columns count from 0.

    Left of a line's first character means on it.
    """
    rows = text.split("\n")
    indent = len(rows[line]) - len(rows[line].lstrip())
    offset = sum(len(row) + 1 for row in rows[:line]) + max(column, indent)
    path: list[str | int] = []
    last = ""
    for match in _PART.finditer(text):
        if match.start() > offset:
            break
        _follow(path, match.group(), last, inside=match.start() < offset)
        last = match.group()
    return tuple(path if not path or path[-1] != "" else path[:-1])


def _follow(path: list[str | int], part: str, last: str, *, inside: bool) -> None:
    """Change a path by one more part of the text; brackets that close count once they are behind."""
    if part in "{[":
        path.append("" if part == "{" else 0)
    elif not path:
        return
    elif part in "}]" and inside:
        path.pop()
    elif part == "," and inside:
        here = path[-1]
        path[-1] = here + 1 if isinstance(here, int) else ""
    elif part.startswith('"') and path[-1] == "" and last in ("{", ","):
        path[-1] = _key(part)


def _key(part: str) -> str:
    try:
        return str(json.loads(part))
    except ValueError:
        return part.strip('"')
