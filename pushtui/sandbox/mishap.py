"""What is logged about an error of the sandbox's own: its kind and its lines, never its data."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

_FOLDER = Path(__file__).parents[2]
_LOG = logging.getLogger("pushtui.sandbox")


def told(error: BaseException) -> str:
    """Name an error and the lines it came through; its text could hold a payload or a token."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join((type(error).__qualname__, *lines))


def report(where: str, error: BaseException) -> None:
    """Write an unexpected error to standard error."""
    _LOG.error("%s failed inside: %s", where, told(error))


class WithoutData(logging.Filter):
    """Lets the server's own log say the kind and lines of an exception only."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the exception's text out of a record."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args, record.exc_info = f"{record.getMessage().strip()}: {told(error)}", (), None
        return True


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_FOLDER)) if path.is_relative_to(_FOLDER) else path.name
