"""The path under the cursor of the JSON editor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.json_body import JsonPath, dotted
from pushtui.services.json_cursor import path_at


@pytest.mark.parametrize(
    ("marked", "path"),
    [
        ("|{}", ""),
        ('{"platform": ["ios", "an|droid"]}', "platform[1]"),
        ('{"platform": |["ios"]}', "platform[0]"),
        ('{"audience": {"is_to_all": fal|se}}', "audience.is_to_all"),
        ('{"audience": {"is_to|_all": false}}', "audience.is_to_all"),
        ('{"audience": {"tag": ["a"]}, "notif|ication": {}}', "notification"),
        ('{"a": {"b": 1}|, "c": 2}', "a"),
        ('{"a": "x, y: {[ ", "b": |1}', "b"),
        ('{"a": "say \\"hi\\"", "b|": 1}', "b"),
        ('{"notification": {"ios": {"badge": |', "notification.ios.badge"),
        ('{"a": 1, |', ""),
    ],
)
def test_path_under_the_cursor(marked: str, path: str) -> None:
    assert dotted(path_at(marked.replace("|", ""), 0, marked.index("|"))) == path


def test_left_of_a_line_means_its_first_key() -> None:
    text = '{\n  "audience": {\n    "tag": []\n  }\n}'
    assert [dotted(path_at(text, line, 0)) for line in range(4)] == ["", "audience", "audience.tag", "audience.tag"]


@given(st.text(alphabet='{}[]",: ab1\\\n'), st.integers(0, 40))
def test_any_text_has_some_path(text: str, column: int) -> None:
    path: JsonPath = path_at(text, text.count("\n"), column)
    assert all(isinstance(part, str | int) for part in path)
