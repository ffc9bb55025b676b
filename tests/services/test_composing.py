"""The editing of a draft: form and JSON never disagree, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.field import FieldKind, FieldSpec
from pushtui.domain.finding import Severity
from pushtui.domain.json_body import JsonValue, parse_object, pretty
from pushtui.providers.rongcloud.push import PUSH_ONLY, TAGGED_PUSH, WITH_MESSAGE
from pushtui.services.composing import Composition
from pushtui.services.field_text import editable, from_text, to_text
from tests.bodies import example, push

TITLE = ("notification", "title")
FIELDS = {".".join(map(str, spec.path)): spec for spec in TAGGED_PUSH.fields}


def composition(body: dict[str, Any] | None = None) -> Composition:
    return Composition.of(Draft("rongcloud.push", "sandbox", push() if body is None else body))


def test_a_field_changes_the_text_and_the_text_changes_the_field() -> None:
    draft = composition()
    draft.set_value(TITLE, "新闻")
    assert parse_object(draft.text)["notification"] == {"title": "新闻", "alert": "Something new"}
    draft.set_text(draft.text.replace("新闻", "Sport"))
    assert draft.value(TITLE) == "Sport"
    assert draft.draft.body == draft.body


def test_none_takes_a_field_out_and_keeps_required_objects() -> None:
    draft = composition()
    draft.set_value(("notification", "ios", "badge"), 3)
    draft.set_value(("notification", "ios", "badge"), None)
    assert draft.body == push()
    draft.set_value(TITLE, None)
    draft.set_value(("notification", "alert"), None)
    assert draft.value(("notification",)) == {}


def test_text_that_is_not_json_closes_the_form_and_loses_nothing() -> None:
    draft = composition()
    draft.set_text('{"platform": [')
    assert draft.body is None
    assert draft.text == '{"platform": ['
    assert [finding.severity for finding in draft.findings] == [Severity.ERROR]
    assert "line 1, column 15" in draft.findings[0].message
    assert draft.reach is None
    with pytest.raises(DraftError, match="not valid"):
        draft.set_value(TITLE, "x")
    with pytest.raises(DraftError, match="not valid"):
        draft.draft  # noqa: B018 - the property raises
    assert draft.undo()
    assert draft.text == pretty(push())


def test_a_field_whose_parent_is_no_object_is_refused() -> None:
    draft = composition(push(notification="text"))
    with pytest.raises(DraftError, match="notification is not an object"):
        draft.set_value(TITLE, "x")


def test_undo_goes_back_one_field_at_a_time() -> None:
    draft = composition()
    start = draft.text
    for text in ("a", "ab", "abc"):
        draft.set_value(TITLE, text)
    draft.set_value(("notification", "alert"), "other")
    assert [(draft.undo(), draft.value(TITLE)) for _ in range(3)] == [(True, "abc"), (True, "News"), (False, "News")]
    assert draft.text == start


def test_undo_brings_a_left_out_message_back() -> None:
    draft = composition()
    variant = draft.kind.variants[0]
    draft.set_option(variant, PUSH_ONLY)
    assert draft.option(variant) == PUSH_ONLY
    assert draft.undo()
    assert draft.option(variant) == WITH_MESSAGE
    assert draft.body == push()


def test_push_only_hides_the_fields_it_leaves_out() -> None:
    draft = composition()
    assert [spec.label for spec in draft.visible_fields("Message")] == [
        "sender",
        "type",
        "content",
        "keep last message",
    ]
    draft.set_option(draft.kind.variants[0], PUSH_ONLY)
    assert draft.visible_fields("Message") == []


def test_dirty_means_that_no_file_holds_it() -> None:
    draft = composition()
    seen = [draft.dirty]
    draft.set_value(TITLE, "x")
    seen.append(draft.dirty)
    draft.saved(Path("x.json"), draft.content)
    seen.append(draft.dirty)
    assert seen == [False, True, False]
    assert all(Composition.restored("rongcloud.push", "sandbox", text, None).dirty for text in ("{", ""))


def test_sections_count_what_is_given_and_show_the_worst() -> None:
    draft = composition(push(notification={"ios": {"badge": 1}}))
    states = {state.name: state for state in draft.sections()}
    assert list(states)[:4] == ["Audience", "Message", "Notification", "iOS"]
    assert states["iOS"].filled == 1
    assert states["Notification"].worst is Severity.ERROR
    assert states["vivo"].filled == 0 and states["vivo"].worst is None


def test_every_finding_has_a_section() -> None:
    draft = composition(push(audience="x", fromUserId="y", notification={"zz": 1, "android": {"HW": {}}}))
    names = {state.name for state in draft.sections()}
    assert {draft.section_of(finding) for finding in draft.findings} <= names


def test_next_finding_goes_round() -> None:
    draft = composition(push(notification={"title": "t" * 51, "ios": {"badge": "x"}, "alert": "a"}))
    first = draft.finding_after(None)
    assert first is not None
    second = draft.finding_after(first.path)
    assert second is not None and second != first
    assert draft.finding_after(second.path) == first
    assert composition().finding_after(None) is None


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("notification.title", "x", "x"),
        ("notification.title", "", None),
        ("notification.title", "  ", "  "),
        ("notification.ios.badge", "12", 12),
        ("notification.ios.badge", "-1", -1),
        ("notification.ios.badge", "1.5", "1.5"),
        ("notification.ios.badge", "twelve", "twelve"),
        ("audience.userid", "a\nb, c\n\n d ", ["a", "b, c", " d "]),
        ("audience.userid", "", None),
        ("notification.ios.extras", '{"a": 1}', {"a": 1}),
        ("notification.ios.extras", '{"a": ', '{"a": '),
        ("message.content", '{"content":"x"}', '{"content":"x"}'),
    ],
)
def test_text_becomes_a_value(field: str, text: str, value: JsonValue) -> None:
    assert from_text(FIELDS[field], text) == value


@given(st.data())
def test_a_value_of_the_right_type_survives_its_text(data: st.DataObject) -> None:
    spec = data.draw(st.sampled_from([spec for spec in FIELDS.values() if spec.kind is not FieldKind.CHOICE]))
    value = data.draw(values_for(spec))
    assert from_text(spec, to_text(spec, value)) == value


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.sampled_from("a1\n\r\x1e\x85\u2028")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "\u2029"]), inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from(list(FIELDS.values())), ANY)
def test_nothing_but_what_is_typed_changes_in_an_editable_field(spec: FieldSpec, value: Any) -> None:
    text = to_text(spec, value)
    if spec.kind in (FieldKind.CHOICE, FieldKind.CHOICES) or not editable(spec, value):
        return
    assert in_an_editor(text) == text
    read = from_text(spec, text)
    assert (read, type(read)) == (value, type(value)) or value in ("", [])


def in_an_editor(text: str) -> str:
    """What an editor gives back that knows every line break of Unicode."""
    return "\n".join((text + ".").splitlines())[:-1]


@pytest.mark.parametrize(
    ("field", "value", "is_editable"),
    [
        ("notification.title", None, True),
        ("notification.title", "", True),
        ("notification.title", "x", True),
        ("notification.title", "x\u2028y", False),
        ("notification.title", 5, False),
        ("notification.alert", "one\ntwo", True),
        ("notification.alert", "one\rtwo", False),
        ("notification.alert", "one\x85two", False),
        ("notification.ios.badge", 3, True),
        ("notification.ios.badge", "3", False),
        ("notification.ios.badge", True, False),
        ("notification.ios.badge", "many", True),
        ("audience.userid", ["a", "b"], True),
        ("audience.userid", [], True),
        ("audience.userid", ["a\nb"], False),
        ("audience.userid", ["a\u2028b"], False),
        ("audience.userid", ["a", ""], False),
        ("audience.userid", [1, 2], False),
        ("audience.userid", "a", False),
        ("notification.ios.extras", {"a": "one\u2029two"}, True),
        ("notification.ios.extras", '{"a": 1}', False),
        ("message.content", '{"content":"x"}', True),
        ("message.content", {"content": "x"}, False),
        ("platform", ["ios", "wap"], True),
    ],
)
def test_a_value_that_its_text_would_change_is_not_editable(field: str, value: JsonValue, is_editable: bool) -> None:
    assert editable(FIELDS[field], value) is is_editable


def values_for(spec: FieldSpec) -> st.SearchStrategy[Any]:
    words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)
    return {
        FieldKind.INTEGER: st.integers(),
        FieldKind.LIST: st.lists(words, min_size=1),
        FieldKind.OBJECT: st.dictionaries(words, words),
        FieldKind.CHOICES: st.none(),
    }.get(spec.kind, st.none() | words)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("field"), st.sampled_from(list(TAGGED_PUSH.fields)), st.text(max_size=8)),
        st.tuples(st.just("option"), st.sampled_from([PUSH_ONLY, WITH_MESSAGE]), st.just("")),
        st.tuples(st.just("text"), st.sampled_from(["{", "{}", '{"platform":["ios"]}']), st.just("")),
        st.tuples(st.just("undo"), st.just(""), st.just("")),
    ),
    max_size=12,
)


@given(STEPS)
def test_form_and_json_never_disagree(steps: list[tuple[str, Any, str]]) -> None:
    draft = composition(example())
    for step, what, text in steps:
        try:
            if step == "field":
                draft.set_value(what.path, from_text(what, text))
            elif step == "option":
                draft.set_option(draft.kind.variants[0], what)
            elif step == "text":
                draft.set_text(what)
            else:
                draft.undo()
        except DraftError:
            assert draft.body is None or not isinstance(draft.body.get(str(what.path[0])), dict)
        if draft.body is None:
            assert draft.text_error is not None
        else:
            assert parse_object(draft.text) == draft.body
            assert all(draft.value(spec.path) == to_value(draft, spec) for spec in TAGGED_PUSH.fields)


def to_value(draft: Composition, spec: FieldSpec) -> JsonValue:
    """What the JSON text says about a field."""
    value: JsonValue = parse_object(draft.text)
    for part in spec.path:
        value = value.get(str(part)) if isinstance(value, dict) else None
    return value
