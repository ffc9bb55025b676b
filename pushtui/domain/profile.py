"""All that a provider can tell about one user's push settings, each value with where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonValue

if TYPE_CHECKING:
    from pushtui.domain.account import Account


EXISTS = "exists"
"""The fact that every provider tells."""


class FactState(StrEnum):
    """How much is known of a fact."""

    WAITING = "waiting"
    KNOWN = "known"
    FAILED = "failed"
    UNAVAILABLE = "not available from this provider"
    NOT_APPLICABLE = "not applicable"
    """There is no such user, so that there is nothing to tell."""

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        return _MARKS[self.value]


_MARKS = {
    "waiting": "…",
    "known": "●",
    "failed": "✖",
    "not available from this provider": "–",
    "not applicable": "·",
}


class Section(StrEnum):
    """What a fact is about; profiles show them in this order."""

    USER = "User"
    DEVICES = "Devices"
    DO_NOT_DISTURB = "Do not disturb"
    NOTIFICATION = "Notification"
    AUDIENCE = "Audience"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing about a user, such as the quiet time of the app.

    `name` is stable (`mode`, `quiet_time`); programs and the diagnosis know a fact by it. `value` is for them,
    `words` for people.
    """

    name: str
    label: str
    section: str
    state: FactState = FactState.WAITING
    value: JsonValue = None
    words: str = ""
    source: str = ""
    """The operation that told it: `GET /users/{username}`."""
    read_at: datetime | None = None
    """When the answer came, by this machine's clock."""
    problem: str = ""
    """Why it could not be read, or why the provider cannot tell; of a known fact, what of it could not be read."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account's provider tells about a user, as far as it has told."""

    account: Account
    user: str
    facts: tuple[Fact, ...]
    ahead: timedelta = timedelta()
    """How far the provider's clock is ahead of this machine's, as its answers say."""

    def fact(self, name: str) -> Fact | None:
        """Return the fact of a name, known or not."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def known(self, name: str) -> JsonValue:
        """Return the value of a fact; None where it is not known."""
        fact = self.fact(name)
        return fact.value if fact is not None and fact.state is FactState.KNOWN else None

    def is_known(self, name: str) -> bool:
        """Tell whether a fact was told, even if it is that nothing is set."""
        fact = self.fact(name)
        return fact is not None and fact.state is FactState.KNOWN

    @property
    def exists(self) -> bool | None:
        """Whether the provider knows the user; None as long as nobody can say."""
        known = self.known(EXISTS)
        return known if isinstance(known, bool) else None

    @property
    def complete(self) -> bool:
        """Whether nothing is awaited any more."""
        return all(fact.state is not FactState.WAITING for fact in self.facts)

    def told(self, facts: Iterable[Fact]) -> Profile:
        """Return the profile with facts in place of those of the same names."""
        new = {fact.name: fact for fact in facts}
        return replace(self, facts=tuple(new.get(fact.name, fact) for fact in self.facts))
