"""Runs and lost terminals: what was handed over goes on, what was not waits, and nobody gets anything twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.console.runs import draft_for, everybody_once
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH
from tests.terminal.conftest import SMALL, Console
from tests.terminal.steps import assert_restored
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

PEOPLE = 600


def begin(pushtui: Console, draft: Path) -> Terminal:
    """Send a draft, and wait until its run is on its way."""
    console = pushtui("console", str(draft), "--account", "sandbox", size=SMALL)
    console.wait_for("○ SANDBOX", f"exactly {PEOPLE} users")
    console.press("F9", "digest", f"type sandbox {PEOPLE}")
    console.move_focus("Tab", away_from="Cancel")
    console.send(f"sandbox {PEOPLE}")
    console.wait_until(lambda: console.text.count(f"sandbox {PEOPLE}") == 2, "for the phrase to be typed")
    console.press("Enter", "sending from this console", "✔ accepted", "○ planned")
    return console


def end(console: Terminal) -> None:
    """Take the terminal's owner away."""
    console.signal(signal.SIGHUP)
    assert console.wait_for_end() == 129
    assert_restored(console)


def test_a_run_that_was_handed_over_outlives_its_console(
    pushtui: Console, served: SandboxClient, tmp_path: Path
) -> None:
    first = begin(pushtui, draft_for(tmp_path, PEOPLE))
    first.press("d", "sending by a process of its own")
    end(first)
    again = pushtui("console", "--account", "sandbox", size=SMALL)
    again.wait_for("○ SANDBOX", "of 2 this hour")
    again.press("F3", f"exactly {PEOPLE} u", "Enter Run")
    again.press("Enter", "run ", "in flight")
    again.wait_for("✔ done", "100 %", f"✔ accepted{PEOPLE:>13,}")
    again.press("Enter", "1 All 600", "user-1 ")
    again.press("End", "user-600", "request 12 of 12")
    assert everybody_once(served, PEOPLE)


def test_a_run_that_was_not_handed_over_waits_for_a_person(
    pushtui: Console, served: SandboxClient, tmp_path: Path
) -> None:
    first = begin(pushtui, draft_for(tmp_path, PEOPLE))
    end(first)
    arrived = served.requests(PATH)
    again = pushtui("console", "--account", "sandbox", size=SMALL)
    again.wait_for("○ SANDBOX", "of 2 this hour")
    again.press("F3", "■ stopped", "Enter Run")
    again.press("Enter", "r             sends to the ")
    assert served.requests(PATH) == arrived
    left = next(word for word in again.text.split("sends to the ")[1].split())
    again.press("r", f"Send to {left} SANDBOX users?", "Cancel")
    again.move_focus("Tab", away_from="Cancel")
    again.send(f"sandbox {left}", "Enter")
    again.wait_for("✔ done", "100 %")
    assert everybody_once(served, PEOPLE)
