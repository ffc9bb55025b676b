"""One module per noun, imported when one of its commands runs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module

from pushtui.cli.context import Context

Command = Callable[[Namespace, Context], int]


def load(name: str) -> Command:
    """Return the function that runs a command."""
    from pushtui.cli.grammar import COMMANDS

    module, function = COMMANDS[name].target.split(":")
    command: Command = getattr(import_module(f"{__name__}.{module}"), function)
    return command
