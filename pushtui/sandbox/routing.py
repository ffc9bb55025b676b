"""Finds the operation that a path belongs to; segments in braces stand for any value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_HOST = re.compile(rb"^https?://[^/]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Route:
    index: int
    method: str
    parts: tuple[str, ...]

    def values(self, segments: Sequence[str]) -> dict[str, str] | None:
        """Return what stands where the braces are; None if the path is another one."""
        if len(self.parts) != len(segments):
            return None
        found: dict[str, str] = {}
        for part, given in zip(self.parts, segments, strict=True):
            if part.startswith("{"):
                found[part[1:-1]] = given
            elif part != given:
                return None
        return found


class Router:
    """Routes by method and path; a path with fewer braces goes before one with more."""

    def __init__(self, routes: Iterable[tuple[str, str]]) -> None:
        known = (_Route(index, method, tuple(path.split("/")[1:])) for index, (method, path) in enumerate(routes))
        self._routes = sorted(known, key=lambda route: sum(part.startswith("{") for part in route.parts))

    def find(self, method: str, segments: Sequence[str]) -> tuple[int, dict[str, str]] | None:
        """Return the index of the route and the values of its braces, or None."""
        for route in self._routes:
            values = route.values(segments) if route.method == method else None
            if values is not None:
                return route.index, values
        return None

    def methods(self, segments: Sequence[str]) -> tuple[str, ...]:
        """Return the methods that a path has."""
        return tuple(dict.fromkeys(route.method for route in self._routes if route.values(segments) is not None))


def segments_of(raw_path: bytes) -> tuple[str, ...]:
    """Cut a path at its slashes and decode each part; doubled slashes count once, bad UTF-8 is replaced.

    A slash at the end makes an empty last part. Clients may name the host, as they do to a proxy.
    """
    path = _HOST.sub(b"", raw_path.partition(b"?")[0])
    parts = [part for part in path.split(b"/") if part]
    if parts and path.endswith(b"/"):
        parts.append(b"")
    return tuple(unquote_to_bytes(part).decode("utf-8", "replace") for part in parts)
