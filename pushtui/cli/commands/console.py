"""Opening the console."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.cli.context import Context
from pushtui.console.options import ConsoleOptions
from pushtui.console.start import run_console
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import UsageError

if TYPE_CHECKING:
    from pushtui.services.services import Services


def console(given: Namespace, context: Context) -> int:
    """Open the console, on a draft if one is given."""
    draft = Path(given.draft) if given.draft is not None else None
    return _open(
        context,
        ConsoleOptions(
            context.paths,
            SystemClock(),
            theme=given.theme,
            account=given.account,
            draft=draft,
        ),
    )


def demo(given: Namespace, context: Context) -> int:
    """Open the console on a sandbox that ends with it."""
    options = ConsoleOptions(context.paths, SystemClock(), theme=given.theme, sandbox=True)
    return _open(context, options)


def _open(context: Context, options: ConsoleOptions) -> int:
    if context.output.as_json:
        raise UsageError("The console has no JSON to write; leave --json out.")

    def services() -> Services:
        from pushtui.services.services import Services

        return Services(context.paths, read_only=context.read_only)

    return run_console(services, options)
