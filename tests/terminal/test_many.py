"""The example of the template's page, from a file to handsets, by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.sandbox.client import SandboxClient
from tests.terminal.conftest import SMALL, Console
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

ROWS = "user\tc\td\te\tdata\n21\t1\t2\t3\tpushd\n22\t4\t5\t6\tpushd6\n"


@pytest.fixture
def people(served: SandboxClient) -> SandboxClient:
    """A sandbox that knows the two users of the page."""
    for user in ("21", "22"):
        form = urlencode({"userId": user, "name": f"User {user}"}).encode()
        headers = {**served.signed(), "Content-Type": "application/x-www-form-urlencoded"}
        assert served.request("POST", "/user/getToken.json", form, headers).code == 200
    return served


def compose(console: Terminal) -> None:
    """Start a template and write the page's texts."""
    console.press("Ctrl+N", "What kind of draft")
    console.press("template", "One text with placeholders")
    console.press("Enter", "System template message", "User id that the message comes from")
    console.press("fromuser", "8 of 64")
    console.press("Tab", "Message type: one of")
    console.press("Tab", "What the message says")
    console.send("End", "Left", "Left", *["Backspace"] * len("{text}"))
    console.press("{c}{d}{e}", '{"content":"{c}{d}{e}"}')
    console.press("Ctrl+Down", "Wakes the app")
    console.press("Tab", "Text of the notification")
    console.press("push{c}", "push{c}")
    console.press("Tab", "More data for the app")
    console.press("{data}", "{data}")


def choose_file(console: Terminal, file: Path) -> None:
    """Choose the file of recipients in the list of files."""
    console.press("Ctrl+R", "● the body")
    console.send("Right", " ")
    console.wait_for("letters of a name below")
    console.press(str(file), "take this path")
    console.press("Enter", "2 recipients", "exactly 2 users", "No findings")


def test_the_way_of_a_template_from_a_file_to_handsets(pushtui: Console, people: SandboxClient, tmp_path: Path) -> None:
    file = tmp_path / "people.tsv"
    file.write_text(ROWS)
    console = pushtui("console", size=SMALL)
    console.wait_for("SANDBOX", "of 2 this hour")
    compose(console)
    choose_file(console, file)
    console.wait_for("user id", "{c}", "{d}", "{e}", "{data}", "21 · 22")
    console.press("Ctrl+L", "recipient 1 of 2", "123", "push1")
    console.press("Right", "recipient 2 of 2", "456", "push4", "pushd6")
    console.press("Esc", "2 recipients")
    console.press("F9", "exactly 2 users", "digest")
    console.press("s", "accepted")
    (sent,) = people.inbox()
    read = {item["user"]: (item["message"], item["notification"]["text"]) for item in sent["deliveries"]}
    assert read == {"21": ("123", "push1"), "22": ("456", "push4")}


def test_rows_are_pasted_as_terminals_do(pushtui: Console, people: SandboxClient) -> None:
    console = pushtui("console", size=SMALL)
    console.wait_for("SANDBOX", "of 2 this hour")
    compose(console)
    console.press("Ctrl+R", "● the body")
    console.paste(ROWS)
    console.wait_for("● text", "2 recipients", "exactly 2 users")
    console.press("F10", "")
    assert console.wait_for_end() == 0
