"""Tencent Chat: what every command goes through, and which commands there are.

Every answer is HTTP 200; the envelope says what happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushtui.domain.json_body import JsonObject
from pushtui.providers.tencent import codes
from pushtui.sandbox.cloud import Call, Cloud, Failure, Operation, Refusal
from pushtui.sandbox.tencent import attributes, push, users
from pushtui.sandbox.tencent.auth import check_admin, check_app, check_query, check_user_sig, credential
from pushtui.sandbox.tencent.families import DO_NOT_DISTURB, family_of
from pushtui.sandbox.tencent.pacing import LIMITS, check_pace
from pushtui.sandbox.tencent.reading import read

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def check_switch(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse a feature that is off in the console."""
    if not operation.switched_on(state):
        is_silence = family_of(call.path) is DO_NOT_DISTURB
        raise Refusal(codes.DO_NOT_DISTURB_DISABLED if is_silence else codes.PUSH_DISABLED)


def succeed(_state: SandboxState, _operation: Operation[Any], call: Call, body: JsonObject) -> JsonObject:
    """Write the envelope of a success."""
    return family_of(call.path).succeeded(body)


def refuse(_state: SandboxState, call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write the envelope of an error; HTTP says 200 all the same."""
    code = int(refusal.code)
    return 200, family_of(call.path).failed(code, refusal.text or codes.CODES[code].text)


def unrouted(_state: SandboxState, _call: Call, methods: tuple[str, ...]) -> Refusal:
    """Say that there is nothing at a path, or that only POST is understood."""
    return Refusal(codes.BAD_HTTP if methods else codes.NO_SUCH_PATH)


TENCENT = Cloud(
    name="tencent",
    operations=(*push.OPERATIONS, *attributes.OPERATIONS, *users.OPERATIONS),
    checks=(check_app, check_query, check_user_sig, check_admin, check_switch, check_pace),
    read=read,
    succeed=succeed,
    refuse=refuse,
    unrouted=unrouted,
    limits=LIMITS,
    failures={
        Failure.OVER_RATE: Refusal(codes.TOO_OFTEN),
        Failure.OVER_QUOTA: Refusal(codes.PUSHES_USED_UP),
        Failure.FAILED_INSIDE: Refusal(codes.FAILED_INSIDE),
        Failure.TIMED_OUT: Refusal(codes.TIMED_OUT),
        Failure.CREDENTIAL_EXPIRED: Refusal(codes.USER_SIG_EXPIRED),
    },
    credential=credential,
)
