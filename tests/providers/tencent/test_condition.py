"""Who a push goes to: a table of the documented rules, and properties against a plain reading of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.providers.tencent.condition import Matching, broken_rules, matches, names_everybody

NAMES = ["sex", "city", "Membership Level"]
TAGS = st.sampled_from(["a", "b", "c", "会员"])
VALUES = st.sampled_from(["x", "y", ""])
TAG_LISTS = st.lists(TAGS, max_size=3)
PAIRS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3)


@pytest.mark.parametrize("condition", [None, {}, [], {"TagsOr": []}, {"AttrsAnd": {}, "TagsAnd": None}, {"Other": 1}])
def test_nothing_named_is_everybody(condition: Any) -> None:
    assert names_everybody(condition)


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ({"TagsOr": ["a"]}, []),
        ({"TagsOr": ["a"], "TagsAnd": ["b"]}, []),
        ({"AttrsOr": {"sex": "man"}, "AttrsAnd": {"city": "Shenzhen"}}, []),
        ({"TagsOr": ["a"], "AttrsAnd": {"sex": "man"}}, [90039]),
        ({"TagsAnd": ["a"], "AttrsOr": {"sex": "man"}}, [90039]),
        ({"TagsOr": ["a", "b"], "TagsAnd": ["b"]}, [90022]),
        ({"AttrsAnd": {"size": "L"}}, [90033]),
        ({"AttrsOr": {"Sex": "man"}}, [90033]),
        ({"TagsOr": ["a"], "TagsAnd": ["a"], "AttrsOr": {"size": "L"}}, [90039, 90022, 90033]),
        ({"TagsOr": [], "AttrsOr": {"sex": "man"}}, []),
    ],
)
def test_the_rules(condition: dict[str, Any], codes: list[int]) -> None:
    assert list(broken_rules(condition, NAMES)) == codes


@pytest.mark.parametrize(
    ("condition", "reached"),
    [
        ({"TagsOr": ["a", "z"]}, True),
        ({"TagsOr": ["z"]}, False),
        ({"TagsAnd": ["a", "b"]}, True),
        ({"TagsAnd": ["a", "z"]}, False),
        ({"TagsOr": ["a"], "TagsAnd": ["z"]}, False),
        ({"TagsOr": ["z"], "TagsAnd": ["a"]}, False),
        ({"TagsOr": ["A"]}, False),
        ({"AttrsOr": {"sex": "man", "city": "Paris"}}, True),
        ({"AttrsAnd": {"sex": "man", "city": "Paris"}}, False),
        ({"AttrsAnd": {"sex": "man", "city": "Shenzhen"}}, True),
        ({"AttrsAnd": {"sex": "Man"}}, False),
        ({"AttrsOr": {"country": ""}}, False),
    ],
)
def test_matching(condition: dict[str, Any], reached: bool) -> None:
    assert matches(condition, ["a", "b"], {"sex": "man", "city": "Shenzhen"}) is reached


@pytest.mark.parametrize(
    ("condition", "how", "reached"),
    [
        ({"TagsOr": ["a"], "TagsAnd": ["z"]}, Matching(either_list=True), True),
        ({"TagsOr": ["z"], "TagsAnd": ["a", "y"]}, Matching(either_list=True), False),
        ({"AttrsOr": {"sex": "x"}, "AttrsAnd": {"city": "Shenzhen"}}, Matching(either_list=True), True),
        ({}, Matching(either_list=True), True),
        ({"TagsOr": ["A"]}, Matching(ignores_case=True), True),
        ({"AttrsAnd": {"sex": "MAN"}}, Matching(ignores_case=True), True),
        ({"AttrsAnd": {"Sex": "man"}}, Matching(ignores_case=True), False),
        ({"AttrsAnd": {"other": None}}, Matching(), False),
        ({"AttrsAnd": {"sex": ["man"]}}, Matching(), False),
    ],
)
def test_matching_in_other_ways(condition: dict[str, Any], how: Matching, reached: bool) -> None:
    assert matches(condition, ["a", "b"], {"sex": "man", "city": "Shenzhen"}, how) is reached


@given(TAG_LISTS, TAG_LISTS, st.sets(TAGS))
def test_tags_match_as_sets_do(some: list[str], every: list[str], held: set[str]) -> None:
    expected = (not some or bool(held & set(some))) and held >= set(every)
    assert matches({"TagsOr": [*some], "TagsAnd": [*every]}, held, {}) is expected


@given(PAIRS, PAIRS, PAIRS)
def test_attributes_match_as_pairs_do(some: dict[str, str], every: dict[str, str], held: dict[str, str]) -> None:
    pairs = set(held.items())
    expected = (not some or bool(pairs & set(some.items()))) and pairs >= set(every.items())
    assert matches({"AttrsOr": {**some}, "AttrsAnd": {**every}}, [], held) is expected
