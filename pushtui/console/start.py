"""Opening the console, and leaving the terminal as it was found."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from pushtui.console.leaving import Leaving
from pushtui.console.manners import check_terminal, keep_calm, silence_logging
from pushtui.console.options import ConsoleOptions
from pushtui.domain.safe_text import line

if TYPE_CHECKING:
    from pushtui.console.app import PushtuiApp
    from pushtui.services.services import Services


def run_console(services: Callable[[], Services], options: ConsoleOptions) -> int:
    """Show the console until the person leaves; return the exit status.

    Raises UsageError where there is no terminal to show it in.
    """
    welcome()
    from pushtui.console.app import PushtuiApp

    return run_app(PushtuiApp(services, options))


def welcome() -> None:
    """Look at the terminal before anything is painted; call it before textual is imported."""
    check_terminal({"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}, os.environ)
    keep_calm()
    silence_logging()


def run_app(app: PushtuiApp) -> int:
    """Run an app that is ready; signals, a lost terminal and a crash included."""
    leaving = Leaving(app.leave, app.say_farewell)
    try:
        asyncio.run(_run(app, leaving))
    except Exception as error:  # noqa: BLE001 - the crash handler
        app.say_farewell()
        app.report(error)
        status = 1
    else:
        status = app.return_code or 0
    finally:
        app.stop_reading()
        leaving.stop()
    _tell_of_crash(app, status)
    return leaving.status or status


async def _run(app: PushtuiApp, leaving: Leaving) -> None:
    leaving.start(asyncio.get_running_loop())
    await app.run_async()


def _tell_of_crash(app: PushtuiApp, status: int) -> None:
    if status != 1:
        return
    place = app.reports[-1].place if app.reports else "There is no report"
    message = f"pushtui: an unexpected error ended the console. {place}. An unsaved draft is offered at the next start."
    sys.stderr.write(line(message) + "\n")
