"""The console's manners, in a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.terminal.apps.screens import LOCAL, SECRET
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

Start = Callable[..., Terminal]
SHELL = [sys.executable, "-m", "tests.terminal.apps.shell"]
ROOT = Path(__file__).parents[2]
HOME = "Compose a push"
LEAVE_ALTERNATE_SCREEN, SHOW_CURSOR = b"\x1b[?1049l", b"\x1b[?25h"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Terminal] = []

    def _start(
        *words: str, columns: int = 80, rows: int = 24, environment: Mapping[str, str] | None = None
    ) -> Terminal:
        terminal = Terminal(
            [*SHELL, str(tmp_path), *words],
            columns=columns,
            rows=rows,
            environment={"PYTHONPATH": str(ROOT), **(environment or {})},
        )
        running.append(terminal)
        return terminal

    yield _start
    for terminal in running:
        terminal.__exit__(None, None, None)


def assert_restored(terminal: Terminal) -> None:
    assert LEAVE_ALTERNATE_SCREEN in terminal.raw
    assert SHOW_CURSOR in terminal.raw
    assert terminal.modes == terminal.modes_before


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_restores_the_screen_keeps_the_draft_and_tells_its_number(
    start: Start, tmp_path: Path, number: int
) -> None:
    terminal = start()
    terminal.wait_for(HOME)
    terminal.signal(number)
    assert terminal.wait_for_end() == 128 + number
    assert_restored(terminal)
    assert (tmp_path / "farewell").exists()


def test_quitting_is_status_0(start: Start, tmp_path: Path) -> None:
    terminal = start()
    terminal.wait_for(HOME)
    terminal.send("F10")
    assert terminal.wait_for_end() == 0
    assert_restored(terminal)
    assert (tmp_path / "farewell").exists()


def test_quitting_does_not_wait_for_slow_services(start: Start) -> None:
    terminal = start("slow")
    terminal.wait_for(HOME)
    terminal.send("Ctrl+Q")
    assert terminal.wait_for_end() == 0


def test_a_console_that_is_stuck_ends_all_the_same(start: Start, tmp_path: Path) -> None:
    terminal = start()
    terminal.wait_for(HOME)
    terminal.send("F7")
    terminal.settle(0.5)
    assert (tmp_path / "stuck").exists()
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_for_end() == 143
    assert_restored(terminal)
    assert (tmp_path / "farewell").exists()


@pytest.mark.parametrize("words", [(), ("deaf",)], ids=["hearing SIGHUP", "deaf to SIGHUP"])
def test_a_lost_terminal_ends_the_console(start: Start, tmp_path: Path, words: tuple[str, ...]) -> None:
    terminal = start(*words)
    terminal.wait_for(HOME)
    terminal.hang_up()
    assert terminal.wait_for_end() == 129
    assert (tmp_path / "farewell").exists()


def test_a_crash_is_one_line_for_the_person_and_a_private_report(start: Start, tmp_path: Path) -> None:
    terminal = start()
    terminal.wait_for(HOME)
    terminal.send("F8")
    assert terminal.wait_for_end() == 1
    assert_restored(terminal)
    said = bytes(terminal.raw).rpartition(LEAVE_ALTERNATE_SCREEN)[2].decode()
    assert "unexpected error" in said
    [report] = (tmp_path / "state" / "logs").iterdir()
    assert report.name.rpartition("-")[2].removesuffix(".txt") in said
    for text in (terminal.raw.decode(errors="replace"), report.read_text()):
        assert SECRET.reveal() not in text
        assert LOCAL not in text
    assert "Traceback" not in terminal.raw.decode(errors="replace")
    assert "in action_save_draft" in report.read_text()
    assert "\x1b" not in report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert (tmp_path / "farewell").exists()


def test_an_error_in_a_worker_is_told_and_the_console_goes_on(start: Start, tmp_path: Path) -> None:
    terminal = start(columns=120, rows=40)
    terminal.wait_for(HOME)
    terminal.send("Ctrl+N")
    terminal.wait_for("Unexpected error", "RuntimeError", "draft is kept")
    terminal.send("F3")
    terminal.wait_for("History of runs")
    [report] = (tmp_path / "state" / "logs").iterdir()
    assert SECRET.reveal() not in report.read_text()


def test_an_error_for_people_is_shown_in_its_own_words(start: Start) -> None:
    terminal = start()
    terminal.wait_for(HOME, "Journal", "The journal is not there today.")


def test_an_idle_console_writes_nothing(start: Start) -> None:
    terminal = start(columns=120, rows=40)
    terminal.wait_for(HOME, "not there today")
    terminal.send("Tab")
    terminal.settle(3)
    written = len(terminal.raw)
    terminal.settle(3)
    assert len(terminal.raw) == written


def test_hostile_text_reaches_no_terminal(start: Start) -> None:
    terminal = start("hostile", columns=120, rows=40)
    terminal.wait_for("PWNED", "@click")
    terminal.settle(0.5)
    raw = bytes(terminal.raw)
    pointer_shape = {b"22"}
    assert set(re.findall(rb"\x1b\](\d*)", raw)) <= pointer_shape
    assert b"\x1b[2J" not in raw
    assert b"\x00" not in raw
    assert b"\x05" not in raw
    text = raw.decode()
    assert not re.search("[\x80-\x9f\u202e]", text)


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_place_text_gets_a_sentence(start: Start, term: str) -> None:
    terminal = start(environment={"TERM": term})
    assert terminal.wait_for_end() == 2
    assert f"TERM is “{term}”".encode() in terminal.raw
    assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_no_terminal_gets_a_sentence(tmp_path: Path, stream: str) -> None:
    master, slave = os.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), slave) | {stream: subprocess.PIPE}
    process = subprocess.Popen([*SHELL, str(tmp_path)], cwd=ROOT, **streams)  # type: ignore[call-overload]  # by name
    out, err = process.communicate(timeout=20)
    os.close(slave)
    os.set_blocking(master, False)
    said = (out or b"") + (err or b"")
    with suppress(OSError):  # nothing may have been written there
        said += os.read(master, 65536)
    os.close(master)
    assert process.returncode == 2
    assert f"{stream} is not a terminal".encode() in said
    assert b"\x1b" not in said


def test_a_paste_of_many_lines_is_told(start: Start) -> None:
    terminal = start()
    terminal.wait_for(HOME)
    terminal.paste("one\rtwo\rthree")
    terminal.wait_for("one two three", "2 line breaks became spaces")
