"""What is left when the program is killed, and what the next start makes of it."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from pushtui.paths import Paths
from tests.bodies import push
from tests.sandbox.client import SandboxClient
from tests.terminal.conftest import Console
from tests.terminal.steps import READY, assert_restored, review
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

TITLE = "Half a thought"


@pytest.fixture
def draft(tmp_path: Path) -> str:
    """A draft file that can be sent."""
    file = tmp_path / "news.json"
    file.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": push()}))
    return str(file)


def write_title(console: Terminal, paths: Paths) -> None:
    """Type a title, and wait until it is kept."""
    console.wait_for(*READY)
    console.press("Ctrl+Down", "what is sent")
    console.press("Ctrl+Down", "Title in the notification bar")
    console.press(TITLE, f"{len(TITLE)} of 50 characters")
    console.wait_until(lambda: TITLE in kept(paths), "for the title to be kept")


def kept(paths: Paths) -> str:
    """Return what consoles keep against their end."""
    return "".join(file.read_text() for file in paths.recovery.glob("*.json"))


def assert_offered(console: Terminal) -> None:
    """Take up the draft that is offered, and find the title in it."""
    console.wait_for("An unsaved draft was left behind", "new draft")
    console.send("Enter")
    console.wait_until(lambda: "left behind" not in console.text, "for the dialog to close")
    console.wait_for("● not saved")
    console.press("F6", f'"title": "{TITLE}"')


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_an_unsaved_draft_survives_a_signal(pushtui: Console, paths: Paths, number: int, status: int) -> None:
    console = pushtui("demo")
    write_title(console, paths)
    console.signal(number)
    assert console.wait_for_end() == status
    if number != signal.SIGKILL:
        assert_restored(console)
    assert_offered(pushtui("demo"))


def test_an_unsaved_draft_survives_a_lost_terminal(pushtui: Console, paths: Paths) -> None:
    console = pushtui("demo")
    write_title(console, paths)
    console.hang_up()
    assert console.wait_for_end() == 129
    assert_offered(pushtui("demo"))


def test_a_draft_that_is_not_wanted_now_is_offered_again(pushtui: Console, paths: Paths) -> None:
    killed = pushtui("demo")
    write_title(killed, paths)
    killed.signal(signal.SIGKILL)
    killed.wait_for_end()
    console = pushtui("demo")
    console.wait_for("An unsaved draft was left behind")
    console.send("Esc")
    console.wait_until(lambda: "left behind" not in console.text, "for the dialog to close")
    console.send("F10")
    assert console.wait_for_end() == 0
    assert_offered(pushtui("demo"))


def test_a_program_killed_before_the_answer_sends_nothing_twice(
    pushtui: Console, served: SandboxClient, draft: str
) -> None:
    served.fault("hold", path="/push.json", times=None)
    killed = pushtui("console", draft, "--account", "sandbox")
    killed.wait_for(*READY)
    review(killed)
    killed.press("Enter", "in flight")
    killed.wait_until(lambda: served.accepted() == 1, "for the sandbox to accept the push")
    killed.signal(signal.SIGKILL)
    killed.wait_for_end()
    served.control("DELETE", "/faults")

    console = pushtui("console", "--account", "sandbox")
    console.wait_for("outcome is unknown", "1 of 2 this hour")
    console.press("F3", "? unknown    ", "never sends such a", "? unknown  attempt 1")
    assert console.text.count("? unknown") == 2
    console.press("F4", "Shown on", "Something new")
    console.send("F10")
    assert console.wait_for_end() == 0
    assert (served.accepted(), served.requests()) == (1, 1)
