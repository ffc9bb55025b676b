"""First paint of `pushtui demo` beside that of a bare Textual app, in one run: `python -m bench.startup`.

Both run in a pseudo-terminal of 120 × 40; the time is from the start of the process to the
first byte after which the screen shows a given text.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

import psutil
import pyte

COLUMNS, ROWS = 120, 40
PATIENCE = 30.0
ROOT = Path(__file__).parents[1]

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("bare app is here")

Bare().run()
"""

DEMO = (sys.executable, "-m", "pushtui", "demo")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is started, and the text that says that it is there."""

    name: str
    command: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the text, bytes up to then, resident memory after it in MiB."""

    seconds: float
    written: int
    memory: float


def measure(subject: Subject) -> Start:
    """Start a subject once, wait for its text, and end it."""
    with tempfile.TemporaryDirectory() as home:
        environment = _environment(home)
        began = time.perf_counter()
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(ROOT)
            os.execve(subject.command[0], subject.command, environment)
        ioctl(terminal, TIOCSWINSZ, pack("HHHH", ROWS, COLUMNS, 0, 0))
        try:
            chunks = _read_until(terminal, subject.text, began)
            memory = psutil.Process(process).memory_info().rss / 2**20
        finally:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(terminal)
    return Start(_stamp(chunks, subject.text) - began, sum(len(data) for _, data in chunks), memory)


def _environment(home: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "TEXTUAL", "PYTHON"))}
    calm = {"TEXTUAL_ANIMATIONS": "none", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return {**kept, **calm, "HOME": home}


def _read_until(terminal: int, text: str, began: float) -> list[tuple[float, bytes]]:
    """Read, stamping each piece, until the screen shows the text; emulation never delays a stamp."""
    chunks: list[tuple[float, bytes]] = []
    screen = pyte.Screen(COLUMNS, ROWS)
    stream, fed = pyte.ByteStream(screen), 0
    while time.perf_counter() - began < PATIENCE:
        ready, _, _ = select.select([terminal], [], [], 0.02)
        if ready:
            chunks.append((time.perf_counter(), os.read(terminal, 65536)))
            continue
        for _, data in chunks[fed:]:
            stream.feed(data)
        fed = len(chunks)
        if any(text in line for line in screen.display):
            return chunks
    raise SystemExit(f"“{text}” did not appear within {PATIENCE:.0f} s.")


def _stamp(chunks: list[tuple[float, bytes]], text: str) -> float:
    """Return when the piece came after which the screen showed the text."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    for stamp, data in chunks:
        stream.feed(data)
        if any(text in line for line in screen.display):
            return stamp
    return chunks[-1][0]


def main() -> None:
    """Measure both in turn, and print medians and their ratio to the bare app."""
    parser = argparse.ArgumentParser("python -m bench.startup", description="First paint beside a bare Textual app.")
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    subjects = (
        Subject("bare Textual app", (sys.executable, "-c", BARE), "bare app is here"),
        Subject("pushtui demo, first paint", DEMO, "F2 Compose"),
        Subject("pushtui demo, form there", DEMO, "Audience"),
    )
    starts: dict[str, list[Start]] = {subject.name: [] for subject in subjects}
    for number in range(runs + 1):
        for subject in subjects:
            start = measure(subject)
            if number:  # The first round warms the file cache and makes bytecode.
                starts[subject.name].append(start)
    medians = {name: statistics.median(start.seconds for start in found) for name, found in starts.items()}
    bare = medians[subjects[0].name]
    for name, found in starts.items():
        written, memory = found[-1].written, statistics.median(start.memory for start in found)
        ratio = medians[name] / bare
        print(f"{name:<26}{medians[name] * 1000:6.0f} ms  ×{ratio:5.2f}  {written / 1000:6.1f} kB  {memory:4.0f} MiB")


if __name__ == "__main__":
    main()
