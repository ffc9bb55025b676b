"""One execution of a plan: its attempts, how far it is, and what people want of it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from pushtui.domain.account import Environment
from pushtui.domain.attempt import NOT_SENT, Attempt, AttemptState, Outcome
from pushtui.domain.draft import Draft
from pushtui.domain.errors import Refused


class Wish(StrEnum):
    """What somebody asks of a process that sends a run; it heeds it before the next request leaves."""

    NONE = ""
    PAUSE = "pause"
    STOP = "stop"
    HAND_OVER = "hand over"
    """To end, since another process is about to go on with it."""

    @property
    def ends(self) -> bool:
        """Whether the process is to end its part."""
        return self in (Wish.STOP, Wish.HAND_OVER)


@dataclass(frozen=True, slots=True)
class Count:
    """How many requests of a run, and how many people in them."""

    batches: int = 0
    recipients: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How the requests of a run stand, each by its last attempt."""

    counts: Mapping[AttemptState, Count] = field(default_factory=lambda: MappingProxyType({}))
    began_at: datetime | None = None
    """When the first request left."""
    latest_at: datetime | None = None
    """When the last outcome came."""
    in_doubt: Mapping[AttemptState, Count] = field(default_factory=lambda: MappingProxyType({}))
    """Those with an earlier attempt that may have been accepted, by the state of their last one.

    Whose last attempt was rejected counts as unknown above.
    """

    @property
    def may_have(self) -> Count:
        """Count those who are planned, or on their way, and may have it already from an earlier attempt."""
        found = [self.in_doubt.get(state, Count()) for state in (AttemptState.PLANNED, AttemptState.IN_FLIGHT)]
        return Count(sum(count.batches for count in found), sum(count.recipients for count in found))

    @property
    def rest(self) -> tuple[Count, Count]:
        """Count those whom going on sends to, and those of them who may have it already."""
        return self.of(AttemptState.PLANNED), self.in_doubt.get(AttemptState.PLANNED, Count())

    @property
    def refused_later(self) -> Count:
        """Count those who are unknown because only a later attempt was rejected."""
        return self.in_doubt.get(AttemptState.REJECTED, Count())

    def of(self, state: AttemptState) -> Count:
        """Count those in a state."""
        return self.counts.get(state, Count())

    @property
    def state(self) -> AttemptState:
        """What is most worth knowing: that it goes on, then that it could, then what went wrong."""
        return next((state for state in _BY_WEIGHT if self.of(state).batches), AttemptState.PLANNED)

    @property
    def percent(self) -> int:
        """How much of it has ended, in whole percent: 100 only if nothing is left."""
        ended = sum(_weight(count) for state, count in self.counts.items() if state.final)
        together = sum(map(_weight, self.counts.values()))
        return 100 * ended // together if together else 0

    @property
    def words(self) -> str:
        """How many people stand where: `9,900 accepted, 100 unknown`."""
        return ", ".join(f"{count.recipients:,} {state}" for state in _IN_WORDS if (count := self.of(state)).batches)


def _weight(count: Count) -> int:
    """People, or requests where those name nobody."""
    return count.recipients or count.batches


_BY_WEIGHT = (
    AttemptState.IN_FLIGHT,
    AttemptState.PLANNED,
    AttemptState.UNKNOWN,
    AttemptState.REJECTED,
    AttemptState.ACCEPTED,
)
_IN_WORDS = (
    AttemptState.ACCEPTED,
    AttemptState.REJECTED,
    AttemptState.UNKNOWN,
    AttemptState.IN_FLIGHT,
    AttemptState.PLANNED,
)


INTERRUPTED = "The process that sent it ended before it was done."
"""The reason of a halt that nobody could write down any more."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept requests of a run from being accepted, and how often it did so."""

    state: AttemptState
    title: str
    message: str
    reached: bool
    """False if the requests surely never reached the provider."""
    again: bool
    """Whether they were planned once more since."""
    batches: int
    recipients: int
    latest_at: datetime

    @property
    def state_words(self) -> str:
        return str(self.state) if self.reached else NOT_SENT


def stale_rest(run_id: str) -> Refused:
    """Say that who is left of a run are others than a person confirmed."""
    return Refused(
        f"Who is left of the run {run_id[:8]} changed since the question was asked. Nothing was sent; look at the run "
        "and confirm again.",
        title="Stale",
    )


class Phase(StrEnum):
    """Whether a run goes on."""

    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    """Nobody sends it, although there is more to send."""
    INTERRUPTED = "interrupted"
    """The same, since the process that sent it died."""
    DONE = "done"

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        return {"sending": "▶", "paused": "‖", "stopped": "■", "interrupted": "■", "done": "✔"}[self.value]


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a plan."""

    id: str
    plan_id: str
    digest: str
    made_at: datetime
    environment: Environment
    provider: str
    app_id: str
    draft: Draft
    reach: str
    batches: int = 1
    """How many requests its plan has."""
    recipients: int = 0
    """How many people they name together, where they name them."""
    attempts: tuple[Attempt, ...] = ()
    """All attempts of a run of one request; of a longer run only its latest one."""
    tally: Tally = field(default_factory=Tally)
    wish: Wish = Wish.NONE
    sending: bool = False
    """Whether a living process sends it."""
    halt: str = ""
    """Why it stopped by itself, if it did."""
    hosts: tuple[str, ...] = ()
    """Where it was confirmed to go; empty if the journal is older than that question."""
    rate_group: str = ""
    """What it shares the provider's rate with; empty where no rate counts."""

    @property
    def for_many(self) -> bool:
        """Whether its requests name the people they go to, so that there is something to tell about each of them."""
        return self.recipients > 0

    @property
    def state(self) -> AttemptState:
        """The state of its last attempt, or of its requests together; planned before there is one."""
        if self.batches > 1:
            return self.tally.state
        return self.attempts[-1].end if self.attempts else AttemptState.PLANNED

    @property
    def state_words(self) -> str:
        """The state in words; with many requests how many people stand where."""
        if self.batches > 1:
            return self.tally.words
        if not self.attempts or self.attempts[-1].in_doubt:
            return str(self.state)
        return self.attempts[-1].state_words

    @property
    def outcome(self) -> Outcome | None:
        """The last attempt's outcome, if it ended."""
        return self.attempts[-1].outcome if self.attempts else None

    @property
    def phase(self) -> Phase:
        """Whether it goes on."""
        if self.sending:
            return Phase.PAUSED if self.wish is Wish.PAUSE else Phase.SENDING
        if self.state.final:
            return Phase.DONE
        return Phase.INTERRUPTED if self.halt == INTERRUPTED else Phase.STOPPED

    @property
    def phase_word(self) -> str:
        """Whether it goes on, in a word; a process that was told to end does not go on for long."""
        if self.sending and self.wish.ends:
            return "stopping" if self.wish is Wish.STOP else "handing over"
        return str(self.phase)
