"""Quiet hours, and the levels of conversations and of their types.

Quiet hours beat a conversation's level, and that beats its type's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pushtui.domain.conversation import Conversation, ConversationKind
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.profile import Section
from pushtui.providers.profiles import (
    Ask,
    Asked,
    FactKind,
    NotTold,
    ProfileRead,
    Said,
    Value,
    Values,
    answer_as,
    each,
    enumerated,
    one_call,
    whose_clock,
)
from pushtui.providers.rongcloud.dnd import GET_CONVERSATION_DND, GET_TYPE_DND
from pushtui.providers.rongcloud.dnd_model import LEVELS, DndResponse
from pushtui.providers.rongcloud.dnd_model import TYPES as CONVERSATION_TYPES
from pushtui.providers.rongcloud.quiet_hours import GET_QUIET_HOURS
from pushtui.providers.rongcloud.quiet_hours_model import CLOCK_TIME, LONGEST_PERIOD, GetQuietHoursResponse
from pushtui.providers.rongcloud.quiet_hours_model import LEVELS as QUIET_LEVELS

if TYPE_CHECKING:
    from pushtui.providers.base import Endpoint

TYPE_NUMBERS = {
    ConversationKind.USER: 1,
    ConversationKind.GROUP: 3,
    ConversationKind.SYSTEM: 6,
    ConversationKind.ULTRA_GROUP: 10,
}
_MIDNIGHT = "00:00:00"
_LEVEL_WORDS = {choice.value: choice.label for choice in LEVELS}
_QUIET_WORDS = {choice.value: choice.label for choice in QUIET_LEVELS}
_TYPE_WORDS = {str(choice.value): choice.label for choice in CONVERSATION_TYPES}


def key_of(conversation: Conversation) -> str:
    """Return a conversation as RongCloud numbers it: `1/anna`, `10/club/channel`."""
    number = str(TYPE_NUMBERS[conversation.kind])
    return "/".join(filter(None, (number, conversation.target, conversation.channel)))


def level_words(level: int) -> str:
    """Say what still notifies."""
    return _LEVEL_WORDS.get(level, f"{level} (not documented)")


def _quiet_hours(said: Said, asked: Asked) -> Values:
    nothing: JsonObject = {"data": {}} if said.body.get("data", "") is None else {}
    found = answer_as(GetQuietHoursResponse, {**said.body, **nothing}, "data").data
    if not found.startTime or not found.period:
        return {"quiet_hours": Value(None, "none")}
    if not 0 < found.period <= LONGEST_PERIOD:
        raise NotTold(f"The answer's period is {found.period}; 0 to {LONGEST_PERIOD} minutes are documented.")
    window = window_words(found.startTime, found.period)
    value: JsonObject = {"start": found.startTime, "minutes": found.period, "level": found.unPushLevel}
    words = f"{window} {whose_clock(asked.account)}, {quiet_level_words(found.unPushLevel)}"
    return {"quiet_hours": Value(value, words)}


def quiet_level_words(level: JsonValue) -> str:
    """Say what gets through quiet hours; other levels than the documented ones mean nothing that is known."""
    if level is None:
        return "level not told"
    known = _QUIET_WORDS.get(level) if isinstance(level, int) else None
    return f"level {known or f'{level} (not documented)'}"


def window_words(start: str, minutes: int) -> str:
    """Say a daily window of so many minutes; NotTold if the start is no time of day."""
    if start == _MIDNIGHT and minutes == LONGEST_PERIOD:
        return "all day"
    if not re.fullmatch(CLOCK_TIME, start):
        raise NotTold(f"The answer's startTime is “{start}”; HH:MM:SS is documented.")
    hour, minute, second = map(int, start.split(":"))
    end = (hour * 60 + minute + minutes) % (24 * 60)
    return f"{start}-{end // 60:02}:{end % 60:02}:{second:02}"


async def _types(asked: Asked, ask: Ask) -> Values:
    numbers = TYPE_NUMBERS.values()
    found, problem = await each({str(number): _level(ask, GET_TYPE_DND, _of_type(asked, number)) for number in numbers})
    value: JsonObject = {**found}
    set_ones = [f"{_TYPE_WORDS[number]}: level {level_words(level)}" for number, level in found.items() if level]
    return {"conversation_types": Value(value, enumerated(set_ones, "none is set", "\n"), problem)}


async def _conversations(asked: Asked, ask: Ask) -> Values:
    wanted = {key_of(conversation): conversation for conversation in asked.conversations}
    found, problem = await each(
        {key: _level(ask, GET_CONVERSATION_DND, _of(asked, one)) for key, one in wanted.items()}
    )
    value: JsonObject = {**found}
    words = [f"{wanted[key]}: level {level_words(level)}" for key, level in found.items()]
    return {"conversations": Value(value, enumerated(words, "none", "\n"), problem)}


async def _level(ask: Ask, endpoint: Endpoint[Any], body: JsonObject) -> int:
    """Ask for a level, which stands in a field that is called isMuted."""
    said = await ask(endpoint, {}, body)
    return answer_as(DndResponse, said.body, "isMuted").isMuted


def _of_type(asked: Asked, number: int) -> JsonObject:
    return {"conversationType": number, "requestId": asked.user}


def _of(asked: Asked, one: Conversation) -> JsonObject:
    channel: JsonObject = {"busChannel": one.channel} if one.channel else {}
    return {**_of_type(asked, TYPE_NUMBERS[one.kind]), "targetId": one.target, **channel}


def _none_named(asked: Asked) -> str:
    return "" if asked.conversations else "RongCloud lists no conversations. Name those to ask about."


QUIET_HOURS = one_call(
    GET_QUIET_HOURS,
    (FactKind("quiet_hours", "quiet hours", Section.DO_NOT_DISTURB),),
    lambda asked: ({}, {"userId": asked.user}),
    _quiet_hours,
)
CONVERSATIONS = ProfileRead(
    GET_CONVERSATION_DND,
    (FactKind("conversations", "conversations", Section.DO_NOT_DISTURB),),
    _conversations,
    _none_named,
)
TYPES = ProfileRead(
    GET_TYPE_DND, (FactKind("conversation_types", "kinds of conversation", Section.DO_NOT_DISTURB),), _types
)
