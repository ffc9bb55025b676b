"""JSON text for people and for the wire: only blanks between tokens change."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.services.json_text import SHORT, dense, readable

LONG = '{"content":"Hi {name}, your code is {code} until noon","extra":{"a":[],"b":[1.10,1e5]}}'
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_long_object_stands_in_lines_and_becomes_the_same_again() -> None:
    assert readable(LONG).split("\n") == [
        "{",
        '  "content": "Hi {name}, your code is {code} until noon",',
        '  "extra": {',
        '    "a": [],',
        '    "b": [',
        "      1.10,",
        "      1e5",
        "    ]",
        "  }",
        "}",
    ]
    assert dense(readable(LONG)) == LONG


@pytest.mark.parametrize(
    "text", ['{"content":"x"', "{", "", "Hello {name}", '{"n":{count}}', '"text"', "12", '{"a":1}\u00a0', "[" * 5000]
)
def test_what_is_no_json_structure_stays_as_it_is(text: str) -> None:
    assert readable(text) == dense(text) == text


def test_short_json_stays_in_its_line() -> None:
    assert readable('{ "content" : "Hi" }') == '{"content":"Hi"}'


@given(st.lists(VALUES) | st.dictionaries(st.text(), VALUES), st.sampled_from([None, 1, 4]))
def test_layout_changes_nothing_but_blanks(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    assert dense(readable(text)) == dense(text) == json.dumps(value, separators=(",", ":"))
    assert json.loads(readable(text)) == value
    assert ("\n" in readable(text)) is (len(dense(text)) > SHORT)
