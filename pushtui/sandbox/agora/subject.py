"""What operations of one kind share: the fields of their answers, and the words in which they object to a body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, dotted
from pushtui.providers.agora.codes import Key
from pushtui.sandbox.agora.words import invalid
from pushtui.sandbox.cloud import Operation, Refusal

Shape = tuple[str, ...]
"""The fields of an answer, in the order in which the pages print them."""
Objection = Callable[[ErrorDetails, JsonObject], Refusal]
"""Says no to a body; what is wrong with it, and the body as an object."""

ALONE: Shape = ()
"""There is no envelope."""
BARE: Shape = ("timestamp", "data", "cursor", "duration")
ENTITIES: Shape = ("timestamp", "entities", "action", "duration")
STATUSES: Shape = ("action", "data", "timestamp", "duration")
STATUS: Shape = ("action", "uri", "entities", "data", "timestamp", "duration", "count")
READ: Shape = ("action", "params", "path", "uri", "entities", "timestamp", "duration", "cursor", "count")
CHANGED: Shape = (
    *("action", "application", "path", "uri", "entities", "timestamp"),
    *("data", "duration", "organization", "applicationName"),
)
TEMPLATE: Shape = (
    *("uri", "timestamp", "organization", "application", "action", "data", "cursor", "duration", "applicationName"),
)
SETTING: Shape = ("path", *TEMPLATE)


@dataclass(frozen=True, slots=True)
class Subject:
    """Operations that answer and object alike."""

    shape: Shape
    object_to: Objection
    operations: tuple[Operation[Any], ...]


def argument(_details: ErrorDetails, _given: JsonObject) -> Refusal:
    """Say that something is wrong, but not what."""
    return Refusal(Key.ARGUMENT)


def parameter(details: ErrorDetails, _given: JsonObject) -> Refusal:
    """Name the field that is wrong."""
    return invalid(field(details))


def field(details: ErrorDetails) -> str:
    """Return the path of the field that is wrong."""
    return dotted(tuple(details["loc"])) or "body"
