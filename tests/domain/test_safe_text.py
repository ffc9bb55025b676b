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


@pytest.mark.parametrize(
    "text", ["", " ", "\t\n", "\u00a0\u3000", "\u200b", "\ufeff", "\u200d\ufe0f", "\u3164", "\u2800", "\x07", "\u202e "]
)
def test_what_nobody_sees_is_blank(text: str) -> None:
    assert safe_text.is_blank(text)
    assert not safe_text.is_blank(text + "0")


@given(st.text())
def test_what_is_plain_holds_nothing_forbidden(text: str) -> None:
    if safe_text.is_plain(text):
        assert safe_text.forbidden(text) == []
        assert "\n" not in text


@pytest.mark.parametrize("text", ["\u3164", "\u115f", "\uffa0", "\u17b4", "\u180b", "\U000e0100"])
def test_letters_that_nobody_sees_are_not_plain(text: str) -> None:
    assert text.isprintable()
    assert not safe_text.is_plain(f"a{text}b")
