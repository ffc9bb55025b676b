"""Bodies as bytes."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.json_body import JsonObject
from pushtui.providers.base import Encoding
from pushtui.providers.encoding import encoded
from pushtui.sandbox.tolerance import read_form

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(TEXT, st.lists(TEXT, min_size=1)))
@settings(deadline=None)
def test_a_form_repeats_the_keys_of_lists(body: dict[str, list[str]]) -> None:
    written: JsonObject = {key: list(values) for key, values in body.items()}
    assert read_form(encoded(Encoding.FORM, written)) == body


def test_a_form_as_rongclouds_sdks_write_it() -> None:
    body: JsonObject = {
        "toUserId": ["a b", "张,三"],
        "content": '{"content":"1+1"}',
        "disablePush": True,
        "isPersisted": 0,
        "count": None,
    }
    assert encoded(Encoding.FORM, body) == (
        b"toUserId=a+b&toUserId=%E5%BC%A0%2C%E4%B8%89&content=%7B%22content%22%3A%221%2B1%22%7D"
        b"&disablePush=true&isPersisted=0"
    )


def test_json_is_compact_and_keeps_its_order() -> None:
    body: JsonObject = {"b": ["é"], "a": {"x": None}}
    assert encoded(Encoding.JSON, body) == '{"b":["é"],"a":{"x":null}}'.encode()
    assert list(json.loads(encoded(Encoding.JSON, body))) == ["b", "a"]


def test_without_a_body_there_are_no_bytes() -> None:
    assert encoded(Encoding.NONE, {"a": 1}) == b""
