"""What a value does to the JSON that it is put into."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.finding import Severity
from pushtui.domain.json_body import JsonObject, compact
from pushtui.domain.recipient import Recipient
from pushtui.providers.rongcloud.recipient_rows import TemplateCheck
from pushtui.providers.rongcloud.templates import fill

CONTENT = compact({"content": "{c} and {d}", "extra": {"{c}": ["{d}"]}})
TRICKY = st.text(st.sampled_from('"\\nu0041{}:,[] \n\t/é')) | st.text(st.characters(exclude_categories=["Cs"]))


def errors(body: JsonObject, recipient: Recipient) -> list[str]:
    return [found.rule for found in TemplateCheck(body)(recipient) if found.severity is Severity.ERROR]


def is_text_in_json(value: str) -> bool:
    try:
        return isinstance(json.loads(f'"{value}"'), str)
    except ValueError:
        return False


@given(TRICKY, TRICKY)
@settings(deadline=None)
def test_an_error_stands_for_what_would_not_arrive_as_meant(first: str, second: str) -> None:
    found = errors({"content": CONTENT}, Recipient(2, "21", (("c", first), ("d", second))))
    assert bool(found) == (not (is_text_in_json(first) and is_text_in_json(second)))


@given(TRICKY, TRICKY)
@settings(deadline=None)
def test_without_an_error_the_content_has_the_shape_of_its_template(first: str, second: str) -> None:
    recipient = Recipient(2, "21", (("c", first), ("d", second)))
    if not errors({"content": CONTENT}, recipient):
        filled = json.loads(fill(CONTENT, {"{c}": first, "{d}": second}))
        said = json.loads(f'"{first}"'), json.loads(f'"{second}"')
        assert filled == {"content": f"{said[0]} and {said[1]}", "extra": {said[0]: [said[1]]}}


@given(TRICKY)
@settings(deadline=None)
def test_a_value_outside_quotation_marks_must_be_json(value: str) -> None:
    content = '{"content":"x","extra":{c}}'
    filled = fill(content, {"{c}": value})
    try:
        json.loads(filled)
    except ValueError:
        assert errors({"content": content}, Recipient(2, "21", (("c", value),)))
    else:
        assert not errors({"content": content}, Recipient(2, "21", (("c", value),)))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=70))
@settings(deadline=None)
def test_ids_are_measured_in_bytes(user: str) -> None:
    found = errors({"content": CONTENT}, Recipient(2, user))
    assert bool(found) == (len(user.encode()) > 64)
