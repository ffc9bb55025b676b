"""Whom the audience of a `/push.json` body means.

Pure functions over the body's JSON, so that diagnoses and the sandbox judge alike.
"""

from __future__ import annotations

from collections.abc import Collection

from pushtui.domain.json_body import JsonObject, get
from pushtui.providers.rongcloud.rule_words import strings


def is_to_all(body: JsonObject) -> bool:
    """Tell whether a push goes to everybody; then nothing else in the audience counts."""
    return get(body, ("audience", "is_to_all")) is True


def named_users(body: JsonObject) -> list[str]:
    """Return the user ids that the audience names; if there are any, tags and platforms do not count."""
    return [] if is_to_all(body) else strings(get(body, ("audience", "userid")))


def has_tags(body: JsonObject, tags: Collection[str]) -> bool:
    """Tell whether somebody with these tags has all of `tag`, and one of `tag_or` if that names any."""
    every, some = (strings(get(body, ("audience", name))) for name in ("tag", "tag_or"))
    return set(every) <= set(tags) and (not some or not set(some).isdisjoint(tags))
