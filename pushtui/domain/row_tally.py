"""Findings about many rows, told as one each: how many, and the first few by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pushtui.domain.finding import Finding, Severity, Source
from pushtui.domain.json_body import JsonPath, compact
from pushtui.domain.recipient import RowFinding

NAMED = 3
"""Rows that a finding names."""
SHOWN_DETAIL = 40
"""Longer details are cut."""

_Key = tuple[Severity, JsonPath, str, Source]


@dataclass(slots=True)
class _Rows:
    """How many rows a rule found, and the first of them in words."""

    count: int = 0
    first: list[str] = field(default_factory=list)


class Tally:
    """Counts what is wrong with rows, in memory that does not grow with them."""

    def __init__(self) -> None:
        self._rows: dict[_Key, _Rows] = {}

    def add(self, place: str, found: RowFinding) -> None:
        """Count a finding about the row at a place, such as `line 7`."""
        rows = self._of(found)
        rows.count += 1
        if len(rows.first) < NAMED:
            rows.first.append(f"{place}: {_shown(found.detail)}" if found.detail else place)

    def add_more(self, found: RowFinding, count: int) -> None:
        """Count findings like one about further rows, without naming them."""
        self._of(found).count += count

    def findings(self, whole: Callable[[JsonPath], JsonPath]) -> list[Finding]:
        """Return one finding for each rule; `whole` makes a path of the draft from one below `recipients`."""
        return [
            Finding(severity, whole(path), f"{rule} ({_places(rows)})", source)
            for (severity, path, rule, source), rows in self._rows.items()
        ]

    def _of(self, found: RowFinding) -> _Rows:
        return self._rows.setdefault((found.severity, found.path, found.rule, found.source), _Rows())


def _places(rows: _Rows) -> str:
    more = rows.count - len(rows.first)
    return "; ".join(rows.first) + (f"; and {more:,} more" if more else "")


def _shown(detail: str) -> str:
    return compact(detail if len(detail) <= SHOWN_DETAIL else detail[: SHOWN_DETAIL - 1] + "…")
