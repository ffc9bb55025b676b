"""Who a push goes to: the rules of `Condition`, and which users it means.

Pure functions over the body's JSON, so that drafts and the sandbox judge alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.tencent import codes

TAG_LISTS = ("TagsOr", "TagsAnd")
ATTRIBUTE_LISTS = ("AttrsOr", "AttrsAnd")


@dataclass(frozen=True, slots=True)
class Matching:
    """What the documents leave open about conditions; the defaults are inferred."""

    either_list: bool = False
    """Whether an `Or` and an `And` list add up; else both must hold."""
    ignores_case: bool = False
    """Whether tags and values are the same in capitals."""

    def same(self, value: JsonValue) -> JsonValue:
        """Return what stands for a tag or a value in comparisons."""
        return value.casefold() if self.ignores_case and isinstance(value, str) else value


AS_INFERRED = Matching()


def names_everybody(condition: JsonValue) -> bool:
    """Tell whether nothing narrows the push: no condition, or one that names nothing."""
    return not isinstance(condition, dict) or not any(condition.get(key) for key in (*TAG_LISTS, *ATTRIBUTE_LISTS))


def broken_rules(condition: JsonObject, attribute_names: Collection[str]) -> Iterator[int]:
    """Yield the codes of the rules that a well-formed condition breaks."""
    tags, attributes = _given(condition, TAG_LISTS), _given(condition, ATTRIBUTE_LISTS)
    if tags and attributes:
        yield codes.TAGS_AND_ATTRIBUTES
    if set(_tags(condition, "TagsOr")) & set(_tags(condition, "TagsAnd")):
        yield codes.TAG_TWICE
    named = [name for key in ATTRIBUTE_LISTS for name in _pairs(condition, key)]
    if any(name not in attribute_names for name in named):
        yield codes.INVALID_ATTRIBUTE


def matches(
    condition: JsonObject, tags: Collection[str], attributes: Mapping[str, str], how: Matching = AS_INFERRED
) -> bool:
    """Tell whether a user with these tags and attributes (by name) is meant.

    Of the `Or` lists one entry must hold, of the `And` lists all; a list that names nothing does not count.
    """
    held = {how.same(tag) for tag in tags}
    own = {name: how.same(value) for name, value in attributes.items()}
    verdicts = [
        quantifier(found)
        for quantifier, found in (
            (any, [how.same(tag) in held for tag in _tags(condition, "TagsOr")]),
            (all, [how.same(tag) in held for tag in _tags(condition, "TagsAnd")]),
            (any, [own.get(name, ...) == how.same(value) for name, value in _pairs(condition, "AttrsOr").items()]),
            (all, [own.get(name, ...) == how.same(value) for name, value in _pairs(condition, "AttrsAnd").items()]),
        )
        if found
    ]
    return not verdicts or (any(verdicts) if how.either_list else all(verdicts))


def _given(condition: JsonObject, keys: tuple[str, str]) -> bool:
    return any(condition.get(key) for key in keys)


def _tags(condition: JsonObject, key: str) -> list[str]:
    value = condition.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _pairs(condition: JsonObject, key: str) -> dict[str, JsonValue]:
    value = condition.get(key)
    return value if isinstance(value, dict) else {}
