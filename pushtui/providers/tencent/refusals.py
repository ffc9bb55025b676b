"""What Tencent Chat's error codes mean for whoever called, and what to do about them."""

from __future__ import annotations

from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.providers.base import Purpose
from pushtui.providers.errors import (
    AppForbidden,
    AuthenticationFailed,
    FailedInside,
    NoSuchUser,
    ParameterInvalid,
    QuotaExhausted,
    RateExceeded,
    ServiceNotEnabled,
    TokenExpired,
    UnknownApp,
    WrongDataCentre,
)
from pushtui.providers.tencent import codes
from pushtui.providers.tencent.codes import CODES, Retry

_MEANINGS: dict[type[ProviderError], tuple[int, ...]] = {
    TokenExpired: (codes.USER_SIG_EXPIRED,),
    UnknownApp: (60006, codes.NO_SDKAPPID, codes.UNKNOWN_SDKAPPID),
    WrongDataCentre: (60026,),
    AuthenticationFailed: (
        codes.BAD_QUERY,
        codes.USER_SIG_ILLEGAL,
        codes.USER_SIG_OF_OTHER_KEY,
        codes.USER_SIG_OF_OTHER_IDENTIFIER,
        codes.USER_SIG_OF_OTHER_APP,
        70016,
        codes.TOO_MANY_FAILURES,
    ),
    AppForbidden: (codes.NOT_ADMIN, codes.PUSH_NOT_ADMIN, 60016, 60017, 60020, 60021, 60027, 70051, 70403),
    ServiceNotEnabled: (codes.PUSH_DISABLED, 71000, 72001, codes.DO_NOT_DISTURB_DISABLED, 72012),
    NoSuchUser: (
        codes.UNKNOWN_PROFILE,
        codes.UNKNOWN_ACCOUNT,
        90003,
        codes.UNKNOWN_SENDER,
        90012,
        codes.NO_SUCH_ACCOUNT,
    ),
    QuotaExhausted: (60028, codes.TOO_MANY_ACCOUNTS, 72000, 72002, codes.PUSHES_USED_UP),
    RateExceeded: (codes.TOO_OFTEN, 60011, 60018, 60019, 72010, codes.PUSHES_TOO_CLOSE, 90051),
}
_ERRORS = {code: error for error, meant in _MEANINGS.items() for code in meant}

_KEY = "The secret key does not belong to this SDKAppID. Copy it from Tencent's console once more."
_ADMIN = "Give the account an admin of the app, as Tencent's console lists them."

ADVICE: dict[int, str] = {
    codes.TOO_OFTEN: "Wait a moment.",
    codes.NOT_ADMIN: _ADMIN,
    codes.PUSH_NOT_ADMIN: _ADMIN,
    60020: "Renew the package in Tencent's console.",
    60021: "Allow this machine's address in Tencent's console.",
    60026: "Give the account the region of the app.",
    codes.NO_SUCH_PATH: "Check the account's region or base URL.",
    codes.USER_SIG_EXPIRED: "It was made a moment ago, so the clocks differ.",
    codes.USER_SIG_ILLEGAL: _KEY,
    codes.USER_SIG_OF_OTHER_KEY: _KEY,
    codes.USER_SIG_OF_OTHER_IDENTIFIER: _ADMIN,
    codes.UNKNOWN_SDKAPPID: "Check the SDKAppID, and that the region is the app's.",
    codes.TOO_MANY_FAILURES: "Correct the secret first, then wait a minute.",
    codes.PUSH_DISABLED: "Switch on “Push to all users” in Tencent's console (Feature Configuration).",
    codes.DO_NOT_DISTURB_DISABLED: "Switch on global do-not-disturb in Tencent's console.",
}


def error_of(code: int, purpose: Purpose) -> type[ProviderError]:
    """Return what a code means; a failure inside leaves in doubt whether a change, or a push, was made."""
    known = CODES.get(code)
    if code in _ERRORS:
        return _ERRORS[code]
    if known is not None and known.retry is Retry.MAY_SUCCEED:
        return FailedInside if purpose is Purpose.READ else OutcomeUnknown
    return Rejected if known is None else ParameterInvalid
