"""What is being edited and no file holds, kept against a killed terminal."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from pushtui.domain.clock import Clock, Randomness, SystemClock, SystemRandomness
from pushtui.domain.errors import DraftError
from pushtui.files import FileLock, private_folder, write_atomically
from pushtui.services.source_text import read_source, source_document

if TYPE_CHECKING:
    from pushtui.domain.recipient import RecipientSource
    from pushtui.paths import Paths
    from pushtui.services.drafts import Fingerprint


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The text of a body as it is being edited, valid JSON or not, and the draft around it."""

    kind: str
    account: str
    text: str
    path: Path | None = None
    """The file that the draft was opened from, if any."""
    fingerprint: Fingerprint | None = None
    """The content that the file had then."""
    recipients: RecipientSource | None = None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a console that is no more had not saved."""

    id: str
    unsaved: Unsaved
    kept_at: datetime


class Recovery:
    """One file for each running console, written behind its back with every change.

    Everything but `left_behind` may be called from a signal handler.
    """

    def __init__(self, paths: Paths, clock: Clock | None = None, randomness: Randomness | None = None) -> None:
        self.failure: DraftError | None = None
        """Why the latest change could not be kept, if it could not."""
        self._paths = paths
        self._clock = clock or SystemClock()
        self._id = (randomness or SystemRandomness()).identifier()
        self._lock = FileLock(self._lock_path(self._id))
        self._latest: Unsaved | None = None
        self._written: Unsaved | None = None
        self._writing = threading.RLock()
        self._changes: SimpleQueue[None] = SimpleQueue()
        self._writer: threading.Thread | None = None

    def keep(self, unsaved: Unsaved) -> None:
        """Keep this in place of what was kept before; returns at once."""
        self._latest = unsaved
        if self._writer is None:
            self._writer = threading.Thread(target=self._write_changes, name="recovery", daemon=True)
            self._writer.start()
        self._changes.put(None)

    def flush(self) -> None:
        """Return when the latest change is in the file; `failure` says if it could not be."""
        with self._writing:
            unsaved = self._latest
            if unsaved is self._written:
                self.failure = None
                return
            try:
                self._write(unsaved)
            except OSError as error:
                self.failure = DraftError(
                    f"The unsaved draft cannot be kept in {self._paths.recovery}: {error.strerror}. Save it elsewhere."
                )
            else:
                self._written, self.failure = unsaved, None

    def close(self) -> None:
        """Leave what is unsaved to the next console."""
        self.flush()
        self._lock.release()

    def discard(self) -> None:
        """Forget what was kept: it is saved, or it is not wanted."""
        self._latest = None
        self.flush()

    async def left_behind(self) -> list[LeftBehind]:
        """Return what consoles that are no more had not saved, the latest first."""
        return await asyncio.to_thread(self._left_behind)

    def replace(self, left: LeftBehind) -> None:
        """Forget what a console left behind if what is kept here is in a file instead; else it is offered again."""
        self.flush()
        if self.failure is None:
            with suppress(DraftError):
                self.drop(left)

    def drop(self, left: LeftBehind) -> None:
        """Forget what a console left behind: it is not wanted."""
        path = self._path(left.id)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise DraftError(f"{path} cannot be removed: {error.strerror}.") from None

    def _write_changes(self) -> None:
        while True:
            self._changes.get()
            self.flush()

    def _write(self, unsaved: Unsaved | None) -> None:
        if unsaved is None:
            self._path(self._id).unlink(missing_ok=True)
            self._lock.release(remove=True)
            return
        private_folder(self._paths.locks)
        private_folder(self._paths.recovery)
        self._lock.try_acquire()
        write_atomically(self._path(self._id), _text(unsaved, self._clock.now()).encode(), durable=False)

    def _left_behind(self) -> list[LeftBehind]:
        try:
            return sorted(self._abandoned(), key=lambda left: left.kept_at, reverse=True)
        except OSError as error:
            raise DraftError(f"{self._paths.recovery} cannot be read: {error.strerror}.") from None

    def _abandoned(self) -> Iterator[LeftBehind]:
        for path in self._paths.recovery.glob("*.json"):
            if path.stem != self._id and self._is_dead(path.stem):
                with suppress(FileNotFoundError):  # Another console took it at this moment.
                    yield _read(path)

    def _is_dead(self, console: str) -> bool:
        private_folder(self._paths.locks)
        lock = FileLock(self._lock_path(console))
        dead = lock.try_acquire()
        lock.release(remove=True)
        return dead

    def _path(self, console: str) -> Path:
        return self._paths.recovery / f"{console}.json"

    def _lock_path(self, console: str) -> Path:
        return self._paths.locks / f"recovery-{console}.lock"


def _text(unsaved: Unsaved, kept_at: datetime) -> str:
    """Write with ASCII escapes, so that half characters survive too."""
    path, source = str(unsaved.path) if unsaved.path is not None else None, unsaved.recipients
    return json.dumps(
        {
            "kept_at": kept_at.isoformat(),
            "kind": unsaved.kind,
            "account": unsaved.account,
            "path": path,
            "fingerprint": unsaved.fingerprint,
            "text": unsaved.text,
            "recipients": source_document(source.absolute()) if source and not source.is_empty else None,
        }
    )


def _read(path: Path) -> LeftBehind:
    """Read what was kept; a file of another form is offered as the text that it is."""
    text = path.read_text("utf-8", "replace")
    try:
        values = json.loads(text)
        unsaved = Unsaved(
            str(values["kind"]),
            str(values["account"]),
            str(values["text"]),
            Path(values["path"]) if values["path"] is not None else None,
            values.get("fingerprint"),
            read_source(values["recipients"]) if values.get("recipients") else None,
        )
        return LeftBehind(path.stem, unsaved, datetime.fromisoformat(values["kept_at"]))
    except (ValueError, LookupError, TypeError, DraftError):
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return LeftBehind(path.stem, Unsaved("", "", text), modified)
