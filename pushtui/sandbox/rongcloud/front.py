"""What every RongCloud operation goes through: App-Key, signature, rate, service switch, body."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, dotted
from pushtui.domain.quota import Quota, Rate
from pushtui.providers.rongcloud.codes import CODES, SUCCESS, UNKNOWN_APP_KEY_TEXT
from pushtui.sandbox.cloud import Call, Cloud, Failure, Limits, Operation, Refusal
from pushtui.sandbox.rongcloud.push import PUSH_OPERATION
from pushtui.sandbox.tolerance import NotReadable, coerce, read_object

if TYPE_CHECKING:
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState

DEFAULTS: dict[JsonPath, JsonValue] = {("audience", "is_to_all"): False}
"""What an absent field means, where SDKs leave it out."""
TOO_LONG = frozenset({"string_too_long", "too_many_bytes"})

LONGEST_NONCE = 64
MILLISECONDS_FROM = 10**11
"""A Timestamp this large is in milliseconds: in seconds it would be the year 5138."""


def _header(call: Call, name: str) -> str:
    """Return a header of the scheme, bare or with RC- before it."""
    return call.headers.get(name) or call.headers.get(f"rc-{name}", "")


def check_app_key(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse an App Key that is missing or unknown."""
    if _header(call, "app-key") != state.credentials.app_key:
        raise Refusal(1002, UNKNOWN_APP_KEY_TEXT)


def check_signature(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a signature that is not the SHA-1 of secret, nonce and timestamp."""
    nonce, timestamp = _header(call, "nonce"), _header(call, "timestamp")
    signed = f"{state.credentials.app_secret.reveal()}{nonce}{timestamp}".encode("latin-1", "replace")
    expected = hashlib.sha1(signed, usedforsecurity=False).hexdigest().encode()
    given = _header(call, "signature").encode("latin-1", "replace")
    right = hmac.compare_digest(expected, given)
    if not right or not 1 <= len(nonce) <= LONGEST_NONCE:
        raise Refusal(1004, "Signature verification failed.")
    _check_drift(state, timestamp)


def _check_drift(state: SandboxState, timestamp: str) -> None:
    allowed = state.settings.rongcloud.allowed_drift
    if not allowed:
        return
    try:
        given = float(timestamp)
    except ValueError:
        raise Refusal(1004, "Signature verification failed: Timestamp is not a number.") from None
    seconds = given / 1000 if given >= MILLISECONDS_FROM else given
    if not abs(seconds - state.clock.now().timestamp()) <= allowed:
        raise Refusal(1004, "Signature verification failed: Timestamp is too far off.")


def over_limit(call: Call, full: Rate | Quota) -> Refusal:
    """Say which limit is reached."""
    per = f"{full.window}" if isinstance(full, Quota) else "second"
    return Refusal(1008, f"Call rate exceeded: {full.limit} per {per} for {call.path}.")


def check_switch(state: SandboxState, operation: Operation[Any], _call: Call) -> None:
    """Refuse a service that is off in the console."""
    if not operation.switched_on(state):
        raise Refusal(1009, "Service is not enabled.")


def check_body(state: SandboxState, _operation: Operation[Any], call: Call) -> None:
    """Refuse a call without a body, and one that is too large if that is checked."""
    if not call.body:
        raise Refusal(1003, "Post body is empty.")
    if state.settings.rongcloud.body_limit and len(call.body) > state.settings.rongcloud.body_limit:
        raise Refusal(1508, f"HTTP body is too large: at most {state.settings.rongcloud.body_limit} bytes.")


def read(state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read the body into the request model, or refuse with what RongCloud objects to first."""
    try:
        given = read_object(call.body)
        request: WireModel = coerce(operation.endpoint.request_model, given, DEFAULTS)
        return request
    except NotReadable:
        raise Refusal(1002, "ParamError:body is not a JSON object.") from None
    except ValidationError as error:
        raise _objection(error.errors(include_url=False)[0], state.settings.rongcloud) from None


def _objection(details: ErrorDetails, settings: RongCloudSettings) -> Refusal:
    field, kind = dotted(tuple(details["loc"])), details["type"]
    if kind in TOO_LONG:
        return Refusal(1005, f"ParamError:{field} is too long.")
    if kind == "too_long":
        return Refusal(settings.too_many_items_code, f"ParamError:{field} has too many items.")
    if kind == "missing":
        return Refusal(1002, f"ParamError:{field} is required.")
    return Refusal(1002, f"ParamError:{field} is invalid.")


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


LIMITS = Limits(
    refusal=over_limit,
    day_zone=lambda state: state.settings.rongcloud.day_zone,
    failed_calls_count=lambda state: state.settings.rongcloud.failed_calls_count,
)

RONGCLOUD = Cloud(
    name="rongcloud",
    operations=(PUSH_OPERATION,),
    checks=(check_app_key, check_signature, LIMITS.check, check_switch, check_body),
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
