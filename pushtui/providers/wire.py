"""Wire models: one pydantic model per payload, from which everything else is made.

A model states each field's limits with their unit, its help and the source of the rule.
`form_fields` makes the form from it, `findings_of` the validation; neither knows a provider.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

from annotated_types import Le, MaxLen
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from pushtui.domain.field import Choice, FieldKind, FieldSpec, Limit, Unit
from pushtui.domain.finding import PUSHTUI, Finding, Severity, Source
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, compact
from pushtui.domain.nearest import nearest

SHOWN_VALUE = 40
"""Longer values are cut in messages."""


class WireModel(BaseModel):
    """Base of all payloads: the provider's exact JSON types and names, nothing extra."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    SOURCE: ClassVar[Source]
    """Where the fields are documented, unless a field says otherwise."""
    CLOSED: ClassVar[bool] = False
    """Whether any unknown field is an error, since it might change who is reached."""
    SECTION: ClassVar[str]
    """The part of the form that its fields belong to, unless a field says otherwise."""
    BARE_LIST: ClassVar[str] = ""
    """The field whose list is the whole body on the wire, where there is one."""


@dataclass(frozen=True, slots=True)
class Utf8Limit:
    """At most so many bytes once written as UTF-8."""

    maximum: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str | None) -> str | None:
        used = len((value or "").encode("utf-8", "surrogatepass"))
        if used > self.maximum:
            raise PydanticCustomError("too_many_bytes", "too long", {"used": used, "maximum": self.maximum})
        return value


@dataclass(frozen=True, slots=True)
class NotBoolean:
    """True and false are no numbers, although Python counts them as 1 and 0."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def _check(self, value: Any) -> Any:
        if isinstance(value, bool):
            raise PydanticCustomError("int_type", "not a number")
        return value


@dataclass(frozen=True, slots=True)
class Wire:
    """What the form and the messages need to know of a field beyond its type and limits."""

    help: str
    label: str = ""
    """Shown in place of the wire name."""
    section: str = ""
    source: Source | None = None
    multiline: bool = False
    json: bool = False
    """Text that is usually JSON."""
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    placeholder: str = ""


def form_fields(model: type[WireModel], path: JsonPath = ()) -> Iterator[FieldSpec]:
    """Yield the fields of a payload in the order of the model, nested objects included."""
    for name, info in model.model_fields.items():
        here = (*path, info.alias or name)
        child = _model_of(info.annotation)
        if child is not None:
            yield from form_fields(child, here)
        else:
            yield _spec(model, here, info)


def required_objects(model: type[WireModel], path: JsonPath = ()) -> Iterator[JsonPath]:
    """Yield the paths of nested objects that must be there."""
    for name, info in model.model_fields.items():
        here = (*path, info.alias or name)
        child = _model_of(info.annotation)
        if child is not None:
            if info.is_required():
                yield here
            yield from required_objects(child, here)


def findings_of(model: type[WireModel], body: JsonObject) -> list[Finding]:
    """Check a body against its model and say everything that is wrong at once."""
    found = [_null(model, path) for path in _nulls(body)]
    try:
        model.model_validate(body)
    except ValidationError as error:
        found.extend(_finding(model, details) for details in error.errors(include_url=False))
    return found


def _spec(model: type[WireModel], path: JsonPath, info: FieldInfo) -> FieldSpec:
    about = _wire(info)
    kind, choices = _kind(info.annotation, about)
    return FieldSpec(
        path=path,
        section=about.section or model.SECTION,
        label=about.label or str(path[-1]),
        kind=kind,
        help=about.help,
        source=about.source or model.SOURCE,
        required=info.is_required(),
        limits=tuple(_limits(info, kind)),
        choices=about.choices or choices,
        suggestions=about.suggestions,
        placeholder=about.placeholder,
    )


def _wire(info: FieldInfo) -> Wire:
    for item in info.metadata:
        if isinstance(item, Wire):
            return item
    raise TypeError(f"the field {info!r} declares no Wire")


def _plain(annotation: Any) -> Any:
    """Take `None` out of `X | None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        present = [item for item in get_args(annotation) if item is not type(None)]
        return present[0] if len(present) == 1 else annotation
    return annotation


def _model_of(annotation: Any) -> type[WireModel] | None:
    plain = _plain(annotation)
    return plain if isinstance(plain, type) and issubclass(plain, WireModel) else None


def _model_inside(annotation: Any) -> type[WireModel] | None:
    """Return a field's model, or that of a list's items."""
    plain = _plain(annotation)
    return _model_of(get_args(plain)[0]) if get_origin(plain) is list else _model_of(plain)


def _kind(annotation: Any, about: Wire) -> tuple[FieldKind, tuple[Choice, ...]]:
    plain = _plain(annotation)
    if get_origin(plain) is Literal:
        return FieldKind.CHOICE, tuple(Choice(value, str(value)) for value in get_args(plain))
    if get_origin(plain) is list:
        item = get_args(plain)[0]
        if get_origin(item) is Literal:
            return FieldKind.CHOICES, tuple(Choice(value, str(value)) for value in get_args(item))
        return (FieldKind.OBJECTS if get_origin(item) is dict else FieldKind.LIST), ()
    if plain is bool:
        return FieldKind.CHOICE, (Choice(False, "false"), Choice(True, "true"))
    if plain is int:
        return FieldKind.INTEGER, ()
    if plain is str:
        return (FieldKind.JSON if about.json else FieldKind.TEXT if about.multiline else FieldKind.LINE), ()
    return FieldKind.OBJECT, ()


def _limits(info: FieldInfo, kind: FieldKind) -> Iterator[Limit]:
    length = Unit.ITEMS if kind in (FieldKind.LIST, FieldKind.OBJECTS) else Unit.CHARACTERS
    for item in info.metadata:
        if isinstance(item, Utf8Limit):
            yield Limit(item.maximum, Unit.BYTES)
        elif isinstance(item, MaxLen) and kind is not FieldKind.CHOICES:
            yield Limit(item.max_length, length)
        elif isinstance(item, Le) and isinstance(item.le, int):
            yield Limit(item.le, Unit.VALUE)


def _lookup(model: type[WireModel], path: JsonPath) -> tuple[type[WireModel], FieldInfo | None]:
    """Return the innermost model on the way to a path, and the field it names there, if any."""
    field: FieldInfo | None = None
    for part in path:
        if isinstance(part, int):
            continue
        child = _model_inside(field.annotation) if field is not None else None
        model = child or model
        field = _by_wire_name(model).get(part)
        if field is None:
            break
    return model, field


def _by_wire_name(model: type[WireModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _source(model: type[WireModel], field: FieldInfo | None) -> Source:
    for item in field.metadata if field is not None else ():
        if isinstance(item, Wire) and item.source is not None:
            return item.source
    return model.SOURCE


def _nulls(value: JsonValue, path: JsonPath = ()) -> Iterator[JsonPath]:
    """Yield where a documented object says null; free-form objects may."""
    if value is None:
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "extras":
                yield from _nulls(item, (*path, key))


def _null(model: type[WireModel], path: JsonPath) -> Finding:
    owner, field = _lookup(model, path)
    return Finding(
        Severity.WARNING,
        path,
        "null is given; leave the field out instead, what the provider makes of null is not documented",
        _source(owner, field),
    )


def _finding(model: type[WireModel], details: ErrorDetails) -> Finding:
    path: JsonPath = tuple(details["loc"])
    owner, field = _lookup(model, path)
    if details["type"] == "extra_forbidden":
        return _unknown_field(owner, path)
    return Finding(Severity.ERROR, path, _message(details), _source(owner, field))


def _unknown_field(model: type[WireModel], path: JsonPath) -> Finding:
    """A near miss is an error; a name like no other may be newer than this program."""
    names = list(_by_wire_name(model))
    meant = nearest(str(path[-1]), names)
    if meant is not None:
        message = f"unknown field “{path[-1]}”; did you mean “{meant}”?"
        return Finding(Severity.ERROR, path, message, model.SOURCE)
    if model.CLOSED:
        message = f"unknown field “{path[-1]}”; nothing unknown may stand here, since it might change who is reached"
        return Finding(Severity.ERROR, path, message, PUSHTUI)
    message = f"unknown field “{path[-1]}”, which the provider will probably ignore; known here: {', '.join(names)}"
    return Finding(Severity.WARNING, path, message, model.SOURCE)


_TYPE_WORDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}


def _message(details: ErrorDetails) -> str:
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "missing":
        return "required, but not given"
    if kind in _TYPE_WORDS:
        return f"{_shown(given)} is given; {_TYPE_WORDS[kind]} is needed"
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"{_shown(given)} is given; allowed: {allowed}"
    if kind == "string_too_long":
        return f"{len(given)} characters are given; at most {context['max_length']} are allowed"
    if kind == "string_too_short" or (kind == "too_short" and isinstance(given, str)):
        return "empty text is given; leave it out or write something"
    if kind == "too_many_bytes":
        return f"{context['used']:,} UTF-8 bytes are given; at most {context['maximum']:,} are allowed"
    if kind == "too_long":
        return f"{len(given)} items are given; at most {context['max_length']} are allowed"
    if kind == "too_short":
        return f"{len(given)} items are given; at least {context['min_length']} needed"
    if kind in ("less_than_equal", "greater_than_equal"):
        bound = f"at most {context['le']}" if "le" in context else f"at least {context['ge']}"
        return f"{given} is given; {bound} is allowed"
    return f"{_shown(given)} is given; {details['msg']}"


def _shown(value: JsonValue) -> str:
    text = compact(value)
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"
