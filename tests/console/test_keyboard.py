"""Keys that come in one burst."""

from __future__ import annotations

from textual.events import Key, Paste
from textual.pilot import Pilot

from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.entry import Entry
from tests.console.conftest import MakeApp


async def press_at_once(pilot: Pilot[int], *keys: str) -> None:
    """Post keys without waiting for what each of them does."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))
    await pilot.pause()


async def test_each_key_is_handled_before_the_next(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        entry, editor = pilot.app.screen.query_one(Entry), pilot.app.screen.query_one(Editor)
        editor.text = "}"
        await press_at_once(pilot, "a", "b", "backspace", "c", "home", "d", "tab", "{", "end", "x")
        assert (entry.value, editor.text) == ("dac", "{}x")


async def test_a_paste_waits_for_the_keys_before_it(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        pilot.app.screen.query_one(Editor).text = ""
        pilot.app.post_message(Key("tab", None))
        pilot.app.post_message(Paste("pasted"))
        await press_at_once(pilot, "x")
        assert pilot.app.screen.query_one(Editor).text == "pastedx"


async def test_keys_go_on_after_a_dialog_closed_in_between(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press_at_once(pilot, "f1", "escape", "f1", "escape", "y")
        assert pilot.app.screen.query_one(Entry).value == "y"
