from __future__ import annotations

import asyncio
import logging
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pushtui.console.clipboard import wrapped_copy_sequence
from pushtui.console.driver import TerminalOutput
from pushtui.console.leaving import Leaving
from pushtui.console.manners import check_terminal, keep_calm, silence_logging
from pushtui.domain.errors import UsageError
from pushtui.domain.secret import MASK, Secret
from pushtui.reports import write_report

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


class Stream:
    def __init__(self, tty: bool) -> None:
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


TTY, PIPE = Stream(True), Stream(False)


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], logging.lastResort, logging.raiseExceptions
    yield
    root.handlers[:], logging.lastResort, logging.raiseExceptions = before


def test_a_terminal_is_welcome() -> None:
    check_terminal({"stdin": TTY, "stdout": TTY, "stderr": TTY}, {"TERM": "xterm-256color"})
    check_terminal({"stdin": TTY, "stdout": TTY, "stderr": TTY}, {})


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        ({"stdin": TTY, "stdout": PIPE, "stderr": TTY}, "but stdout is not a terminal"),
        ({"stdin": PIPE, "stdout": PIPE, "stderr": TTY}, "but stdin and stdout are not a terminal"),
        ({"stdin": None, "stdout": PIPE, "stderr": PIPE}, "but stdin, stdout and stderr are not a terminal"),
    ],
)
def test_pipes_get_a_sentence(streams: dict[str, Stream | None], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check_terminal(streams, {"TERM": "xterm"})


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_terminals_that_cannot_place_text_get_a_sentence(term: str) -> None:
    with pytest.raises(UsageError, match=f"TERM is “{term}”"):
        check_terminal({"stdin": TTY}, {"TERM": term})


def test_calm_is_the_habit_but_the_person_decides() -> None:
    environ = {"TEXTUAL_ANIMATIONS": "full"}
    keep_calm(environ)
    assert environ == {"TEXTUAL_ANIMATIONS": "full", "TEXTUAL_SMOOTH_SCROLL": "0"}


@pytest.mark.usefixtures("logging_as_it_was")
def test_no_log_record_reaches_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))
    silence_logging()
    logging.getLogger("some.library").error("scribble")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("module", ["manners", "leaving", "start", "options", "actions"])
def test_manners_come_before_textual(module: str) -> None:
    program = f"import sys, pushtui.console.{module}; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def failure(text: str) -> Exception:
    local_secret = "only-in-a-local"
    try:
        raise ValueError(f"{text} {len(local_secret)}")
    except ValueError as error:
        return error


def test_a_report_names_frames_but_no_locals_and_no_secrets(tmp_path: Path) -> None:
    secret = Secret("registered-secret")
    report = write_report(tmp_path / "logs", failure(f"\x1b[2J {secret.reveal()}"), NOW)
    assert report.path is not None
    text = report.path.read_text()
    assert "in failure" in text
    assert "only-in-a-local" not in text.replace('local_secret = "only-in-a-local"', "")
    assert secret.reveal() not in text
    assert MASK in text
    assert "␛[2J" in text
    assert report.id in report.path.name
    assert report.id in text
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.path.parent.stat().st_mode) == 0o700


def test_the_same_error_has_the_same_id_whatever_its_data(tmp_path: Path) -> None:
    one, other = (write_report(tmp_path, failure(text), NOW) for text in ("a", "b"))
    assert one.id == other.id
    assert one.path == other.path


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    report = write_report(tmp_path / "file" / "logs", failure("x"), NOW)
    assert report.path is None
    assert report.place == f"Report {report.id} could not be written"


def test_a_long_report_is_cut(tmp_path: Path) -> None:
    report = write_report(tmp_path, failure("x" * 1_000_000), NOW)
    assert report.path is not None
    assert report.path.stat().st_size <= 200_000


async def test_a_signal_asks_the_loop_to_leave_once() -> None:
    asked: list[int] = []
    done = asyncio.Event()

    def leave(status: int) -> None:
        asked.append(status)
        done.set()

    leaving = Leaving(leave, lambda: None, patience=60)
    before = signal.getsignal(signal.SIGTERM)
    leaving.start(asyncio.get_running_loop())
    os.kill(os.getpid(), signal.SIGTERM)
    await done.wait()
    os.kill(os.getpid(), signal.SIGHUP)
    await asyncio.sleep(0)
    leaving.stop()
    assert asked == [143]
    assert leaving.status == 143
    assert signal.getsignal(signal.SIGTERM) is before


async def test_an_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    leaving = Leaving(lambda status: None, lambda: None)
    leaving.start(asyncio.get_running_loop())
    try:
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        leaving.stop()
        signal.signal(signal.SIGHUP, before)


def test_output_survives_a_closed_terminal() -> None:
    reader, writer = os.pipe()
    output = TerminalOutput(writer)
    output.write("first 漢字")
    output.flush()
    assert os.read(reader, 100).decode() == "first 漢字"
    os.close(reader)
    output.write("second")
    output.flush()
    assert output.lost
    output.write("third \ud800")
    output.flush()
    os.close(writer)


def test_copying_is_wrapped_for_tmux_and_screen() -> None:
    assert wrapped_copy_sequence(b"hi", {}) == ""
    assert wrapped_copy_sequence(b"hi", {"TMUX": "1"}) == "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\"
    for_screen = wrapped_copy_sequence(b"x" * 2000, {"STY": "1"})
    parts = for_screen.removeprefix("\x1bP").removesuffix("\x1b\\").split("\x1b\\\x1bP")
    assert all(len(part) <= 768 for part in parts)
    assert "".join(parts).startswith("\x1b]52;c;eHh4")
