"""Who is online."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.base_model import Nothing
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.users import READ_STATUS, READ_STATUSES
from pushtui.providers.agora.users_model import ASKED_AT_ONCE, StatusQuery
from pushtui.sandbox.agora.access import known_user
from pushtui.sandbox.agora.data import AgoraUser
from pushtui.sandbox.agora.subject import STATUS, STATUSES, Subject, argument
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def read_status(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer whether a user is online."""
    user = known_user(state, call.parameters["username"])
    return {"entities": [], "data": {user.username: _status(state, user)}, "count": 0}


def read_statuses(state: SandboxState, _call: Call, request: StatusQuery) -> JsonObject:
    """Answer whether users are online; whoever does not exist is offline."""
    found: list[JsonValue] = [{name: _status(state, state.agora.users.get(name))} for name in request.usernames]
    return {"action": "get batch user status", "data": found}


def _status(state: SandboxState, user: AgoraUser | None) -> str:
    person = state.people.get(user.person) if user else None
    return "online" if person and person.online else "offline"


def _object(details: ErrorDetails, given: JsonObject) -> Refusal:
    if details["type"] == "too_long":
        return Refusal(Key.ARGUMENT, f"request body exceeds maximum limit, max {ASKED_AT_ONCE}")
    return argument(details, given)


SUBJECTS = (
    Subject(STATUS, argument, (Operation(READ_STATUS, read_status),)),
    Subject(STATUSES, _object, (Operation(READ_STATUSES, read_statuses),)),
)
