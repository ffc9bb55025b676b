from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pushtui.paths import Paths


def test_folders_follow_xdg(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("XDG variables are a habit of Linux")
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", f"/somewhere/{name.lower()}")
    paths = Paths.from_environment()
    assert paths == Paths(
        Path("/somewhere/config/pushtui"), Path("/somewhere/state/pushtui"), Path("/somewhere/data/pushtui")
    )


def test_what_a_person_writes_is_apart_from_what_the_program_remembers() -> None:
    paths = Paths(Path("/c"), Path("/s"), Path("/d"))
    assert {paths.accounts_file.parent, paths.themes.parent} == {Path("/c")}
    remembered = (paths.journal_file, paths.recovery, paths.logs, paths.sandbox_file, paths.locks)
    assert {path.parent for path in remembered} == {Path("/s")}
    assert paths.drafts.parent == Path("/d")
    assert len({*remembered}) == len(remembered)


def test_asking_for_a_path_creates_nothing(isolated_home: Path) -> None:
    paths = Paths.from_environment()
    assert not paths.recovery.exists()
    assert list(isolated_home.iterdir()) == []
