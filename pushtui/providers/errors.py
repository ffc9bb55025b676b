"""What providers refuse, told apart as far as somebody can do something about it.

Rejected
├── AuthenticationFailed     the provider does not believe who is calling
│   ├── TokenExpired         the token's time is over by the provider's clock; another is made once
│   ├── UnknownApp           there is no such app at this host
│   └── WrongDataCentre      the app lives in another data centre than this host
├── AppForbidden             the app is locked, or may not call this
├── NotFound                 there is nothing by this name
│   └── NoSuchUser           nobody has this id
├── ParameterInvalid         a value, or the address, is not accepted
├── RateExceeded             asked too fast; a moment later it may be accepted
├── QuotaExhausted           what the app may do in a day or a month is used up
├── ServiceNotEnabled        the feature is off in the provider's console
└── FailedInside             the provider failed, and says that nothing was done
OutcomeUnknown
└── ConnectionLost           the connection broke before an answer was there
"""

from __future__ import annotations

from pushtui.domain.errors import OutcomeUnknown, Rejected


class AuthenticationFailed(Rejected):
    """The provider does not believe who is calling."""

    title = "Authentication failed"


class TokenExpired(AuthenticationFailed):
    """The token's time is over, by the provider's clock."""

    title = "Token expired"


class UnknownApp(AuthenticationFailed):
    """There is no such app at this host."""

    title = "Unknown app"


class WrongDataCentre(AuthenticationFailed):
    """The app lives in another data centre than this host."""

    title = "Wrong data centre"


class AppForbidden(Rejected):
    """The app is locked, or may not call this."""

    title = "App not allowed"


class NotFound(Rejected):
    """There is nothing by the name that was asked about."""

    title = "Not found"


class NoSuchUser(NotFound):
    """Nobody has the id that was asked about."""

    title = "No such user"


class ParameterInvalid(Rejected):
    """The provider does not accept a value."""

    title = "Parameter refused"
    spends_quota = True


class RateExceeded(Rejected):
    """Asked too fast."""

    title = "Called too often"


class QuotaExhausted(Rejected):
    """What the app may do in a day or a month is used up."""

    title = "Quota exhausted"


class ServiceNotEnabled(Rejected):
    """The feature is off in the provider's console."""

    title = "Service not enabled"
    spends_quota = True


class FailedInside(Rejected):
    """The provider failed inside, and says that nothing was done."""

    title = "Provider failed"


class ConnectionLost(OutcomeUnknown):
    """The connection broke before a whole answer was there."""
