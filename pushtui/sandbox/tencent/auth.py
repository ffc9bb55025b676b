"""Who calls: the query of every request, the UserSig in it, and the admin's right."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pushtui.providers.tencent import codes
from pushtui.providers.tencent.protocol import CONTENT_TYPE, LARGEST_NUMBER
from pushtui.providers.tencent.user_sig import Flaw, verify
from pushtui.providers.tencent.values import USER_ID_BYTES
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tencent.data import is_recent
from pushtui.sandbox.tencent.families import PUSH, family_of

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

_LOCKED = timedelta(minutes=1)
_DIGITS = len(str(LARGEST_NUMBER))
_IDENTIFIERS = 1000
"""More are not watched: the one that was wrong longest ago is forgotten."""


def credential(call: Call) -> str:
    """Return what stands for the UserSig wherever it is remembered; it cannot be used in its place."""
    user_sig = call.query.get("usersig", "")
    return hashlib.sha256(user_sig.encode("utf-8", "replace")).hexdigest() if user_sig else ""


def check_app(state: SandboxState, _operation: Operation[Any], _call: Call) -> None:
    """Refuse everything, if the settings say so."""
    if state.settings.tencent.refusal_code:
        raise Refusal(state.settings.tencent.refusal_code)


def check_query(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a query that lacks something or is garbled, and apps that do not exist."""
    query = call.query
    if not query.get("sdkappid"):
        raise Refusal(codes.NO_SDKAPPID)
    sdkappid, random = _number(query["sdkappid"]), _number(query.get("random", ""))
    complete = query.get("identifier") and query.get("usersig") and query.get("contenttype") == CONTENT_TYPE
    if not complete or sdkappid is None or random is None or random > LARGEST_NUMBER:
        raise Refusal(codes.BAD_QUERY)
    if sdkappid != state.credentials.sdkappid:
        raise Refusal(codes.UNKNOWN_SDKAPPID)


def check_user_sig(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a UserSig with its own code for each flaw; after too many, any UserSig for a minute."""
    identifier, now = call.query["identifier"], state.clock.now()
    if _is_locked(state, identifier, now):
        raise Refusal(codes.TOO_MANY_FAILURES)
    known = state.credentials
    flaw = verify(call.query["usersig"], known.secret_key, known.sdkappid, identifier, now)
    if flaw is None and credential(call) in state.expired:
        flaw = Flaw.EXPIRED
    if flaw is None:
        return
    if flaw is not Flaw.EXPIRED:
        _remember(state, identifier, now)
    raise Refusal(flaw.value)


def check_admin(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse callers who prove to be somebody, but not the app's admin."""
    if call.query["identifier"] != state.credentials.admin:
        raise Refusal(state.settings.tencent.not_admin_code if family_of(call.path) is PUSH else codes.NOT_ADMIN)


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if fits else None


def _allowed(state: SandboxState) -> int:
    """Return how many UserSigs may be wrong within a minute; 0: any number, and none is remembered."""
    return state.settings.tencent.failed_verifications if state.settings.limits else 0


def _is_locked(state: SandboxState, identifier: str, now: datetime) -> bool:
    return 0 < _allowed(state) <= len(_recent(state, _watched(identifier), now))


def _remember(state: SandboxState, identifier: str, now: datetime) -> None:
    """Add a failure, as far as it counts."""
    if not _allowed(state):
        return
    name, failures = _watched(identifier), state.tencent.failed_verifications
    times = [*_recent(state, name, now), now]
    failures.pop(name, None)
    failures[name] = times
    if len(failures) > _IDENTIFIERS:
        del failures[next(iter(failures))]


def _watched(identifier: str) -> str:
    """Return what an identifier is remembered by; no account's is longer."""
    return identifier[:USER_ID_BYTES]


def _recent(state: SandboxState, name: str, now: datetime) -> list[datetime]:
    times = state.tencent.failed_verifications.get(name, [])
    return [time for time in times if is_recent(time, now, _LOCKED)]
