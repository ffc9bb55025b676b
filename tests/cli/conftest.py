"""The program, alone or beside a sandbox that it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program, point_to
from tests.sandbox.client import SandboxClient


@pytest.fixture
def pushtui(tmp_path: Path, isolated_home: Path) -> Program:
    """The program in an empty folder; nothing it could talk to."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Program(folder)


@pytest.fixture
def linked(pushtui: Program, sandbox: SandboxClient) -> Program:
    """The program where a sandbox runs."""
    point_to(sandbox)
    return pushtui
