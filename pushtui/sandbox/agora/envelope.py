"""What Agora Chat writes round its answers: which fields, in which order, as its pages print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushtui.domain.json_body import JsonObject
from pushtui.providers.agora.codes import CODES, Key
from pushtui.providers.agora.tokens import TOKEN
from pushtui.sandbox.agora.data import APPLICATION
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.providers.base import Endpoint
    from pushtui.sandbox.state import SandboxState

Shape = tuple[str, ...]

_BARE: Shape = ("timestamp", "data", "cursor", "duration")
_ENTITIES: Shape = ("timestamp", "entities", "action", "duration")
_STATUSES: Shape = ("action", "data", "timestamp", "duration")
_STATUS: Shape = ("action", "uri", "entities", "data", "timestamp", "duration", "count")
_READ: Shape = ("action", "params", "path", "uri", "entities", "timestamp", "duration", "cursor", "count")
_CHANGED: Shape = (
    *("action", "application", "path", "uri", "entities", "timestamp"),
    *("data", "duration", "organization", "applicationName"),
)
_TEMPLATE: Shape = (
    *("uri", "timestamp", "organization", "application", "action", "data", "cursor", "duration", "applicationName"),
)
_SETTING: Shape = ("path", *_TEMPLATE)

_SHAPES: tuple[tuple[str, str, Shape], ...] = (
    ("", "/push/nickname", _ENTITIES),
    ("", "/push/", _BARE),
    ("", "/notification/template", _TEMPLATE),
    ("", "/users/batch/status", _STATUSES),
    ("", "/users/{username}/status", _STATUS),
    ("", "/users/{username}/push/binding", _ENTITIES),
    ("", "/users/{username}/notification", _SETTING),
    ("GET", "/users", _READ),
    ("", "/messages", _SETTING),
    ("", "", _CHANGED),
)
"""Method, how the path begins, and the fields; the first that fits counts."""

_BELOW_APP_ID_ABSENT = frozenset(("organization", "application", "applicationName"))
_LONGEST_WORK = 24
"""Milliseconds."""


def succeed(state: SandboxState, operation: Operation[Any], call: Call, body: JsonObject) -> JsonObject:
    """Write a success: what the operation returned, and of the rest what its kind of answer has; tokens stand alone."""
    if operation.endpoint is TOKEN:
        return body
    known: JsonObject = {
        "action": call.method.lower(),
        "application": APPLICATION,
        "path": call.path if call.segments[0] == "messages" else "/users",
        "uri": _uri(state, operation.endpoint, call),
        "timestamp": milliseconds(state),
        "duration": int(state.randomness.nonce(), 16) % _LONGEST_WORK,
        "organization": state.credentials.org_name,
        "applicationName": state.credentials.app_name,
        **body,
    }
    missing = _BELOW_APP_ID_ABSENT if call.base.startswith("/app-id/") else frozenset[str]()
    return {name: known[name] for name in _shape(operation.endpoint) if name in known and name not in missing}


def refuse(state: SandboxState, call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write an error."""
    key = Key(str(refusal.code))
    if key is Key.RATE_LIMIT and call.path.startswith("/push/") and state.settings.agora.push_limit_answers_403:
        key, refusal = Key.PUSH_LIMIT, Refusal(Key.PUSH_LIMIT)
    code = CODES[key]
    return code.http, {
        "error": code.error,
        "exception": code.exception,
        "timestamp": milliseconds(state),
        "duration": 0,
        "error_description": refusal.text or code.text,
    }


def _shape(endpoint: Endpoint[Any]) -> Shape:
    return next(
        shape for method, path, shape in _SHAPES if method in ("", endpoint.method) and endpoint.path.startswith(path)
    )


def _uri(state: SandboxState, endpoint: Endpoint[Any], call: Call) -> str:
    """Write the address the way the pages print it: nobody should rely on it.

    Users are answered with the host that was asked, all else with localhost. Changes leave the
    user's name out, and deleting a template leaves the template's.
    """
    path = endpoint.path.replace("/users/{username}/", "/users/")
    if endpoint.method != "GET":
        path = path.removesuffix("/{username}")
    if endpoint.method == "DELETE":
        path = path.removesuffix("/{name}")
    for name, value in call.parameters.items():
        path = path.replace(f"{{{name}}}", value)
    plain = endpoint.path.startswith("/users") and "/notification" not in endpoint.path
    host = call.headers.get("host", "localhost") if plain else "localhost"
    return f"https://{host}/{state.credentials.org_name}/{state.credentials.app_name}{path}"
