"""What a person is asked before more of a run is sent, or is planned once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState
from pushtui.domain.confirmation import ritual_in
from pushtui.domain.errors import Refused
from pushtui.domain.reach import Extent, Reach
from pushtui.providers.kinds import kind_named

if TYPE_CHECKING:
    from pushtui.domain.confirmation import Ritual
    from pushtui.domain.run import Count, Run


@dataclass(frozen=True, slots=True)
class Rest:
    """What of a run is planned, and what a person has to do to have it sent; it holds for the run as it is here."""

    run: Run
    ritual: Ritual

    @property
    def recipients(self) -> int:
        """To how many people it is sent."""
        return self.run.tally.rest[0].recipients

    @property
    def text(self) -> str:
        """Say who gets it, and who may get it twice."""
        twice = self.run.tally.rest[1].recipients
        doubt = f" {twice:,} of them may have it already, and get it twice." if twice else ""
        left = f"{self.recipients:,} {'person is' if self.recipients == 1 else 'people are'} left."
        return f"{left}{doubt} Whoever was accepted, rejected or is unknown is not sent to again."

    def expect(self, confirmed_by: str) -> None:
        """Refuse unless a person did what the ritual asks for."""
        if not self.ritual.accepts(confirmed_by) and confirmed_by != self.ritual.key:
            raise Refused(f"Not confirmed: type “{self.ritual.phrase}”. Nothing was sent.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What of a run may or may not have been accepted, and what a person has to do to have it sent once more."""

    run: Run
    unknown: Count
    ritual: Ritual

    @property
    def warning(self) -> str:
        """Say what is at stake."""
        people = "1 person" if self.unknown.recipients == 1 else f"{self.unknown.recipients:,} people"
        return f"{people} may get the same twice."


def ritual_of_rest(run: Run) -> Ritual:
    """Return what a person has to do so that what of a run is planned is sent.

    A request that names nobody asks for at least as much as its draft did.
    """
    left, again = run.tally.of(AttemptState.PLANNED), run.tally.may_have.batches > 0
    reach = Reach(Extent.EXACTLY, left.recipients)
    if left.batches and not left.recipients:
        reach = Reach(Extent.EVERYBODY if run.reach == Extent.EVERYBODY else Extent.UNKNOWN)
    demand = kind_named(run.draft.kind).demand(run.draft.body)
    return ritual_in(reach, run.environment, run.draft.account, again=again).demanding(demand)
