"""Users: reading them, nickname and display style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.users import CHANGE_USER, LIST_USERS, READ_USER
from pushtui.providers.agora.users_model import UserChange
from pushtui.sandbox.agora import devices
from pushtui.sandbox.agora.access import known_user
from pushtui.sandbox.agora.data import AgoraUser
from pushtui.sandbox.agora.delivery import person_of
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.paging import cut
from pushtui.sandbox.agora.subject import CHANGED, READ, Subject, argument
from pushtui.sandbox.agora.words import echoed
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

PAGE = 10

_PRINTED = (
    ("notification_display_style", "display_style"),
    ("nickname", "nickname"),
    ("notification_no_disturbing", "legacy_quiet"),
    ("notification_no_disturbing_start", "legacy_start"),
    ("notification_no_disturbing_end", "legacy_end"),
    ("notifier_name", "notifier_name"),
    ("device_token", "device_token"),
)
"""What an answer calls each value, and what it is called here; it is absent as long as it was never set."""


def entity(user: AgoraUser) -> JsonObject:
    """Write a user the way the pages print one."""
    printed: JsonObject = {
        "uuid": user.uuid,
        "type": "user",
        "created": user.created,
        "modified": user.modified,
        "username": user.username,
        "activated": user.activated,
    }
    for name, attribute in _PRINTED:
        value: JsonValue = getattr(user, attribute)
        if value is not None:
            printed[name] = value
    return printed


def object_to_user(details: ErrorDetails, given: JsonObject) -> Refusal:
    """Object to what a user shall be called, or to something else about one."""
    name, kind = str(details["loc"][-1]), details["type"]
    if name == "username" and kind == "missing":
        return Refusal(Key.ARGUMENT, "Entity 'user' requires a property named username")
    if kind == "string_too_long":
        return Refusal(Key.ARGUMENT, f"{name.upper()}_TOO_LONG")
    if name == "username" and kind == "string_pattern_mismatch":
        return Refusal(Key.ARGUMENT, f"{echoed(details['input'])} is not legal")
    return argument(details, given)


def change_user(state: SandboxState, call: Call, request: UserChange) -> JsonObject:
    """Change what is given, and leave the rest; a token with a certificate also binds the device."""
    user = known_user(state, call.parameters["username"])
    given = request.model_dump(exclude_none=True)
    for name, attribute in _PRINTED:
        if name in given:
            setattr(user, attribute, given[name])
    if request.device_token is not None and request.notifier_name:
        _bind(state, user, request.device_id or "", request.device_token, request.notifier_name)
    user.modified = milliseconds(state)
    return {"entities": [entity(user)]}


def read_user(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer one user, with the devices."""
    user = known_user(state, call.parameters["username"])
    return {"entities": [_with_devices(user)], "count": 1}


def list_users(state: SandboxState, call: Call, request: Page) -> JsonObject:
    """Answer a page of users, first registered first."""
    chosen, cursor = cut(list(state.agora.users.values()), request, PAGE)
    params: dict[str, list[JsonValue]] = {}
    for name, value in call.query_pairs:
        params.setdefault(name, []).append(value)
    shown: JsonObject = {"params": {**params}} if params else {}
    return {**shown, "entities": [_with_devices(user) for user in chosen], "count": len(chosen), **cursor}


def _bind(state: SandboxState, user: AgoraUser, device_id: str, token: str, notifier: str) -> None:
    """Bind a device that may not be named: it is the handset that the certificate is for."""
    person = person_of(state, user)
    device = device_id or devices.reached(person, "", notifier) or notifier
    devices.bind(user, person, device, token, notifier)


def _with_devices(user: AgoraUser) -> JsonObject:
    found: list[JsonValue] = [
        {"device_Id": item.device_id, "device_token": item.device_token, "notifier_name": item.notifier_name}
        for item in user.bindings
    ]
    return {**entity(user), "pushInfo": found} if found else entity(user)


SUBJECTS = (
    Subject(CHANGED, object_to_user, (Operation(CHANGE_USER, change_user),)),
    Subject(READ, argument, (Operation(READ_USER, read_user), Operation(LIST_USERS, list_users))),
)
