"""Registering users: one alone, or a list of which some may fail."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.providers.agora.base_model import AgoraModel
from pushtui.providers.agora.codes import CODES, Key
from pushtui.providers.agora.users import REGISTER_USERS
from pushtui.providers.agora.users_model import USERS_AT_ONCE, NewUser
from pushtui.providers.wire import Wire
from pushtui.sandbox.agora.data import AgoraUser
from pushtui.sandbox.agora.devices import logged_in, tokens_of
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.reading import read_object, reading_as
from pushtui.sandbox.agora.subject import CHANGED, Subject, argument
from pushtui.sandbox.agora.users import entity, object_to_user
from pushtui.sandbox.agora.words import FAILED_INSIDE, echoed, taken
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


class Registration(AgoraModel):
    """What came: an object is one user, a list is many, whose rows are looked at one by one."""

    BARE_LIST: ClassVar[str] = "users"

    users: Annotated[Any, Wire("Who is registered.")]


def password_hash(password: str) -> str:
    """Return what is kept of a password."""
    return hashlib.sha256(password.encode("utf-8", "replace")).hexdigest()


def register(state: SandboxState, call: Call, request: Registration) -> JsonObject:
    """Register one user, or those of a list who can be."""
    if not isinstance(request.users, list):
        return {"entities": [_registered(state, _legal(request.users))]}
    if not 1 <= len(request.users) <= USERS_AT_ONCE:
        raise Refusal(Key.ARGUMENT)
    for row in request.users:
        _check_row(state, row)
    done: list[JsonValue] = []
    failed: list[JsonValue] = []
    for index, row in enumerate(request.users):
        try:
            done.append(_row(state, row, spoiled=call.spoils(index)))
        except Refusal as refusal:
            reason = refusal.text or CODES[Key.ARGUMENT].text
            failed.append({"username": echoed(row["username"]), "registerUserFailReason": reason})
    return {"entities": done, "data": failed}


def _check_row(state: SandboxState, row: Any) -> None:
    """Refuse the whole list for a row that names nobody, or for any that is wrong if that is set."""
    if not isinstance(get(row, ("username",)), str) or not state.settings.agora.illegal_rows_fail_alone:
        _legal(row)


def _row(state: SandboxState, row: Any, *, spoiled: bool) -> JsonObject:
    new = _legal(row)
    if new.username in state.agora.users:
        raise Refusal(Key.DUPLICATE, f"the {new.username} already exists")
    if spoiled:
        raise Refusal(Key.INTERNAL, FAILED_INSIDE)
    return _registered(state, new)


def _legal(row: Any) -> NewUser:
    """Read a user; raises Refusal."""
    if not isinstance(row, dict):
        raise Refusal(Key.ARGUMENT)
    return read_object(NewUser, row, object_to_user)


def _registered(state: SandboxState, new: NewUser) -> JsonObject:
    if new.username in state.agora.users:
        raise taken("user", "username", new.username)
    person = state.meet(new.username, new.nickname or new.username)
    now = milliseconds(state)
    user = AgoraUser(new.username, state.randomness.identifier(), now, now, person.id, nickname=new.nickname)
    user.password_hash = password_hash(new.password) if new.password else ""
    user.bindings, user.tokens = logged_in(person), tokens_of(person)
    return entity(state.agora.add(user))


SUBJECTS = (Subject(CHANGED, argument, (Operation(reading_as(REGISTER_USERS, Registration), register),)),)
