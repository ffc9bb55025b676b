"""Who a push goes to: the rules of `Condition`, and which users it means.

Pure functions over the body's JSON, so that drafts and the sandbox judge alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pushtui.domain.json_body import JsonObject, JsonValue

TAG_LISTS = ("TagsOr", "TagsAnd")
ATTRIBUTE_LISTS = ("AttrsOr", "AttrsAnd")

MIXED = 90039
TAG_TWICE = 90022
UNKNOWN_ATTRIBUTE = 90033


def names_everybody(condition: JsonValue) -> bool:
    """Tell whether nothing narrows the push: no condition, or one that names nothing."""
    return not isinstance(condition, dict) or not any(condition.get(key) for key in (*TAG_LISTS, *ATTRIBUTE_LISTS))


def broken_rules(condition: JsonObject, attribute_names: Collection[str]) -> Iterator[int]:
    """Yield the codes of the rules that a well-formed condition breaks."""
    tags, attributes = _given(condition, TAG_LISTS), _given(condition, ATTRIBUTE_LISTS)
    if tags and attributes:
        yield MIXED
    if set(_tags(condition, "TagsOr")) & set(_tags(condition, "TagsAnd")):
        yield TAG_TWICE
    named = [name for key in ATTRIBUTE_LISTS for name in _pairs(condition, key)]
    if any(name not in attribute_names for name in named):
        yield UNKNOWN_ATTRIBUTE


def matches(condition: JsonObject, tags: Collection[str], attributes: Mapping[str, str]) -> bool:
    """Tell whether a user with these tags and attributes (by name) is meant.

    Every list that names something must hold: of the `Or` lists one entry, of the `And` lists all.
    Values are compared exactly.
    """
    return all(
        quantifier(found)
        for quantifier, found in (
            (any, [tag in tags for tag in _tags(condition, "TagsOr")]),
            (all, [tag in tags for tag in _tags(condition, "TagsAnd")]),
            (any, [attributes.get(name) == value for name, value in _pairs(condition, "AttrsOr").items()]),
            (all, [attributes.get(name) == value for name, value in _pairs(condition, "AttrsAnd").items()]),
        )
        if found
    )


def _given(condition: JsonObject, keys: tuple[str, str]) -> bool:
    return any(condition.get(key) for key in keys)


def _tags(condition: JsonObject, key: str) -> list[str]:
    value = condition.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _pairs(condition: JsonObject, key: str) -> dict[str, JsonValue]:
    value = condition.get(key)
    return value if isinstance(value, dict) else {}
