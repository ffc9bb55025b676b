"""Devices and the push certificates they are bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.base_model import Nothing
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.users import BIND, READ_BINDINGS
from pushtui.providers.agora.users_model import Binding as BindingRequest
from pushtui.sandbox.agora.access import known_user
from pushtui.sandbox.agora.data import AgoraUser, Binding
from pushtui.sandbox.cloud import Call, Operation

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def bind(state: SandboxState, call: Call, request: BindingRequest) -> JsonObject:
    """Bind a device, or unbind it: from one certificate without a token, from all without a certificate."""
    user = _user(state, call)
    user.bindings = [item for item in user.bindings if not _replaced(item, request)]
    if request.device_token and request.notifier_name:
        user.bindings.append(Binding(request.device_id, request.device_token, request.notifier_name))
    return {"entities": [request.model_dump()]}


def read_bindings(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer all bindings of a user."""
    found: list[JsonValue] = [
        {"device_id": item.device_id, "device_token": item.device_token, "notifier_name": item.notifier_name}
        for item in _user(state, call).bindings
    ]
    return {"entities": found}


def _user(state: SandboxState, call: Call) -> AgoraUser:
    return known_user(state, call.parameters["username"], Key.NO_SUCH_SETTINGS_USER)


def _replaced(item: Binding, request: BindingRequest) -> bool:
    return item.device_id == request.device_id and request.notifier_name in ("", item.notifier_name)


OPERATIONS = (Operation(BIND, bind), Operation(READ_BINDINGS, read_bindings))
