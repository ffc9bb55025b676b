"""Reads bodies and queries as patiently as Agora Chat, and objects in its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonValue, dotted, get
from pushtui.providers.agora.codes import Key
from pushtui.providers.base import Encoding
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tolerance import NotReadable, coerce, read_object

if TYPE_CHECKING:
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.state import SandboxState

LARGEST_PAGE = 100


def read(_state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read body or query into the request model, or refuse with what the cloud objects to first."""
    endpoint = operation.endpoint
    given = _query(call) if endpoint.encoding is Encoding.NONE else _body(endpoint.request_model, call)
    try:
        request: WireModel = coerce(endpoint.request_model, given, {})
        return request
    except ValidationError as error:
        object_to = next(object_to for path, object_to in _OBJECTIONS if endpoint.path.startswith(path))
        raise object_to(error.errors(include_url=False)[0], given) from None


def _query(call: Call) -> JsonObject:
    """Return the query; a page is never larger than it may be."""
    query: JsonObject = dict(call.query)
    limit = call.query.get("limit", "")
    if limit.isascii() and limit.isdigit():
        query["limit"] = min(int(limit[:9]), LARGEST_PAGE)
    return query


def _body(model: Any, call: Call) -> JsonObject:
    """Return the body as an object; a list becomes the one field of a model that is a bare list."""
    value = _json(call)
    if model.BARE_LIST:
        value = {model.BARE_LIST: value if isinstance(value, list) else [value]}
    try:
        return read_object(json.dumps(value).encode())
    except (NotReadable, RecursionError):
        raise Refusal(Key.ARGUMENT) from None


def _json(call: Call) -> JsonValue:
    if not call.body.strip():
        text = "put user push nicknames illegal empty request body" if call.path == "/push/nickname" else ""
        raise Refusal(Key.ARGUMENT, text)
    try:
        value: JsonValue = json.loads(call.body)
        return value
    except json.JSONDecodeError as error:
        letter = error.doc[error.pos : error.pos + 1]
        raise Refusal(Key.NOT_JSON, f"Unexpected character ({letter!r}): expected a valid value") from None
    except (ValueError, RecursionError):
        raise Refusal(Key.NOT_JSON) from None


def _argument(_details: ErrorDetails, _given: JsonObject) -> Refusal:
    return Refusal(Key.ARGUMENT)


def _parameter(details: ErrorDetails, _given: JsonObject) -> Refusal:
    return Refusal(Key.PARAMETER, f"parameters is invalid : {_field(details)}")


def _push(details: ErrorDetails, _given: JsonObject) -> Refusal:
    """Object to the message as such, or to what stands beside it."""
    field = _field(details)
    if field.startswith("pushMessage"):
        return Refusal(Key.BAD_PUSH, f"{field} is invalid")
    return Refusal(Key.PARAMETER, f"parameters is invalid : {field}")


def _status(details: ErrorDetails, _given: JsonObject) -> Refusal:
    if details["type"] == "too_long":
        return Refusal(Key.ARGUMENT, "request body exceeds maximum limit, max 100")
    return Refusal(Key.ARGUMENT)


def _nicknames(details: ErrorDetails, given: JsonObject) -> Refusal:
    if details["type"] == "too_long":
        return Refusal(Key.ARGUMENT, "put user push nicknames exceeds the limit")
    if details["type"] == "too_short":
        return Refusal(Key.ARGUMENT, "put user push nicknames illegal empty request body")
    if details["type"] == "string_too_long" and details["loc"][-1] == "push_nickname":
        username = get(given, (*details["loc"][:-1], "username"))
        return Refusal(Key.ARGUMENT, f"{username} push nickname length exceeds the limit")
    return Refusal(Key.ARGUMENT)


def _users(details: ErrorDetails, _given: JsonObject) -> Refusal:
    """Object to a registration, or to a change of nickname or style."""
    name, kind = str(details["loc"][-1]), details["type"]
    if name == "username" and kind == "missing":
        return Refusal(Key.ARGUMENT, "Entity 'user' requires a property named username")
    if kind == "string_too_long":
        return Refusal(Key.ARGUMENT, f"{name.upper()}_TOO_LONG")
    if name == "username":
        return Refusal(Key.ARGUMENT, f"{details['input']} is not legal")
    return Refusal(Key.ARGUMENT)


def _token(details: ErrorDetails, _given: JsonObject) -> Refusal:
    if details["loc"][-1] == "grant_type" and details["type"] != "missing":
        return Refusal(Key.GRANT, "grant_type is not supported")
    return Refusal(Key.ARGUMENT, f"{_field(details)} must be provided." if details["type"] == "missing" else "")


def _field(details: ErrorDetails) -> str:
    return dotted(tuple(details["loc"])) or "body"


_OBJECTIONS: tuple[tuple[str, Callable[[ErrorDetails, JsonObject], Refusal]], ...] = (
    ("/token", _token),
    ("/users/batch/status", _status),
    ("/users/{username}/notification", _parameter),
    ("/users/{username}/push/binding", _parameter),
    ("/users", _users),
    ("/notification/template", _parameter),
    ("/push/nickname", _nicknames),
    ("/push/label", _argument),
    ("/push/", _push),
    ("", _argument),
)
"""How a path begins, and how it objects; the first that fits counts."""
