"""What every RongCloud operation goes through: App-Key, signature, rate, service switch, body."""

from __future__ import annotations

import hashlib
import hmac

from pushtui.domain.json_body import JsonObject
from pushtui.domain.quota import Window
from pushtui.providers.rongcloud.codes import CODES, UNKNOWN_APP_KEY_TEXT
from pushtui.sandbox.cloud import Call, Cloud, Operation, Refusal
from pushtui.sandbox.rongcloud.push import PUSH_OPERATION
from pushtui.sandbox.state import SandboxState

LONGEST_NONCE = 64
MILLISECONDS_FROM = 10**11
"""A Timestamp this large is in milliseconds: in seconds it would be the year 5138."""


def _header(call: Call, name: str) -> str:
    """Return a header of the scheme, bare or with RC- before it."""
    return call.headers.get(name) or call.headers.get(f"rc-{name}", "")


def check_app_key(state: SandboxState, _operation: Operation, call: Call) -> None:
    """Refuse an App Key that is missing or unknown."""
    if _header(call, "app-key") != state.app_key:
        raise Refusal(1002, UNKNOWN_APP_KEY_TEXT)


def check_signature(state: SandboxState, _operation: Operation, call: Call) -> None:
    """Refuse a signature that is not the SHA-1 of secret, nonce and timestamp."""
    nonce, timestamp = _header(call, "nonce"), _header(call, "timestamp")
    signed = f"{state.app_secret.reveal()}{nonce}{timestamp}".encode("latin-1", "replace")
    expected = hashlib.sha1(signed, usedforsecurity=False).hexdigest().encode()
    given = _header(call, "signature").encode("latin-1", "replace")
    right = hmac.compare_digest(expected, given)
    if not right or not 1 <= len(nonce) <= LONGEST_NONCE:
        raise Refusal(1004, "Signature verification failed.")
    _check_drift(state, timestamp)


def _check_drift(state: SandboxState, timestamp: str) -> None:
    allowed = state.settings.allowed_drift
    if not allowed:
        return
    try:
        given = float(timestamp)
    except ValueError:
        raise Refusal(1004, "Signature verification failed: Timestamp is not a number.") from None
    seconds = given / 1000 if given >= MILLISECONDS_FROM else given
    if not abs(seconds - state.clock.now().timestamp()) <= allowed:
        raise Refusal(1004, "Signature verification failed: Timestamp is too far off.")


def check_rate(state: SandboxState, operation: Operation, call: Call) -> None:
    """Refuse a call beyond a quota, and count it otherwise, whatever becomes of it; a refused one does not count."""
    if not state.settings.limits:
        return
    now, endpoint = state.clock.now(), operation.endpoint
    full = state.calls.exhausted(endpoint.quotas, now, state.settings.day_zone)
    if full is not None:
        per = "hour" if full.window is Window.HOUR else "day"
        raise Refusal(1008, f"Call rate exceeded: {full.limit} per {per} for {call.path}.")
    if state.settings.failed_calls_count:
        _count(state, operation)


def settle(state: SandboxState, operation: Operation) -> None:
    """Count a call that was carried out, where only those count."""
    if state.settings.limits and not state.settings.failed_calls_count:
        _count(state, operation)


def _count(state: SandboxState, operation: Operation) -> None:
    if operation.endpoint.quotas:
        state.calls.count(operation.endpoint.rate_group, state.clock.now())


def check_switch(state: SandboxState, operation: Operation, _call: Call) -> None:
    """Refuse a service that is off in the console."""
    if not operation.switched_on(state):
        raise Refusal(1009, "Service is not enabled.")


def check_body(state: SandboxState, _operation: Operation, call: Call) -> None:
    """Refuse a call without a body, and one that is too large if that is checked."""
    if not call.body:
        raise Refusal(1003, "Post body is empty.")
    if state.settings.body_limit and len(call.body) > state.settings.body_limit:
        raise Refusal(1508, f"HTTP body is too large: at most {state.settings.body_limit} bytes.")


def refuse(call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write RongCloud's envelope of an error."""
    return CODES[refusal.code].http, {"url": call.path, "code": refusal.code, "errorMessage": refusal.text}


RONGCLOUD = Cloud(
    name="rongcloud",
    operations=(PUSH_OPERATION,),
    checks=(check_app_key, check_signature, check_rate, check_switch, check_body),
    unknown_path=Refusal(404, "Unknown path."),
    refuse=refuse,
    request_id_header="X-Request-ID",
    settle=settle,
)
