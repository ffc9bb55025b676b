"""Who may call: App-Key, signature, and what the app is allowed."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from pushtui.providers.rongcloud.codes import UNKNOWN_APP_KEY_TEXT
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

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
    """Refuse a signature that is not the SHA-1 of secret, nonce and timestamp.

    A wrong secret cannot be told from a wrong signature, so 1001 is never said.
    """
    nonce, timestamp = _header(call, "nonce"), _header(call, "timestamp")
    signed = f"{state.credentials.app_secret.reveal()}{nonce}{timestamp}".encode("latin-1", "replace")
    expected = hashlib.sha1(signed, usedforsecurity=False).hexdigest().encode()
    given = _header(call, "signature").encode("latin-1", "replace")
    right = hmac.compare_digest(expected, given)
    if not (right and timestamp) or not 1 <= len(nonce) <= state.settings.rongcloud.longest_nonce:
        raise Refusal(1004, "Signature verification failed.")
    _check_drift(state, timestamp)


def check_app(state: SandboxState, operation: Operation[Any], _call: Call) -> None:
    """Refuse an app that is locked, or closed for this operation."""
    settings = state.settings.rongcloud
    if settings.app_locked:
        raise Refusal(1006, "App is locked or deleted.")
    if operation.endpoint.path in settings.closed_paths.split():
        raise Refusal(1007, "This method is restricted for the app.")


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
