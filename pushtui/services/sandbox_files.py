"""Snapshots of a sandbox as files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import compact
from pushtui.files import write_atomically

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.sandbox_control import SandboxControl


async def save_snapshot(control: SandboxControl, file: Path, *, force: bool = False) -> None:
    """Keep all that a sandbox remembers, for the owner of the file alone.

    An earlier snapshot is replaced, anything else only with `force`. Raises SandboxError.
    """
    snapshot = await control.snapshot()
    await asyncio.to_thread(_write, file, snapshot, force)


async def load_snapshot(control: SandboxControl, file: Path) -> None:
    """Bring back what a file keeps; raises SandboxError and changes nothing if it is no snapshot."""
    snapshot = await asyncio.to_thread(_read, file)
    if snapshot is None:
        raise SandboxError(f"{file} holds no snapshot of a sandbox.")
    await control.restore(snapshot)


def _write(file: Path, snapshot: JsonObject, force: bool) -> None:
    if not force and file.exists() and _read(file) is None:
        raise SandboxError(f"{file} holds something else than a snapshot; --force replaces it.")
    try:
        write_atomically(file, (compact(snapshot) + "\n").encode())
    except OSError as error:
        raise SandboxError(f"{file} cannot be written: {error.strerror}.") from None


def _read(file: Path) -> JsonObject | None:
    """Return what a file holds if that can be a snapshot: the sandbox itself looks closer."""
    try:
        value = json.loads(file.read_bytes())
    except OSError as error:
        raise SandboxError(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and "sandbox" in value else None
