"""What a command is declared with; importing this loads nothing that runs one."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def nothing(parser: ArgumentParser) -> None:
    """For commands without arguments of their own."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One command: what it is for, its arguments, and `module:function` that runs it."""

    help: str
    target: str = ""
    group: str = ""
    arguments: Callable[[ArgumentParser], None] = nothing
    details: str = ""
    examples: tuple[str, ...] = ()
    actions: Mapping[str, Spec] = field(default_factory=dict)
    """What can be asked of it by a further word, and by one more after that."""
