"""The real program in pseudo-terminals, in a home of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pushtui.paths import Paths
from tests.sandbox.client import SandboxClient, client_for
from tests.terminal.terminal import Terminal

ROOT = Path(__file__).parents[2]
WIDE, SMALL = (120, 40), (80, 24)
Console = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def plain_python(monkeypatch: pytest.MonkeyPatch, isolated_home: Path) -> None:
    """Start Python as people do: with bytecode, in UTC, with colours."""
    for name in ("PYTHONDONTWRITEBYTECODE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def paths(isolated_home: Path) -> Paths:
    """The folders of the program under test."""
    return Paths.from_environment()


@pytest.fixture
def pushtui() -> Iterator[Console]:
    """Start `pushtui` with arguments in a terminal; whatever still runs is ended after the test."""
    running: list[Terminal] = []

    def start(*arguments: str, size: tuple[int, int] = WIDE, environment: Mapping[str, str] | None = None) -> Terminal:
        command = [sys.executable, "-m", "pushtui", *arguments]
        terminal = Terminal(command, columns=size[0], rows=size[1], environment=environment)
        running.append(terminal)
        return terminal

    yield start
    for terminal in running:
        terminal.__exit__(None, None, None)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[SandboxClient]:
    """`pushtui sandbox` as a process of its own."""
    command = [sys.executable, "-m", "pushtui", "sandbox", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout is not None
        yield client_for(process.stdout.readline())
        process.terminate()
