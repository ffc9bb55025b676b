"""RongCloud's signature and answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.attempt import Answer
from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.domain.json_body import JsonObject
from pushtui.domain.secret import Secret
from pushtui.providers import errors as codes
from pushtui.providers.base import Receipt
from pushtui.providers.rongcloud.protocol import preview, read, sign, signature
from pushtui.providers.rongcloud.push import TAGGED_PUSH

NOW = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)
ACCOUNT = Account("acme", "rongcloud", Environment.TEST, ("https://api.rong-api.com",), {"app_key": "uwd1c0sxdlx2"})


class FixedClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


class FixedRandomness:
    def identifier(self) -> str:
        return "00000000-0000-4000-8000-000000000000"

    def nonce(self) -> str:
        return "14314"


def answer(status: int, body: object, **headers: str) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, tuple(headers.items()), text, 0.1)


def test_the_documented_signature_vector() -> None:
    secret = Secret("Y1W2MeFwwwRxa0")
    assert signature(secret, "14314", "1408710653000") == "30be0bbca9c9b2e27578701e9fda2358a814c88f"


def test_headers_of_a_call() -> None:
    headers = dict(sign(ACCOUNT, Secret("Y1W2MeFwwwRxa0"), FixedClock(), FixedRandomness()).headers)
    assert headers["App-Key"] == "uwd1c0sxdlx2"
    assert headers["Nonce"] == "14314"
    assert headers["Timestamp"] == str(int(NOW.timestamp() * 1000)) and len(headers["Timestamp"]) == 13
    assert headers["Signature"] == signature(Secret("Y1W2MeFwwwRxa0"), "14314", headers["Timestamp"])
    assert [name for name, _ in preview(ACCOUNT).headers] == list(headers)


def test_success_is_200_twice() -> None:
    assert read(answer(200, {"code": 200, "id": "x"}), NOW) == {"code": 200, "id": "x"}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"code": 1001, "errorMessage": "x"}, codes.AuthenticationFailed),
        (401, {"code": 1004, "errorMessage": "x"}, codes.AuthenticationFailed),
        (400, {"code": 1002, "errorMessage": "Invalidate App-Key."}, codes.UnknownApp),
        (400, {"code": 1002, "errorMessage": "ParamError:platform"}, codes.ParameterInvalid),
        (400, {"code": 1003, "errorMessage": "x"}, codes.ParameterInvalid),
        (400, {"code": 1005, "errorMessage": "x"}, codes.ParameterInvalid),
        (401, {"code": 1006, "errorMessage": "x"}, codes.AppForbidden),
        (401, {"code": 1007, "errorMessage": "x"}, codes.AppForbidden),
        (429, {"code": 1008, "errorMessage": "x"}, codes.RateExceeded),
        (430, {"code": 1009, "errorMessage": "x"}, codes.ServiceNotEnabled),
        (404, {"code": 404, "errorMessage": "x"}, codes.ParameterInvalid),
        (400, {"code": 1508, "errorMessage": "x"}, codes.ParameterInvalid),
        (200, {"code": 1015, "errorMessage": "x"}, Rejected),
        (400, {"code": 4711}, Rejected),
        (500, {"code": 1000, "errorMessage": "Internal logic error."}, OutcomeUnknown),
        (504, {"code": 1050}, OutcomeUnknown),
        (503, {"code": 1004}, OutcomeUnknown),
        (200, {"code": 4711}, OutcomeUnknown),
        (200, "<html>hello</html>", OutcomeUnknown),
        (502, "<html>bad gateway</html>", OutcomeUnknown),
        (403, "<html>forbidden</html>", OutcomeUnknown),
        (200, '{"code":200,"id', OutcomeUnknown),
        (200, "", OutcomeUnknown),
        (200, [], OutcomeUnknown),
        (200, {"code": "200"}, OutcomeUnknown),
        (200, {"code": True}, OutcomeUnknown),
        (302, {"code": 200}, OutcomeUnknown),
        (400, {"code": 200}, OutcomeUnknown),
        (429, {"code": 200}, OutcomeUnknown),
        (200, "[" * 200_000, OutcomeUnknown),
        (200, '{"code":' + "[" * 200_000, OutcomeUnknown),
    ],
)
def test_errors_by_status_and_code(status: int, body: object, error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        read(answer(status, body), NOW)
    assert type(caught.value) is error
    assert caught.value.answer is not None
    if isinstance(body, dict) and body.get("errorMessage"):
        assert body["errorMessage"] in caught.value.message


@pytest.mark.parametrize(
    ("odd", "receipt"),
    [
        ({}, Receipt("p1", "U-1")),
        ({"errorMessage": None, "code": None}, Receipt("p1", "U-1")),
        ({"messageUID": None}, Receipt("p1", "")),
        ({"messageUID": ["U-1"]}, Receipt("p1", "")),
        ({"messageUID": 4711}, Receipt("p1", "4711")),
        ({"id": False}, Receipt("", "U-1")),
    ],
)
def test_no_id_of_a_receipt_is_lost_to_another_field(odd: JsonObject, receipt: Receipt) -> None:
    assert TAGGED_PUSH.receipt({"code": 200, "id": "p1", "messageUID": "U-1", **odd}) == receipt


@pytest.mark.parametrize(
    ("error", "spends"),
    [
        (codes.AuthenticationFailed, False),
        (codes.RateExceeded, False),
        (codes.ParameterInvalid, True),
        (codes.ServiceNotEnabled, True),
        (OutcomeUnknown, True),
    ],
)
def test_what_the_provider_probably_counts(error: type[ProviderError], spends: bool) -> None:
    assert error.spends_quota is spends


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=1), "24 h 00 min ahead of the provider's"),
        (timedelta(days=-1), "24 h 00 min behind the provider's"),
        (timedelta(minutes=4), None),
    ],
)
def test_a_skewed_clock_is_named_when_authentication_fails(ahead: timedelta, words: str | None) -> None:
    reply = answer(401, {"code": 1004}, Date=format_datetime(NOW - ahead, usegmt=True))
    with pytest.raises(codes.AuthenticationFailed) as caught:
        read(reply, NOW)
    assert (words in caught.value.message) if words else ("clock" not in caught.value.message)
