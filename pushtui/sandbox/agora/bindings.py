"""Devices and the push certificates they are bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.base_model import Nothing
from pushtui.providers.agora.users import BIND, READ_BINDINGS
from pushtui.providers.agora.users_model import Binding
from pushtui.sandbox.agora import devices
from pushtui.sandbox.agora.access import settings_user
from pushtui.sandbox.agora.delivery import person_of
from pushtui.sandbox.agora.subject import ENTITIES, Subject, parameter
from pushtui.sandbox.cloud import Call, Operation

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def bind(state: SandboxState, call: Call, request: Binding) -> JsonObject:
    """Bind a device, or unbind it."""
    user = settings_user(state, call)
    devices.bind(user, person_of(state, user), request.device_id, request.device_token, request.notifier_name)
    return {"entities": [request.model_dump()]}


def read_bindings(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer all bindings of a user."""
    found: list[JsonValue] = [
        {"device_id": item.device_id, "device_token": item.device_token, "notifier_name": item.notifier_name}
        for item in settings_user(state, call).bindings
    ]
    return {"entities": found}


SUBJECTS = (Subject(ENTITIES, parameter, (Operation(BIND, bind), Operation(READ_BINDINGS, read_bindings))),)
