"""A terminal driver that survives the loss of its terminal."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from io import TextIOBase
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


class TerminalOutput(TextIOBase):
    """Writes UTF-8 to a terminal; once that is gone, it discards.

    Textual's writer thread dies of an error here, and then the console hangs for good.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting: list[str] = []
        self.lost = False

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._waiting.append(text)
        return len(text)

    def flush(self) -> None:
        rest = "".join(self._waiting).encode("utf-8", "replace")
        self._waiting.clear()
        while rest and not self.lost:
            rest = rest[self._write_some(rest) :]

    def _write_some(self, data: bytes) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            # Another program that shares the terminal may have made it non-blocking.
            select.select([], [self._descriptor], [])
            return 0
        except OSError:
            self.lost = True
            return 0


class PoliteDriver(LinuxDriver):
    """Textual's driver for POSIX, with an output that cannot break."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stderr__ is not None
        output = TerminalOutput(sys.__stderr__.fileno())
        self._file = output  # type: ignore[assignment]  # textual's writer calls write, flush and fileno only

    def run_input_thread(self) -> None:
        """Read keys until the terminal is gone, which is no crash: `Leaving` sees it too."""
        with suppress(OSError):
            super().run_input_thread()
