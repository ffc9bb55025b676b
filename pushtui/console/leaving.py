"""Leaving when the system says so: signals and a lost terminal. Must not import textual."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
PATIENCE = 2.0
"""Seconds that an orderly end may take before the process is ended anyway."""

RESTORE = b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Undoes what textual asks of a terminal."""


class Leaving:
    """Turns signals and a lost terminal into an orderly end, and that into a prompt one.

    `leave` is called in the event loop with the exit status. If the loop does not come to an
    end in time (its terminal may be stuck), `rescue` is called in a thread, the terminal is
    restored as far as it lets us, and the process ends.
    """

    def __init__(self, leave: Callable[[int], None], rescue: Callable[[], None], patience: float = PATIENCE) -> None:
        self._leave = leave
        self._rescue = rescue
        self._patience = patience
        self._over = Event()
        self._status: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._modes: list[Any] | None = None
        self._before: dict[int, object] = {}

    @property
    def status(self) -> int | None:
        """The exit status that the system asked for; None if it did not."""
        return self._status

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over the signals and watch the terminal."""
        self._loop = loop
        with suppress(termios.error, OSError):
            self._modes = termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None
        for number in SIGNALS:
            # Whoever started us with a signal ignored (nohup) has a reason.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._on_signal)
        Thread(target=self._watch_terminal, name="pushtui-terminal", daemon=True).start()

    def stop(self) -> None:
        """Tell that the end was orderly, and give the signals back."""
        self._over.set()
        for number, handler in self._before.items():
            if callable(handler) or isinstance(handler, int):
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.ask(128 + number)

    def ask(self, status: int) -> None:
        """Leave with a status; the first one asked for counts. Any thread may call it."""
        if self._status is not None or self._over.is_set():
            return
        self._status = status
        Thread(target=self._insist, args=(status,), name="pushtui-leaving", daemon=True).start()
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed already
                self._loop.call_soon_threadsafe(self._leave, status)

    def _insist(self, status: int) -> None:
        if self._over.wait(self._patience):
            return
        try:
            self._rescue()
        finally:
            self._restore_terminal()
            os._exit(status)

    def _restore_terminal(self) -> None:
        with suppress(OSError, ValueError, termios.error):
            output = sys.__stderr__.fileno() if sys.__stderr__ else 2
            os.set_blocking(output, False)
            os.write(output, RESTORE)
            os.set_blocking(output, True)
        with suppress(OSError, ValueError, termios.error):
            if self._modes is not None and sys.__stdin__ is not None:
                termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, self._modes)

    def _watch_terminal(self) -> None:
        """Sleep until the terminal hangs up: without a reader, textual would spin on its end of file."""
        if sys.__stdin__ is None or not hasattr(select, "poll"):
            return
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), 0)
        while not self._over.is_set():
            for _descriptor, event in poll.poll():
                if event & select.POLLNVAL:
                    return
                if event & (select.POLLHUP | select.POLLERR):
                    self.ask(128 + signal.SIGHUP)
                    return
