"""Reading, changing and writing JSON bodies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.json_body import (
    JsonTextError,
    WrongShape,
    compact,
    dotted,
    get,
    has,
    parse_object,
    pretty,
    with_value,
    without,
)

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
OBJECTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(st.text(), VALUES, max_size=5)


@given(OBJECTS)
def test_what_is_written_is_read_back(body: dict[str, Any]) -> None:
    assert parse_object(pretty(body)) == body
    assert parse_object(compact(body)) == body
    assert json.loads(compact(body)) == body


def test_characters_that_end_a_line_for_an_editor_are_written_as_escapes() -> None:
    text = "a\x85b\u2028c\u2029d\\\u2028e\r\x1e"
    written = pretty({text: [text]})
    assert written.splitlines() == written.split("\n")
    assert "\\u2028" in written
    assert parse_object(written) == {text: [text]}
    assert "\u2028" in compact({text: [text]})


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('{"a": }', 1, 7, "Expecting value"),
        ('{\n  "a": 1\n  "b": 2}', 3, 3, "Expecting ',' delimiter"),
        ('{"a": 1, "a": 2}', 1, 1, "stands twice"),
        ('{"a": NaN}', 1, 1, "NaN is not JSON"),
        ("[1]", 1, 1, "one JSON object"),
        ("", 1, 1, "Expecting value"),
        ('{"a": "\\ud800"}', 1, 1, "surrogate"),
    ],
)
def test_unclear_text_is_refused_with_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(JsonTextError) as caught:
        parse_object(text)
    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


def test_deep_nesting_is_refused_not_a_crash() -> None:
    with pytest.raises(JsonTextError, match="nested too deeply"):
        parse_object('{"a":' + "[" * 100_000 + "]" * 100_000 + "}")


def test_changes_leave_the_original_alone() -> None:
    body = parse_object('{"a": {"b": 1}}')
    changed = with_value(body, ("a", "c", "d"), 2)
    assert changed == {"a": {"b": 1, "c": {"d": 2}}}
    assert body == {"a": {"b": 1}}


def test_removal_takes_emptied_objects_along_except_required_ones() -> None:
    body = parse_object('{"n": {"ios": {"alert": "x"}}}')
    assert without(body, ("n", "ios", "alert")) == {}
    assert without(body, ("n", "ios", "alert"), keep=[("n",)]) == {"n": {}}
    assert without(body, ("n", "android"), keep=[]) == body


def test_a_path_through_something_else_is_refused() -> None:
    with pytest.raises(WrongShape, match="a is not an object"):
        with_value({"a": "text"}, ("a", "b"), 1)


def test_reading_paths() -> None:
    body = parse_object('{"a": {"list": ["x", null]}, "none": null}')
    assert get(body, ("a", "list", 0)) == "x"
    assert get(body, ("a", "list", 7)) is None
    assert get(body, ("a", "list", "x")) is None
    assert has(body, ("none",))
    assert not has(body, ("a", "other"))
    assert dotted(("audience", "tag", 3)) == "audience.tag[3]"
