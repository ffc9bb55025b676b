"""From arguments to a command and what it is given, with a hint for what is misspelt."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NoReturn

from pushtui import __version__
from pushtui.cli.grammar import COMMANDS, PROGRAM
from pushtui.cli.spec import Spec
from pushtui.domain.errors import UsageError

WIDTH = 80
COLUMN = 26
"""Where the help of options starts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: a command with its arguments, or a text to read."""

    given: argparse.Namespace = field(default_factory=argparse.Namespace)
    text: str | None = None
    """Empty asks for the overview."""


class _TextAsked(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _Help(argparse.Action):
    """`--help` as text that our own output writes."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> NoReturn:
        raise _TextAsked("" if parser.prog == PROGRAM else parser.format_help())


class _Version(argparse.Action):
    def __call__(self, *_rest: object) -> NoReturn:
        raise _TextAsked(f"{PROGRAM} {__version__}\n")


class Parser(argparse.ArgumentParser):
    """argparse's parser with errors that are raised and a help of fixed width."""

    def __init__(self, prog: str) -> None:
        super().__init__(
            prog=prog,
            formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=WIDTH, max_help_position=COLUMN),
            add_help=False,
            allow_abbrev=False,
        )

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse a wrong choice in our words, which are those of every Python."""
        choices = [str(choice) for choice in action.choices or ()]
        if choices and value not in choices:
            from pushtui.domain.nearest import did_you_mean

            meant = did_you_mean(str(value), choices)
            raise argparse.ArgumentError(action, f"“{value}” is given; allowed: {', '.join(choices)}.{meant}")

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}{'' if message[-1] in '.?' else '.'} See: {self.prog} --help", title=self.prog)


def parse(arguments: Sequence[str]) -> Wanted:
    """Read the arguments of a process; raises UsageError that says what is wrong with them."""
    first = next((argument for argument in arguments if not argument.startswith("-")), None)
    if first == "help":
        arguments = [argument for argument in arguments if argument != "help"] + ["--help"]
    elif first is not None and first not in COMMANDS:
        raise UsageError(_no_such_command(first), title=PROGRAM)
    elif first is None and not {"-h", "--help", "--version"}.intersection(arguments):
        arguments = ["console", *arguments]
    try:
        given, rest = root_parser().parse_known_args(arguments)
    except _TextAsked as asked:
        return Wanted(text=asked.text)
    if rest:
        _refuse(given.parser, rest[0])
    return Wanted(given)


def root_parser() -> Parser:
    """Make the parser of the whole command line."""
    root = Parser(PROGRAM)
    _add_common(root)
    root.add_argument("--version", action=_Version, nargs=0, help="show the version")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, spec in COMMANDS.items():
        _add_command(commands, name, spec)
    return root


LEVELS = ("action", "step")
"""Under which names the words after a command are found."""


def _add_command(commands: argparse._SubParsersAction[Parser], name: str, spec: Spec, level: int = 0) -> None:
    parser = commands.add_parser(name, help=spec.help)
    parser.description = f"{spec.help[0].upper()}{spec.help[1:]}.\n\n{spec.details}".rstrip()
    if spec.examples:
        parser.epilog = "examples:\n" + "\n".join(f"  {example}" for example in spec.examples)
    spec.arguments(parser)
    _add_common(parser)
    parser.set_defaults(parser=parser)
    if spec.actions:
        actions = parser.add_subparsers(dest=LEVELS[level], metavar="ACTION")
        for action, action_spec in spec.actions.items():
            _add_command(actions, action, action_spec, level + 1)
    parser.usage = _usage(parser)


def _usage(parser: Parser) -> str:
    """Return a short synopsis: what must be given, and that there are options."""
    needed = [
        f"{action.option_strings[0]} {_value(action)}"
        for action in parser._actions
        if action.required and action.option_strings
    ]
    positional = [
        _value(action) if action.required else f"[{_value(action)}]" for action in parser._get_positional_actions()
    ]
    return " ".join([parser.prog, "[OPTIONS]", *needed, *positional])


def _value(action: argparse.Action) -> str:
    return str(action.metavar or "|".join(action.choices or ()))


def _add_common(parser: Parser) -> None:
    """Add what every command takes; no default, so that it may stand before or after the command."""
    common = parser.add_argument_group("common options")
    for option, text in (
        ("--json", "write the result as one JSON document"),
        ("--read-only", "refuse whatever would change something"),
        ("--no-color", "write no colours, as NO_COLOR does"),
    ):
        common.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=text)
    common.add_argument("-h", "--help", action=_Help, nargs=0, help="show this help")


def _no_such_command(name: str) -> str:
    from pathlib import Path

    from pushtui.domain.nearest import did_you_mean

    if Path(name).is_file():
        hint = f" To open a draft: {PROGRAM} console {name}"
    else:
        hint = did_you_mean(name, COMMANDS) or f" See: {PROGRAM} --help"
    return f"There is no command “{name}”.{hint}"


def _refuse(parser: argparse.ArgumentParser, argument: str) -> NoReturn:
    from pushtui.domain.nearest import did_you_mean

    options = [option for option in parser._option_string_actions if option.startswith("--")]
    name = argument.partition("=")[0]
    if not argument.startswith("-"):
        raise UsageError(f"“{argument}” is one argument too many. See: {parser.prog} --help", title=parser.prog)
    hint = did_you_mean(name, options) or f" See: {parser.prog} --help"
    raise UsageError(f"There is no option “{name}”.{hint}", title=parser.prog)
