from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from pushtui.console.app import PushtuiApp
from pushtui.console.widgets.editor import _TOKEN, Editor
from pushtui.domain.json_body import parse_object
from tests.console.conftest import MakeApp, notices
from tests.terminal.apps.screens import HOSTILE


def editor_of(app: PushtuiApp) -> Editor:
    return app.screen.query_one(Editor)


def tokens(line: str) -> list[tuple[str, str]]:
    return [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"key": "value",', [("key", '"key"'), ("mark", ":"), ("string", '"value"'), ("mark", ",")]),
        (r'"a\"b": -1.5e3', [("key", r'"a\"b"'), ("mark", ":"), ("number", "-1.5e3")]),
        ("[true, false, null]", [("mark", "["), ("word", "true"), ("mark", ","), ("word", "false"), ("mark", ","),
                                 ("word", "null"), ("mark", "]")]),
        ('"北京 🎉": "不', [("key", '"北京 🎉"'), ("mark", ":"), ("string", '"不')]),
        ("nonsense", []),
    ],
)  # fmt: skip
def test_json_is_cut_into_tokens(line: str, expected: list[tuple[str, str]]) -> None:
    assert tokens(line) == expected


@given(st.text())
def test_tokens_never_overlap(line: str) -> None:
    spans = [match.span() for match in _TOKEN.finditer(line)]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


async def test_colours_stand_on_the_right_characters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test():
        editor = editor_of(app)
        editor.load_text('{"北京🎉": 12}')
        line = editor.get_line(0)
        styled = {line.plain[span.start : span.end]: span.style for span in line.spans}
        assert set(styled) == {"{", '"北京🎉"', ":", "12", "}"}
        key = editor.get_component_rich_style("json--key", partial=True)
        assert styled['"北京🎉"'] == key
        assert key.color is not None
        assert key.bgcolor is None


async def test_plain_text_has_no_colours(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test():
        editor = Editor('{"a": 1}')
        await app.screen.query_one("VerticalScroll").mount(editor)
        assert editor.get_line(0).spans == []


async def test_pasted_control_characters_become_json_escapes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        editor = editor_of(app)
        editor.load_text("")
        editor.post_message(Paste('{"a": "x\x1by\u202ez\U000e0041"}\r\n'))
        assert await notices(pilot) == ["Written as JSON escapes, since nobody can see them: ␛ <U+202E> <U+E0041>."]
        assert editor.text == '{"a": "x\\u001by\\u202ez\\udb40\\udc41"}\n'
        assert parse_object(editor.text) == {"a": "x\x1by\u202ez\U000e0041"}


async def test_a_long_paste_arrives_whole(make_app: MakeApp) -> None:
    app = make_app()
    text = "\n".join(f'"line {number}",' for number in range(2000))
    async with app.run_test() as pilot:
        editor = editor_of(app)
        editor.load_text("")
        editor.post_message(Paste(text.replace("\n", "\r")))
        await pilot.pause()
        assert editor.text == text


async def test_control_characters_are_seen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test():
        editor = editor_of(app)
        editor.load_text(HOSTILE)
        assert editor.text == HOSTILE
        assert editor.get_line(0).plain.startswith("␛]0;PWNED␇␛[2J�31m")


async def test_tab_leaves_the_editor_and_nothing_blinks(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        editor = editor_of(app)
        editor.focus()
        await pilot.press("tab")
        assert app.focused is not editor
        assert "\t" not in editor.text
        assert not editor.cursor_blink


async def test_function_keys_work_inside_the_editor(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        editor_of(app).focus()
        await pilot.press("f3")
        assert app.current_mode == "history"
