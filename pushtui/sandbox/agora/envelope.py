"""What Agora Chat writes round its answers, as its pages print them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pushtui.domain.json_body import JsonObject
from pushtui.providers.agora.codes import CODES, Key
from pushtui.sandbox.agora.data import APPLICATION
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.subject import ALONE, Shape
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.providers.base import Endpoint
    from pushtui.sandbox.state import SandboxState

_BELOW_APP_ID_ABSENT = frozenset(("organization", "application", "applicationName"))
_OWN_HOSTS = frozenset(("", "127.0.0.1", "localhost", "[::1]"))
_PORT = re.compile(r":\d+$")
_BRACES = re.compile(r"\{(\w+)\}")
_SENDING = frozenset(("push", kind) for kind in ("sync", "async", "single", "list", "task"))
_LONGEST_WORK = 24
"""Milliseconds."""


def succeed(state: SandboxState, operation: Operation[Any], call: Call, body: JsonObject, shape: Shape) -> JsonObject:
    """Write a success: what the operation returned, and of the rest what its shape has."""
    if shape == ALONE:
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
    return {name: known[name] for name in shape if name in known and name not in missing}


def refuse(state: SandboxState, call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write an error."""
    key = Key(str(refusal.code))
    if key is Key.RATE_LIMIT and _sends(call) and state.settings.agora.push_limit_answers_403:
        key, refusal = Key.PUSH_LIMIT, Refusal(Key.PUSH_LIMIT)
    code = CODES[key]
    return code.http, {
        "error": code.error,
        "exception": code.exception,
        "timestamp": milliseconds(state),
        "duration": 0,
        "error_description": refusal.text or code.text,
    }


def _sends(call: Call) -> bool:
    """Tell whether a call sends a push; one that a fault refuses still has the app in front."""
    below = call.segments if call.base else call.segments[2:]
    return below[:2] in _SENDING


def _uri(state: SandboxState, endpoint: Endpoint[Any], call: Call) -> str:
    """Write the address the way the pages print it: nobody should rely on it.

    Users are answered with the host that was asked, all else with localhost, as are users if that
    was only the sandbox. Changes leave the user's name out, settings too, and deleting a template
    leaves the template's.
    """
    path = endpoint.path.replace("/users/{username}/notification", "/users/notification")
    if endpoint.method != "GET":
        path = path.removesuffix("/{username}")
    if endpoint.method == "DELETE":
        path = path.removesuffix("/{name}")
    path = _BRACES.sub(lambda name: call.parameters[name[1]], path)
    plain = endpoint.path.startswith("/users") and "/notification" not in endpoint.path
    asked = call.headers.get("host", "") if plain else ""
    host = "localhost" if _PORT.sub("", asked) in _OWN_HOSTS else asked
    return f"https://{host}/{state.credentials.org_name}/{state.credentials.app_name}{path}"
