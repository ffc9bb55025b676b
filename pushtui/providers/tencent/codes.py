"""Tencent Chat's error codes: what they say, and whether the same request may succeed later.

Every answer is HTTP 200; ErrorCode tells success (0) from failure. 60xxx come from the gateway,
70xxx from accounts and UserSig, 40xxx from profiles, 80xxx and 90xxx from messages and push.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Retry(StrEnum):
    """What repeating the same request can bring; inferred from Tencent's handling texts."""

    MAY_SUCCEED = "may succeed"
    LATER = "later"
    """Once a while has passed, or the quota is renewed."""
    USELESS = "useless"
    """The request, the app or the account must change first."""


@dataclass(frozen=True, slots=True)
class Code:
    """A documented code, in Tencent's sense but our words."""

    text: str
    retry: Retry = Retry.USELESS
    wait: int = 0
    """Seconds to wait, where Tencent says how many."""


_MAY, _LATER = Retry.MAY_SUCCEED, Retry.LATER

SUCCESS = 0

GATEWAY: dict[int, Code] = {
    60002: Code("the HTTP request cannot be read"),
    60003: Code("the body is not valid JSON"),
    60004: Code("checking the account failed", _MAY),
    60005: Code("checking the account failed", _MAY),
    60006: Code("the SDKAppID is invalid"),
    60007: Code("the API is called too often", _LATER),
    60008: Code("the service timed out, or the HTTP request is malformed", _MAY),
    60009: Code("no such resource; check the path"),
    60010: Code("app admin permission is required"),
    60011: Code("the SDKAppID calls too often", _LATER),
    60012: Code("sdkappid is missing"),
    60013: Code("the service answered invalid JSON", _MAY),
    60014: Code("checking the account timed out", _MAY),
    60015: Code("a UserID in the body is not a string"),
    60016: Code("the SDKAppID is disabled"),
    60017: Code("the request is disabled"),
    60018: Code("too many requests, try again later", _LATER),
    60019: Code("too many requests, try again later", _LATER),
    60020: Code("the service is unavailable: the package has expired or is in arrears"),
    60021: Code("this IP address is not allowed"),
    60025: Code("sdkappid, identifier, usersig, random or contenttype in the URL is wrong"),
    60026: Code("the domain does not belong to the data centre of this SDKAppID"),
    60027: Code("this type of product is not allowed"),
    60028: Code("the trial edition's requests of 24 hours are used up", _LATER),
}

ACCOUNTS: dict[int, Code] = {
    70001: Code("the UserSig has expired"),
    70003: Code("the UserSig is illegal"),
    70009: Code("the UserSig cannot be verified; was it made with another app's key?"),
    70013: Code("the identifier does not match the UserSig"),
    70014: Code("the sdkappid does not match the UserSig"),
    70016: Code("there is no public key"),
    70020: Code("the SDKAppID does not exist"),
    70050: Code("verification failed too often; try again after a minute", _LATER, 60),
    70051: Code("the account is on the blocklist"),
    70107: Code("the account does not exist; it was not imported"),
    70169: Code("the service timed out", _MAY),
    70398: Code("too many accounts for this edition"),
    70399: Code("a deleted account cannot be imported again for three months"),
    70402: Code("a parameter is illegal"),
    70403: Code("app admin permission is required"),
    70404: Code("the SDK is too old"),
    70500: Code("internal error", _MAY),
    71000: Code("accounts cannot be deleted in this edition"),
    72000: Code("the quota of daily active users is used up"),
    72001: Code("the feature is not enabled in the console"),
    72002: Code("the quota of monthly active users is used up"),
    72010: Code("called too often", _LATER),
    72011: Code("global do-not-disturb is not enabled in the console"),
    72012: Code("the feature is not enabled in the console"),
}

PROFILES: dict[int, Code] = {
    40001: Code("Err_Profile_Comm_Decode_Fail"),
    40003: Code("Err_Profile_Invalid_Account"),
    40006: Code("writing the profile failed inside", _MAY),
    40601: Code("a profile value is longer than 500 bytes"),
}

PUSH: dict[int, Code] = {
    80001: Code("the text is blocked by content filtering"),
    80002: Code("the message body is larger than 12K"),
    80003: Code("the callback before sending failed"),
    80004: Code("the image is blocked by content filtering"),
    80005: Code("the service is deactivated"),
    90001: Code("the JSON cannot be read, or a field is malformed"),
    90002: Code("MsgBody does not match the message format"),
    90003: Code("To_Account is missing or unknown"),
    90005: Code("MsgRandom is missing or not an integer"),
    90007: Code("MsgBody is not an array"),
    90008: Code("From_Account is missing or unknown"),
    90009: Code("app admin permission is required"),
    90010: Code("the request does not match the message format"),
    90011: Code("more than 500 targets"),
    90012: Code("To_Account is not registered"),
    90018: Code("too many accounts in one request"),
    90020: Code("a tag is longer than 50 bytes"),
    90022: Code("the same tag stands in TagsOr and TagsAnd"),
    90024: Code("pushes must be more than a second apart", _LATER, 1),
    90026: Code("MsgLifeTime is greater than 7 days"),
    90032: Code("more than 10 tags"),
    90033: Code("invalid attribute"),
    90034: Code("the length of a tag or attribute exceeds 50 bytes"),
    90035: Code("the attribute belongs to another type of account"),
    90039: Code("tags and attributes cannot be conditions of one push"),
    90040: Code("a tag of the condition is empty"),
    90043: Code("OfflinePushInfo is malformed"),
    90044: Code("MsgLifeTime is not an integer"),
    90045: Code("“Push to all users” is not enabled"),
    90047: Code("today's pushes are used up", _LATER),
    90048: Code("the account does not exist"),
    90049: Code("there is no such task"),
    90050: Code("the task was revoked before"),
    90051: Code("revoked too often", _LATER),
    90052: Code("the task is older than 24 hours"),
    90053: Code("the task cannot be revoked like this"),
    90056: Code("the body of a push to all is larger than 10K"),
    90057: Code("DataId is longer than 64 bytes"),
    90992: Code("internal error", _MAY),
    90994: Code("internal error", _MAY),
    90995: Code("internal error", _MAY),
    91000: Code("internal error", _MAY),
}
"""91000 on a push is ambiguous: it may have been sent."""

CODES: dict[int, Code] = {**GATEWAY, **ACCOUNTS, **PROFILES, **PUSH}
