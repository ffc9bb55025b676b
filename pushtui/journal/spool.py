"""Planned attempts on their way into the journal, however many: on the disk, so that memory stays flat.

The journal is locked for others only while it reads the spool, not while the attempts are made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pushtui.files import private_folder
from pushtui.journal.rows import Values, attempt_values

if TYPE_CHECKING:
    from pushtui.domain.attempt import Attempt

IN_MEMORY = 1024 * 1024
"""Bytes; what is longer goes to a file without a name, which dies with the process."""


class Spool:
    """Keeps planned attempts as rows, in the order they are added. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        private_folder(folder)
        self._file = SpooledTemporaryFile(IN_MEMORY, "w+", encoding="ascii", dir=str(folder))  # noqa: SIM115 - closed below

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the attempts."""
        self._file.close()

    def add(self, attempt: Attempt) -> None:
        """Append an attempt."""
        self._file.write(json.dumps(attempt_values(attempt)) + "\n")

    def rows(self) -> Iterator[Values]:
        """Yield the rows from the first on."""
        self._file.seek(0)
        for line in self._file:
            values: Values = json.loads(line)
            yield values
