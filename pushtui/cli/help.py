"""The overview that `pushtui --help` shows."""

from __future__ import annotations

from collections.abc import Iterator

from pushtui.cli.grammar import COMMANDS, PROGRAM

_HEAD = f"""\
{PROGRAM}: push administration at chat clouds, from a terminal

usage: {PROGRAM} [COMMAND] [OPTIONS]

Without a command the console opens. `{PROGRAM} COMMAND --help` tells about one.
"""

_TAIL = f"""
Options
  --json       write the result as one JSON document
  --read-only  refuse whatever would change something
  --no-color   write no colours, as NO_COLOR does
  --version    show the version
  -h, --help   show this help

Exit status
  0  done; the push was accepted
  1  refused, rejected or failed
  2  the command line is wrong
  3  the push left, and whether it was accepted is not known
  128+n  ended by signal n

Examples
  {PROGRAM} demo
  {PROGRAM} new > launch.json
  {PROGRAM} check launch.json
  {PROGRAM} plan launch.json
  {PROGRAM} send launch.json
"""


def overview() -> str:
    """Return the overview: commands in groups, options, statuses, examples."""
    return _HEAD + "".join(_groups()) + _TAIL


def _groups() -> Iterator[str]:
    for group in dict.fromkeys(spec.group for spec in COMMANDS.values()):
        yield f"\n{group}\n"
        for name, spec in COMMANDS.items():
            if spec.group == group:
                yield f"  {name:<12}{spec.help}\n"
