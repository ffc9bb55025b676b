"""The console's shell with small screens of its own, for tests that need a real terminal.

Arguments: a folder for all files, then words that say what is different today.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from pushtui.console.options import ConsoleOptions
from pushtui.console.start import run_app, welcome
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import UsageError
from pushtui.paths import Paths


def main(folder: Path, *words: str) -> int:
    try:
        welcome()
    except UsageError as error:
        sys.stderr.write(f"{error.message}\n")
        return 2
    from tests.terminal.apps.screens import make_app

    app = make_app(ConsoleOptions(Paths(folder / "config", folder / "state", folder / "data"), SystemClock()), words)
    app.before_leaving((folder / "farewell").touch)
    if "deaf" in words:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return run_app(app)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
