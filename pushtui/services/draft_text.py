"""A draft as the text of a file: a kind, an account, and the provider's own JSON body."""

from __future__ import annotations

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.json_body import JsonObject, JsonTextError, parse_object, pretty
from pushtui.domain.nearest import did_you_mean

BIGGEST = 4 * 1024 * 1024
"""Bytes; far more than any provider takes."""

KEYS = ("kind", "account", "body")
EXAMPLE = '{"kind": "rongcloud.push", "account": "sandbox", "body": {…}}'


def draft_text(draft: Draft) -> str:
    """Write a draft the way it stands in a file."""
    return pretty({"kind": draft.kind, "account": draft.account, "body": draft.body}) + "\n"


def read_draft(text: str) -> Draft:
    """Read a draft strictly; DraftError names what is wrong, and where in the text if that is known."""
    if _too_big(text):
        raise too_big()
    try:
        values = parse_object(text.removeprefix("\ufeff"))
    except JsonTextError as error:
        raise DraftError(f"This is not valid JSON: {error}.") from None
    if "kind" not in values and "body" not in values:
        raise DraftError(
            f"This is not a draft: it has neither “kind” nor “body”. If it is the body that the provider gets, "
            f"put it into a draft: {EXAMPLE}."
        )
    _check_keys(values)
    body = values["body"]
    if not isinstance(body, dict):
        raise DraftError(f"“body” is {_shown(body)}; it must be an object: {{ … }}.")
    return Draft(_text(values, "kind"), _text(values, "account"), body)


def too_big() -> DraftError:
    """Return what is said of text that is no draft by its mere size."""
    return DraftError(f"This is longer than {BIGGEST // 1024 // 1024} MiB, the most that a draft may have.")


def _check_keys(values: JsonObject) -> None:
    for key in values:
        if key not in KEYS:
            raise DraftError(f"Unknown key “{key}”; allowed: {', '.join(KEYS)}.{did_you_mean(key, KEYS)}")
    missing = [key for key in KEYS if key not in values]
    if missing:
        raise DraftError(f"“{missing[0]}” is missing. A draft looks like this: {EXAMPLE}.")


def _text(values: JsonObject, key: str) -> str:
    value = values[key]
    if not isinstance(value, str):
        raise DraftError(f"“{key}” is {_shown(value)}; it must be text.")
    return value


def _shown(value: object) -> str:
    return {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}.get(
        type(value), "a number"
    )


def _too_big(text: str) -> bool:
    return len(text) > BIGGEST or len(text.encode("utf-8", "surrogatepass")) > BIGGEST
