"""Text from outside: everything that acts or hides is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain import safe_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jx", "␛[2Jx"),
        ("a\x00b", "a␀b"),
        ("\x7f", "␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("abc\u202edef", "abc<U+202E>def"),
        ("a\u200bb", "a<U+200B>b"),
        ("\ufeffx", "<U+FEFF>x"),
        ("\ud83d", "<U+D83D>"),
        ("two\nlines", "two␊lines"),
        ("北京 é 👍", "北京 é 👍"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert safe_text.line(text) == shown


def test_blocks_keep_line_breaks_and_widen_tabs() -> None:
    assert safe_text.block("a\r\nb\tc\rd") == "a\nb    c␍d"


def test_cells_have_one_width_everywhere() -> None:
    assert safe_text.cell("❤️ 👍🏽") == "❤ 👍"


@given(st.text(alphabet=st.characters()))
def test_nothing_a_terminal_obeys_gets_through(text: str) -> None:
    for shown in (safe_text.line(text), safe_text.cell(text), safe_text.without_controls(text)):
        assert not [char for char in shown.replace("\n", "") if unicodedata.category(char) == "Cc" and char != "\t"]


def test_forbidden_names_each_once() -> None:
    assert safe_text.forbidden("a\x1bb\x1bc\u202e") == ["␛", "<U+202E>"]
