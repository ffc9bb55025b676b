"""What RongCloud remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from pushtui.providers.rongcloud.quiet_hours_model import LONGEST_PERIOD
from pushtui.sandbox.world import Person

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
else:
    JsonObject = dict[str, Any]  # pydantic, which reads snapshots, cannot follow an alias that names itself

DAY_SECONDS = 24 * 60 * 60
KEPT = timedelta(days=7)
"""How long messages to everybody wait for newcomers."""
KEPT_BROADCASTS = 100
"""The quotas allow half as many in that time; without limits, older ones are forgotten."""
ONLY_MENTIONS = 1


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily window in which nothing pushes, or mentions alone; it may cross midnight."""

    start: time
    minutes: int
    level: int = ONLY_MENTIONS
    """1: only @-messages push; 5: nothing does."""

    def hold(self, wall_clock: datetime) -> bool:
        """Tell whether a wall-clock time lies in the window: its first second does, its end does not."""
        return self.all_day or (_second(wall_clock.time()) - _second(self.start)) % DAY_SECONDS < self.minutes * 60

    @property
    def all_day(self) -> bool:
        """Whether it is the window that means all day, 00:00:00 and 1439 minutes, so that no minute is left out."""
        return self.start == time() and self.minutes == LONGEST_PERIOD

    def __str__(self) -> str:
        end = (_second(self.start) // 60 + self.minutes) % (24 * 60)
        return f"{self.start:%H:%M}–{end // 60:02}:{end % 60:02}"


def _second(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


@dataclass(slots=True)
class RongCloudUser:
    """A user that the app's server registered."""

    id: str
    name: str
    created: datetime
    has_token: bool = True
    """Whether the user ever got a token; without one nobody can connect."""
    portrait: str = ""


@dataclass(slots=True)
class Preferences:
    """What is set for a user id, registered or not."""

    tags: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    """The names that this user sees for senders."""
    quiet_hours: QuietHours | None = None
    conversations: dict[str, int] = field(default_factory=dict)
    """Do-not-disturb levels by conversation."""
    types: dict[str, int] = field(default_factory=dict)
    """Do-not-disturb levels by conversation type."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message that went to everybody and waits for those who register within seven days."""

    at: datetime
    path: str
    uid: str
    words: str
    """What the app shows of it."""
    body: JsonObject
    """The send, which says which handsets it was meant for."""


@dataclass(slots=True)
class RongCloudData:
    """The app's memory at RongCloud."""

    users: dict[str, RongCloudUser] = field(default_factory=dict)
    preferences: dict[str, Preferences] = field(default_factory=dict)
    broadcasts: list[Broadcast] = field(default_factory=list)
    """Oldest first; those of the last seven days."""

    def keep(self, broadcast: Broadcast) -> None:
        """Remember a message to everybody, and forget those that are too old."""
        oldest = broadcast.at - KEPT
        young = [item for item in self.broadcasts if item.at >= oldest]
        self.broadcasts = [*young, broadcast][-KEPT_BROADCASTS:]

    def preferences_of(self, user: str) -> Preferences:
        """Return what is set for a user id, to be read."""
        return self.preferences.get(user) or Preferences()

    def change(self, user: str) -> Preferences:
        """Return what is set for a user id, to be changed."""
        return self.preferences.setdefault(user, Preferences())


_REGISTERED = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""Fixed, so that a clock that is frozen after the start gives the same bytes."""


def fresh(people: Mapping[str, Person], _began: datetime) -> RongCloudData:
    """Return the memory as the world begins."""
    users = {
        person.id: RongCloudUser(person.id, person.name, _REGISTERED, person.connected) for person in people.values()
    }
    preferences = {person.id: Preferences(tags=[*person.tags]) for person in people.values()}
    preferences["priya"].quiet_hours = QuietHours(time(22, 0), 9 * 60)
    return RongCloudData(users, preferences)
