"""The SQLite engine: opening, pragmas, transactions, and its errors in words."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pushtui.domain.errors import JournalError
from pushtui.files import private_folder, sync_folder, tighten
from pushtui.journal.schema import APPLICATION, MIGRATIONS

BUSY_SECONDS = 10.0
"""How long to wait for another process that is writing."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the journal, make it where there is none, and bring it to this version's schema.

    Raises JournalError, OSError or sqlite3.Error; whatever is found on the disk stays there.
    """
    private_folder(path.parent)
    _make_private(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        _check_application(connection, path)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a journal that is there, for a disk on which nothing can be written. Raises what `connect` does."""
    try:
        return _reader(path, "mode=ro")
    except sqlite3.OperationalError:
        if _has_more(path):
            raise
        return _reader(path, "mode=ro&immutable=1")  # All is in the file, and nobody can change that.


def _reader(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", timeout=BUSY_SECONDS, isolation_level=None, uri=True
    )
    try:
        connection.row_factory = sqlite3.Row
        _check_application(connection, path)
        if int(_meta(connection, "schema")) != len(MIGRATIONS):
            raise JournalError(f"The journal {path} is of another version of pushtui. {_ON_DISK}")
    except BaseException:
        connection.close()
        raise
    return connection


def _has_more(path: Path) -> bool:
    """Tell whether something was written that is not in the file yet."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def is_full(error: OSError | sqlite3.Error) -> bool:
    """Tell whether something failed for want of room on the disk."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR_SHM", "SQLITE_IOERR_WRITE"))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the only writer's place from the first read on, so that nothing changes in between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def in_words(error: OSError | sqlite3.Error, path: Path) -> JournalError:
    """Say what is wrong with the journal and what to do."""
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return JournalError(f"The journal {path} cannot be used: {reason}. {_ON_DISK}")
    name = getattr(error, "sqlite_errorname", "")
    for prefix, sentence in _SENTENCES.items():
        if name.startswith(prefix):
            return JournalError(f"The journal {path} {sentence}")
    return JournalError(f"The journal {path} cannot be used: {error}. {_ON_DISK}")


_ON_DISK = "Look at the disk and at the permissions of the file and its folder, then try again. Nothing was deleted."
_DAMAGED = (
    "is damaged or is no journal. Keep a copy of it and move it away, together with its -wal and -shm files; "
    "pushtui then begins a new one, which does not know what was sent before. Nothing was deleted."
)
_SENTENCES = {
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": "cannot be written: the disk is full. Make room, then try again. Nothing was deleted.",
    "SQLITE_READONLY": f"cannot be written. {_ON_DISK}",
    "SQLITE_CANTOPEN": f"cannot be opened. {_ON_DISK}",
    "SQLITE_BUSY": f"is kept busy by another process for more than {BUSY_SECONDS:.0f} seconds. Try again.",
}


def _make_private(path: Path) -> None:
    """Create the file with its final permissions; SQLite gives its -wal and -shm files the same."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        sync_folder(path.parent)
    except FileExistsError:
        for suffix in ("", "-wal", "-shm"):
            existing = path.with_name(path.name + suffix)
            if existing.exists():
                tighten(existing, 0o600)


def _check_application(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse to touch a database that another program made."""
    if connection.execute("PRAGMA schema_version").fetchone()[0] == 0:
        return
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
    if not tables or _meta(connection, "application") != APPLICATION:
        raise JournalError(
            f"The file {path} is a database of another program, not a journal of pushtui. "
            "Move it away; nothing in it was changed."
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection):
        fresh = connection.execute("PRAGMA schema_version").fetchone()[0] == 0
        number = 0 if fresh else int(_meta(connection, "schema"))
        if number > len(MIGRATIONS):
            raise JournalError(
                f"The journal {path} was written by a newer pushtui (schema {number}; this one knows "
                f"{len(MIGRATIONS)}). Use that version. Nothing was changed."
            )
        for migration in MIGRATIONS[number:]:
            for statement in migration:
                connection.execute(statement)
        if fresh:
            facts = (("application", APPLICATION), ("schema", "0"))
            connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", facts)
        if number < len(MIGRATIONS):
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(len(MIGRATIONS)),))


def _meta(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row is not None else ""
