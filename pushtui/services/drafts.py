"""Draft files: opened, saved without losing anybody's work, and listed."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NewType, TextIO

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.files import private_folder, write_atomically
from pushtui.services.draft_text import BIGGEST, draft_text, read_draft, too_big

if TYPE_CHECKING:
    from pushtui.paths import Paths

Fingerprint = NewType("Fingerprint", str)
"""Tells one content of a file from another."""

SUFFIX = ".json"


class ChangedOnDisk(DraftError):
    """The file is not what was opened, or there is one where none was expected: saving would lose work."""

    title = "Changed on disk"


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft, the file it came from, and the content that it had then."""

    path: Path
    draft: Draft
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of the drafts folder; where it cannot be read, `error` says why and the rest is empty."""

    path: Path
    modified: datetime
    kind: str = ""
    account: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """What opens it: the file's name without its suffix."""
        return self.path.name.removesuffix(SUFFIX)


class Drafts:
    """Reads and writes draft files; a plain name, without a folder, means one in the drafts folder."""

    def __init__(self, paths: Paths) -> None:
        self.folder = paths.drafts

    def find(self, path: Path) -> Path:
        """Return the file to open: of a plain name, one in the working directory goes first."""
        path = path.expanduser()
        if path.exists() or not _is_plain(path):
            return path.absolute()
        kept = self.folder / path
        return kept if kept.exists() else self.place(path)

    def place(self, path: Path) -> Path:
        """Return where a new draft is saved; a plain name goes to the drafts folder and gets `.json`."""
        path = path.expanduser()
        if not _is_plain(path):
            return path.absolute()
        return self.folder / (path if path.suffix == SUFFIX else path.name + SUFFIX)

    async def open(self, path: Path) -> OpenedDraft:
        """Open a draft file; DraftError says what is wrong with it."""
        return await asyncio.to_thread(self._open_file, self.find(path))

    def open_now(self, path: Path) -> OpenedDraft:
        """Open a draft where it may be a pipe, and waiting for it is wanted; an interrupt ends the wait."""
        return self._open(self.find(path))

    async def save(
        self, path: Path, draft: Draft, expected: Fingerprint | None, *, overwrite: bool = False
    ) -> Fingerprint:
        """Write a draft in one step, and return the file's new fingerprint.

        `expected` is the content that the file must still have, or None where there must be none yet;
        ChangedOnDisk otherwise, unless `overwrite` is set.
        """
        return await asyncio.to_thread(self._save, self.place(path), draft, expected, overwrite)

    async def list(self) -> tuple[DraftFile, ...]:
        """Return the files of the drafts folder, the latest change first."""
        return await asyncio.to_thread(self._list)

    def read_text(self, text: str) -> Draft:
        """Read a draft strictly from text."""
        return read_draft(text)

    def read_stream(self, stream: TextIO) -> Draft:
        """Read a draft strictly from a stream, such as standard input."""
        try:
            return read_draft(stream.read(BIGGEST + 1))
        except UnicodeDecodeError:
            raise DraftError("The input is not UTF-8 text.") from None

    def _open_file(self, path: Path) -> OpenedDraft:
        """Refuse what could keep a thread waiting for ever."""
        if path.is_fifo():
            raise DraftError(f"{path} is a pipe; the command line reads drafts from one, the console does not.")
        return self._open(path)

    def _open(self, path: Path) -> OpenedDraft:
        content = _content(path)
        try:
            draft = read_draft(content.decode("utf-8"))
        except UnicodeDecodeError:
            raise DraftError(f"{path}: This is not UTF-8 text.") from None
        except DraftError as error:
            raise DraftError(f"{path}: {error.message}") from None
        return OpenedDraft(path, _placed(draft, path), _fingerprint(content))

    def _save(self, path: Path, draft: Draft, expected: Fingerprint | None, overwrite: bool) -> Fingerprint:
        content = draft_text(_moved(draft, path.parent)).encode()
        try:
            if path.parent == self.folder:
                private_folder(self.folder)
            if not overwrite:
                _check_unchanged(path, expected)
            write_atomically(path, content, _mode(path))
        except FileNotFoundError:
            raise DraftError(f"{path} cannot be written: there is no folder {path.parent}.") from None
        except OSError as error:
            raise DraftError(
                f"{path} cannot be written: {error.strerror}. What was there before is still there."
            ) from None
        return _fingerprint(content)

    def _list(self) -> tuple[DraftFile, ...]:
        try:
            found = [self._described(path) for path in self.folder.glob(f"*{SUFFIX}") if path.is_file()]
        except OSError as error:
            raise DraftError(f"The folder {self.folder} cannot be read: {error.strerror}.") from None
        return tuple(sorted(found, key=lambda file: (file.modified, file.name), reverse=True))

    def _described(self, path: Path) -> DraftFile:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        try:
            draft = self._open(path).draft
        except DraftError as error:
            return DraftFile(path, modified, error=error.message.removeprefix(f"{path}: "))
        return DraftFile(path, modified, draft.kind, draft.account)


def _placed(draft: Draft, path: Path) -> Draft:
    """Let a file of recipients be found beside the draft that names it."""
    source = draft.recipients
    return draft if source is None else replace(draft, recipients=replace(source, folder=str(path.parent)))


def _moved(draft: Draft, folder: Path) -> Draft:
    """Keep the recipients' file found when the draft goes to another folder."""
    source = draft.recipients
    if source is None or not source.file or Path(source.file).expanduser().is_absolute():
        return draft
    if Path(source.folder).absolute() == folder:
        return draft
    place = source.path.absolute()
    found = place.relative_to(folder) if place.is_relative_to(folder) else place
    return replace(draft, recipients=replace(source, file=str(found), folder=str(folder)))


def _is_plain(path: Path) -> bool:
    return len(path.parts) == 1 and path.name not in ("", "..")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(BIGGEST + 1)
    except FileNotFoundError:
        raise DraftError(f"There is no file {path}.") from None
    except OSError as error:
        raise DraftError(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > BIGGEST:
        raise DraftError(f"{path}: {too_big().message}")
    return content


def _check_unchanged(path: Path, expected: Fingerprint | None) -> None:
    try:
        current = _fingerprint(path.read_bytes())
    except FileNotFoundError:
        if expected is not None:
            raise ChangedOnDisk(f"{path} was removed since it was opened.") from None
        return
    if expected is None:
        raise ChangedOnDisk(f"There is a file {path} already.", title="File exists")
    if current != expected:
        raise ChangedOnDisk(f"{path} was changed by somebody else since it was opened.")


def _mode(path: Path) -> int:
    """Keep the permissions that a person gave a file; a new one is private."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o600


def _fingerprint(content: bytes) -> Fingerprint:
    return Fingerprint(hashlib.sha256(content).hexdigest())
