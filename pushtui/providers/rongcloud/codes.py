"""RongCloud's status codes as typed errors.

Rejected
├── AuthenticationFailed   1001 1002(App-Key) 1004
├── AppForbidden           1006 1007
├── ParameterInvalid       404 1002 1003 1005 1501 1502 1508
├── RateExceeded           1008
└── ServiceNotEnabled      1009
OutcomeUnknown             1000 1050, any HTTP 5xx, 200 under another HTTP status, anything unreadable
"""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.providers.errors import (
    AppForbidden,
    AuthenticationFailed,
    ParameterInvalid,
    RateExceeded,
    ServiceNotEnabled,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A documented body code: its HTTP status, its error, and what to do about it."""

    http: int
    error: type[ProviderError]
    advice: str
    """What to do about it when it comes of a push."""
    otherwise: str = ""
    """What to do about it when it comes of anything else, where that differs."""


SUCCESS = 200

CODES: dict[int, Code] = {
    404: Code(404, ParameterInvalid, "The address is unknown to this host. Check the account's region or base URL."),
    1000: Code(
        500,
        OutcomeUnknown,
        "RongCloud failed inside; whether it still sent the push is not known.",
        "RongCloud failed inside.",
    ),
    1001: Code(401, AuthenticationFailed, "The App Secret does not belong to this App Key."),
    1002: Code(400, ParameterInvalid, "RongCloud names the parameter in its text."),
    1003: Code(400, ParameterInvalid, "RongCloud saw no body at all."),
    1004: Code(
        401,
        AuthenticationFailed,
        "The signature does not fit. Usually the App Secret is wrong, or it is the App Key by mistake.",
    ),
    1005: Code(400, ParameterInvalid, "A value is longer than allowed."),
    1006: Code(401, AppForbidden, "The app is locked or deleted."),
    1007: Code(401, AppForbidden, "This operation is closed for the app."),
    1008: Code(
        429,
        RateExceeded,
        "Every variant of /push.json shares 2 an hour and 3 a day; messages to named users share 100 a second. Wait; "
        "do not repeat it now.",
        "The app calls this more often than its rate allows, which is shared with its other programs. Wait a moment.",
    ),
    1009: Code(
        430,
        ServiceNotEnabled,
        "“Broadcast to users” is off for this App Key. Switch it on in RongCloud's console; it takes a while to work.",
        "The feature is off for this App Key. Switch it on in RongCloud's console; it takes a while to work.",
    ),
    1015: Code(200, Rejected, "There is nothing to delete."),
    1050: Code(
        504,
        OutcomeUnknown,
        "RongCloud timed out inside; whether it still sent the push is not known.",
        "RongCloud timed out inside.",
    ),
    1501: Code(400, ParameterInvalid, "A parameter has the wrong type."),
    1502: Code(400, ParameterInvalid, "There are more values than allowed."),
    2007: Code(403, Rejected, "The development environment holds at most 100 users; no more can be registered."),
    1508: Code(400, ParameterInvalid, "The whole body is too large."),
}
"""From the status table and the SDKs; HTTP statuses of 1501, 1502 and 1508 are inferred."""

UNKNOWN_APP_KEY_TEXT = "Invalidate App-Key."
"""How 1002 reads when it means the App Key, as recorded from the real service."""
