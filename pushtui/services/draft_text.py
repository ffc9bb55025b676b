"""A draft as the text of a file: a kind, an account, the provider's own JSON body, and where recipients stand."""

from __future__ import annotations

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.json_body import JsonObject, JsonTextError, parse_object, pretty
from pushtui.domain.nearest import did_you_mean
from pushtui.domain.recipient import RECIPIENTS
from pushtui.services.source_text import read_source, source_document
from pushtui.services.strict_json import shown, text_at

BIGGEST = 4 * 1024 * 1024
"""Bytes; far more than any provider takes."""

REQUIRED = ("kind", "account", "body")
KEYS = (*REQUIRED, RECIPIENTS)
EXAMPLE = '{"kind": "rongcloud.push", "account": "sandbox", "body": {…}}'


def draft_text(draft: Draft) -> str:
    """Write a draft the way it stands in a file."""
    return pretty(draft_document(draft)) + "\n"


def draft_document(draft: Draft) -> JsonObject:
    """Return what a draft's file holds."""
    document: JsonObject = {"kind": draft.kind, "account": draft.account, "body": draft.body}
    if draft.recipients is not None and not draft.recipients.is_empty:
        document[RECIPIENTS] = source_document(draft.recipients)
    return document


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
        raise DraftError(f"“body” is {shown(body)}; it must be an object: {{ … }}.")
    source = read_source(values[RECIPIENTS]) if RECIPIENTS in values else None
    return Draft(text_at(values, "kind"), text_at(values, "account"), body, source)


def too_big() -> DraftError:
    """Return what is said of text that is no draft by its mere size."""
    return DraftError(f"This is longer than {BIGGEST // 1024 // 1024} MiB, the most that a draft may have.")


def _check_keys(values: JsonObject) -> None:
    for key in values:
        if key not in KEYS:
            raise DraftError(f"Unknown key “{key}”; allowed: {', '.join(KEYS)}.{did_you_mean(key, KEYS)}")
    missing = [key for key in REQUIRED if key not in values]
    if missing:
        raise DraftError(f"“{missing[0]}” is missing. A draft looks like this: {EXAMPLE}.")


def _too_big(text: str) -> bool:
    return len(text) > BIGGEST or len(text.encode("utf-8", "surrogatepass")) > BIGGEST
