"""What documents say that the program knows better; `python -m tests.contracts.generated` writes it anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pushtui.cli.grammar import COMMANDS
from pushtui.cli.help import overview
from pushtui.cli.parser import parse
from pushtui.cli.spec import Spec
from pushtui.console.actions import key_table
from tests.contracts.change_reference import change_reference
from tests.contracts.profile_reference import profile_reference
from tests.contracts.sandbox_reference import sandbox_reference

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
COMMAND_LINE = ROOT / "docs" / "command-line.md"
SANDBOX = ROOT / "docs" / "sandbox.md"
USERS = ROOT / "docs" / "users.md"
CHANGES = ROOT / "docs" / "changes.md"

PARTS: Mapping[str, Callable[[], str]] = {
    "keys": key_table,
    "help": lambda: f"```text\n{overview()}```\n",
}
"""Parts of the README between `<!-- NAME -->` and `<!-- /NAME -->`."""


def readme(text: str) -> str:
    """Return the README with its generated parts as they must be."""
    for name, make in PARTS.items():
        before, found, rest = text.partition(f"<!-- {name} -->\n")
        _, ended, after = rest.partition(f"<!-- /{name} -->\n")
        if not (found and ended):
            raise ValueError(f"README.md has no part between <!-- {name} --> and <!-- /{name} -->.")
        text = f"{before}{found}\n{make()}\n{ended}{after}"
    return text


def command_line() -> str:
    """Return the reference of all commands, as their --help says it."""
    parts = ["# Command line\n", "What `pushtui COMMAND --help` says, command by command.\n"]
    parts += [_section(name, spec) for name, spec in COMMANDS.items()]
    return "\n".join(parts)


def _section(name: str, spec: Spec, parents: tuple[str, ...] = ()) -> str:
    command = (*parents, name)
    text = parse([*command, "--help"]).text or ""
    title = f"{'##' if not parents else '###'} {' '.join(command)}"
    children = [_section(action, child, command) for action, child in spec.actions.items()]
    return "\n".join([f"{title}\n\n```text\n{text}```\n", *children])


def main() -> None:
    """Write the generated parts."""
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
    COMMAND_LINE.write_text(command_line(), encoding="utf-8")
    SANDBOX.write_text(sandbox_reference(), encoding="utf-8")
    USERS.write_text(profile_reference(), encoding="utf-8")
    CHANGES.write_text(change_reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
