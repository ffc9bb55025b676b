"""Which user ids came before, in memory that does not grow with their number."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import IO, NamedTuple, Self

from pushtui.services.recipients.table import Unreadable

PARTS = 256
"""Users are parted by their hash, so that one part at a time has to be in memory."""
FULL = 1024
"""Numbers of a part in memory, two a user; then they go to the disk."""
BYTES = 8
"""Of a number."""


class Twice(NamedTuple):
    """A user that came before."""

    line: int
    first: int
    """The line on which it came first."""


class SeenUsers:
    """The hash and the line of each user: in memory while they are few, else in a file without a name.

    Some 2 MiB of memory, and 16 bytes a user on the disk. Only hashes of 64 bits are kept, which no other process can
    tell anything from: among a million users, the odds that two different ids are taken for one are 1 to 30 million.
    """

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(PARTS)]
        self._places = [array("q") for _ in range(PARTS)]
        """Where in the file each part stands, in pieces of so many numbers as are full."""
        self._file: IO[bytes] | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # Of a full disk, which whoever writes has heard of.
            self._open.close()

    def add(self, user: str, line: int) -> None:
        """Remember that a user stands on a line; lines come in their order. Raises Unreadable."""
        mark = hash(user)
        part = self._parts[mark % PARTS]
        part.append(mark)
        part.append(line)
        if len(part) == FULL:
            self._put_away(mark % PARTS)

    def twice(self) -> Iterator[Twice]:
        """Yield those that came before, in any order."""
        for number in range(PARTS):
            first: dict[int, int] = {}
            for piece in self._pieces(number):
                numbers = iter(piece)
                for mark, line in zip(numbers, numbers, strict=True):
                    earlier = first.setdefault(mark, line)
                    if earlier != line:
                        yield Twice(line, earlier)

    def _put_away(self, number: int) -> None:
        with _in_our_words():
            if self._file is None:
                self._file = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - left with the rest
            self._places[number].append(self._file.seek(0, os.SEEK_END))
            self._parts[number].tofile(self._file)
        del self._parts[number][:]

    def _pieces(self, number: int) -> Iterator[array[int]]:
        """Yield what there is of a part, from the first on."""
        for place in self._places[number]:
            assert self._file is not None
            piece = array("q")
            with _in_our_words():
                self._file.seek(place)
                piece.frombytes(self._file.read(FULL * BYTES))
            yield piece
        yield self._parts[number]


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unreadable(
            f"who comes twice cannot be noted in the folder for temporary files: {error.strerror or error}. Make room "
            "there, or name another folder in TMPDIR."
        ) from None
