"""Reports of unexpected errors: private files, redacted, with frames but never their locals."""

from __future__ import annotations

import hashlib
import platform
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pushtui import __version__
from pushtui.domain.safe_text import block
from pushtui.domain.secret import redact
from pushtui.files import private_folder, write_atomically

LONGEST = 200_000
"""Characters of a report; an error's message may hold a whole payload."""


@dataclass(frozen=True, slots=True)
class Report:
    """Where an error was written down, under an id that the same error gets again."""

    id: str
    path: Path | None
    """None where it could not be written."""

    @property
    def place(self) -> str:
        """Where to find it, for people."""
        return f"Report {self.id} is in {self.path}" if self.path else f"Report {self.id} could not be written"


def write_report(folder: Path, error: BaseException, now: datetime, masked: Callable[[str], str] = redact) -> Report:
    """Write an error down, its text without secrets; never raises for want of a disk."""
    frames = "".join(traceback.format_exception(error, limit=50))
    identity = hashlib.sha256(_where(error).encode()).hexdigest()[:8]
    text = f"{_heading(identity, now)}\n{block(masked(frames))}"[:LONGEST]
    path = folder / f"error-{now:%Y%m%d}-{identity}.txt"
    try:
        private_folder(folder)
        write_atomically(path, text.encode("utf-8", "replace"), durable=False)
    except OSError:
        return Report(identity, None)
    return Report(identity, path)


def _heading(identity: str, now: datetime) -> str:
    return (
        f"pushtui {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"report {identity}, {now:%Y-%m-%d %H:%M:%S %Z}\n"
    )


def _where(error: BaseException) -> str:
    """Name the error's type and the lines it came through, but nothing that varies with the data."""
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join([type(error).__qualname__, *(f"{frame.name}:{frame.lineno}" for frame in frames)])
