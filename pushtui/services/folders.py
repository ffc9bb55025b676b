"""What is in a folder, for choosing a file."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pushtui.domain.errors import DraftError


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A folder, or a file with its size in bytes."""

    path: Path
    is_folder: bool
    size: int = 0
    modified: datetime | None = None


async def entries_of(folder: Path, endings: Collection[str]) -> tuple[FolderEntry, ...]:
    """Return the folders in a folder, then its files of some endings, by name; hidden ones are left out."""
    return await asyncio.to_thread(_entries_of, folder, endings)


def _entries_of(folder: Path, endings: Collection[str]) -> tuple[FolderEntry, ...]:
    try:
        found = [_entry(path) for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise DraftError(f"The folder {folder} cannot be read: {error.strerror}.") from None
    wanted = [one for one in found if one is not None and (one.is_folder or one.path.suffix.lower() in endings)]
    return tuple(sorted(wanted, key=lambda one: (not one.is_folder, one.path.name.casefold())))


def _entry(path: Path) -> FolderEntry | None:
    """Describe a folder or a regular file; None for anything else, and for what cannot be looked at."""
    try:
        about = path.stat()
    except OSError:
        return None
    if stat.S_ISDIR(about.st_mode):
        return FolderEntry(path, is_folder=True)
    if not stat.S_ISREG(about.st_mode):
        return None
    return FolderEntry(path, False, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))
