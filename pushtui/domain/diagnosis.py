"""Why a user would get a push at a moment, or would not: an ordered checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pushtui.domain.json_body import JsonObject


class Mark(StrEnum):
    """What a check found."""

    PASS = "pass"  # noqa: S105 - a mark
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"

    @property
    def shape(self) -> str:
        """A shape of one cell."""
        return {"pass": "✔", "fail": "✖", "unknown": "?", "not applicable": "–"}[self.value]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What would reach the user: a message in a conversation, or a push that is drafted or sent.

    Without a kind of draft it is a chat message. What is not known is left empty, and the checks that need it say so.
    """

    sender: str = ""
    group: str = ""
    """The group's id; empty for a message between two people."""
    mentions: bool | None = None
    """Whether it mentions the user by name; None when nobody said."""
    mentions_all: bool | None = None
    """Whether it mentions everybody; None when nobody said."""
    forced: bool = False
    """Whether it passes through do-not-disturb, where the provider has that."""
    silent: bool = False
    """Whether its sender asked for no push."""
    kind: str = ""
    """The kind of draft of a push."""
    body: JsonObject | None = None
    """The body of that draft."""
    found: tuple[Check, ...] = ()
    """What is known of the push itself, in place of the checks of the same names: whether it left, for example."""

    @property
    def names_user(self) -> bool | None:
        """Whether it mentions the user in any way; None when nobody said."""
        if self.mentions or self.mentions_all:
            return True
        return None if self.mentions is None or self.mentions_all is None else False


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    name: str
    """Stable, for programs: `quiet_time`."""
    title: str
    mark: Mark
    evidence: str
    """What was seen."""
    next_step: str = ""
    """What a person can do about it."""
    until: datetime | None = None
    """When a failure ends by itself, if that is known."""
    source: str = ""
    """The operation that told it."""
    decides: bool = True
    """Whether it says that nothing shows at all; the others say how it reads."""
    assumes: str = ""
    """What it takes for granted, though no document says so: `if daily times are read by the clock of UTC`."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The checks in the provider's own order of precedence, at a moment."""

    user: str
    account: str
    moment: datetime
    """As the provider's clock counts."""
    zone: str
    """Whose clock the times of the provider are read by."""
    zone_assumed: bool
    """Whether no document names that zone."""
    checks: tuple[Check, ...]
    then: Diagnosis | None = None
    """The same question at the moment when the first failing check ends."""

    @property
    def first_failing(self) -> Check | None:
        """The first check that fails; None if none does."""
        return next((check for check in self.checks if check.mark is Mark.FAIL and check.decides), None)

    @property
    def open_questions(self) -> tuple[Check, ...]:
        """The checks that could not be made, although they decide."""
        return tuple(check for check in self.checks if check.mark is Mark.UNKNOWN and check.decides)

    @property
    def shows(self) -> bool | None:
        """Whether a push would show; None where a check could not be made, or stands on what is only assumed."""
        failing = [check for check in self.checks if check.mark is Mark.FAIL and check.decides]
        if not all(check.assumes for check in failing):
            return False
        return None if failing or self.open_questions else True


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which the same holds for a user: the first failing check, or that nothing fails."""

    starts: datetime
    ends: datetime
    check: Check | None
    """The first that fails; None if none does."""
    shows: bool | None
