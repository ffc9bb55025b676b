"""Changes of a user's settings: what was, what somebody wanted, what was sent, and what is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.json_body import JsonObject, JsonValue


class Scope(StrEnum):
    """What a setting of a user is for; its place says which one."""

    USER = "user"
    """All that reaches the user; there is one place."""
    CONVERSATION = "conversation"
    """The place is a conversation: `user/anna`."""
    TYPE = "conversation type"
    """The place is a kind of conversation: `group`."""


class Turn(StrEnum):
    """What a change does to one part of a setting."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "stays"

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        return {"added": "+", "removed": "−", "changed": "~", "stays": "="}[self.value]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of what a change would do, in words."""

    turn: Turn
    what: str
    before: str
    after: str


class ReadBack(StrEnum):
    """What reading a setting again told after a change."""

    AS_WANTED = "as wanted"
    DIFFERENT = "different"
    FAILED = "not read"
    IMPOSSIBLE = "cannot be read"

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        return {"as wanted": "✔", "different": "▲", "not read": "?", "cannot be read": "–"}[self.value]


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """One request of a change, without what proves who is calling."""

    operation: str
    """The name of the endpoint."""
    method: str
    path: str
    """Below the account's host; segments in braces are filled."""
    body: JsonObject
    encoding: str = ""
    """The content type of the body."""


@dataclass(frozen=True, slots=True)
class ChangeEnd:
    """How the requests of a change ended, in words and in the provider's own terms."""

    state: AttemptState
    """Of the last request that left; accepted only if all were."""
    title: str
    message: str
    accepted: int
    """How many of the requests the provider accepted."""
    code: int | None = None
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one user's setting, as the journal keeps it.

    Values are those of the profile's facts. `before` and `after` were told by the provider; None says that nothing
    was set, or that the provider does not tell.
    """

    id: str
    made_at: datetime
    environment: Environment
    provider: str
    app_id: str
    account: str
    user: str
    setting: str
    """The name of the setting, such as `mode`."""
    scope: Scope
    place: str
    """Empty for what is for the user as a whole."""
    before: JsonValue
    wanted: JsonValue
    requests: tuple[ChangeRequest, ...]
    undoes: str = ""
    """The id of the change that this one takes back."""
    end: ChangeEnd | None = None
    """None while its requests are under way."""
    ended_at: datetime | None = None
    read_back: ReadBack | None = None
    """None until it was tried."""
    after: JsonValue = None

    @property
    def state(self) -> AttemptState:
        """Where the change stands."""
        return AttemptState.IN_FLIGHT if self.end is None else self.end.state

    @property
    def changed(self) -> bool | None:
        """Tell whether anything is other than before, by what was read back, else by what was answered.

        None if nobody knows.
        """
        if self.read_back is ReadBack.AS_WANTED or (self.end is not None and self.end.accepted and not self._as_before):
            return True
        if self.state is AttemptState.REJECTED or (self.state is AttemptState.UNKNOWN and self._as_before):
            return None if self.end is not None and self.end.accepted else False
        return None

    @property
    def _as_before(self) -> bool:
        return self.read_back is ReadBack.DIFFERENT and self.after == self.before
