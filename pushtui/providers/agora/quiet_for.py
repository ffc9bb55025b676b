"""For how long nothing is pushed: written as milliseconds from now, read as the moment at which that ends.

So what was read is never written back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pushtui.domain.change import Difference, Turn
from pushtui.domain.errors import UsageError
from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.json_body import JsonValue
from pushtui.domain.typed_time import is_duration, long_time, moment_of, seconds_of
from pushtui.providers.agora import sources
from pushtui.providers.agora.notifications_model import LONGEST_DURATION
from pushtui.providers.changes import Intent
from pushtui.providers.profiles import zone_time

if TYPE_CHECKING:
    from pushtui.domain.account import Account

LABEL = "quiet until"
SAME_MOMENT = timedelta(seconds=5)
"""How much later the cloud may begin to count than it says that it answered, or the other way round."""
_CLEARING = frozenset(("", "0", "off", "none"))


def typed_end(text: str) -> JsonValue:
    """Read for how long, as whole milliseconds, or until when, as a moment."""
    given = text.strip()
    if given.lower() in _CLEARING:
        return 0
    if is_duration(given):
        milliseconds = round(seconds_of(given) * 1000)
        if milliseconds > 0:
            return milliseconds
    else:
        try:
            return moment_of(given).isoformat()
        except UsageError:
            pass  # What is allowed is said below, for both ways of writing it.
    raise UsageError(
        f"quiet-for: “{text}” is given; a duration such as 8h, 90m or 7d is needed, or a moment such as "
        "2026-11-22T08:00 in UTC or with a zone, or 0 to end it."
    )


def milliseconds_of(intent: Intent) -> int:
    """Return what is written for a duration or a moment."""
    if isinstance(intent.wanted, str):
        return max(0, round((datetime.fromisoformat(intent.wanted) - intent.now).total_seconds() * 1000))
    return intent.wanted if isinstance(intent.wanted, int) else 0


def end_words(value: JsonValue, account: Account) -> str:
    """Say a duration, or the moment at which it ends."""
    if isinstance(value, str):
        return f"until {zone_time(datetime.fromisoformat(value), account.push_zone)}"
    return f"for {long_time(value / 1000)} from now" if isinstance(value, int) and value else "none"


def end_differences(intent: Intent) -> Iterator[Difference]:
    """Say the moment at which it would end, too, where a duration is wanted."""
    zone, before, milliseconds = intent.account.push_zone, intent.before, milliseconds_of(intent)
    is_over = isinstance(before, str) and datetime.fromisoformat(before) <= intent.now
    was = "none any more" if is_over else end_words(before, intent.account)
    ends = zone_time(intent.now + timedelta(milliseconds=milliseconds), zone)
    becomes = f"until {ends}, {long_time(milliseconds / 1000)} from now" if milliseconds else "none"
    turn = Turn.SAME if ends_as_wanted(intent, before) else Turn.CHANGED
    yield Difference(turn, LABEL, was, becomes)


def end_findings(intent: Intent) -> Iterator[Finding]:
    """Object to a moment that is over."""
    if milliseconds_of(intent) > LONGEST_DURATION:
        given = long_time(milliseconds_of(intent) / 1000)
        yield Finding(Severity.ERROR, ("ignoreDuration",), f"{given} is given; 7 days at most", sources.PUSH_SETTINGS)
    if isinstance(intent.wanted, str) and not milliseconds_of(intent):
        over = f"{end_words(intent.wanted, intent.account)} is over already"
        yield Finding(Severity.ERROR, ("ignoreDuration",), over, PUSHTUI)


def ends_as_wanted(intent: Intent, told: JsonValue) -> bool:
    """Compare the moment that is told with the one that was meant; one that is over is none."""
    ends = datetime.fromisoformat(told) if isinstance(told, str) else intent.now
    wanted = intent.now + timedelta(milliseconds=milliseconds_of(intent))
    return abs(max(ends, intent.now) - wanted) <= SAME_MOMENT


def end_again(before: JsonValue, now: datetime) -> JsonValue:
    """Quiet until the same moment, if that is still to come."""
    return before if isinstance(before, str) and datetime.fromisoformat(before) > now else 0
