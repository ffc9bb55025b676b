"""Reads what the control API is given; every error names the field, what is given and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.nearest import nearest

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

LARGEST_SEED = 2**63 - 1


class BadControlCall(ValueError):
    """The call is wrong; the text says how."""


def read_object(body: bytes) -> JsonObject:
    """Parse a body; nothing counts as an empty object."""
    try:
        value = json.loads(body or b"{}")
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise BadControlCall("The body is not JSON.") from None
    if not isinstance(value, dict):
        raise BadControlCall("The body must be a JSON object.")
    return value


def only(given: Iterable[str], known: tuple[str, ...]) -> None:
    """Refuse names that mean nothing here."""
    for name in given:
        if name not in known:
            raise BadControlCall(unknown("field", name, known))


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """Say that there is no such thing, and which one was probably meant."""
    names = list(known)
    meant = nearest(given, names)
    hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(names) or 'none'}"
    return f"There is no {what} “{given}” here; {hint}"


def query_number(query: QueryParams, name: str, default: float, maximum: float) -> float:
    """Read a number from the query; it may be from 0 to a maximum."""
    given = query.get(name)
    if given is None:
        return default
    try:
        number = float(given)
    except ValueError:
        number = -1.0
    if not 0 <= number <= maximum:
        raise BadControlCall(f"{name}: “{given}” is given; a number from 0 to {maximum:g} is needed")
    return number


def flag(body: JsonObject, name: str) -> bool | None:
    """Read true or false, None where it is not given."""
    value = body.get(name)
    if name in body and not isinstance(value, bool):
        raise BadControlCall(f"{name}: {value!r} is given; true or false is needed")
    return value if isinstance(value, bool) else None


def text(body: JsonObject, name: str) -> str | None:
    """Read a text with something in it, None where it is not given."""
    value = body.get(name)
    if name in body and not (isinstance(value, str) and value):
        raise BadControlCall(f"{name}: {value!r} is given; a text is needed")
    return value if isinstance(value, str) else None


def seed(body: JsonObject) -> int | None:
    """Read a seed, None where it is not given."""
    value = body.get("seed")
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_SEED
    if "seed" in body and not whole:
        raise BadControlCall(f"seed: {value!r} is given; a whole number up to {LARGEST_SEED} is needed")
    return value if isinstance(value, int) else None


def time(value: JsonValue) -> datetime:
    """Read a time; without a zone it is UTC."""
    try:
        given = datetime.fromisoformat(str(value))
        return given if given.tzinfo else given.replace(tzinfo=UTC)
    except ValueError:
        raise BadControlCall(f"freeze: {value!r} is given; a time such as 2026-11-22T12:00:00Z is needed") from None


def span(value: JsonValue) -> timedelta:
    """Read a number of seconds, forwards or backwards."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadControlCall(f"advance: {value!r} is given; a number of seconds is needed")
    try:
        return timedelta(seconds=value)
    except (OverflowError, ValueError):
        raise BadControlCall(f"advance: {value!r} seconds is too far") from None
