"""What holds a push of Agora Chat back: do-not-disturb for a while, daily quiet times, modes.

Do-not-disturb comes before modes, the app's before a conversation's; a conversation's own mode
comes before the app's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pushtui.domain.conversation import Conversation, ConversationKind
from pushtui.domain.diagnosis import Check, Incoming
from pushtui.domain.json_body import JsonObject
from pushtui.domain.wall_clock import DAY, DailyWindow
from pushtui.providers.agora.conversations import key_of
from pushtui.providers.agora.intervals import Interval, parse_interval
from pushtui.providers.diagnosing import Case, Line, assuming, moment_of, object_of, outside, text_of

ASK_THE_USER = "The user sets it in the app; change it here only if they want that."
_FOR_A_WHILE = Line("quiet_until", "App quiet for a while", "quiet_until")
_DAILY = Line("quiet_time", "App's daily quiet time", "quiet_time")
_OLD_HOURS = Line("legacy_quiet_hours", "Old quiet hours", "legacy_quiet_hours")
_OLD_MUTED = Line("legacy_ignored", "Old muted conversations", "legacy_ignored")
_CONVERSATION_QUIET = Line("conversation_quiet", "Conversation quiet", "conversations")
_CONVERSATION_MODE = Line("conversation", "Conversation's mode", "conversations")
_MODE = Line("mode", "App's mode", "mode")


def edges(case: Case, until: datetime) -> Iterator[datetime]:
    """Yield when the daily quiet times and the durations begin or end."""
    daily = _interval(case)
    windows = [_window(daily)] if daily is not None else []
    old = _old_window(case)
    for window in [*windows, *([old] if old is not None else [])]:
        yield from window.edges(case.moment, until, case.zone)
    for moment in (moment_of(case.value("quiet_until")), moment_of(_own(case).get("quiet_until"))):
        if moment is not None and case.moment < moment <= until:
            yield moment


def _for_a_while(case: Case) -> Check:
    if not case.told("quiet_until"):
        return _FOR_A_WHILE.untold(case)
    until = moment_of(case.value("quiet_until"))
    return _until(case, _FOR_A_WHILE, until, "for the whole app")


def _conversation_quiet(case: Case) -> Check:
    missing = _conversation_missing(case, _CONVERSATION_QUIET)
    if missing is not None:
        return missing
    key, own = _key(case), _own(case)
    if "quiet_until" not in own:
        step = "Read the profile with this conversation."
        return _CONVERSATION_QUIET.unsure(case, f"Only the mode of {key} was read.", step)
    return _until(case, _CONVERSATION_QUIET, moment_of(own["quiet_until"]), f"for {key}")


def _until(case: Case, line: Line, until: datetime | None, whose: str) -> Check:
    if until is None:
        return line.passes(case, f"None is set {whose}.")
    when = case.clock(until)
    if case.moment >= until:
        return line.passes(case, f"It ended at {when}.")
    return line.fails(case, f"Silent {whose} until {when}.", ASK_THE_USER, until)


def _daily(case: Case) -> Check:
    if not case.told("quiet_time"):
        return _DAILY.untold(case)
    interval = _interval(case)
    if interval is None:
        return _DAILY.passes(case, "None is set.")
    if interval.start == interval.end:
        step = "Clear the quiet time if the user wants pushes; an empty one is off for sure."
        return _DAILY.unsure(case, f"{interval} is all day in Agora's REST pages, and off in its SDK pages.", step)
    window = _window(interval)
    if not window.holds(case.moment, case.zone):
        return outside(case, _DAILY, f"{interval}; {case.now}")
    ends = window.ends(case.moment, case.zone)
    return assuming(_DAILY.fails(case, f"{interval}; {case.now}.", ASK_THE_USER, ends), case)


def _old_hours(case: Case) -> Check:
    if not case.told("legacy_quiet_hours"):
        return _OLD_HOURS.untold(case)
    window = _old_window(case)
    if window is None:
        return _OLD_HOURS.passes(case, "None are set.")
    if not window.holds(case.moment, case.zone):
        return outside(case, _OLD_HOURS, f"{case.words('legacy_quiet_hours')}; {case.now}")
    return _OLD_HOURS.unsure(
        case,
        f"{case.words('legacy_quiet_hours')}; {case.now}. Whether these still hold beside the "
        "newer settings is not documented.",
        "Let the app's server switch notification_no_disturbing off.",
    )


def _old_muted(case: Case) -> Check:
    key = _key(case)
    if not key:
        return _OLD_MUTED.idle(case, "No conversation is named.")
    if not case.told("legacy_ignored"):
        return _OLD_MUTED.untold(case)
    muted = case.value("legacy_ignored")
    if not isinstance(muted, list) or key not in muted:
        return _OLD_MUTED.passes(case, f"{key} is not muted in the old way.")
    return _OLD_MUTED.unsure(
        case,
        f"{key} is muted in the old way. Whether that still holds beside the newer settings is not documented.",
        "Let the app's server take it out of the user's old settings.",
    )


def _conversation_mode(case: Case) -> Check:
    missing = _conversation_missing(case, _CONVERSATION_MODE)
    if missing is not None:
        return missing
    mode = _own_mode(case)
    if not mode:
        return _CONVERSATION_MODE.idle(case, f"{_key(case)} has none of its own; the app's counts.")
    return _judged(case, _CONVERSATION_MODE, mode, f"The mode of {_key(case)} is {mode}")


def _mode(case: Case) -> Check:
    if _own_mode(case):
        return _MODE.idle(case, "The conversation's own mode counts instead.")
    if not case.told("mode"):
        return _MODE.untold(case)
    mode = text_of(case.value("mode"))
    return _judged(case, _MODE, mode, f"The mode of the app is {mode}" if mode else "None is set, which means ALL")


def _judged(case: Case, line: Line, mode: str, evidence: str) -> Check:
    """Judge a mode; only AT depends on whom the message mentions."""
    named = case.incoming.names_user
    if mode == "NONE":
        return line.fails(case, f"{evidence}: nothing is pushed.", ASK_THE_USER)
    if mode != "AT":
        return line.passes(case, f"{evidence}.")
    if named:
        return line.passes(case, f"{evidence}, and the message mentions the user.")
    if named is None:
        step = "Say whether em_at_list names the user, or is “all”."
        return line.unsure(case, f"{evidence}: only mentions are pushed, and whether this is one is not known.", step)
    return line.fails(case, f"{evidence}: only mentions are pushed, and em_at_list does not name the user.")


def _conversation_missing(case: Case, line: Line) -> Check | None:
    """Say why a conversation's own setting cannot be judged; None if it can."""
    key = _key(case)
    if not key:
        step = "Name the sender or the group to look at a conversation."
        return line.idle(case, "No conversation is named; the app's settings count.", step)
    if not case.told("conversations"):
        return line.untold(case)
    if key not in object_of(case.value("conversations")):
        return line.unsure(case, f"The settings of {key} were not read.", "Read the profile with this conversation.")
    return None


def conversation_of(incoming: Incoming, user: str) -> Conversation | None:
    """Return the conversation that a message is in; with oneself there is none."""
    if incoming.kind:
        return None
    if incoming.group:
        return Conversation(ConversationKind.GROUP, incoming.group)
    alone = incoming.sender.lower() in ("", user.lower())
    return None if alone else Conversation(ConversationKind.USER, incoming.sender)


def _key(case: Case) -> str:
    """Return the conversation as Agora calls it; empty where there is none."""
    conversation = conversation_of(case.incoming, case.profile.user)
    return key_of(conversation) if conversation is not None else ""


def _own(case: Case) -> JsonObject:
    """Return the conversation's own settings."""
    return object_of(object_of(case.value("conversations")).get(_key(case)))


def _own_mode(case: Case) -> str:
    """Return the conversation's mode; empty where it leaves that to the app."""
    mode = text_of(_own(case).get("mode"))
    return "" if mode == "DEFAULT" else mode


def _interval(case: Case) -> Interval | None:
    text = text_of(case.value("quiet_time"))
    return parse_interval(text) if text else None


def _window(interval: Interval) -> DailyWindow:
    minutes = (interval.end - interval.start) * 60 % DAY
    return DailyWindow(interval.start * 60, minutes or DAY)


def _old_window(case: Case) -> DailyWindow | None:
    hours = object_of(case.value("legacy_quiet_hours"))
    start, end = hours.get("start"), hours.get("end")
    return _window(Interval(start * 60, end * 60)) if isinstance(start, int) and isinstance(end, int) else None


HOLDING = (
    (_FOR_A_WHILE, _for_a_while),
    (_DAILY, _daily),
    (_OLD_HOURS, _old_hours),
    (_OLD_MUTED, _old_muted),
    (_CONVERSATION_QUIET, _conversation_quiet),
    (_CONVERSATION_MODE, _conversation_mode),
    (_MODE, _mode),
)
"""What may hold a message back unless it is forced."""
