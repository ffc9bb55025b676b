"""Reading what a sandbox answers: whatever has another shape comes from another version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushtui.domain.errors import SandboxError

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject, JsonValue


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn what goes wrong while an answer is read into a SandboxError that names it."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise SandboxError(f"The sandbox's {what} cannot be read ({error}); is it of another version?") from None


def object_of(value: JsonValue) -> JsonObject:
    """Return a JSON object; TypeError if it is something else."""
    if not isinstance(value, dict):
        raise TypeError("an object was expected")
    return value


def list_of(value: JsonValue) -> list[JsonValue]:
    """Return a JSON list; TypeError if it is something else."""
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def texts_of(value: JsonValue) -> tuple[str, ...]:
    """Return the texts of a JSON list."""
    return tuple(map(str, list_of(value)))


def number_of(value: JsonValue) -> int:
    """Return a whole number; TypeError if it is something else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value
