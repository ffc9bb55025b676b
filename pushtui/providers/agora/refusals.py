"""What Agora Chat's errors mean: told apart by status, error, exception and text, since none of them suffices."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.domain.errors import OutcomeUnknown, ProviderError, Rejected
from pushtui.providers.errors import (
    AppForbidden,
    AuthenticationFailed,
    NoSuchUser,
    NotFound,
    ParameterInvalid,
    QuotaExhausted,
    RateExceeded,
    ServiceNotEnabled,
    TokenExpired,
    UnknownApp,
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What an error means if its status fits and one of the words is anywhere in it; no words fit always."""

    statuses: range
    words: tuple[str, ...]
    """In lower case."""
    error: type[ProviderError]
    advice: str = ""

    def fits(self, status: int, said: str) -> bool:
        """Tell whether an error means this; `said` is all of its texts."""
        return status in self.statuses and (not self.words or any(word in said.lower() for word in self.words))


def _only(status: int) -> range:
    return range(status, status + 1)


_WAIT = "The app calls this more often than its rate allows, which is shared with its other programs. Wait a moment."
_OFF = "Push settings need the advanced push feature: switch it on in Agora's console."

SENSES = (
    Sense(_only(401), ("expired",), TokenExpired, "The token's time is over by Agora's clock, or none came along."),
    Sense(
        _only(401),
        ("does not have permission", "unauthorizedexception"),
        AppForbidden,
        "The token stands for a user and not for the app.",
    ),
    Sense(
        _only(401),
        (),
        AuthenticationFailed,
        "App ID and secret do not belong to this app: check both, and the host of the data centre.",
    ),
    Sense(
        _only(400), ("invalid_grant", "client_id", "client_secret"), AuthenticationFailed, "Check client id and secret."
    ),
    Sense(
        _only(404),
        ("application_not_found", "could not find application"),
        UnknownApp,
        "The app is unknown to this host. Check org_name and app_name, or app_id, and the host of the data centre.",
    ),
    Sense(
        _only(429), ("resource_limited", "exceeded the limit of the"), QuotaExhausted, "The plan allows no more today."
    ),
    Sense(_only(429), (), RateExceeded, _WAIT),
    Sense(_only(403), ("limitexception", "limit request"), RateExceeded, _WAIT),
    Sense(_only(400), ("too many queries", "reached the maximum limit"), RateExceeded, _WAIT),
    Sense(range(400, 404), ("not open", "service open exception"), ServiceNotEnabled, _OFF),
    Sense(_only(403), ("forbidden_op",), ServiceNotEnabled, _OFF),
    Sense(_only(403), (), AppForbidden),
    Sense(_only(404), ("usernotfoundexception",), NoSuchUser, "Nobody has this user id at the app."),
    Sense(
        _only(400),
        ("property named username", "requiredpropertynotfound"),
        NoSuchUser,
        "Nobody has this user id at the app.",
    ),
    Sense(_only(404), ("resource_not_found", "resourcenotfound"), NotFound),
    Sense(_only(400), ("entitynotfoundexception", "is not exist"), NotFound),
    Sense(range(404, 406), (), ParameterInvalid, "The address is unknown to this host. Check the account's base URL."),
    Sense(_only(408), (), OutcomeUnknown, "Agora Chat timed out inside."),
    Sense(range(400, 500), ("json_parse", "argument", "parameter", "web_application", "duplicate"), ParameterInvalid),
    Sense(range(400, 500), (), Rejected),
    Sense(
        _only(500),
        ("webapplicationexception", "service operation not supported"),
        OutcomeUnknown,
        "It often means that the address is wrong: check the account's base URL and the app's names.",
    ),
    Sense(range(500, 600), (), OutcomeUnknown, "Agora Chat failed inside."),
)
"""The first that fits counts. Sources: Agora's and Easemob's tables of status codes, and recorded answers."""


def sense_of(status: int, said: str) -> Sense:
    """Return what an error means; everything that is no error by its status is doubtful."""
    return next((sense for sense in SENSES if sense.fits(status, said)), Sense(_only(status), (), OutcomeUnknown))
