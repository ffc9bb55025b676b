"""Who may import whom, and when."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.contracts.generated import ROOT

LATE = ("pydantic", "httpx", "keyring", "sqlite3", "starlette", "uvicorn")


def loaded_by(code: str, names: tuple[str, ...]) -> str:
    """Run code in a fresh interpreter and say which of the modules it loaded."""
    program = f"import sys\n{code}\nprint([name for name in {names!r} if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=60, check=True
    )
    return done.stdout.strip()


def test_the_contracts_of_layers_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=110,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import pushtui.cli.main, pushtui.cli.parser, pushtui.cli.grammar, pushtui.cli.help",
        "import pushtui.domain.errors, pushtui.paths, pushtui.files",
    ],
)
def test_what_starts_first_loads_nothing_heavy(code: str) -> None:
    assert loaded_by(code, ("textual", "asyncio", *LATE)) == "[]"


def test_the_first_paint_waits_for_nothing_heavy() -> None:
    code = "import pushtui.console.start, pushtui.console.app, pushtui.console.screens.compose"
    assert loaded_by(code, LATE) == "[]"


def test_commands_that_only_read_drafts_load_no_textual() -> None:
    assert loaded_by("import pushtui.cli.commands.drafts, pushtui.cli.commands.pushes", ("textual",)) == "[]"
