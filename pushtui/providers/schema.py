"""The JSON Schema of a payload, made from its wire model."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from pushtui.domain.field import FieldSpec, Unit
from pushtui.domain.json_body import JsonPath
from pushtui.providers.base import DraftKind


class _PlainSchema(GenerateJsonSchema):
    """Leaves out what editors need not offer: null, defaults and made-up titles."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def body_schema(kind: DraftKind) -> dict[str, Any]:
    """Return the schema of a kind's body, each field described by its help and source."""
    schema: dict[str, Any] = kind.endpoint.request_model.model_json_schema(schema_generator=_PlainSchema)
    for spec in kind.fields:
        owner = _owner(schema, spec.path)
        owner["properties"][spec.path[-1]]["description"] = _description(spec)
    return schema


def _owner(schema: dict[str, Any], path: JsonPath) -> dict[str, Any]:
    """Return the schema of the object that holds a field."""
    owner = schema
    for part in path[:-1]:
        child = owner["properties"][part]
        owner = schema["$defs"][child["$ref"].rpartition("/")[2]] if "$ref" in child else child
    return owner


def _description(spec: FieldSpec) -> str:
    """A limit in bytes is said in words, because JSON Schema counts characters only."""
    sizes = [f"At most {limit.maximum:,} {limit.unit}." for limit in spec.limits if limit.unit is Unit.BYTES]
    return " ".join([spec.help, *sizes, f"({spec.source})"])
