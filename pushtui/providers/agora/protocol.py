"""How Agora Chat is spoken to: the app's address, tokens and envelope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from pushtui.domain.errors import OutcomeUnknown, SecretUnavailable
from pushtui.domain.json_body import JsonObject
from pushtui.domain.secret import Secret
from pushtui.providers.agora import app_token
from pushtui.providers.agora.app import AGORA_APP
from pushtui.providers.agora.refusals import sense_of
from pushtui.providers.agora.tokens import TOKEN
from pushtui.providers.answering import date_of, object_of, skew_words, what_came
from pushtui.providers.base import MADE_AT_SEND, Provider, Purpose, Signature, Token, TokenRequest
from pushtui.providers.errors import AuthenticationFailed

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Answer
    from pushtui.domain.clock import Clock, Randomness

TITLE = AGORA_APP.title
SUCCESS = 200
VALIDITY = 3600
"""Seconds that a token made here is valid; the cloud takes up to a day."""
USUAL_VALIDITY = timedelta(hours=1)
"""Of a token that does not say when it ends."""
DAY = 24 * 3600
"""Seconds that a token is taken to be valid at most, even if it never ends."""


def base_path(account: Account) -> str:
    """Return what stands before every path: the names of the app, or its id."""
    names = [account.ids.get(name, "") for name in ("org_name", "app_name")]
    parts = names if all(names) else ["app-id", account.ids["app_id"]]
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def sign(account: Account, secret: Secret, clock: Clock, randomness: Randomness) -> Signature:
    """Make the header of a call; the secret is a token."""
    return _bearer(secret.reveal())


def preview(account: Account) -> Signature:
    """The same before there is a token."""
    return _bearer(MADE_AT_SEND)


def _bearer(token: str) -> Signature:
    return Signature((("Authorization", f"Bearer {token}"),))


def token(account: Account, secret: Secret, now: datetime, randomness: Randomness) -> Token | TokenRequest:
    """Make a 007 token of the App Certificate, or say how to ask for one of the cloud's own."""
    if "client_id" in account.ids:
        grant: JsonObject = {"grant_type": "client_credentials", "client_id": account.ids["client_id"]}
        return TokenRequest(TOKEN, Signature(), {**grant, "client_secret": secret.reveal()}, _granted)
    made = _app_token(account, secret, now, randomness)
    if account.token_exchange:
        return TokenRequest(TOKEN, _bearer(made.reveal()), {"grant_type": "agora"}, _granted)
    return Token(made, now + timedelta(seconds=VALIDITY / 2))


def _granted(body: JsonObject, now: datetime) -> Token:
    """Read a token that the cloud made; it is used for half of its life."""
    text = body.get("access_token")
    if not isinstance(text, str) or not text:
        raise OutcomeUnknown(f"{TITLE} answered without a token, so nothing could be asked.")
    return Token(Secret(text), now + _lifetime(body, now) / 2)


def _app_token(account: Account, certificate: Secret, now: datetime, randomness: Randomness) -> Secret:
    salt = int(randomness.nonce(), 16) % app_token.LARGEST_SALT + 1
    try:
        return Secret(app_token.build(account.ids["app_id"], certificate, int(now.timestamp()), VALIDITY, salt))
    except ValueError:
        raise SecretUnavailable(
            f"The secret of “{account.name}” is no App Certificate, which has 32 hexadecimal digits. Copy it from "
            f"Agora's console once more: pushtui accounts secret {account.name}"
        ) from None


def _lifetime(body: JsonObject, now: datetime) -> timedelta:
    """Return how long a token is valid, at most a day; 0 seconds is for ever."""
    seconds, ends = body.get("expires_in"), _moment(body.get("expire_timestamp"))
    if isinstance(seconds, int) and not isinstance(seconds, bool):
        return timedelta(seconds=min(seconds, DAY)) if seconds > 0 else timedelta(seconds=DAY)
    return ends - now if ends is not None else USUAL_VALIDITY


def read(answer: Answer, now: datetime, purpose: Purpose = Purpose.PUSH) -> JsonObject:
    """Return the body of a success; raise the typed error of anything else."""
    body = object_of(answer)
    if body is None:
        raise OutcomeUnknown(f"{what_came(answer, TITLE)} {purpose.value}", answer=answer)
    if answer.status == SUCCESS and "error" not in body:
        return body
    texts = [str(body.get(name) or "") for name in ("error", "exception", "error_description")]
    sense = sense_of(answer.status, " ".join(texts))
    advice = sense.advice
    if issubclass(sense.error, AuthenticationFailed):
        advice = f"{advice} {skew_words(told_at(answer), now)}"
    if issubclass(sense.error, OutcomeUnknown):
        advice = f"{advice} {purpose.value}"
    said = f"{TITLE} answers {' '.join(filter(None, [_code(texts), f'“{texts[2]}”' if texts[2] else '']))}"
    raise sense.error(f"{said} (HTTP {answer.status}). {advice}".strip(), code=answer.status, answer=answer)


def _code(texts: list[str]) -> str:
    """Return the cloud's name of an error; where it has none, the last part of the exception's."""
    return texts[0] or texts[1].rpartition(".")[2] or "with an error"


def told_at(answer: Answer) -> datetime | None:
    """Return what time it was at the cloud: its own stamp, or the header's."""
    body = object_of(answer)
    return (_moment(body.get("timestamp")) if body is not None else None) or date_of(answer)


def _moment(milliseconds: object) -> datetime | None:
    """Read epoch milliseconds; None for what is none."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool) or milliseconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


AGORA = Provider(
    name="agora",
    title=TITLE,
    sign=sign,
    read=read,
    masked=frozenset({"authorization"}),
    preview=preview,
    base_path=base_path,
    told_at=told_at,
    token=token,
)
