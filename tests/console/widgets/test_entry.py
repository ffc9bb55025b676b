from __future__ import annotations

import pytest
from textual.events import Paste

from pushtui.console.app import PushtuiApp
from pushtui.console.widgets.entry import Entry, SecretEntry
from tests.console.conftest import MakeApp, notices
from tests.terminal.apps.screens import HOSTILE


def entry_of(app: PushtuiApp) -> Entry:
    return app.screen.query_one("#entry", Entry)


@pytest.mark.parametrize(
    ("pasted", "value", "told"),
    [
        ("x" * 100_000, "x" * 100_000, []),
        ("one line\n", "one line", []),
        ("one\r\ntwo\rthree", "one two three", ["2 line breaks became spaces: this field has one line."]),
        ("a\x1bb\u202ec", "abc", ["Left out, since nobody can see them: ␛ <U+202E>."]),
        ("", "", []),
        ("漢字 🎉", "漢字 🎉", []),
    ],
)
async def test_a_paste_is_never_lost_in_silence(make_app: MakeApp, pasted: str, value: str, told: list[str]) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        entry_of(app).post_message(Paste(pasted))
        assert await notices(pilot) == told
        assert entry_of(app).value == value


async def test_a_paste_replaces_the_selection(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press(*"old", "ctrl+shift+a")
        entry_of(app).post_message(Paste("new"))
        await pilot.pause()
        assert entry_of(app).value == "new"
        assert entry_of(app).cursor_position == 3


async def test_a_loaded_value_shows_its_control_characters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)):
        entry = entry_of(app)
        entry.value = HOSTILE
        assert entry.value == HOSTILE
        painted = entry.render_line(0).text
        assert painted.startswith("␛]0;PWNED␇␛[2J�31m")


async def test_nothing_blinks(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test():
        assert not entry_of(app).cursor_blink


async def test_a_secret_is_neither_shown_nor_copied(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        secret = SecretEntry()
        await app.screen.query_one("VerticalScroll").mount(secret)
        secret.focus()
        secret.post_message(Paste("the secret\n"))
        await pilot.pause()
        await pilot.press("ctrl+shift+a", "ctrl+c", "ctrl+x")
        assert secret.value == "the secret"
        assert app.clipboard == ""
        assert "secret" not in secret.render_line(0).text


async def test_moving_the_focus_neither_shifts_text_nor_paints_the_screen_anew(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        region = entry_of(app).content_region
        await pilot.press("tab")
        assert not entry_of(app).has_focus
        assert entry_of(app).content_region == region
        assert not type(app.screen).focused._repaint
