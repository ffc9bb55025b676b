"""What the command line says about itself, and to those who misspell it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pushtui import __version__
from pushtui.cli.grammar import COMMANDS
from pushtui.cli.help import overview
from pushtui.cli.parser import parse
from pushtui.domain.errors import UsageError
from tests.cli.program import Program

HEAVY = ("textual", "httpx", "pydantic", "keyring", "asyncio", "sqlite3", "starlette", "uvicorn", "shtab")


@pytest.mark.parametrize("option", ["--help", "--version", "plan --help", "help send"])
def test_help_and_version_load_nothing_heavy(option: str, pushtui: Program) -> None:
    code = (
        "import sys; from pushtui.cli.main import main; status = main(sys.argv[1:]); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *option.split()],
        capture_output=True,
        env=pushtui.variables,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "[]")


def test_version(pushtui: Program) -> None:
    done = pushtui("--version")
    assert (done.status, done.out, done.err) == (0, f"pushtui {__version__}\n", "")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("help",), ("--json", "--help")])
def test_the_overview_names_every_command(arguments: tuple[str, ...], pushtui: Program) -> None:
    done = pushtui(*arguments)
    assert done.status == 0
    assert done.out == overview()
    assert all(f"\n  {name} " in done.out for name in COMMANDS)


def test_all_help_fits_into_80_columns() -> None:
    texts = [overview(), *(parse([name, "--help"]).text for name in COMMANDS)]
    texts += [parse(["accounts", action, "--help"]).text for action in COMMANDS["accounts"].actions]
    too_long = [line for text in texts for line in (text or "").splitlines() if len(line) > 80]
    assert too_long == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plna", "x.json"], "There is no command “plna”. Did you mean “plan”?"),
        (["frobnicate"], "There is no command “frobnicate”. See: pushtui --help"),
        (["plan", "--jsno", "x.json"], "There is no option “--jsno”. Did you mean “--json”?"),
        (["send", "x.json", "--confrim=y"], "There is no option “--confrim”. Did you mean “--confirm”?"),
        (["plan", "x.json", "y.json"], "“y.json” is one argument too many."),
        (["plan"], "the following arguments are required: DRAFT. See: pushtui plan --help"),
        (["accounts", "ad"], "“ad” is given; allowed: list, show, add, test, secret, remove. Did you mean “add”?"),
        (["accounts", "add", "shop"], "required: --environment"),
        (["history", "--limit", "many"], "argument --limit: invalid int value: 'many'"),
        (["completion", "fish"], "“fish” is given; allowed: bash, zsh."),
        (["sandbox", "serv"], "Did you mean “serve”?"),
    ],
)
def test_what_is_wrong_is_named_with_a_hint(arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(arguments)
    assert said in raised.value.message


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "--read-only", "plan", "x"],
        ["plan", "--json", "x", "--read-only"],
        ["--json", "plan", "--read-only", "x"],
    ],
)
def test_common_options_stand_before_or_after_the_command(arguments: list[str]) -> None:
    given = parse(arguments).given
    assert (given.command, given.draft, given.json, given.read_only) == ("plan", "x", True, True)


def test_no_command_opens_the_console() -> None:
    assert parse([]).given.command == "console"
    assert parse(["--read-only"]).given.command == "console"


def test_a_draft_in_place_of_a_command_is_explained(pushtui: Program) -> None:
    done = pushtui(pushtui.draft())
    assert done.status == 2
    assert "To open a draft: pushtui console draft.json" in done.err


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_knows_every_command(shell: str, pushtui: Program) -> None:
    done = pushtui("completion", shell)
    assert done.status == 0
    assert all(name in done.out for name in COMMANDS)


def test_bash_takes_the_completion_script(pushtui: Program) -> None:
    script = pushtui("completion", "bash").stdout
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [("console",), ("demo",), ()])
def test_the_console_without_a_terminal_is_a_sentence(arguments: tuple[str, ...], pushtui: Program) -> None:
    done = pushtui(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "needs a terminal" in done.err
