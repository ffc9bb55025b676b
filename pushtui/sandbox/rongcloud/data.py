"""What RongCloud remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from pushtui.sandbox.world import Person


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily window in which nothing pushes; it may cross midnight."""

    start: time
    minutes: int

    def hold(self, wall_clock: datetime) -> bool:
        """Tell whether a wall-clock time lies in the window."""
        start = self.start.hour * 60 + self.start.minute
        now = wall_clock.hour * 60 + wall_clock.minute
        return (now - start) % (24 * 60) < self.minutes

    def __str__(self) -> str:
        end = (self.start.hour * 60 + self.start.minute + self.minutes) % (24 * 60)
        return f"{self.start:%H:%M}–{end // 60:02}:{end % 60:02}"


@dataclass(slots=True)
class RongCloudUser:
    """A user that the app's server registered."""

    id: str
    name: str
    created: datetime
    has_token: bool = True
    """Whether the user ever got a token; without one nobody can connect."""
    tags: list[str] = field(default_factory=list)
    quiet_hours: QuietHours | None = None


@dataclass(slots=True)
class RongCloudData:
    """The app's memory at RongCloud."""

    users: dict[str, RongCloudUser] = field(default_factory=dict)


def fresh(people: Mapping[str, Person], began: datetime) -> RongCloudData:
    """Return the memory as the world begins."""
    users = {
        person.id: RongCloudUser(person.id, person.name, began, person.connected, list(person.tags))
        for person in people.values()
    }
    users["priya"].quiet_hours = QuietHours(time(22, 0), 9 * 60)
    return RongCloudData(users)
