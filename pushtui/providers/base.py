"""What all providers share: the declaration of an operation and of a kind of draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pushtui.domain.json_body import JsonObject, JsonPath
from pushtui.providers.answering import date_of

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Answer, Headers
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.field import FieldSpec, Variant
    from pushtui.domain.finding import Finding
    from pushtui.domain.handset import Handset
    from pushtui.domain.quota import Quota, Rate
    from pushtui.domain.reach import Reach
    from pushtui.domain.reading import Reading
    from pushtui.domain.recipient import Recipient, RowFinding
    from pushtui.domain.secret import Secret
    from pushtui.providers.wire import WireModel


MADE_AT_SEND = "(made when sent)"
"""Stands in a preview for what only the moment of sending can make."""


RequestT = TypeVar("RequestT", bound="WireModel")


class Encoding(StrEnum):
    """How a request body is written; the value is its content type."""

    JSON = "application/json"
    FORM = "application/x-www-form-urlencoded"
    NONE = ""
    """There is no body; what is asked stands in the path and the query."""


class Purpose(StrEnum):
    """What a request is for, which decides what a doubtful outcome means; the value says that in a sentence."""

    PUSH = "The push may or may not have been accepted."
    READ = "Nothing was changed; ask again."
    CHANGE = "The change may or may not have been made; look before you try again."


class CostUnit(StrEnum):
    """What a rate limit counts."""

    CALL = "call"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[RequestT]):
    """One operation of a provider, declared once for client, preview, pacing, help and tests."""

    name: str
    method: str
    path: str
    """Segments in braces stand for values: `/users/{username}`."""
    encoding: Encoding
    request_model: type[RequestT]
    """The body, or the query of a request without one."""
    response_model: type[WireModel]
    repeatable: bool
    """Whether a second call with the same body does no harm."""
    rates: tuple[Rate, ...] = ()
    cost_unit: CostUnit = CostUnit.CALL
    """What the rates count."""
    quotas: tuple[Quota, ...] = ()

    @property
    def quota_group(self) -> str:
        """The group in the quota ledger; the path where there is no quota."""
        return self.quotas[0].group if self.quotas else self.path


@dataclass(frozen=True, slots=True)
class Signature:
    """What proves who is calling: headers, and parameters of the query, not yet percent-encoded."""

    headers: Headers = ()
    query: Headers = ()


class Signer(Protocol):
    """Makes what proves who is calling, fresh for each request.

    The secret is the account's own, or the token that stands for it where the provider has tokens.
    """

    def __call__(self, account: Account, secret: Secret, clock: Clock, randomness: Randomness) -> Signature: ...


class Reader(Protocol):
    """Reads an answer: the provider's body on success, a ProviderError otherwise."""

    def __call__(self, answer: Answer, now: datetime, purpose: Purpose = Purpose.PUSH) -> JsonObject: ...


@dataclass(frozen=True, slots=True)
class Token:
    """What signs an account's requests for a while, in place of its secret."""

    value: Secret
    renew_at: datetime
    """By the clock that it was made by; well before it ends."""


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """How a token is asked for that only the provider can make."""

    endpoint: Endpoint[Any]
    signature: Signature = field(repr=False)
    body: JsonObject = field(repr=False)
    read: Callable[[JsonObject, datetime], Token]
    """Reads the token out of an answer that came at a time; raises OutcomeUnknown if there is none."""


class TokenMaker(Protocol):
    """Makes a token of an account's secret, or says how to ask for one; `now` is the provider's time.

    Raises SecretUnavailable if the secret cannot be one.
    """

    def __call__(
        self, account: Account, secret: Secret, now: datetime, randomness: Randomness
    ) -> Token | TokenRequest: ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider calls a send that it accepted."""

    push_id: str
    message_uid: str


@dataclass(frozen=True, slots=True)
class ShellHeaders:
    """Lines of POSIX shell that set variables, and the headers that use them.

    The lines read the secret from `$SECRET`. Headers are either literal, or the value of a variable.
    """

    lines: tuple[str, ...]
    literals: Headers
    variables: Headers
    """The names of a header and of the variable that holds its value."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A cloud: where an app is, how to sign, how to read answers, what carries secrets."""

    name: str
    title: str
    sign: Signer
    read: Reader
    masked: frozenset[str]
    """Lower-case names of headers and query parameters whose values are masked wherever they are shown or kept."""
    preview: Callable[[Account], Signature]
    """The signature as a preview shows it, before the moment of sending makes the real one."""
    shell_headers: Callable[[Account], ShellHeaders] | None = None
    """How a shell makes the same headers from the secret in an environment variable; None where it cannot."""
    base_path: Callable[[Account], str] = lambda account: ""
    """What stands between host and the path of an endpoint; empty, or with a slash before it and none behind."""
    told_at: Callable[[Answer], datetime | None] = date_of
    """What time it is where an answer was made, if that says so."""
    token: TokenMaker | None = None
    """None where the account's secret signs each request itself."""
    too_fast: frozenset[int] = frozenset()
    """Codes in the body that say that a rate was exceeded, whatever the HTTP status."""


@dataclass(frozen=True, slots=True)
class Batching:
    """How a kind of draft goes to more people than one request takes."""

    most: int
    """Recipients of one request."""
    fields: tuple[str, ...]
    """The keys of the body that hold recipients, and what each of them gets."""
    placeholders: Callable[[JsonObject], tuple[str, ...]]
    """The names, without braces, for which each recipient has a value of its own."""
    inline: Callable[[JsonObject], Iterator[Recipient]]
    """Those that stand in the body itself, in their order."""
    body: Callable[[JsonObject, Sequence[Recipient]], JsonObject]
    """The body for some recipients, made from one that names none."""
    check: Callable[[JsonObject], Callable[[Recipient], Iterable[RowFinding]]]
    """What is wrong with a recipient of a body; called once for all its recipients, then for each."""
    beside: Callable[[JsonObject], Iterable[Finding]]
    """What a body must not hold when its recipients stand elsewhere."""
    users: Callable[[JsonObject], list[str]]
    """Whom the body of a request goes to, in its order."""
    uids: Callable[[JsonObject], dict[str, str]]
    """The message UIDs in an accepted answer, by user; empty where the provider gives none."""
    reading: Callable[[JsonObject, int, Sequence[Handset]], Reading]
    """What the recipient at an index of a request's body reads, on handsets like these."""
    personal: Callable[[JsonObject, int], JsonObject]
    """The message to the recipient at an index alone, with everything filled in."""


def nothing_more(_body: JsonObject) -> str:
    """Ask for no more than the reach does."""
    return ""


@dataclass(frozen=True, slots=True)
class DraftKind:
    """A kind of draft: its endpoint, its form, its rules and its reach."""

    name: str
    title: str
    about: str
    """What it does, in a sentence."""
    provider: Provider
    endpoint: Endpoint[Any]
    fields: tuple[FieldSpec, ...]
    containers: frozenset[JsonPath]
    """Objects that stay in the body even when empty, because the provider requires them."""
    variants: tuple[Variant, ...]
    new_body: Callable[[], JsonObject]
    rules: tuple[Callable[[JsonObject], Iterable[Finding]], ...]
    reach: Callable[[JsonObject], Reach]
    gist: Callable[[JsonObject], str]
    """What people will read, or what becomes of their setting, in a line; empty where the body says nothing."""
    receipt: Callable[[JsonObject], Receipt]
    """Read the ids out of an accepted answer."""
    batching: Batching | None = None
    """None for a kind whose recipients are one audience in one request."""
    demand: Callable[[JsonObject], str] = nothing_more
    """A word that has to be typed besides to confirm, for what a body does beyond what it seems to; mostly empty."""
