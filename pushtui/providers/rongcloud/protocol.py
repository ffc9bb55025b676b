"""How RongCloud is spoken to: signature and envelope."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.domain.attempt import Answer
from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.domain.json_body import JsonObject
from pushtui.domain.secret import Secret
from pushtui.providers.answering import SERVER_FAILURE, date_of, object_of, skew_words, what_came
from pushtui.providers.base import MADE_AT_SEND, Provider, Purpose, ShellHeaders, Signature
from pushtui.providers.errors import AuthenticationFailed, ParameterInvalid, RateExceeded, UnknownApp
from pushtui.providers.rongcloud.codes import CODES, SUCCESS, UNKNOWN_APP_KEY_TEXT, Code

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock, Randomness

CLIENT_ERROR = 400


def signature(secret: Secret, nonce: str, timestamp: str) -> str:
    """Return the lower-case hexadecimal SHA-1 of secret, nonce and timestamp in a row."""
    return hashlib.sha1(f"{secret.reveal()}{nonce}{timestamp}".encode(), usedforsecurity=False).hexdigest()


def sign(account: Account, secret: Secret, clock: Clock, randomness: Randomness) -> Signature:
    """Make the four headers of a call; the timestamp is in milliseconds."""
    nonce = randomness.nonce()
    timestamp = str(int(clock.now().timestamp() * 1000))
    return _headers(account, nonce, timestamp, signature(secret, nonce, timestamp))


def preview(account: Account) -> Signature:
    """The same headers before there is a nonce, a time and a signature."""
    return _headers(account, MADE_AT_SEND, MADE_AT_SEND, MADE_AT_SEND)


def _headers(account: Account, nonce: str, timestamp: str, signed: str) -> Signature:
    return Signature(
        (("App-Key", account.ids["app_key"]), ("Nonce", nonce), ("Timestamp", timestamp), ("Signature", signed))
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


def read(answer: Answer, now: datetime, purpose: Purpose = Purpose.PUSH) -> JsonObject:
    """Return the body of a success; raise the typed error of anything else."""
    body = object_of(answer)
    code = body.get("code") if body is not None else None
    if body is None or not isinstance(code, int) or isinstance(code, bool):
        raise OutcomeUnknown(f"{what_came(answer, 'RongCloud')} {purpose.value}", answer=answer)
    if answer.status == SUCCESS and code == SUCCESS:
        return body
    raise _error(answer, code, str(body.get("errorMessage") or ""), now, purpose)


def _error(answer: Answer, code: int, text: str, now: datetime, purpose: Purpose) -> ProviderError:
    known = CODES.get(code)
    said = f"RongCloud answers {code}" + (f" “{text}”" if text else "") + f" (HTTP {answer.status})."
    if answer.status >= SERVER_FAILURE or code == SUCCESS:
        return _doubt(answer, code, said, known, purpose)
    if known is None:
        kind: type[ProviderError] = Rejected if answer.status >= CLIENT_ERROR else OutcomeUnknown
        return kind(f"{said} The code is not in RongCloud's list.", code=code, answer=answer)
    error, advice = known.error, _advice(known, purpose)
    if error is ParameterInvalid and UNKNOWN_APP_KEY_TEXT.rstrip(".").lower() in text.lower():
        error, advice = UnknownApp, "The App Key is unknown to this data centre. Check App Key and region."
    if issubclass(error, AuthenticationFailed):
        advice = f"{advice} {skew_words(date_of(answer), now)}".rstrip()
    title = "Quota exhausted" if error is RateExceeded and purpose is Purpose.PUSH else None
    return error(f"{said} {advice}", title=title, code=code, answer=answer)


def _doubt(answer: Answer, code: int, said: str, known: Code | None, purpose: Purpose) -> OutcomeUnknown:
    """Say what is not known after an answer that tells of a failure, or contradicts itself."""
    if answer.status < SERVER_FAILURE:
        why = f"Body and status contradict each other. {purpose.value}"
    elif purpose is Purpose.PUSH:
        why = known.advice if known else "Whether the push was still sent is not known."
    else:
        why = f"{_advice(known, purpose) if known else ''} {purpose.value}".lstrip()
    return OutcomeUnknown(f"{said} {why}", code=code, answer=answer)


def _advice(known: Code, purpose: Purpose) -> str:
    return known.otherwise if known.otherwise and purpose is not Purpose.PUSH else known.advice


RONGCLOUD = Provider(
    name="rongcloud",
    title="RongCloud",
    sign=sign,
    read=read,
    masked=frozenset({"signature", "rc-signature"}),
    preview=preview,
    shell_headers=shell_headers,
    too_fast=frozenset(code for code, meant in CODES.items() if meant.error is RateExceeded),
)
