"""What the command line tells the console."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pushtui.domain.clock import Clock
from pushtui.paths import Paths


@dataclass(frozen=True, slots=True)
class ConsoleOptions:
    """How a console starts."""

    paths: Paths
    clock: Clock
    theme: str | None = None
    """Name of a theme; None takes the last one that was chosen."""
    account: str | None = None
    """Account to compose for at first."""
    draft: Path | None = None
    """Draft file to open at first."""
    sandbox: bool = False
    """Start a sandbox of its own and compose for it."""
