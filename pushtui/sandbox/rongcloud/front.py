"""RongCloud as a whole: its operations, what each goes through, and its envelope."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pushtui.domain.json_body import JsonObject
from pushtui.domain.quota import Quota, Rate
from pushtui.providers.rongcloud.codes import CODES, SUCCESS
from pushtui.sandbox.cloud import Call, Cloud, Failure, Limits, Operation, Refusal, Reply
from pushtui.sandbox.rongcloud import aliases, dnd, push, quiet_hours, system, tags, user_push, users
from pushtui.sandbox.rongcloud.auth import check_app, check_app_key, check_signature
from pushtui.sandbox.rongcloud.reading import read

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.[0-9]{0,3})?)\s*)?(?:,|$)", re.IGNORECASE)


def over_limit(call: Call, full: Rate | Quota) -> Refusal:
    """Say which limit is reached."""
    per = f"{full.window}" if isinstance(full, Quota) else "second"
    return Refusal(1008, f"Call rate exceeded: {full.limit} per {per} for {call.path}.")


def check_switch(state: SandboxState, operation: Operation[Any], _call: Call) -> None:
    """Refuse a service that is off in the console; that uses up a slot always, so that 1009 becomes 1008."""
    if not operation.switched_on(state):
        LIMITS.settle(state, operation)
        raise Refusal(1009, "Service is not enabled.")


def check_body(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a call without a body, and one that is too large if that is checked."""
    if not call.body:
        raise Refusal(1003, "Post body is empty.")
    if state.settings.rongcloud.body_limit and len(call.body) > state.settings.rongcloud.body_limit:
        raise Refusal(1508, f"HTTP body is too large: at most {state.settings.rongcloud.body_limit} bytes.")


def succeed(_state: SandboxState, _operation: Operation[Any], _call: Call, body: JsonObject) -> JsonObject:
    """Write RongCloud's envelope of a success."""
    return {"code": SUCCESS, **body}


def refuse(_state: SandboxState, call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write RongCloud's envelope of an error."""
    code = int(refusal.code)
    return CODES[code].http, {"url": call.path, "code": code, "errorMessage": refusal.text}


def unrouted(_state: SandboxState, _call: Call, _methods: tuple[str, ...]) -> Refusal:
    """Say that there is nothing at a path, or not for this method."""
    return Refusal(404, "Unknown path.")


def _takes_gzip(accepted: str) -> bool:
    """Tell whether a header names gzip, and not to say that it is unwelcome."""
    found = _GZIP.search(accepted)
    return found is not None and (found["weight"] is None or float(found["weight"]) > 0)


class RongCloud(Cloud):
    """The cloud, which may pack its answers."""

    def answer(self, state: SandboxState, call: Call) -> Reply:
        """Carry a call out, and pack the answer if the client takes gzip and the setting says so."""
        reply = super().answer(state, call)
        if not state.settings.rongcloud.gzip or not _takes_gzip(call.headers.get("accept-encoding", "")):
            return reply
        packed = gzip.compress(reply.body, mtime=0)
        return replace(reply, body=packed, headers=(*reply.headers, ("Content-Encoding", "gzip")))


LIMITS = Limits(
    refusal=over_limit,
    day_zone=lambda state: state.settings.rongcloud.day_zone,
    failed_calls_count=lambda state: state.settings.rongcloud.failed_calls_count,
)

RONGCLOUD = RongCloud(
    name="rongcloud",
    operations=(
        *push.OPERATIONS,
        *user_push.OPERATIONS,
        *system.OPERATIONS,
        *aliases.OPERATIONS,
        *tags.OPERATIONS,
        *quiet_hours.OPERATIONS,
        *dnd.OPERATIONS,
        *users.OPERATIONS,
    ),
    checks=(check_app_key, check_signature, check_app, LIMITS.check, check_switch, check_body),
    read=read,
    succeed=succeed,
    refuse=refuse,
    unrouted=unrouted,
    limits=LIMITS,
    failures={
        Failure.OVER_RATE: Refusal(1008, "Call rate exceeded."),
        Failure.OVER_QUOTA: Refusal(1008, "Call rate exceeded."),
        Failure.FAILED_INSIDE: Refusal(1000, "Internal logic error."),
        Failure.TIMED_OUT: Refusal(1050, "Internal timeout."),
        Failure.CREDENTIAL_EXPIRED: Refusal(1004, "Signature verification failed."),
    },
    request_id_header="X-Request-ID",
)
