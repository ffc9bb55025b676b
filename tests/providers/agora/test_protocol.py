"""How Agora Chat is called, and what each of its errors means."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.attempt import Answer
from pushtui.domain.clock import SystemClock, SystemRandomness
from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.domain.json_body import JsonObject
from pushtui.domain.secret import Secret
from pushtui.providers import errors
from pushtui.providers.agora.app_token import verify
from pushtui.providers.agora.codes import CODES, Key
from pushtui.providers.agora.protocol import base_path, preview, read, sign, token, told_at
from pushtui.providers.base import Purpose, Token, TokenRequest

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
APP_ID, CERTIFICATE = "970CA35de60c44645bbae8a215061b33", Secret("5CFd2fd1755d40ecb72977518be15d3b")
EVERYTHING = {"org_name": "acme", "app_name": "shop", "app_id": APP_ID}

MEANT: dict[Key, type[ProviderError]] = {
    Key.NOT_JSON: errors.ParameterInvalid,
    Key.ARGUMENT: errors.ParameterInvalid,
    Key.PARAMETER: errors.ParameterInvalid,
    Key.GRANT: errors.AuthenticationFailed,
    Key.NO_SUCH_SETTINGS_USER: errors.NoSuchUser,
    Key.NO_SUCH_TEMPLATE: errors.NotFound,
    Key.DUPLICATE: errors.ParameterInvalid,
    Key.FEATURE_OFF: errors.ServiceNotEnabled,
    Key.BAD_PUSH: Rejected,
    Key.EXPIRED_OR_MISSING: errors.TokenExpired,
    Key.WRONG_KIND_OF_TOKEN: errors.AuthenticationFailed,
    Key.REGISTRATION_CLOSED: errors.AuthenticationFailed,
    Key.NOT_PERMITTED: errors.AppForbidden,
    Key.CORRUPT: errors.AuthenticationFailed,
    Key.FOREIGN: errors.AuthenticationFailed,
    Key.PUSH_OFF: errors.ServiceNotEnabled,
    Key.PUSH_LIMIT: errors.RateExceeded,
    Key.NO_SUCH_APP: errors.UnknownApp,
    Key.NO_SUCH_USER: errors.NoSuchUser,
    Key.NO_SUCH_RESOURCE: errors.NotFound,
    Key.NO_SUCH_ADDRESS: errors.ParameterInvalid,
    Key.NO_SUCH_METHOD: errors.ParameterInvalid,
    Key.TIMEOUT: OutcomeUnknown,
    Key.MEDIA_TYPE: errors.ParameterInvalid,
    Key.PLAN_LIMIT: errors.QuotaExhausted,
    Key.RATE_LIMIT: errors.RateExceeded,
    Key.OLD_NO_SUCH_METHOD: OutcomeUnknown,
    Key.OLD_NO_SUCH_ADDRESS: OutcomeUnknown,
    Key.INTERNAL: OutcomeUnknown,
}


def account(ids: dict[str, str], **changes: Any) -> Account:
    return Account("acme", "agora", Environment.TEST, ("https://a1.agora.com",), ids, **changes)


def answer(status: int, body: object, **headers: str) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, tuple(headers.items()), text, 0.1)


def error(status: int, name: str = "", exception: str = "", text: str = "") -> Answer:
    said = {"error": name, "exception": exception, "timestamp": 1732276800000, "duration": 0, "error_description": text}
    return answer(status, said)


def test_every_documented_error_has_a_meaning() -> None:
    assert set(MEANT) == set(CODES)


@pytest.mark.parametrize("key", CODES)
def test_what_each_documented_error_means(key: Key) -> None:
    code = CODES[key]
    for exception in (code.exception, f"com.easemob.im.exceptions.{code.exception}"):
        with pytest.raises(ProviderError) as caught:
            read(error(code.http, code.error, exception, code.text), NOW, Purpose.READ)
        assert type(caught.value) is MEANT[key]
        assert caught.value.message.startswith(f"Agora Chat answers {code.error}")
        assert (caught.value.code, f"(HTTP {code.http})" in caught.value.message) == (code.http, True)


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (error(400, "Bad Request", "", "too many queries"), errors.RateExceeded),
        (error(400, "", "", "The request has reached the maximum limit"), errors.RateExceeded),
        (error(400, "Bad Request", "", "the app not open presence"), errors.ServiceNotEnabled),
        (error(400, "illegal_argument", "", "client_secret must be provided."), errors.AuthenticationFailed),
        (error(400, "", "EntityNotFoundException", "news template is not exist"), errors.NotFound),
        (
            error(404, "", "org.apache.usergrid.services.exceptions.ServiceResourceNotFoundException", "x"),
            errors.NotFound,
        ),
        (error(401), errors.AuthenticationFailed),
        (error(402, "?"), Rejected),
        (error(403, "?"), errors.AppForbidden),
        (error(409, "conflict"), Rejected),
        (error(429), errors.RateExceeded),
        (error(503, "service unavailable"), OutcomeUnknown),
        (error(599), OutcomeUnknown),
        (error(200, "illegal_argument"), OutcomeUnknown),
        (error(302), OutcomeUnknown),
        (answer(201, {}), OutcomeUnknown),
        (answer(413, "<html>Request Entity Too Large</html>"), OutcomeUnknown),
        (answer(200, "<html>hello</html>"), OutcomeUnknown),
        (answer(200, '{"data":'), OutcomeUnknown),
        (answer(200, []), OutcomeUnknown),
        (answer(200, "[" * 200_000), OutcomeUnknown),
    ],
)
def test_errors_that_are_written_otherwise(refused: Answer, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        read(refused, NOW, Purpose.CHANGE)
    assert type(caught.value) is kind
    assert caught.value.answer is refused
    in_doubt = "The change may or may not have been made" in caught.value.message
    assert in_doubt is issubclass(kind, OutcomeUnknown)


def test_a_success_is_the_whole_body() -> None:
    assert read(answer(200, {"data": {"type": "ALL"}}), NOW) == {"data": {"type": "ALL"}}


@pytest.mark.parametrize(
    ("ids", "path"),
    [
        (EVERYTHING, "/acme/shop"),
        ({"org_name": "a/b", "app_name": "c d"}, "/a%2Fb/c%20d"),
        ({"app_id": APP_ID}, f"/app-id/{APP_ID}"),
    ],
)
def test_where_an_app_is(ids: dict[str, str], path: str) -> None:
    assert base_path(account(ids)) == path


def test_a_token_is_made_of_the_certificate_for_an_hour_and_used_for_half_of_it() -> None:
    made = token(account(EVERYTHING), CERTIFICATE, NOW, SystemRandomness())
    assert isinstance(made, Token)
    proven = verify(made.value.reveal(), APP_ID, CERTIFICATE, NOW.timestamp())
    assert (proven.user, proven.issued_at, proven.expires_at - proven.issued_at) == ("", int(NOW.timestamp()), 3600)
    assert made.renew_at == NOW + timedelta(minutes=30)
    again = token(account(EVERYTHING), CERTIFICATE, NOW, SystemRandomness())
    assert isinstance(again, Token) and again.value.reveal() != made.value.reveal()
    signed = sign(account(EVERYTHING), made.value, SystemClock(), SystemRandomness())
    assert signed.headers == (("Authorization", f"Bearer {made.value.reveal()}"),)
    assert [name for name, _ in preview(account(EVERYTHING)).headers] == ["Authorization"]


def test_a_token_is_asked_for_with_client_credentials() -> None:
    asked = token(account({**EVERYTHING, "client_id": "YXA6id"}), Secret("YXA6secret"), NOW, SystemRandomness())
    assert isinstance(asked, TokenRequest)
    grant = {"grant_type": "client_credentials", "client_id": "YXA6id", "client_secret": "YXA6secret"}
    assert (asked.body, asked.signature.headers) == (grant, ())
    assert "YXA6secret" not in repr(asked)


def test_a_token_is_exchanged_where_the_account_says_so() -> None:
    asked = token(account(EVERYTHING, token_exchange=True), CERTIFICATE, NOW, SystemRandomness())
    assert isinstance(asked, TokenRequest)
    ((name, value),) = asked.signature.headers
    assert (asked.body, name, value[:10]) == ({"grant_type": "agora"}, "Authorization", "Bearer 007")
    assert value not in repr(asked)


@pytest.mark.parametrize(
    ("said", "used_for"),
    [
        ({"expires_in": 7200}, timedelta(hours=1)),
        ({"expires_in": 0}, timedelta(hours=12)),
        ({"expires_in": 60 * 86400}, timedelta(hours=12)),
        ({"expire_timestamp": int((NOW + timedelta(hours=4)).timestamp() * 1000)}, timedelta(hours=2)),
        ({"expires_in": "soon"}, timedelta(minutes=30)),
        ({}, timedelta(minutes=30)),
    ],
)
def test_a_token_of_the_clouds_own_is_used_for_half_its_life(said: JsonObject, used_for: timedelta) -> None:
    asked = token(account({**EVERYTHING, "client_id": "c"}), Secret("secret"), NOW, SystemRandomness())
    assert isinstance(asked, TokenRequest)
    got = asked.read({"access_token": "YWMt", **said}, NOW)
    assert (got.value.reveal(), got.renew_at - NOW) == ("YWMt", used_for)


@pytest.mark.parametrize("body", [{}, {"access_token": ""}, {"access_token": 7}])
def test_no_token_is_said(body: JsonObject) -> None:
    asked = token(account({**EVERYTHING, "client_id": "c"}), Secret("secret"), NOW, SystemRandomness())
    assert isinstance(asked, TokenRequest)
    with pytest.raises(OutcomeUnknown, match="without a token"):
        asked.read(body, NOW)


@pytest.mark.parametrize("stamp", [None, True, "1732276800000", 10**40, -1])
def test_without_a_stamp_of_its_own_the_date_counts(stamp: object) -> None:
    assert told_at(answer(200, {"timestamp": 1732276800123})) == datetime(2024, 11, 22, 12, 0, 0, 123000, tzinfo=UTC)
    dated = answer(200, {"timestamp": stamp}, Date=format_datetime(NOW, usegmt=True))
    assert told_at(dated) == NOW
    assert told_at(answer(200, {"timestamp": stamp})) is None


def test_a_skewed_clock_is_named_when_a_token_expired() -> None:
    with pytest.raises(errors.TokenExpired, match="17520 h 00 min ahead of the provider's"):
        read(error(401, "unauthorized", "", "expired access token"), NOW)
