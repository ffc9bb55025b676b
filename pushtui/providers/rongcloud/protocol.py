"""How RongCloud is spoken to: signature and envelope."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from pushtui.domain.attempt import Answer, Headers
from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.domain.json_body import JsonObject
from pushtui.domain.secret import Secret
from pushtui.providers.base import MADE_AT_SEND, Provider, ShellHeaders
from pushtui.providers.rongcloud.codes import (
    CODES,
    SUCCESS,
    UNKNOWN_APP_KEY_TEXT,
    AuthenticationFailed,
    ParameterInvalid,
    RateExceeded,
)

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock, Randomness

NOTED_SKEW = timedelta(minutes=5)
"""Clocks that differ by more are mentioned when authentication fails."""

CLIENT_ERROR = 400
SERVER_FAILURE = 500


def signature(secret: Secret, nonce: str, timestamp: str) -> str:
    """Return the lower-case hexadecimal SHA-1 of secret, nonce and timestamp in a row."""
    return hashlib.sha1(f"{secret.reveal()}{nonce}{timestamp}".encode(), usedforsecurity=False).hexdigest()


def sign(account: Account, secret: Secret, clock: Clock, randomness: Randomness) -> Headers:
    """Make the four headers of a call; the timestamp is in milliseconds."""
    nonce = randomness.nonce()
    timestamp = str(int(clock.now().timestamp() * 1000))
    return (
        ("App-Key", account.ids["app_key"]),
        ("Nonce", nonce),
        ("Timestamp", timestamp),
        ("Signature", signature(secret, nonce, timestamp)),
    )


def preview_headers(account: Account) -> Headers:
    """The same headers before there is a nonce, a time and a signature."""
    return (
        ("App-Key", account.ids["app_key"]),
        ("Nonce", MADE_AT_SEND),
        ("Timestamp", MADE_AT_SEND),
        ("Signature", MADE_AT_SEND),
    )


def shell_headers(account: Account) -> ShellHeaders:
    """The same headers as a shell makes them; the secret never becomes an argument of a process."""
    return ShellHeaders(
        lines=(
            "NONCE=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')",
            "TIMESTAMP=$(date +%s)000",
            'SIGNATURE=$(printf \'%s%s%s\' "$SECRET" "$NONCE" "$TIMESTAMP" | sha1sum | cut -d \' \' -f 1)',
        ),
        literals=(("App-Key", account.ids["app_key"]),),
        variables=(("Nonce", "NONCE"), ("Timestamp", "TIMESTAMP"), ("Signature", "SIGNATURE")),
    )


def read(answer: Answer, now: datetime) -> JsonObject:
    """Return the body of a success; raise the typed error of anything else."""
    body = _envelope(answer)
    code = body.get("code") if body is not None else None
    if body is None or not isinstance(code, int) or isinstance(code, bool):
        raise _unreadable(answer)
    if answer.status == SUCCESS and code == SUCCESS:
        return body
    raise _error(answer, code, str(body.get("errorMessage") or ""), now)


def _envelope(answer: Answer) -> JsonObject | None:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _unreadable(answer: Answer) -> ProviderError:
    kind = _header(answer, "content-type").partition(";")[0]
    what = (
        "an HTML page" if kind == "text/html" or answer.body.lstrip()[:1] == "<" else "something that is not its JSON"
    )
    return OutcomeUnknown(
        f"HTTP {answer.status} with {what} came back instead of RongCloud's answer; a gateway in between may have made "
        "it. The push may or may not have been accepted.",
        answer=answer,
    )


def _error(answer: Answer, code: int, text: str, now: datetime) -> ProviderError:
    known = CODES.get(code)
    said = f"RongCloud answers {code}" + (f" “{text}”" if text else "") + f" (HTTP {answer.status})."
    if answer.status >= SERVER_FAILURE:
        advice = known.advice if known else "Whether the push was still sent is not known."
        return OutcomeUnknown(f"{said} {advice}", code=code, answer=answer)
    if code == SUCCESS:
        return OutcomeUnknown(
            f"{said} Body and status contradict each other, so the push may have been accepted.",
            code=code,
            answer=answer,
        )
    if known is None:
        kind: type[ProviderError] = Rejected if answer.status >= CLIENT_ERROR else OutcomeUnknown
        return kind(f"{said} The code is not in RongCloud's list.", code=code, answer=answer)
    error, advice = known.error, known.advice
    if error is ParameterInvalid and UNKNOWN_APP_KEY_TEXT.rstrip(".").lower() in text.lower():
        error, advice = (
            AuthenticationFailed,
            "The App Key is unknown to this data centre. Check App Key and region.",
        )
    if issubclass(error, AuthenticationFailed):
        advice += _skew(answer, now)
    return error(f"{said} {advice}", code=code, answer=answer)


def _skew(answer: Answer, now: datetime) -> str:
    """Mention a clock that is far from the provider's, since that breaks signatures too."""
    try:
        difference = now - parsedate_to_datetime(_header(answer, "date"))
    except (ValueError, TypeError):
        return ""
    if abs(difference) < NOTED_SKEW:
        return ""
    hours, minutes = divmod(round(abs(difference).total_seconds() / 60), 60)
    side = "ahead of" if difference > timedelta(0) else "behind"
    return f" This machine's clock is {hours} h {minutes:02} min {side} the provider's: set it right first."


def _header(answer: Answer, name: str) -> str:
    return next((value for key, value in answer.headers if key.lower() == name), "")


RONGCLOUD = Provider(
    name="rongcloud",
    title="RongCloud",
    sign=sign,
    read=read,
    secret_headers=frozenset({"signature", "rc-signature"}),
    preview_headers=preview_headers,
    shell_headers=shell_headers,
    too_fast=frozenset(code for code, meant in CODES.items() if meant.error is RateExceeded),
)
