"""A program in a pseudo-terminal, seen through an emulator."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "F4": "\x1bOS",
    "F5": "\x1b[15~",
    "F6": "\x1b[17~",
    "F7": "\x1b[18~",
    "F8": "\x1b[19~",
    "F9": "\x1b[20~",
    "F10": "\x1b[21~",
    "F12": "\x1b[24~",
    "Enter": "\r",
    "Tab": "\t",
    "Shift+Tab": "\x1b[Z",
    "Esc": "\x1b",
    "Left": "\x1b[D",
    "Right": "\x1b[C",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "Backspace": "\x7f",
    "Delete": "\x1b[3~",
    "Shift+Right": "\x1b[1;2C",
    "Shift+Up": "\x1b[1;2A",
    "Shift+Down": "\x1b[1;2B",
    "PageDown": "\x1b[6~",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Ctrl+Up": "\x1b[1;5A",
    "Ctrl+Down": "\x1b[1;5B",
    "Ctrl+C": "\x03",
    "Ctrl+L": "\x0c",
    "Ctrl+N": "\x0e",
    "Ctrl+P": "\x10",
    "Ctrl+Q": "\x11",
    "Ctrl+R": "\x12",
    "Ctrl+T": "\x14",
}
PATIENCE = 20.0
"""Seconds after which something that is waited for will not come; never slept in full."""


class Gone(AssertionError):
    """The program ended, or did not do what was waited for."""


class Terminal:
    """Starts a command in a pseudo-terminal of its own session."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.raw = bytearray()
        """All that the program wrote."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes_before = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            command,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - one small system call
            env={**_inherited(), "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.hang_up()

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self._screen.display)

    @property
    def modes(self) -> list[object]:
        """The line settings of the terminal."""
        return list(termios.tcgetattr(self._slave))

    def send(self, *keys: str) -> None:
        """Press keys by name, or type text."""
        os.write(self._master, "".join(KEYS.get(key, key) for key in keys).encode())

    def paste(self, text: str) -> None:
        """Paste as terminals do when asked to mark pastes."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def press(self, key: str, *texts: str) -> None:
        """Press one key, or type a text, and wait until the screen shows what comes of it."""
        self.send(key)
        self.wait_for(*texts)

    def wait_for(self, *texts: str) -> str:
        """Wait until all texts are on the screen; return the screen."""
        self.wait_until(lambda: all(text in self.text for text in texts), f"to see {texts}")
        return self.text

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until a condition holds, reading what is written meanwhile."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise Gone(f"waited in vain {what}\n{self.text}")
            if not self._read(0.1) and self.process.poll() is not None and not self._read(0):
                raise Gone(f"ended with {self.process.returncode}, waiting {what}\n{self.text}")

    def look_of(self, text: str) -> tuple[str, str, bool]:
        """Return colour, background and reverse of a text on the screen, by which one sees the focus."""
        row = next(number for number, line in enumerate(self._screen.display) if text in line)
        cell = self._screen.buffer[row][self._screen.display[row].index(text)]
        return cell.fg, cell.bg, cell.reverse

    def move_focus(self, key: str, away_from: str) -> None:
        """Press a key and wait until a text no longer looks as if it had the focus."""
        before = self.look_of(away_from)
        self.send(key)
        self.wait_until(lambda: self.look_of(away_from) != before, f"for the focus to leave {away_from}")

    def wait_for_end(self) -> int:
        """Wait until the program ends; return its exit status, reading what it still writes."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise Gone(f"still running\n{self.text}")
            self._read(0.05)
        while self._read(0):
            pass
        return self.process.returncode

    def settle(self, quiet: float = 1.0) -> None:
        """Read until nothing was written for some seconds."""
        deadline = time.monotonic() + PATIENCE
        while self._read(quiet):
            if time.monotonic() > deadline:
                raise Gone("the program never comes to rest")

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Take the terminal away, as a broken connection does."""
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    def _read(self, patience: float) -> bool:
        if self._master < 0:
            return False
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def _inherited() -> dict[str, str]:
    """Return the environment, less the size of another terminal."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
