"""What was done: attempts and their outcomes, as the journal keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAY_HAVE_IT = "may have it already: nobody knows whether an earlier attempt was accepted"
"""What is said of people whose request was sent once more after its outcome stayed unknown."""

NOT_SENT = "not sent"
"""What people call an attempt that was “rejected” without having reached anybody."""

Headers = tuple[tuple[str, str], ...]
"""Header names and values in wire order, secrets already masked."""


class AttemptState(StrEnum):
    """Where one request stands; the last three are final."""

    PLANNED = "planned"
    IN_FLIGHT = "in flight"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        return {"planned": "○", "in flight": "◐", "accepted": "✔", "rejected": "✖", "unknown": "?"}[self.value]

    @property
    def final(self) -> bool:
        return self not in (AttemptState.PLANNED, AttemptState.IN_FLIGHT)


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request as it left, with secrets masked."""

    method: str
    url: str
    headers: Headers
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP: as much of it as arrived, read as UTF-8."""

    status: int
    headers: Headers
    body: str
    elapsed: float
    """Seconds from the first byte out to the last byte in."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, in words and in the provider's own terms."""

    state: AttemptState
    title: str
    message: str
    spends_quota: bool
    """Whether the provider probably counted it."""
    code: int | None = None
    push_id: str = ""
    message_uid: str = ""
    request_id: str = ""
    answer: Answer | None = None
    reached: bool = True
    """False if the request surely never reached the provider: then “rejected” is not its word, but pushtui's."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One HTTP request of a run."""

    id: str
    run_id: str
    number: int
    """Counts from 1 within the run, in the order of writing."""
    quota_group: str
    state: AttemptState
    request: SentRequest
    planned_at: datetime
    sent_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    batch: int = 1
    """Which of the plan's requests it is; a request that surely did no harm may have several attempts."""
    recipients: int = 0
    """How many people the request names, where it names them."""
    in_doubt: bool = False
    """Whether an earlier attempt of the same request may have been accepted."""

    @property
    def end(self) -> AttemptState:
        """How the people stand whom it names: a refusal does not take back what an earlier attempt may have brought."""
        refused_now = self.in_doubt and self.state is AttemptState.REJECTED
        return AttemptState.UNKNOWN if refused_now else self.state

    @property
    def reason(self) -> str:
        """Why its people were not accepted, as far as that is known; empty if they were."""
        if self.state is AttemptState.ACCEPTED:
            return ""
        said = f"{self.outcome.title}: {self.outcome.message}" if self.outcome is not None else ""
        if not self.in_doubt:
            return said
        return f"{MAY_HAVE_IT[0].upper()}{MAY_HAVE_IT[1:]}.{said and f' The last one: {said}'}"

    @property
    def state_words(self) -> str:
        """The state in words; `not sent` tells a push that never left from one that the provider refused."""
        return NOT_SENT if self.outcome is not None and not self.outcome.reached else str(self.state)
