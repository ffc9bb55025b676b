"""Users: registering, reading, nickname and display style, state, devices."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora import users
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.users_model import NewUser, NewUsers, PushNicknames, StatusQuery, UserChange
from pushtui.sandbox.agora.access import known_user
from pushtui.sandbox.agora.data import AgoraUser, bindings_of
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.paging import cut
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


def password_hash(password: str) -> str:
    """Return what is kept of a password."""
    return hashlib.sha256(password.encode("utf-8", "replace")).hexdigest()


def change_user(state: SandboxState, call: Call, request: UserChange) -> JsonObject:
    """Change what is given, and leave the rest."""
    user = known_user(state, call.parameters["username"])
    given = request.model_dump(exclude_none=True)
    for name, attribute in _PRINTED:
        if name in given:
            setattr(user, attribute, given[name])
    user.modified = milliseconds(state)
    return {"entities": [entity(user)]}


def read_user(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer one user, with the devices."""
    user = known_user(state, call.parameters["username"])
    return {"entities": [_with_devices(user)], "count": 1}


def list_users(state: SandboxState, call: Call, request: Page) -> JsonObject:
    """Answer a page of users, first registered first."""
    chosen, cursor = cut(list(state.agora.users.values()), request, PAGE)
    params: JsonObject = {"params": {name: [value] for name, value in call.query.items()}} if call.query else {}
    return {**params, "entities": [_with_devices(user) for user in chosen], "count": len(chosen), **cursor}


def register(state: SandboxState, call: Call, request: NewUsers) -> JsonObject:
    """Register one user, or a list of which some may fail."""
    if not call.body.lstrip().startswith(b"["):
        (new,) = request.users
        if new.username in state.agora.users:
            raise Refusal(Key.DUPLICATE, _taken(new.username))
        return {"entities": [entity(_registered(state, new))]}
    done: list[JsonValue] = []
    failed: list[JsonValue] = []
    for index, new in enumerate(request.users):
        reason = _reason_against(state, call, index, new)
        if reason:
            failed.append({"username": new.username, "registerUserFailReason": reason})
        else:
            done.append(entity(_registered(state, new)))
    return {"entities": done, "data": failed}


def read_status(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer whether a user is online."""
    user = known_user(state, call.parameters["username"])
    return {"entities": [], "data": {user.username: status(state, user)}, "count": 0}


def read_statuses(state: SandboxState, _call: Call, request: StatusQuery) -> JsonObject:
    """Answer whether users are online; whoever does not exist is offline."""
    found: list[JsonValue] = [{name: status(state, state.agora.users.get(name))} for name in request.usernames]
    return {"action": "get batch user status", "data": found}


def set_nicknames(state: SandboxState, _call: Call, request: PushNicknames) -> JsonObject:
    """Change the nicknames of many."""
    changed = [(known_user(state, item.username), item.push_nickname) for item in request.nicknames]
    for user, nickname in changed:
        user.nickname, user.modified = nickname, milliseconds(state)
    return {"entities": [{"username": user.username, "push_nickname": nickname} for user, nickname in changed]}


def status(state: SandboxState, user: AgoraUser | None) -> str:
    """Say online or offline."""
    person = state.people.get(user.person) if user else None
    return "online" if person and person.online else "offline"


def _with_devices(user: AgoraUser) -> JsonObject:
    devices: list[JsonValue] = [
        {"device_Id": item.device_id, "device_token": item.device_token, "notifier_name": item.notifier_name}
        for item in user.bindings
    ]
    return {**entity(user), "pushInfo": devices} if devices else entity(user)


def _reason_against(state: SandboxState, call: Call, index: int, new: NewUser) -> str:
    if new.username in state.agora.users:
        return f"the {new.username} already exists"
    return "server internal error" if call.spoils(index) else ""


def _registered(state: SandboxState, new: NewUser) -> AgoraUser:
    person = state.meet(new.username, new.nickname or new.username)
    now = milliseconds(state)
    user = AgoraUser(new.username, state.randomness.identifier(), now, now, person.id, nickname=new.nickname)
    user.password_hash = password_hash(new.password) if new.password else ""
    user.bindings = bindings_of(person)
    return state.agora.add(user)


def _taken(username: str) -> str:
    return f"Application null Entity user requires that property named username be unique, value of {username} exists"


OPERATIONS = (
    Operation(users.CHANGE_USER, change_user),
    Operation(users.READ_USER, read_user),
    Operation(users.LIST_USERS, list_users),
    Operation(users.REGISTER_USERS, register),
    Operation(users.READ_STATUS, read_status),
    Operation(users.READ_STATUSES, read_statuses),
    Operation(users.SET_NICKNAMES, set_nicknames),
)
