"""Runs `pushtui` the way a shell does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pushtui.paths import Paths
from tests.addresses import address_line
from tests.bodies import push
from tests.sandbox.client import SandboxClient

ROOT = Path(__file__).parents[2]
ESC = b"\x1b"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left behind."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.stdout)


@dataclass(frozen=True, slots=True)
class Program:
    """The command line in a folder of its own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return {**kept, "PYTHONPATH": str(ROOT), "TZ": "UTC", **self.environment}

    @staticmethod
    def command(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "pushtui", *arguments]

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Ended:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            self.command(*arguments),
            input=data,
            capture_output=True,
            cwd=self.folder,
            env=self.variables,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start without waiting for the end."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.variables,
        )

    def draft(self, name: str = "draft.json", account: str = "sandbox", **changes: Any) -> str:
        """Write a draft file and return its name."""
        text = json.dumps({"kind": "rongcloud.push", "account": account, "body": push(**changes)})
        (self.folder / name).write_text(text)
        return name


def point_to(sandbox: SandboxClient) -> None:
    """Let the program find a sandbox that was started with another home."""
    file = Paths.from_environment().sandbox_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(address_line(sandbox))
