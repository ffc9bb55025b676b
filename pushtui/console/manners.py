"""What a good guest in a terminal does before it comes in. Must not import textual."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, MutableMapping
from typing import Protocol

from pushtui.domain.errors import UsageError

CALM = {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_SMOOTH_SCROLL": "0"}
"""Settings that textual reads when it is imported: over SSH nothing should move by itself."""

INCAPABLE = frozenset({"dumb", "unknown"})
"""Values of TERM that say: no escape sequences, please."""


class Stream(Protocol):
    """As much of a file as is asked here."""

    def isatty(self) -> bool: ...


def check_terminal(streams: Mapping[str, Stream | None], environ: Mapping[str, str]) -> None:
    """Raise UsageError, with a sentence for people, where no full-screen console can be shown.

    `streams` are the standard streams by name; textual reads stdin and paints on stderr.
    """
    elsewhere = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    if elsewhere:
        verb = "is not a terminal" if len(elsewhere) == 1 else "are not a terminal"
        raise UsageError(
            f"The console needs a terminal, but {_listed(elsewhere)} {verb}. "
            "Run it without pipe or redirection, or use the commands that `pushtui --help` lists."
        )
    term = environ.get("TERM", "")
    if term in INCAPABLE:
        raise UsageError(
            f"The console needs a terminal that can place text, but TERM is “{term}”. "
            "Set TERM to what your terminal is (such as xterm-256color), "
            "or use the commands that `pushtui --help` lists."
        )


def keep_calm(environ: MutableMapping[str, str] = os.environ) -> None:
    """Turn movement off, unless the person turned it on; takes effect before textual is imported."""
    for name, value in CALM.items():
        environ.setdefault(name, value)


def silence_logging() -> None:
    """Keep records of libraries away from the screen that the console paints."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(logging.NullHandler())
    logging.lastResort = None
    logging.raiseExceptions = False


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
