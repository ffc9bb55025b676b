"""Tencent Chat: what every command goes through, and which commands there are.

Every answer is HTTP 200; the envelope says what happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushtui.domain.json_body import JsonObject
from pushtui.domain.quota import Quota
from pushtui.providers.tencent.codes import CODES
from pushtui.providers.tencent.push import PUSH
from pushtui.sandbox.cloud import Call, Cloud, Failure, Limits, Operation, Refusal
from pushtui.sandbox.tencent import attributes, push, users
from pushtui.sandbox.tencent.auth import check_admin, check_app, check_query, check_user_sig, credential
from pushtui.sandbox.tencent.families import DO_NOT_DISTURB, family_of
from pushtui.sandbox.tencent.reading import read

if TYPE_CHECKING:
    from pushtui.domain.quota import Rate
    from pushtui.sandbox.state import SandboxState

NO_SUCH_PATH = 60009
WRONG_METHOD = 60002
TOO_OFTEN = 60007
PUSHES_TOO_CLOSE = 90024
PUSHES_USED_UP = 90047
PUSH_DISABLED = 90045
DO_NOT_DISTURB_DISABLED = 72011


def over_limit(call: Call, full: Rate | Quota) -> Refusal:
    """Say which limit is reached."""
    if isinstance(full, Quota):
        return Refusal(PUSHES_USED_UP)
    return Refusal(PUSHES_TOO_CLOSE if call.path == PUSH.path else TOO_OFTEN)


def check_switch(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse a feature that is off in the console."""
    if not operation.switched_on(state):
        raise Refusal(DO_NOT_DISTURB_DISABLED if family_of(call.path) is DO_NOT_DISTURB else PUSH_DISABLED)


def succeed(_state: SandboxState, _operation: Operation[Any], call: Call, body: JsonObject) -> JsonObject:
    """Write the envelope of a success."""
    return family_of(call.path).succeeded(body)


def refuse(_state: SandboxState, call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write the envelope of an error; HTTP says 200 all the same."""
    code = int(refusal.code)
    return 200, family_of(call.path).failed(code, refusal.text or CODES[code].text)


def unrouted(_state: SandboxState, _call: Call, methods: tuple[str, ...]) -> Refusal:
    """Say that there is nothing at a path, or that only POST is understood."""
    return Refusal(WRONG_METHOD if methods else NO_SUCH_PATH)


LIMITS = Limits(
    refusal=over_limit,
    day_zone=lambda state: state.settings.tencent.day_zone,
    failed_calls_count=lambda state: state.settings.tencent.failed_pushes_count,
)

TENCENT = Cloud(
    name="tencent",
    operations=(*push.OPERATIONS, *attributes.OPERATIONS, *users.OPERATIONS),
    checks=(check_app, check_query, check_user_sig, check_admin, check_switch, LIMITS.check),
    read=read,
    succeed=succeed,
    refuse=refuse,
    unrouted=unrouted,
    limits=LIMITS,
    failures={
        Failure.OVER_RATE: Refusal(TOO_OFTEN),
        Failure.OVER_QUOTA: Refusal(PUSHES_USED_UP),
        Failure.FAILED_INSIDE: Refusal(91000),
        Failure.TIMED_OUT: Refusal(60008),
        Failure.CREDENTIAL_EXPIRED: Refusal(70001),
    },
    credential=credential,
)
