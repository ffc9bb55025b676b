"""Why a user would get a push now, or would not: an ordered checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pushtui.domain.json_body import JsonObject


class Mark(StrEnum):
    """What a check found."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"

    @property
    def shape(self) -> str:
        """A shape of one cell."""
        return {"pass": "✔", "fail": "✖", "unknown": "?", "not applicable": "–"}[self.value]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What would reach the user: a message in a conversation, or a push of the history.

    Without a kind of draft it is a chat message. What is not known is left empty, and the checks that need it say so.
    """

    sender: str = ""
    group: str = ""
    """The group's id; empty for a message between two people."""
    mentions: bool | None = None
    """Whether it mentions the user; None when nobody said."""
    forced: bool = False
    """Whether it passes through do-not-disturb, where the provider has that."""
    silent: bool = False
    """Whether its sender asked for no push."""
    kind: str = ""
    """The kind of draft of a push."""
    body: JsonObject | None = None
    """The body of that draft."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist."""

    name: str
    title: str
    mark: Mark
    evidence: str
    """What was seen, and where."""
    next_step: str = ""
    """What a person can do about it."""
    until: datetime | None = None
    """When a failure ends by itself, if that is known."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The checks in the provider's own order of precedence, at a moment."""

    user: str
    account: str
    moment: datetime
    zone: str
    """Whose clock the times of the provider are read by."""
    checks: tuple[Check, ...]

    @property
    def first_failing(self) -> Check | None:
        """The first check that fails; None if none does."""
        return next((check for check in self.checks if check.mark is Mark.FAIL), None)

    @property
    def shows(self) -> bool | None:
        """Whether a push would show; None where a check could not be made."""
        if self.first_failing is not None:
            return False
        return None if any(check.mark is Mark.UNKNOWN for check in self.checks) else True
