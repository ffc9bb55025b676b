"""The real console as a guest: in poor terminals, in pipes, and when nothing happens."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from tests.sandbox.client import SandboxClient
from tests.terminal.conftest import Console
from tests.terminal.steps import READY
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

ALTERNATE_SCREEN = b"\x1b[?1049h"
TRUE_COLOUR = re.compile(rb"\x1b\[[\d;]*[34]8;2;(\d+);(\d+);(\d+)")
PALETTE = re.compile(rb"\x1b\[[\d;]*[34]8;5;")


def test_a_pipe_gets_a_sentence() -> None:
    command = f"{shlex.quote(sys.executable)} -m pushtui demo | cat"
    with Terminal(["bash", "-o", "pipefail", "-c", command]) as terminal:
        assert terminal.wait_for_end() == 2
        assert b"stdout is not a terminal" in terminal.raw
        assert ALTERNATE_SCREEN not in terminal.raw


def test_a_dumb_terminal_gets_a_sentence(pushtui: Console) -> None:
    terminal = pushtui("demo", environment={"TERM": "dumb"})
    assert terminal.wait_for_end() == 2
    assert "TERM is “dumb”".encode() in terminal.raw
    assert b"\x1b" not in terminal.raw


def colourful(raw: bytes) -> bool:
    """Tell whether anything but greys was asked for."""
    return any(len(set(found)) > 1 for found in TRUE_COLOUR.findall(raw))


@pytest.mark.parametrize(
    ("environment", "true_colour", "palette"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, True, False),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, False, True),
        ({"TERM": "xterm", "COLORTERM": ""}, False, False),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, False, False),
    ],
    ids=["true colour", "256 colours", "16 colours", "NO_COLOR"],
)
def test_words_and_marks_say_it_with_any_colours(
    pushtui: Console, environment: dict[str, str], true_colour: bool, palette: bool
) -> None:
    console = pushtui("demo", environment=environment)
    console.wait_for(*READY, "›Audience", "Findings  ✖ 3  ▲ 1", "✖ audience", "▲ message.content", "● those named")
    raw = bytes(console.raw)
    assert (colourful(raw), bool(PALETTE.search(raw))) == (true_colour, palette)


def test_an_idle_console_writes_nothing(pushtui: Console) -> None:
    console = pushtui("demo")
    console.wait_for(*READY)
    console.press("Tab", "Whether the push goes to every user")
    console.settle(1)
    written = len(console.raw)
    console.settle(2)
    assert len(console.raw) == written


def test_keys_in_one_burst_do_what_they_do_one_by_one(pushtui: Console) -> None:
    console = pushtui("demo")
    console.wait_for(*READY)
    console.send("Tab", "Tab", "vip", "Ctrl+Down", "Ctrl+Down", "Spring salt", "\x7f", "e", "Enter", "Doors open")
    console.wait_for("Doors open")
    console.press("F6", '"vip"', '"title": "Spring sale"', '"alert": "Doors open"', '"is_to_all": false')


def test_a_paste_of_many_lines_into_one_line_is_told(pushtui: Console) -> None:
    console = pushtui("demo")
    console.wait_for(*READY)
    console.press("Ctrl+Down", "what is sent")
    console.press("Ctrl+Down", "Title in the notification bar")
    console.paste("one\rtwo\rthree")
    console.wait_for("one two three", "2 line breaks became spaces")


def test_a_paste_that_is_too_long_is_kept_and_told(pushtui: Console) -> None:
    console = pushtui("demo")
    console.wait_for(*READY)
    console.press("Ctrl+Down", "what is sent")
    console.press("Ctrl+Down", "Title in the notification bar")
    console.paste("x" * 70)
    console.wait_for("70 of 50 characters", "✖ notification.title")


def test_a_console_finds_the_sandbox_of_another_process(pushtui: Console, served: SandboxClient) -> None:
    console = pushtui("console")
    console.wait_for(*READY)
    served.push()
    console.press("F4", "Shown on", "hello")
    console.send("F10")
    assert console.wait_for_end() == 0
    assert served.control("GET", "/state")["accepted"] == 1
