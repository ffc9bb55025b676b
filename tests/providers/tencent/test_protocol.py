"""How Tencent Chat is called, and what each of its codes means."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.attempt import Answer
from pushtui.domain.clock import SystemClock, SystemRandomness
from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.domain.secret import MASK, Secret
from pushtui.providers import errors
from pushtui.providers.addressing import request_for
from pushtui.providers.base import Purpose
from pushtui.providers.tencent.codes import CODES, Retry
from pushtui.providers.tencent.protocol import TENCENT, preview, read, sign, token
from pushtui.providers.tencent.user_sig import verify
from pushtui.providers.tencent.users import ONLINE_STATUS
from pushtui.providers.transport import prepare

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEY = Secret("5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e")
ACCOUNT = Account(
    "acme",
    "tencent",
    Environment.TEST,
    ("https://console.tim.qq.com",),
    {"sdkappid": "1400000000", "admin": "administrator"},
)

MEANT: dict[int, type[ProviderError]] = {
    60006: errors.UnknownApp,
    60007: errors.RateExceeded,
    60010: errors.AppForbidden,
    60012: errors.UnknownApp,
    60018: errors.RateExceeded,
    60021: errors.AppForbidden,
    60025: errors.AuthenticationFailed,
    60026: errors.WrongDataCentre,
    60028: errors.QuotaExhausted,
    70001: errors.TokenExpired,
    70003: errors.AuthenticationFailed,
    70009: errors.AuthenticationFailed,
    70013: errors.AuthenticationFailed,
    70014: errors.AuthenticationFailed,
    70020: errors.UnknownApp,
    70050: errors.AuthenticationFailed,
    70107: errors.NoSuchUser,
    72011: errors.ServiceNotEnabled,
    40003: errors.NoSuchUser,
    90001: errors.ParameterInvalid,
    90009: errors.AppForbidden,
    90018: errors.ParameterInvalid,
    90024: errors.RateExceeded,
    90045: errors.ServiceNotEnabled,
    90047: errors.QuotaExhausted,
    90048: errors.NoSuchUser,
    60008: errors.FailedInside,
    91000: errors.FailedInside,
}


def answer(body: object, status: int = 200, **headers: str) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, tuple(headers.items()), text, 0.1)


def failed(code: object, info: str = "", status: int = 200, **headers: str) -> Answer:
    return answer({"ActionStatus": "FAIL", "ErrorCode": code, "ErrorInfo": info}, status, **headers)


@pytest.mark.parametrize("code", MEANT)
def test_what_a_code_means(code: int) -> None:
    with pytest.raises(ProviderError) as caught:
        read(failed(code), NOW, Purpose.READ)
    assert (type(caught.value), caught.value.code) == (MEANT[code], code)
    assert f"answers {code}: {CODES[code].text}." in caught.value.message


@pytest.mark.parametrize("code", CODES)
def test_no_code_is_taken_for_a_success_or_for_another_attempt_that_cannot_help(code: int) -> None:
    with pytest.raises(ProviderError) as caught:
        read(failed(code), NOW, Purpose.READ)
    again = (errors.FailedInside, errors.RateExceeded, errors.TokenExpired)
    assert not (isinstance(caught.value, again) and CODES[code].retry is Retry.USELESS and code != 70001)


@pytest.mark.parametrize("purpose", [Purpose.CHANGE, Purpose.PUSH])
@pytest.mark.parametrize("code", [code for code, known in CODES.items() if known.retry is Retry.MAY_SUCCEED])
def test_a_failure_inside_leaves_a_change_in_doubt(code: int, purpose: Purpose) -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        read(failed(code), NOW, purpose)
    assert caught.value.message.endswith(purpose.value)


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (failed(4711, "what"), Rejected),
        (failed(0), OutcomeUnknown),
        (answer({"ErrorCode": 0}), OutcomeUnknown),
        (answer({"ActionStatus": "OK"}), OutcomeUnknown),
        (failed("0"), OutcomeUnknown),
        (failed(True), OutcomeUnknown),
        (failed(70107, status=502), OutcomeUnknown),
        (answer({"ActionStatus": "OK", "ErrorCode": 0}, 500), OutcomeUnknown),
        (answer("<html>bad gateway</html>", 502), OutcomeUnknown),
        (answer("", 200), OutcomeUnknown),
        (answer("[" * 200_000), OutcomeUnknown),
    ],
)
def test_answers_that_are_written_otherwise(odd: Answer, kind: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        read(odd, NOW, Purpose.CHANGE)
    assert type(caught.value) is kind
    assert caught.value.answer is odd


def test_a_success_is_the_whole_body() -> None:
    body = {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", "AttrNames": {}}
    assert read(answer(body), NOW) == body


def test_its_own_words_are_quoted_once() -> None:
    with pytest.raises(Rejected, match=r"^Tencent Chat answers 70020 “no app 7”: the SDKAppID does not exist\. Check"):
        read(failed(70020, "no app 7"), NOW)


def test_a_skewed_clock_is_named_when_a_user_sig_expired() -> None:
    refused = failed(70001, Date=format_datetime(NOW - timedelta(days=2), usegmt=True))
    with pytest.raises(errors.TokenExpired, match="48 h 00 min ahead of the provider's"):
        read(refused, NOW)


def test_a_user_sig_is_made_for_a_day_and_used_for_half_of_it() -> None:
    made = token(ACCOUNT, KEY, NOW, SystemRandomness())
    for hours, flaw in ((0, True), (24, True), (26, False)):
        proven = verify(made.value.reveal(), KEY, 1400000000, "administrator", NOW + timedelta(hours=hours))
        assert (proven is None) is flaw
    assert timedelta(hours=12) <= made.renew_at - NOW <= timedelta(hours=12, minutes=30)


def test_two_user_sigs_of_one_second_differ() -> None:
    made = {token(ACCOUNT, KEY, NOW, SystemRandomness()).value.reveal() for _ in range(20)}
    assert len(made) > 15


def test_the_query_signs_and_its_copy_is_masked() -> None:
    made = token(ACCOUNT, KEY, NOW, SystemRandomness()).value
    signature = sign(ACCOUNT, made, SystemClock(), SystemRandomness())
    query = dict(signature.query)
    assert list(query) == ["sdkappid", "identifier", "usersig", "random", "contenttype"]
    assert (query["sdkappid"], query["identifier"], query["contenttype"]) == ("1400000000", "administrator", "json")
    assert 0 <= int(query["random"]) < 2**32
    request = request_for(ONLINE_STATUS, ACCOUNT.hosts, "", {}, {"To_Account": ["u7"]})
    prepared = prepare(request, ACCOUNT.hosts[0], signature, TENCENT.masked, "id")
    assert prepared.sent.url == (
        "https://console.tim.qq.com/v4/openim/query_online_status?sdkappid=1400000000&identifier=administrator"
        f"&usersig={MASK}&random={query['random']}&contenttype=json"
    )
    assert made.reveal() not in repr(prepared) and made.reveal().replace("*", "%2A") not in repr(prepared)
    assert prepared.request.url.params["usersig"] == made.reveal()


def test_a_preview_has_no_user_sig() -> None:
    assert [name for name, _ in preview(ACCOUNT).query] == [
        "sdkappid",
        "identifier",
        "usersig",
        "random",
        "contenttype",
    ]
