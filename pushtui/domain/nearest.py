"""The valid name that a misspelt one probably means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the closest of the names, case and separators aside; None if none is close."""
    by_folded = {_folded(valid): valid for valid in names}
    close = difflib.get_close_matches(_folded(name), by_folded, n=1, cutoff=0.7)
    return by_folded[close[0]] if close else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return ` Did you mean “x”?`, or nothing if no name is close."""
    meant = nearest(name, names)
    return f" Did you mean “{meant}”?" if meant is not None else ""


def _folded(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")
