"""What can go wrong, as one tree.

PushtuiError                 title and message for people
├── UsageError               the command or the input is wrong (exit status 2)
├── Refused                  a rule of pushtui forbids it (read-only, stale plan, no confirmation)
├── AccountError             unknown account, bad account file
├── SecretUnavailable        no secret, or no place to keep one
├── DraftError               a draft file that cannot be read or written
├── JournalError             the journal cannot be opened or written
├── SandboxError             the sandbox cannot be started or reached
└── ProviderError            a request to a provider; carries status, code, request id
    ├── NotSent              it surely never reached the provider: may be tried again
    ├── Rejected             the provider said no
    └── OutcomeUnknown       it may have been accepted: never repeated by the program
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushtui.domain.attempt import Answer


class PushtuiError(Exception):
    """An error with a short title and a message that says what to do."""

    title = "Something went wrong"

    def __init__(self, message: str, *, title: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if title is not None:
            self.title = title


class UsageError(PushtuiError):
    """The command line or an argument is wrong."""

    title = "Usage"


class Refused(PushtuiError):
    """A rule of pushtui forbids the operation."""

    title = "Refused"


class AccountError(PushtuiError):
    """An account is unknown or its description is wrong."""

    title = "Account"


class SecretUnavailable(PushtuiError):
    """An account's secret cannot be read or kept."""

    title = "No secret"


class DraftError(PushtuiError):
    """A draft cannot be read or written."""

    title = "Draft"


class JournalError(PushtuiError):
    """The journal cannot be opened or written."""

    title = "Journal"


class SandboxError(PushtuiError):
    """The sandbox cannot be started or reached."""

    title = "Sandbox"


class ProviderError(PushtuiError):
    """A request to a provider did not end in success."""

    title = "Provider"
    spends_quota = False
    """Whether the provider probably counted the call."""

    def __init__(
        self,
        message: str,
        *,
        title: str | None = None,
        code: int | None = None,
        request_id: str = "",
        answer: Answer | None = None,
    ) -> None:
        super().__init__(message, title=title)
        self.code = code
        self.request_id = request_id
        self.answer = answer
        """What came back, as far as it did."""


class NotSent(ProviderError):
    """The request surely never reached the provider."""

    title = "Not sent"


class Rejected(ProviderError):
    """The provider refused the request."""

    title = "Rejected"


class OutcomeUnknown(ProviderError):
    """The request may have been accepted; nobody here can know."""

    title = "Outcome unknown"
    spends_quota = True
