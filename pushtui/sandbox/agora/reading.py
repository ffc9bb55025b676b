"""Reads bodies and queries as patiently as Agora Chat."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.codes import Key
from pushtui.providers.base import Encoding
from pushtui.sandbox.cloud import Call, Refusal
from pushtui.sandbox.tolerance import NotReadable, coerce, read_value

if TYPE_CHECKING:
    from pushtui.providers.base import Endpoint, RequestT
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.agora.subject import Objection

LARGEST_PAGE = 100


def read(endpoint: Endpoint[Any], object_to: Objection, call: Call) -> WireModel:
    """Read body or query into the request model, or refuse with what the cloud objects to first."""
    given = _query(call) if endpoint.encoding is Encoding.NONE else _body(endpoint.request_model, call)
    request: WireModel = read_object(endpoint.request_model, given, object_to)
    return request


def read_object(model: type[RequestT], given: JsonObject, object_to: Objection) -> RequestT:
    """Read an object into a model, or refuse."""
    try:
        return coerce(model, given, {})
    except ValidationError as error:
        raise object_to(error.errors(include_url=False)[0], given) from None


def reading_as(endpoint: Endpoint[Any], model: type[RequestT]) -> Endpoint[RequestT]:
    """Let an operation take more than its clients should send."""
    return replace(endpoint, request_model=model)


def _query(call: Call) -> JsonObject:
    """Return the query; a page is never larger than it may be."""
    query: JsonObject = dict(call.query)
    limit = call.query.get("limit", "")
    if limit.isascii() and limit.isdigit():
        query["limit"] = min(int(limit[:9]), LARGEST_PAGE)
    return query


def _body(model: Any, call: Call) -> JsonObject:
    """Return the body as an object; one that is no object itself becomes the one field of its model."""
    value = _json(call.body) if call.body.strip() else None
    if model.BARE_LIST:
        return {model.BARE_LIST: value}
    if not isinstance(value, dict):
        raise Refusal(Key.ARGUMENT)
    return value


def _json(body: bytes) -> JsonValue:
    try:
        return read_value(body)
    except NotReadable as error:
        raise Refusal(Key.NOT_JSON, _unexpected(error.__context__)) from None


def _unexpected(cause: BaseException | None) -> str:
    """Name the character that the parser stumbled over, if it was one."""
    if not isinstance(cause, json.JSONDecodeError):
        return ""
    letter = cause.doc[cause.pos : cause.pos + 1]
    return f"Unexpected character ({letter!r}): expected a valid value"
