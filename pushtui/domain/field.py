"""The fields of a payload as a form needs them; made from the wire model, never by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pushtui.domain.finding import Source
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue


class FieldKind(StrEnum):
    """How a field is edited."""

    LINE = "line"
    TEXT = "text"
    JSON = "json"
    """Text that is usually JSON."""
    INTEGER = "integer"
    CHOICE = "choice"
    CHOICES = "choices"
    LIST = "list"
    OBJECT = "object"
    OBJECTS = "objects"
    """A list with a JSON object a line."""


class Unit(StrEnum):
    """What a limit counts."""

    CHARACTERS = "characters"
    BYTES = "UTF-8 bytes"
    ITEMS = "items"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most a field may hold, in a unit."""

    maximum: int
    unit: Unit

    def used(self, value: JsonValue) -> int:
        """Count a value in this limit's unit; 0 where it does not apply."""
        if self.unit is Unit.ITEMS:
            return len(value) if isinstance(value, list) else 0
        if self.unit is Unit.VALUE:
            return value if isinstance(value, int) and not isinstance(value, bool) else 0
        if not isinstance(value, str):
            return 0
        if self.unit is Unit.CHARACTERS:
            return len(value)
        return len(value.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value and what it is called in the form."""

    value: str | int | bool
    label: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form."""

    path: JsonPath
    section: str
    label: str
    kind: FieldKind
    help: str
    source: Source
    required: bool = False
    limits: tuple[Limit, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A choice that no single field shows, such as leaving the message out."""

    name: str
    section: str
    label: str
    help: str
    options: tuple[str, ...]
    """The first one shows all fields; the others leave out those under `hides`."""
    hides: tuple[JsonPath, ...]
    read: Callable[[JsonObject], str]
    """Which option a body stands for."""
    write: Callable[[JsonObject, str], JsonObject]
    """Return the body changed to an option."""
