"""What every test may use: an isolated home, and a sandbox process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.sandbox.client import SandboxClient, running

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def isolated_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own, and nothing of the person's who runs it."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    for name in os.environ:
        if name.startswith(("PUSHTUI_", "PYTHON_KEYRING_", "KEYRING_PROPERTY_", "DBUS_SESSION_", "TEXTUAL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("CONFIG", ".config"),
        ("STATE", ".local/state"),
        ("DATA", ".local/share"),
        ("CACHE", ".cache"),
    ):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    return home


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxClient]:
    """One sandbox process for the whole session of a worker."""
    with running(tmp_path_factory.mktemp("sandbox")) as (_process, client):
        yield client


@pytest.fixture
def sandbox(sandbox_process: SandboxClient) -> SandboxClient:
    """The sandbox, as if it had just been started."""
    sandbox_process.reset()
    return sandbox_process
