"""The sandbox's screen in the real program: what another program sends is seen, and nothing moves by itself."""

from __future__ import annotations

import pytest

from pushtui.paths import Paths
from tests.sandbox.clouds import clouds_of
from tests.terminal.conftest import SMALL, WIDE, Console
from tests.terminal.steps import READY, assert_restored

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x40", "80x24"])
@pytest.mark.parametrize("colours", [{}, {"NO_COLOR": "1"}], ids=["colours", "no-colour"])
def test_another_programs_send_a_user_and_a_fault(
    pushtui: Console, paths: Paths, size: tuple[int, int], colours: dict[str, str]
) -> None:
    console = pushtui("demo", size=size, environment=colours)
    console.wait_for(*READY)
    clouds = clouds_of(paths.sandbox_file.read_text())
    console.press("F4", "Nothing was accepted yet")
    clouds.send("agora")
    console.wait_for("1 Inbox · 1", "Agora Chat", "Shown on 2 of 2 handsets", "News", "Hello")
    console.press("2", "2 People · 16", "iPhone 16", "○ offline")
    console.press("Enter", "Enter Offline")
    console.press("3", "○ latency", "Enter Set")
    console.press("Enter", "Set the fault “latency”", "every cloud")
    console.press("Enter", "3 Faults · 1 on", "● latency", "1 left")
    console.press("4", "4 Settings", "Count rates and quotas")
    console.press("Enter", "4 Settings · 1 changed", "● off")
    state = clouds.sandbox.control("GET", "/state")
    assert state["users"][0]["online"] is True
    assert [fault["name"] for fault in state["faults"]] == ["latency"]
    assert state["settings"]["limits"] is False
    console.settle()
    written = len(console.raw)
    console.settle()
    assert len(console.raw) == written
    console.send("F10")
    assert console.wait_for_end() == 0
    assert_restored(console)


def test_a_sandbox_that_comes_later_is_found(pushtui: Console, paths: Paths) -> None:
    console = pushtui("console", size=SMALL)
    console.wait_for("F9 Review")
    console.press("F4", "none is running here")
    server = pushtui("sandbox", "--port", "0", "--json")
    server.wait_for("control_url")
    console.wait_for("Nothing was accepted yet")
    clouds_of(paths.sandbox_file.read_text()).send("tencent")
    console.wait_for("Tencent Chat")
    server.send("Ctrl+C")
    assert server.wait_for_end() == 0
    console.wait_for("none is running here")
    console.send("F10")
    assert console.wait_for_end() == 0
