"""A draft frozen for sending."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pushtui.domain.account import Account
from pushtui.domain.confirmation import Ritual, ritual_for
from pushtui.domain.draft import Draft
from pushtui.domain.finding import Finding, blocks
from pushtui.domain.json_body import JsonObject, compact
from pushtui.domain.quota import QuotaUse
from pushtui.domain.reach import Reach


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """One request as it will leave, but for what only the moment of sending can make.

    `hosts` are tried in order, the next one only when the one before was surely not reached.
    """

    method: str
    hosts: tuple[str, ...]
    path: str
    content_type: str
    body: bytes
    recipients: int = 0
    """How many people it names, where it names them."""

    @property
    def url(self) -> str:
        """Where the first try goes."""
        return self.hosts[0] + self.path

    @property
    def body_sha256(self) -> str:
        """In hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Requests:
    """A plan's requests in order: made anew with every iteration, so that memory never holds them all."""

    make: Callable[[], Iterator[PlannedRequest]]
    """May raise DraftError, since recipients stand in a file."""
    bodies: bytes
    """The SHA-256 of every body, one after the other."""
    recipients: int
    """How many people they name together, where they name them."""
    first: PlannedRequest | None
    """None where there is none."""
    sample: Mapping[str, str] = field(default_factory=dict)
    """Some of the people, the same ones in any plan for all of them, and a digest of what each gets."""

    @classmethod
    def seen(cls, make: Callable[[], Iterator[PlannedRequest]]) -> Requests:
        """Look at all requests once."""
        bodies, recipients, first = bytearray(), 0, None
        for request in make():
            first = first or request
            bodies += bytes.fromhex(request.body_sha256)
            recipients += request.recipients
        return cls(make, bytes(bodies), recipients, first)

    def __iter__(self) -> Iterator[PlannedRequest]:
        return self.make()

    @property
    def count(self) -> int:
        return len(self.bodies) // _DIGEST_BYTES

    def body_digests(self) -> Iterator[str]:
        """Yield the SHA-256 of every body in hexadecimal."""
        for start in range(0, len(self.bodies), _DIGEST_BYTES):
            yield self.bodies[start : start + _DIGEST_BYTES].hex()


_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class KnownRuns:
    """The runs of the very same requests that a plan points out, and since when it looked for them."""

    since: datetime
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """Exact requests in order, reach, cost and findings, with a digest over all of it.

    The digest says what would happen, so it leaves out the plan's own id and time and how
    much of the quotas happens to be spent. Known runs are in it as findings.
    """

    id: str
    made_at: datetime
    account: Account
    draft: Draft
    requests: Requests
    reach: Reach
    cost: Mapping[str, int]
    """Calls that each quota group is charged."""
    quotas: tuple[QuotaUse, ...]
    findings: tuple[Finding, ...]
    known: KnownRuns
    about_recipients: tuple[Finding, ...] = ()
    """Those of the findings that a look at all recipients brought."""
    demand: str = ""
    """A word that has to be typed besides to confirm; mostly empty."""
    seconds: float = 0.0
    """How long it takes at the provider's rate; next to nothing where no rate counts."""

    @property
    def sendable(self) -> bool:
        """False while an error stands among the findings."""
        return not blocks(self.findings)

    @property
    def ritual(self) -> Ritual:
        """What a person has to do to confirm; more if the very same was sent already."""
        return ritual_for(self.reach, self.account, again=bool(self.known.ids)).demanding(self.demand)

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal over everything that sending would do."""
        return hashlib.sha256(compact(self._substance()).encode()).hexdigest()

    @property
    def short_digest(self) -> str:
        """The first 12 digits, for people."""
        return self.digest[:12]

    def _substance(self) -> JsonObject:
        account = self.account
        return {
            "account": {
                "name": account.name,
                "provider": account.provider,
                "environment": account.environment.value,
                "ids": {key: account.ids[key] for key in sorted(account.ids)},
            },
            "kind": self.draft.kind,
            "requests": self._requests(),
            "reach": {"extent": self.reach.extent.value, "users": self.reach.users},
            "cost": {group: self.cost[group] for group in sorted(self.cost)},
            "findings": [
                {"severity": finding.severity.value, "field": finding.field, "message": finding.message}
                for finding in self.findings
            ],
        }

    def _requests(self) -> JsonObject:
        first = self.requests.first
        return {
            "method": first.method if first else "",
            "hosts": list(first.hosts) if first else [],
            "path": first.path if first else "",
            "content_type": first.content_type if first else "",
            "count": self.requests.count,
            "recipients": self.requests.recipients,
            "bodies_sha256": hashlib.sha256(self.requests.bodies).hexdigest(),
        }
