"""What a command is given on standard input."""

from __future__ import annotations

import io
import sys

from pushtui.domain.errors import DraftError

STANDARD_INPUT = "-"


def read_standard_input() -> str:
    """Return all of it, line ends as they are; raises DraftError."""
    if sys.stdin is None:
        raise DraftError("Standard input is closed; there is nothing to read.")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict", newline="")
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise DraftError("Standard input is not UTF-8 text. Save it as a file, whose encoding is found.") from None
    except OSError as error:
        raise DraftError(f"Standard input cannot be read: {error.strerror}.") from None
