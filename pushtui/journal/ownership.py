"""Which living process an attempt in flight belongs to."""

from __future__ import annotations

from pathlib import Path

from pushtui.domain.errors import JournalError
from pushtui.files import FileLock, private_folder

PATIENCE = 1000
"""Tries to take one's own lock, since a process that tidies may hold it for a moment."""


class Ownership:
    """A process's name in the journal, and the lock that proves that it lives."""

    def __init__(self, locks: Path, owner: str) -> None:
        self.id = owner
        self._locks = locks
        self._lock = FileLock(self._path(owner))

    def take(self) -> None:
        """Show that this process lives."""
        private_folder(self._locks)
        if not any(self._lock.try_acquire() for _ in range(PATIENCE)):
            raise JournalError(f"Another process holds {self._path(self.id)}. Start again.")

    def give_back(self) -> None:
        """End this process's part."""
        self._lock.release(remove=True)

    def is_dead(self, owner: str) -> bool:
        """Tell whether no living process has this name."""
        if owner == self.id:
            return False
        if not self._path(owner).exists():  # A living process has it; making it anew may need room on the disk.
            return True
        lock = FileLock(self._path(owner))
        dead = lock.try_acquire()
        lock.release(remove=True)
        return dead

    def tidy(self) -> None:
        """Remove the lock files of dead processes."""
        for path in self._locks.glob("journal-*.lock"):
            self.is_dead(path.name.removeprefix("journal-").removesuffix(".lock"))

    def _path(self, owner: str) -> Path:
        return self._locks / f"journal-{owner}.lock"
