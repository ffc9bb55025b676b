"""Who is calling: 007 tokens, tokens from /token, and what a user's token may touch."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pushtui.providers.agora.app_token import VERSION, CorruptToken, ExpiredToken, ForeignToken, NotForChat, verify
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.tokens import TOKEN
from pushtui.providers.agora.users import READ_USER, REGISTER_USERS
from pushtui.sandbox.agora.data import APPLICATION, AgoraUser
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.words import echoed
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

OWN = "YWMt"
"""How the cloud's own tokens begin."""

_SCHEME = "bearer "


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a token stands for, and until when."""

    user: str
    """A user's UUID; empty for the app."""
    ends: int
    """Epoch milliseconds; 0 is never."""


def bearer(call: Call) -> str:
    """Return the token of a call; empty if there is none."""
    given = call.headers.get("authorization", "")
    return given[len(_SCHEME) :].strip() if given.lower().startswith(_SCHEME) else ""


def check_access(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse a call whose token opens nothing, or not this."""
    name = operation.endpoint.name
    if name == TOKEN.name:
        return
    if name == REGISTER_USERS.name:
        _check_registration(state, call)
        return
    if name == READ_USER.name and state.settings.agora.unknown_user_before_token and not bearer(call):
        known_user(state, call.parameters["username"])
    caller = caller_of(state, bearer(call))
    if caller.user:
        _check_own(state, caller.user, call)


def caller_of(state: SandboxState, token: str) -> Caller:
    """Tell whom a token stands for; raises Refusal."""
    if token.startswith(VERSION) and not state.settings.agora.token_exchange_required:
        return caller_of_agora(state, token)
    _check_there(state, token)
    known = state.agora.tokens.get(token)
    if known is None:
        raise Refusal(Key.FOREIGN if _looks_right(token) else Key.CORRUPT)
    if known.ends and milliseconds(state) >= known.ends:
        raise Refusal(Key.EXPIRED_OR_MISSING)
    return Caller(known.user, known.ends)


def caller_of_agora(state: SandboxState, token: str) -> Caller:
    """Tell whom a 007 token stands for; raises Refusal, also for a token of another kind."""
    _check_there(state, token)
    mine = state.credentials
    try:
        read = verify(token, mine.app_id, mine.app_certificate, state.clock.now().timestamp())
    except CorruptToken:
        raise Refusal(Key.CORRUPT) from None
    except ForeignToken:
        raise Refusal(Key.FOREIGN) from None
    except ExpiredToken:
        raise Refusal(Key.EXPIRED_OR_MISSING) from None
    except NotForChat:
        raise Refusal(Key.WRONG_KIND_OF_TOKEN) from None
    user = state.agora.find(read.user)
    return Caller(user.uuid if user else read.user, read.expires_at * 1000)


def find_user(state: SandboxState, key: str) -> AgoraUser | None:
    """Return a user by name or UUID, as patiently as is set."""
    return state.agora.find(key.lower() if state.settings.agora.usernames_folded else key)


def known_user(state: SandboxState, key: str, otherwise: Key = Key.NO_SUCH_USER) -> AgoraUser:
    """Return a user by name or UUID; raises Refusal with the given code."""
    user = find_user(state, key)
    if user is None:
        raise Refusal(otherwise)
    return user


def settings_user(state: SandboxState, call: Call) -> AgoraUser:
    """Return the user whose push settings a call is about; raises Refusal as those operations do."""
    return known_user(state, call.parameters["username"], Key.NO_SUCH_SETTINGS_USER)


def _check_there(state: SandboxState, token: str) -> None:
    if not token or token in state.expired:
        raise Refusal(Key.EXPIRED_OR_MISSING)


def _check_registration(state: SandboxState, call: Call) -> None:
    if state.settings.agora.registration_open:
        return
    try:
        caller = caller_of(state, bearer(call))
    except Refusal:
        raise Refusal(Key.REGISTRATION_CLOSED) from None
    if caller.user:
        raise Refusal(Key.REGISTRATION_CLOSED)


def _check_own(state: SandboxState, uuid: str, call: Call) -> None:
    """A user's token opens nothing but the user's own addresses."""
    wanted = call.parameters.get("username", "")
    user = find_user(state, wanted)
    if user is None or user.uuid != uuid:
        target = f"/users/{user.uuid if user else echoed(wanted)}" if wanted else echoed(call.path)
        what = f"[applications:{call.method.lower()}:{APPLICATION}:{target}]"
        raise Refusal(Key.NOT_PERMITTED, f"Subject does not have permission {what}")


def _looks_right(token: str) -> bool:
    """Tell whether some app may have got this token."""
    if not token.startswith(OWN) or not token.isascii():
        return False
    body = token[len(OWN) :]
    try:
        return len(b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)) >= 16
    except (binascii.Error, ValueError):
        return False
