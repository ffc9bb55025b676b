"""How Tencent Chat is spoken to: the query of every call, UserSigs and the envelope."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from pushtui.domain.errors import OutcomeUnknown, ProviderError
from pushtui.domain.finding import Source
from pushtui.domain.json_body import JsonObject
from pushtui.domain.quota import Rate
from pushtui.domain.secret import Secret
from pushtui.providers.answering import date_of, object_of, skew_words, what_came
from pushtui.providers.base import (
    MADE_AT_SEND,
    Encoding,
    Endpoint,
    Provider,
    Purpose,
    RequestT,
    Signature,
    Token,
)
from pushtui.providers.errors import AuthenticationFailed
from pushtui.providers.tencent import user_sig
from pushtui.providers.tencent.app import TENCENT_APP
from pushtui.providers.tencent.codes import CODES
from pushtui.providers.tencent.refusals import ADVICE, error_of
from pushtui.providers.wire import WireModel

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Answer
    from pushtui.domain.clock import Clock, Randomness

TITLE = TENCENT_APP.title
LARGEST_NUMBER = 2**32 - 1
"""Numbers are unsigned and have 32 bits: `random`, MsgRandom, times, profile values."""
CONTENT_TYPE = "json"

OK = "OK"
FAIL = "FAIL"
SUCCESS = 200
"""The HTTP status of every answer, also of a failure; another one comes from something in between."""

VALIDITY = 24 * 3600
"""Seconds that a UserSig is valid; Tencent recommends no less."""
SPREAD = 3600
"""Seconds by which that differs, so that one that was called expired is not made again in the same second."""


class Answered(WireModel):
    """What Tencent says, which may be more than is known here."""

    model_config = ConfigDict(extra="allow", strict=False, frozen=True)


class TencentResponse(Answered):
    """The envelope of every answer; HTTP says 200 even for a failure."""

    ActionStatus: str
    ErrorInfo: str = ""
    ErrorCode: int


def endpoint(
    service: str,
    command: str,
    request: type[RequestT],
    response: type[WireModel],
    source: Source,
    per_second: int,
) -> Endpoint[RequestT]:
    """Declare a command that may be repeated: POST of JSON, with a rate of its own."""
    path = f"/v4/{service}/{command}"
    return Endpoint(
        name=command,
        method="POST",
        path=path,
        encoding=Encoding.JSON,
        request_model=request,
        response_model=response,
        repeatable=True,
        rates=(Rate(path, per_second, 1.0, source),),
    )


def sign(account: Account, secret: Secret, clock: Clock, randomness: Randomness) -> Signature:
    """Make the query of a call; the secret is a UserSig."""
    return _query(account, secret.reveal(), str(int(randomness.nonce(), 16) & LARGEST_NUMBER))


def preview(account: Account) -> Signature:
    """The same before there are a UserSig and a random number."""
    return _query(account, MADE_AT_SEND, MADE_AT_SEND)


def _query(account: Account, signed: str, random: str) -> Signature:
    return Signature(
        query=(
            ("sdkappid", account.ids["sdkappid"]),
            ("identifier", account.ids["admin"]),
            ("usersig", signed),
            ("random", random),
            ("contenttype", CONTENT_TYPE),
        )
    )


def token(account: Account, secret: Secret, now: datetime, randomness: Randomness) -> Token:
    """Make a UserSig of the app's admin."""
    valid = VALIDITY + int(randomness.nonce(), 16) % SPREAD
    ids, issued = account.ids, int(now.timestamp())
    made = user_sig.make(ids["admin"], int(ids["sdkappid"]), secret, issued, valid)
    return Token(Secret(made), now + timedelta(seconds=valid / 2))


def read(answer: Answer, now: datetime, purpose: Purpose = Purpose.PUSH) -> JsonObject:
    """Return the body of a success; raise the typed error of anything else."""
    body = object_of(answer)
    code = body.get("ErrorCode") if body is not None else None
    if body is None or not isinstance(code, int) or isinstance(code, bool):
        raise OutcomeUnknown(f"{what_came(answer, TITLE)} {purpose.value}", answer=answer)
    if answer.status == SUCCESS and code == 0 and body.get("ActionStatus") == OK:
        return body
    if answer.status != SUCCESS or code == 0:
        said = f"{TITLE} answers {code} with “{body.get('ActionStatus')}” (HTTP {answer.status})."
        why = f"{said} Body and status contradict each other. {purpose.value}"
        raise OutcomeUnknown(why, code=code, answer=answer)
    raise _error(answer, code, str(body.get("ErrorInfo") or ""), now, purpose)


def _error(answer: Answer, code: int, text: str, now: datetime, purpose: Purpose) -> ProviderError:
    known, error = CODES.get(code), error_of(code, purpose)
    meaning = known.text if known is not None else "the code is not in Tencent's list"
    quoted = f" “{text}”" if text and text != meaning else ""
    advice = ADVICE.get(code, "")
    if issubclass(error, AuthenticationFailed):
        advice = f"{advice} {skew_words(date_of(answer), now)}"
    if issubclass(error, OutcomeUnknown):
        advice = f"{advice} {purpose.value}"
    return error(f"{TITLE} answers {code}{quoted}: {meaning}. {advice}".strip(), code=code, answer=answer)


TENCENT = Provider(
    name="tencent",
    title=TITLE,
    sign=sign,
    read=read,
    masked=frozenset({"usersig"}),
    preview=preview,
    token=token,
)
