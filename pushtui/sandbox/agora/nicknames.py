"""The nicknames of many users at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, get
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.users import SET_NICKNAMES
from pushtui.providers.agora.users_model import PushNicknames
from pushtui.sandbox.agora.access import known_user
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.subject import ENTITIES, Subject, argument
from pushtui.sandbox.agora.words import echoed
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def set_nicknames(state: SandboxState, _call: Call, request: PushNicknames) -> JsonObject:
    """Change the nicknames of many; if one of them does not exist, of none."""
    changed = [(known_user(state, item.username), item.push_nickname) for item in request.nicknames]
    for user, nickname in changed:
        user.nickname, user.modified = nickname, milliseconds(state)
    return {"entities": [{"username": user.username, "push_nickname": nickname} for user, nickname in changed]}


def _object(details: ErrorDetails, given: JsonObject) -> Refusal:
    kind, where = details["type"], details["loc"]
    if kind == "too_long":
        return Refusal(Key.ARGUMENT, "put user push nicknames exceeds the limit")
    if kind == "too_short" or (details["input"] is None and len(where) == 1):
        return Refusal(Key.ARGUMENT, "put user push nicknames illegal empty request body")
    if kind == "string_too_long" and where[-1] == "push_nickname":
        username = echoed(get(given, (*where[:-1], "username")))
        return Refusal(Key.ARGUMENT, f"{username} push nickname length exceeds the limit")
    return argument(details, given)


SUBJECTS = (Subject(ENTITIES, _object, (Operation(SET_NICKNAMES, set_nicknames),)),)
