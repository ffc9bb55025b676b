"""JSON Schemas of draft files, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushtui.domain.recipient import RECIPIENTS, TableEncoding, TableFormat
from pushtui.providers.kinds import kind_named
from pushtui.providers.schema import body_schema

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
    from pushtui.providers.base import Batching


def schema_of(kind: str) -> JsonObject:
    """Return the schema of a draft file of one kind; raises DraftError for an unknown kind."""
    found = kind_named(kind)
    body = body_schema(found)
    definitions = body.pop("$defs", {})
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"pushtui draft: {found.title}",
        "type": "object",
        "properties": {
            "kind": {"const": found.name, "description": "What kind of draft this is."},
            "account": {"type": "string", "description": "Name of the account that it is for."},
            "body": body,
        },
        "required": ["kind", "account", "body"],
        "additionalProperties": False,
        "$defs": definitions,
    }
    return schema if found.batching is None else _with_recipients(schema, found.batching)


def _with_recipients(schema: dict[str, Any], batching: Batching) -> dict[str, Any]:
    """Let recipients stand either in the body or in a source of their own, never in both."""
    body = schema["properties"]["body"]
    inside = [name for name in body["required"] if name in batching.fields]
    shared = {**body, "required": [name for name in body["required"] if name not in inside]}
    none_inside = {"not": {"anyOf": [{"required": [name]} for name in batching.fields]}}
    return {
        **schema,
        "properties": {**schema["properties"], "body": shared, RECIPIENTS: _source(bool(batching.fields[1:]))},
        "if": {"required": [RECIPIENTS]},
        "then": {"properties": {"body": none_inside}},
        "else": {"properties": {"body": {"required": inside}}},
    }


def _source(placeholders: bool) -> dict[str, Any]:
    """Describe where recipients stand."""
    properties: dict[str, Any] = {
        "file": _text("CSV, TSV, JSON Lines or Excel file with a recipient a row; relative to the draft's folder."),
        "text": _text("The rows themselves, in place of a file."),
        "user": _text("The column that holds the user id."),
        "format": _word("How the rows are written; otherwise the file's name tells.", list(TableFormat)),
        "encoding": _word("Otherwise UTF-8 if it can be, else GB18030; a byte order mark counts.", list(TableEncoding)),
        "sheet": _text("Of an Excel file; otherwise the first."),
    }
    if placeholders:
        properties["values"] = {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "For each placeholder, without its braces, the column that fills it.",
        }
    return {
        "type": "object",
        "properties": properties,
        "required": ["user"],
        "oneOf": [{"required": ["file"]}, {"required": ["text"]}],
        "additionalProperties": False,
        "description": "Where the recipients stand, if not in the body. Any number of them.",
    }


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "description": description}


def _word(description: str, words: list[str]) -> dict[str, Any]:
    return {"enum": [str(word) for word in words], "description": description}
