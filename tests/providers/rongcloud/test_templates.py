"""Templates as each recipient gets them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.templates import fill, filled_bytes, personal

PAGE: JsonObject = {
    "fromUserId": "fromuser",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"{c}{d}{e}","extra":"bb"}',
    "toUserId": ["21", "22"],
    "values": [{"{c}": "1", "{d}": "2", "{e}": "3"}, {"{c}": "4", "{d}": "5", "{e}": "6"}],
    "pushContent": ["push{c}", "push{c}"],
    "pushData": ["pushd", "pushd{e}"],
}
NAMES = st.text("abc", min_size=1, max_size=3).map("{{{}}}".format)


def test_the_example_of_the_page() -> None:
    assert personal(PAGE, 0) == {
        "fromUserId": "fromuser",
        "objectName": "RC:TxtMsg",
        "content": '{"content":"123","extra":"bb"}',
        "toUserId": ["21"],
        "pushContent": "push1",
        "pushData": "pushd",
    }
    assert personal(PAGE, 1)["content"] == '{"content":"456","extra":"bb"}'
    assert personal(PAGE, 1)["pushData"] == "pushd6"


@pytest.mark.parametrize(
    ("template", "values", "filled"),
    [
        ("{c}{d}", {"{c}": "1"}, "1{d}"),
        ("{c}", {}, "{c}"),
        ("{c}{c}", {"{c}": "x"}, "xx"),
        ("c {c}", {"c": "x"}, "c {c}"),
        ("{a}{b}", {"{a}": "{b}", "{b}": "2"}, "{b}2"),
        ("{a}", {"{a}": ""}, ""),
        ("{{a}}", {"{a}": "x"}, "{x}"),
        ("{a}}", {"{a}": "x", "{a}}": "y"}, "x}"),
        ("c {c}", {"c ": "x"}, "c {c}"),
        ("{a.b}", {"{a.b}": "x", "{a}": "y"}, "x"),
        ("{姓名}", {"{姓名}": "李娜"}, "李娜"),
        ('"{a}"', {"{a}": '\\1"'}, '"\\1""'),
    ],
)
def test_what_fills_and_what_stays(template: str, values: dict[str, str], filled: str) -> None:
    assert fill(template, values) == filled


def test_a_recipient_without_values_gets_the_template_as_it_is() -> None:
    assert personal({**PAGE, "values": []}, 1)["content"] == PAGE["content"]
    assert "pushContent" not in personal({**PAGE, "pushContent": []}, 0)


@given(st.lists(NAMES | st.text("xyz ", max_size=3)), st.dictionaries(NAMES, st.text("123", max_size=3)))
def test_every_known_placeholder_goes_and_every_unknown_stays(parts: list[str], values: dict[str, str]) -> None:
    assert fill("".join(parts), values) == "".join(values.get(part, part) for part in parts)


@given(st.lists(NAMES | st.text(max_size=3)), st.dictionaries(NAMES | st.just("{{a}}"), st.text(max_size=5)))
def test_the_size_is_known_before_filling(pieces: list[str], values: dict[str, str]) -> None:
    template = "".join(pieces)
    assert filled_bytes(template, values) == len(fill(template, values).encode())
