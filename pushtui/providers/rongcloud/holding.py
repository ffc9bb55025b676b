"""What holds a push of RongCloud back: quiet hours first, then the conversation's level, then its type's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from pushtui.domain.conversation import Conversation, ConversationKind
from pushtui.domain.diagnosis import Check, Incoming
from pushtui.domain.json_body import JsonValue
from pushtui.domain.wall_clock import DAY, DailyWindow
from pushtui.providers.diagnosing import Case, Line, assuming, object_of, outside, text_of
from pushtui.providers.rongcloud.dnd_facts import key_of, quiet_level_words
from pushtui.providers.rongcloud.parcels import parcel_of
from pushtui.providers.rongcloud.quiet_hours_model import LONGEST_PERIOD

_NOT_SET, _EVERYTHING, _MENTIONS, _NAMED, _EVERYBODY, _NOTHING = 0, -1, 1, 2, 4, 5
_QUIET = Line("quiet_hours", "Quiet hours", "quiet_hours")
_CONVERSATION = Line("conversation", "Conversation's level", "conversations")
_TYPE = Line("conversation_type", "Conversation type's level", "conversation_types")
_TYPE_NAMES = {"1": "private conversations", "3": "groups", "6": "system conversations"}
QUIET_LEVELS = (_MENTIONS, _NOTHING)
"""Those that quiet hours have."""
_ONLY = {
    _MENTIONS: "only messages with @ notify",
    _NAMED: "only messages that name the user with @ notify",
    _EVERYBODY: "only messages with @all notify",
    _NOTHING: "nothing notifies",
}


def checks(case: Case) -> Iterator[Check]:
    """Yield them in RongCloud's order of precedence."""
    yield _quiet_hours(case)
    yield _conversation(case)
    yield _type(case)


def edges(case: Case, until: datetime) -> Iterator[datetime]:
    """Yield when quiet hours begin or end."""
    window = _window(case)
    if window is not None:
        yield from window.edges(case.moment, until, case.zone)


def _quiet_hours(case: Case) -> Check:
    if not case.told("quiet_hours"):
        return _QUIET.untold(case)
    window = _window(case)
    if window is None:
        return _QUIET.passes(case, "None are set.")
    level = object_of(case.value("quiet_hours")).get("level")
    where = f"{_words(window)}, {quiet_level_words(level)}; {case.now}"
    if not window.holds(case.moment, case.zone):
        return outside(case, _QUIET, where)
    if level not in QUIET_LEVELS:
        step = "Set the quiet hours anew, with a level."
        return _QUIET.unsure(case, f"{where}: what gets through at this level is not documented.", step)
    return assuming(_judged(case, _QUIET, level, where, window.ends(case.moment, case.zone)), case)


def _conversation(case: Case) -> Check:
    key = _key(case)
    if not key:
        return _CONVERSATION.idle(case, *_unnamed(case))
    if not case.told("conversations"):
        return _CONVERSATION.untold(case)
    levels = object_of(case.value("conversations"))
    if key not in levels:
        step = "Read the profile with this conversation."
        return _CONVERSATION.unsure(case, f"The level of {key} was not read.", step)
    if levels[key] == _NOT_SET:
        return _CONVERSATION.idle(case, f"{key} has none of its own; that of its type counts.")
    return _judged(case, _CONVERSATION, levels[key], f"The level of {key} is {levels[key]}")


def _type(case: Case) -> Check:
    key = _key(case)
    if not key:
        return _TYPE.idle(case, *_unnamed(case))
    if object_of(case.value("conversations")).get(key) not in (None, _NOT_SET):
        return _TYPE.idle(case, "The conversation's own level counts instead.")
    if not case.told("conversation_types"):
        return _TYPE.untold(case)
    kind = key.partition("/")[0]
    level = object_of(case.value("conversation_types")).get(kind)
    if level is None:
        return _TYPE.unsure(case, f"The level of {_TYPE_NAMES[kind]} was not read.", "Read the whole profile.")
    if level == _NOT_SET:
        return _TYPE.passes(case, f"None is set for {_TYPE_NAMES[kind]}; everything notifies.")
    return _judged(case, _TYPE, level, f"The level of {_TYPE_NAMES[kind]} is {level}")


def _judged(case: Case, line: Line, level: JsonValue, where: str, until: datetime | None = None) -> Check:
    """Judge a level; some let mentions through, which only groups know."""
    if level in (_EVERYTHING, _NOT_SET):
        return line.passes(case, f"{where}: everything notifies.")
    only = _ONLY.get(level, "") if isinstance(level, int) else ""
    if not only:
        return line.unsure(case, f"{where}, which is not documented.", "Set the level anew.")
    through = _passes(level, case)
    if through:
        return line.passes(case, f"{where}: {only}, and this is one.")
    if through is None:
        return line.unsure(
            case, f"{where}: {only}; whether this is one is not known.", "Say whom the message mentions."
        )
    step = "The user sets it in the app; change it here only if they want that."
    return line.fails(case, f"{where}: {only}.", step, until)


def _passes(level: JsonValue, case: Case) -> bool | None:
    """Tell whether a level lets a message through; None if that depends on what nobody said."""
    incoming = case.incoming if _may_mention(case) else Incoming(mentions=False, mentions_all=False)
    if level == _MENTIONS:
        return incoming.names_user
    if level == _NAMED:
        return incoming.mentions
    return incoming.mentions_all if level == _EVERYBODY else False


def _may_mention(case: Case) -> bool:
    """Only messages in groups mention anybody; as long as nothing is said, it may be one."""
    return bool(case.incoming.group) or not (case.incoming.kind or case.incoming.sender)


def conversation_of(incoming: Incoming, user: str) -> Conversation | None:
    """Return the conversation that a message is in; a notification alone is in none."""
    parcel = parcel_of(incoming, user)
    if parcel is not None:
        return Conversation(ConversationKind.SYSTEM, parcel.sender) if parcel.sender else None
    if incoming.kind:
        return None
    if incoming.group:
        return Conversation(ConversationKind.GROUP, incoming.group)
    return Conversation(ConversationKind.USER, incoming.sender) if incoming.sender else None


def _key(case: Case) -> str:
    """Return the conversation as RongCloud numbers it; empty where there is none."""
    conversation = conversation_of(case.incoming, case.profile.user)
    return key_of(conversation) if conversation is not None else ""


def _unnamed(case: Case) -> tuple[str, str]:
    if case.incoming.kind:
        return "A notification without a message belongs to no conversation.", ""
    return "No conversation is named.", "Name the sender or the group to look at a conversation."


def _window(case: Case) -> DailyWindow | None:
    """Return the quiet hours; from midnight, the longest period is all day."""
    hours = object_of(case.value("quiet_hours"))
    start, minutes = text_of(hours.get("start")), hours.get("minutes")
    if not start or not isinstance(minutes, int) or not minutes:
        return None
    first = time.fromisoformat(start)
    second = first.hour * 3600 + first.minute * 60 + first.second
    return DailyWindow(second, DAY if not second and minutes == LONGEST_PERIOD else minutes * 60)


def _words(window: DailyWindow) -> str:
    if window.length == DAY:
        return "all day"
    return "–".join(
        f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in (window.start, window.end)
    )
