"""The first push, from `pushtui demo` to a draft made of the history, by keyboard alone."""

from __future__ import annotations

import json

import pytest

from pushtui.paths import Paths
from tests.terminal.conftest import SMALL, WIDE, Console
from tests.terminal.steps import READY, assert_restored, compose, review

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x40", "80x24"])
def test_a_push_from_the_draft_to_the_handsets_and_back(pushtui: Console, paths: Paths, size: tuple[int, int]) -> None:
    console = pushtui("demo", size=size)
    console.wait_for("Audience", "F9 Review", "0 of 2 this hour, 0 of 3 today")
    compose(console)
    review(console)
    console.press("Enter", "✔ accepted", "message UID", "request id")
    console.press("F3", "State", "✔ accepted", "unknown")
    console.press("Enter", "message UID", "elapsed")
    console.press("End", '"Doors open at nine"')
    console.press("F4", "Shown on", "123  iPhone 16", "Spring sale", "Doors open at nine")
    console.press("F3", '"Doors open at nine"')
    console.press("Esc", "State")
    console.press("n", "The draft in hand has changes", "Keep editing")
    console.move_focus("Right", away_from="Keep editing")
    console.press("Enter", "new draft ●", "1 of 2 this hour, 1 of 3 today")
    console.press("F8", "Save the draft as")
    console.press("again.json", "again.json")
    console.press("Enter", "Saved to", "again.json")
    console.send("F10")
    assert console.wait_for_end() == 0
    assert_restored(console)
    draft = json.loads((paths.drafts / "again.json").read_text())
    assert (draft["kind"], draft["account"]) == ("rongcloud.push", "sandbox")
    assert draft["body"]["audience"] == {"is_to_all": False, "tag": ["vip"]}
    assert draft["body"]["notification"] == {"title": "Spring sale", "alert": "Doors open at nine"}


def test_the_sandbox_of_a_demo_ends_with_it(pushtui: Console, paths: Paths) -> None:
    console = pushtui("demo")
    console.wait_for(*READY)
    assert paths.sandbox_file.exists()
    console.send("F10")
    assert console.wait_for_end() == 0
    assert not paths.sandbox_file.exists()
