"""Questions at a terminal: what confirms, and what counts as no."""

from __future__ import annotations

import signal

import pexpect
import pytest

from tests.cli.program import Program
from tests.sandbox.client import SandboxClient

pytestmark = pytest.mark.terminal


def spawn(program: Program, *arguments: str) -> pexpect.spawn:
    """Start the program in a pseudo-terminal."""
    command, *rest = program.command(*arguments)
    return pexpect.spawn(
        command, rest, cwd=str(program.folder), env={**program.variables, "TERM": "xterm"}, timeout=30, encoding="utf-8"
    )


def ended(child: pexpect.spawn) -> int:
    """Wait for the end and return the exit status."""
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus) if child.exitstatus is not None else 128 + int(child.signalstatus)


@pytest.fixture
def asked(linked: Program) -> pexpect.spawn:
    """A send that waits for its confirmation."""
    child = spawn(linked, "send", linked.draft())
    child.expect("\r\n\r\nType “sandbox unknown” to send; anything else sends nothing: ")
    return child


def test_the_phrase_sends(asked: pexpect.spawn, sandbox: SandboxClient) -> None:
    asked.sendline("sandbox unknown")
    asked.expect("✔ accepted")
    assert (ended(asked), sandbox.accepted()) == (0, 1)


@pytest.mark.parametrize("typed", ["", "y", "yes", "sandbox", "live unknown"])
def test_anything_else_sends_nothing(typed: str, asked: pexpect.spawn, sandbox: SandboxClient) -> None:
    asked.sendline(typed)
    asked.expect("Not confirmed. Nothing was sent.")
    assert (ended(asked), sandbox.requests()) == (1, 0)


def test_the_end_of_input_is_a_no(asked: pexpect.spawn, sandbox: SandboxClient) -> None:
    asked.sendeof()
    asked.expect("Not confirmed")
    assert (ended(asked), sandbox.requests()) == (1, 0)


def test_ctrl_c_is_a_no(asked: pexpect.spawn, sandbox: SandboxClient) -> None:
    asked.sendintr()
    assert (ended(asked), sandbox.requests()) == (128 + signal.SIGINT, 0)


def test_a_lost_terminal_is_a_no(asked: pexpect.spawn, sandbox: SandboxClient) -> None:
    asked.kill(signal.SIGHUP)
    assert (ended(asked), sandbox.requests()) == (128 + signal.SIGHUP, 0)


def test_one_key_is_enough_for_few(linked: Program, sandbox: SandboxClient) -> None:
    child = spawn(linked, "send", linked.draft(audience={"is_to_all": False, "userid": ["123"]}))
    child.expect("at most 1|sandbox 1")
    child.expect("or just “s”")
    child.sendline("s")
    assert (ended(child), sandbox.accepted()) == (0, 1)


def test_a_secret_is_not_echoed(pushtui: Program) -> None:
    child = spawn(pushtui, "accounts", "add", "shop", "--environment", "test", "--region", "beijing", "--app-key", "k1")
    child.expect("not shown")
    child.sendline("hush-hush-secret")
    child.expect("added without its secret")
    assert "hush-hush" not in child.before
    assert ended(child) == 1


def test_colours_only_for_those_who_want_them(pushtui: Program) -> None:
    pushtui.draft(notification={})
    colored = spawn(pushtui, "check", "draft.json")
    colored.expect("\x1b\\[31m✖")
    assert ended(colored) == 1
    for plain in (
        spawn(pushtui, "check", "draft.json", "--no-color"),
        spawn(without_color(pushtui), "check", "draft.json"),
    ):
        plain.expect("1 error")
        assert "\x1b" not in plain.before
        assert ended(plain) == 1


def without_color(program: Program) -> Program:
    """Return the program for somebody who set NO_COLOR."""
    return Program(program.folder, {"NO_COLOR": "1"})
