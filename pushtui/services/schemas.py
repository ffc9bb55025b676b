"""JSON Schemas of draft files, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.providers.kinds import kind_named
from pushtui.providers.schema import body_schema

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject


def schema_of(kind: str) -> JsonObject:
    """Return the schema of a draft file of one kind; raises DraftError for an unknown kind."""
    found = kind_named(kind)
    body = body_schema(found)
    definitions = body.pop("$defs", {})
    return {
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
