"""Tencent Chat's error codes: what they say, and whether the same request may succeed later.

Every answer is HTTP 200; ErrorCode tells success (0) from failure. 60xxx come from the gateway,
70xxx from accounts and UserSig, 40xxx from profiles, 80xxx and 90xxx from messages and push.
Codes that the program itself says or recognises have names.
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

BAD_HTTP = 60002
NO_JSON = 60003
TOO_OFTEN = 60007
TIMED_OUT = 60008
NO_SUCH_PATH = 60009
NOT_ADMIN = 60010
NO_SDKAPPID = 60012
USER_ID_NOT_TEXT = 60015
BAD_QUERY = 60025

GATEWAY: dict[int, Code] = {
    BAD_HTTP: Code("the HTTP request cannot be read"),
    NO_JSON: Code("the body is not valid JSON"),
    60004: Code("checking the account failed", _MAY),
    60005: Code("checking the account failed", _MAY),
    60006: Code("the SDKAppID is invalid"),
    TOO_OFTEN: Code("the API is called too often", _LATER),
    TIMED_OUT: Code("the service timed out, or the HTTP request is malformed", _MAY),
    NO_SUCH_PATH: Code("no such resource; check the path"),
    NOT_ADMIN: Code("app admin permission is required"),
    60011: Code("the SDKAppID calls too often", _LATER),
    NO_SDKAPPID: Code("sdkappid is missing"),
    60013: Code("the service answered invalid JSON", _MAY),
    60014: Code("checking the account timed out", _MAY),
    USER_ID_NOT_TEXT: Code("a UserID in the body is not a string"),
    60016: Code("the SDKAppID is disabled"),
    60017: Code("the request is disabled"),
    60018: Code("too many requests, try again later", _LATER),
    60019: Code("too many requests, try again later", _LATER),
    60020: Code("the service is unavailable: the package has expired or is in arrears"),
    60021: Code("this IP address is not allowed"),
    BAD_QUERY: Code("sdkappid, identifier, usersig, random or contenttype in the URL is wrong"),
    60026: Code("the domain does not belong to the data centre of this SDKAppID"),
    60027: Code("this type of product is not allowed"),
    60028: Code("the trial edition's requests of 24 hours are used up", _LATER),
}

USER_SIG_EXPIRED = 70001
USER_SIG_ILLEGAL = 70003
USER_SIG_OF_OTHER_KEY = 70009
USER_SIG_OF_OTHER_IDENTIFIER = 70013
USER_SIG_OF_OTHER_APP = 70014
UNKNOWN_SDKAPPID = 70020
TOO_MANY_FAILURES = 70050
UNKNOWN_ACCOUNT = 70107
ACCOUNT_TIMED_OUT = 70169
TOO_MANY_ACCOUNTS = 70398
MALFORMED_ACCOUNT = 70402
DO_NOT_DISTURB_DISABLED = 72011

ACCOUNTS: dict[int, Code] = {
    USER_SIG_EXPIRED: Code("the UserSig has expired"),
    USER_SIG_ILLEGAL: Code("the UserSig is illegal"),
    USER_SIG_OF_OTHER_KEY: Code("the UserSig cannot be verified; was it made with another app's key?"),
    USER_SIG_OF_OTHER_IDENTIFIER: Code("the identifier does not match the UserSig"),
    USER_SIG_OF_OTHER_APP: Code("the sdkappid does not match the UserSig"),
    70016: Code("there is no public key"),
    UNKNOWN_SDKAPPID: Code("the SDKAppID does not exist"),
    TOO_MANY_FAILURES: Code("verification failed too often; try again after a minute", _LATER, 60),
    70051: Code("the account is on the blocklist"),
    UNKNOWN_ACCOUNT: Code("the account does not exist; it was not imported"),
    ACCOUNT_TIMED_OUT: Code("the service timed out", _MAY),
    TOO_MANY_ACCOUNTS: Code("too many accounts for this edition"),
    70399: Code("a deleted account cannot be imported again for three months"),
    MALFORMED_ACCOUNT: Code("a parameter is illegal"),
    70403: Code("app admin permission is required"),
    70404: Code("the SDK is too old"),
    70500: Code("internal error", _MAY),
    71000: Code("accounts cannot be deleted in this edition"),
    72000: Code("the quota of daily active users is used up"),
    72001: Code("the feature is not enabled in the console"),
    72002: Code("the quota of monthly active users is used up"),
    72010: Code("called too often", _LATER),
    DO_NOT_DISTURB_DISABLED: Code("global do-not-disturb is not enabled in the console"),
    72012: Code("the feature is not enabled in the console"),
}

MALFORMED_PROFILE = 40001
UNKNOWN_PROFILE = 40003
PROFILE_FAILED_INSIDE = 40006
PROFILE_VALUE_TOO_LONG = 40601

PROFILES: dict[int, Code] = {
    MALFORMED_PROFILE: Code("Err_Profile_Comm_Decode_Fail"),
    UNKNOWN_PROFILE: Code("Err_Profile_Invalid_Account"),
    PROFILE_FAILED_INSIDE: Code("writing the profile failed inside", _MAY),
    PROFILE_VALUE_TOO_LONG: Code("a profile value is longer than 500 bytes"),
}

BODY_TOO_LARGE = 80002
MALFORMED = 90001
BAD_MESSAGE = 90002
BAD_RANDOM = 90005
MESSAGE_NO_ARRAY = 90007
UNKNOWN_SENDER = 90008
PUSH_NOT_ADMIN = 90009
BAD_ELEMENT = 90010
TOO_MANY_TARGETS = 90011
TOO_MANY_USERS = 90018
TAG_TOO_LONG = 90020
TAG_TWICE = 90022
PUSHES_TOO_CLOSE = 90024
LIFETIME_TOO_LONG = 90026
TOO_MANY_TAGS = 90032
INVALID_ATTRIBUTE = 90033
ATTRIBUTE_TOO_LONG = 90034
TAGS_AND_ATTRIBUTES = 90039
EMPTY_TAG = 90040
BAD_OFFLINE_PUSH = 90043
BAD_LIFETIME = 90044
PUSH_DISABLED = 90045
PUSHES_USED_UP = 90047
NO_SUCH_ACCOUNT = 90048
PUSH_TOO_LARGE = 90056
FAILED_INSIDE = 91000
"""On a push it is ambiguous: it may have been sent."""

PUSH: dict[int, Code] = {
    80001: Code("the text is blocked by content filtering"),
    BODY_TOO_LARGE: Code("the message body is larger than 12K"),
    80003: Code("the callback before sending failed"),
    80004: Code("the image is blocked by content filtering"),
    80005: Code("the service is deactivated"),
    MALFORMED: Code("the JSON cannot be read, or a field is malformed"),
    BAD_MESSAGE: Code("MsgBody does not match the message format"),
    90003: Code("To_Account is missing or unknown"),
    BAD_RANDOM: Code("MsgRandom is missing or not an integer"),
    MESSAGE_NO_ARRAY: Code("MsgBody is not an array"),
    UNKNOWN_SENDER: Code("From_Account is missing or unknown"),
    PUSH_NOT_ADMIN: Code("app admin permission is required"),
    BAD_ELEMENT: Code("the request does not match the message format"),
    TOO_MANY_TARGETS: Code("more than 500 targets"),
    90012: Code("To_Account is not registered"),
    TOO_MANY_USERS: Code("too many accounts in one request"),
    TAG_TOO_LONG: Code("a tag is longer than 50 bytes"),
    TAG_TWICE: Code("the same tag stands in TagsOr and TagsAnd"),
    PUSHES_TOO_CLOSE: Code("pushes must be more than a second apart", _LATER, 1),
    LIFETIME_TOO_LONG: Code("MsgLifeTime is greater than 7 days"),
    TOO_MANY_TAGS: Code("more than 10 tags"),
    INVALID_ATTRIBUTE: Code("invalid attribute"),
    ATTRIBUTE_TOO_LONG: Code("the length of a tag or attribute exceeds 50 bytes"),
    90035: Code("the attribute belongs to another type of account"),
    TAGS_AND_ATTRIBUTES: Code("tags and attributes cannot be conditions of one push"),
    EMPTY_TAG: Code("a tag of the condition is empty"),
    BAD_OFFLINE_PUSH: Code("OfflinePushInfo is malformed"),
    BAD_LIFETIME: Code("MsgLifeTime is not an integer"),
    PUSH_DISABLED: Code("“Push to all users” is not enabled"),
    PUSHES_USED_UP: Code("today's pushes are used up", _LATER),
    NO_SUCH_ACCOUNT: Code("the account does not exist"),
    90049: Code("there is no such task"),
    90050: Code("the task was revoked before"),
    90051: Code("revoked too often", _LATER),
    90052: Code("the task is older than 24 hours"),
    90053: Code("the task cannot be revoked like this"),
    PUSH_TOO_LARGE: Code("the body of a push to all is larger than 10K"),
    90057: Code("DataId is longer than 64 bytes"),
    90992: Code("internal error", _MAY),
    90994: Code("internal error", _MAY),
    90995: Code("internal error", _MAY),
    FAILED_INSIDE: Code("internal error", _MAY),
}

CODES: dict[int, Code] = {**GATEWAY, **ACCOUNTS, **PROFILES, **PUSH}
