"""One thing wrong or doubtful about a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pushtui.domain.json_body import JsonPath, dotted


class Severity(StrEnum):
    """An error forbids sending; a warning deserves a second look; advice is good practice."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        return {"error": "✖", "warning": "▲", "advice": "·"}[self.value]

    @property
    def rank(self) -> int:
        """0 is the most severe."""
        return ("error", "warning", "advice").index(self.value)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read, and when."""

    title: str
    date: str

    def __str__(self) -> str:
        return f"{self.title}, read {self.date}"


PUSHTUI = Source("pushtui's own rule", "2026-11")
"""Source of rules that no provider states."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A severity, the field it is about, what is wrong, and who says so."""

    severity: Severity
    path: JsonPath
    message: str
    source: Source

    @property
    def field(self) -> str:
        """The dotted path; `body` for the draft as a whole."""
        return dotted(self.path) or "body"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by severity, keeping the order of the rules within one."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))


def blocks(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding forbids sending."""
    return any(finding.severity is Severity.ERROR for finding in findings)
