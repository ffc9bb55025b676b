"""Who calls: the query of every request, the UserSig in it, and the admin's right."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pushtui.providers.tencent.protocol import CONTENT_TYPE, LARGEST_RANDOM
from pushtui.providers.tencent.user_sig import Flaw, verify
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tencent.families import PUSH, family_of

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.tencent.data import TencentData

NO_SDKAPPID = 60012
BAD_QUERY = 60025
UNKNOWN_SDKAPPID = 70020
TOO_MANY_FAILURES = 70050
NOT_ADMIN = 60010

_LOCKED = timedelta(minutes=1)
_LONGEST_NUMBER = 10
"""Digits of 32 bits."""


def credential(call: Call) -> str:
    """Return what stands for the UserSig wherever it is remembered; it cannot be used in its place."""
    return hashlib.sha256(call.query.get("usersig", "").encode("utf-8", "replace")).hexdigest()


def check_app(state: SandboxState, _operation: Operation[Any], _call: Call) -> None:
    """Refuse everything, if the settings say so."""
    if state.settings.tencent.refusal_code:
        raise Refusal(state.settings.tencent.refusal_code)


def check_query(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a query that lacks something or is garbled, and apps that do not exist."""
    query = call.query
    if not query.get("sdkappid"):
        raise Refusal(NO_SDKAPPID)
    sdkappid, random = _number(query["sdkappid"]), _number(query.get("random", ""))
    complete = query.get("identifier") and query.get("usersig") and query.get("contenttype") == CONTENT_TYPE
    if not complete or sdkappid is None or random is None or random > LARGEST_RANDOM:
        raise Refusal(BAD_QUERY)
    if sdkappid != state.credentials.sdkappid:
        raise Refusal(UNKNOWN_SDKAPPID)


def check_user_sig(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a UserSig with its own code for each flaw; after too many, any UserSig for a minute."""
    identifier, now = call.query["identifier"], state.clock.now()
    if _locked(state, identifier, now):
        raise Refusal(TOO_MANY_FAILURES)
    known = state.credentials
    flaw = verify(call.query["usersig"], known.secret_key, known.sdkappid, identifier, now)
    if flaw is None and credential(call) in state.expired:
        flaw = Flaw.EXPIRED
    if flaw is None:
        return
    if flaw is not Flaw.EXPIRED:
        _remember(state.tencent, identifier, now)
    raise Refusal(flaw.value)


def check_admin(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse callers who prove to be somebody, but not the app's admin."""
    if call.query["identifier"] != state.credentials.admin:
        raise Refusal(state.settings.tencent.not_admin_code if family_of(call.path) is PUSH else NOT_ADMIN)


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if fits else None


def _locked(state: SandboxState, identifier: str, now: datetime) -> bool:
    allowed = state.settings.tencent.failed_verifications if state.settings.limits else 0
    return 0 < allowed <= len(_recent(state.tencent.failed_verifications.get(identifier, []), now))


def _remember(data: TencentData, identifier: str, now: datetime) -> None:
    """Add a failure, and forget those that no longer count."""
    data.failed_verifications.setdefault(identifier, []).append(now)
    recent = {name: _recent(times, now) for name, times in data.failed_verifications.items()}
    data.failed_verifications = {name: times for name, times in recent.items() if times}


def _recent(times: list[datetime], now: datetime) -> list[datetime]:
    return [time for time in times if now - time < _LOCKED]
