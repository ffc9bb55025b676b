"""How answers of Agora Chat about one user are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.notifications_model import LONGEST_DURATION, MODES
from pushtui.providers.answering import object_of
from pushtui.providers.profiles import NotTold, Said, zone_time

if TYPE_CHECKING:
    from pushtui.domain.errors import ProviderError


def error_name(error: ProviderError) -> str:
    """Return what the cloud itself calls a refusal; empty where it does not say."""
    body = object_of(error.answer) if error.answer is not None else None
    return str((body or {}).get("error") or "")


def data_of(said: Said) -> JsonObject:
    """Return what an answer holds; NotTold where that is nothing."""
    data = said.body.get("data")
    if not isinstance(data, dict):
        raise NotTold("The answer holds no data.")
    return data


def moment_of(milliseconds: JsonValue, name: str) -> datetime | None:
    """Read an absolute time; 0 and nothing at all are none. NotTold names a field that holds no time.

    A number that would do as a duration is none: durations are written, never read.
    """
    if milliseconds in (None, 0, "0", ""):
        return None
    if isinstance(milliseconds, int) and not isinstance(milliseconds, bool) and milliseconds > LONGEST_DURATION:
        try:
            moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
        except (OverflowError, OSError, ValueError):
            moment = _LAST  # Then it is no time that a calendar has.
        if moment < _LAST:
            return moment
    raise NotTold(f"The answer's {name} is {milliseconds}, which is no time in epoch milliseconds.")


def mode_of(data: JsonObject) -> str | None:
    """Return the mode of an answer; None where none is set."""
    mode = data.get("type")
    if mode is None or (isinstance(mode, str) and mode in _MODES):
        return mode
    raise NotTold(f"The answer's type is {mode}; documented are {', '.join(_MODES)}.")


def mode_words(mode: str | None, unset: str) -> str:
    """Say what a mode means."""
    return f"{mode}: {_MODES[mode]}" if mode else unset


def quiet_words(until: datetime, zone: str, now: datetime) -> str:
    """Say until when nothing is pushed, or that it is over."""
    return f"until {zone_time(until, zone)}" if until > now else f"none; the last one ended {zone_time(until, zone)}"


@dataclass(frozen=True, slots=True)
class Setting:
    """Mode and do-not-disturb of one conversation."""

    mode: str | None
    """None where none is set."""
    read_at: datetime | None = None
    """The server's time when it told the rest; None as long as only the mode is known."""
    quiet_until: datetime | None = None
    ignored_quiet_time: str = ""
    """A daily quiet time, which has no effect on a conversation."""

    @property
    def value(self) -> JsonObject:
        """What programs read: `mode`, and `quiet_until` where it is known."""
        value: JsonObject = {"mode": self.mode}
        if self.read_at is not None:
            value["quiet_until"] = self.quiet_until.isoformat() if self.quiet_until else None
        if self.ignored_quiet_time:
            value["ignored_quiet_time"] = self.ignored_quiet_time
        return value

    def words(self, zone: str) -> str:
        """Say it for people."""
        parts = [mode_words(self.mode, "as set for the app")]
        if self.quiet_until is not None and self.read_at is not None:
            parts.append(f"quiet {quiet_words(self.quiet_until, zone, self.read_at)}")
        if self.ignored_quiet_time:
            parts.append(f"a quiet time of {self.ignored_quiet_time}, which has no effect here")
        return "; ".join(parts)


def setting_of(data: JsonObject, now: datetime) -> Setting:
    """Read what an answer says of one conversation."""
    until = moment_of(data.get("ignoreDuration"), "ignoreDuration")
    return Setting(mode_of(data), now, until, str(data.get("ignoreInterval") or ""))


_LAST = datetime(9000, 1, 1, tzinfo=UTC)
"""From here on no calendar of any zone is sure to have a day."""
_MODES = {str(choice.value): choice.label for choice in MODES}
