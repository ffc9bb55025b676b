"""Modes and do-not-disturb of single conversations: of those asked about, and of those the server lists."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from pushtui.domain.conversation import Conversation, ConversationKind
from pushtui.domain.profile import Section
from pushtui.providers.agora.conversation_list import Listing, list_conversations
from pushtui.providers.agora.notifications import READ_MODE
from pushtui.providers.agora.readings import Setting, data_of, setting_of
from pushtui.providers.profiles import (
    TELLING,
    Ask,
    Asked,
    FactKind,
    ProfileRead,
    ResultT,
    Value,
    Values,
    each,
    enumerated,
)

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject

CHAT_TYPES = {ConversationKind.USER: "user", ConversationKind.GROUP: "chatgroup"}
"""What Agora calls them; it has no others."""


def key_of(conversation: Conversation) -> str:
    """Return a conversation as Agora calls it; empty for a kind that Agora lacks.

    Users' ids are the same in upper and lower case; Agora writes them in lower case.
    """
    chat_type = CHAT_TYPES.get(conversation.kind)
    target = conversation.target.lower() if conversation.kind is ConversationKind.USER else conversation.target
    return f"{chat_type}/{target}" if chat_type else ""


async def _tell(asked: Asked, ask: Ask) -> Values:
    """Ask for those that are named, and for those that the server lists, at once; either may fail."""
    keys = [key for key in dict.fromkeys(map(key_of, asked.conversations)) if key]
    foreign = [f"{one}: Agora Chat has no such conversations." for one in asked.conversations if not key_of(one)]
    listing, named = await asyncio.gather(
        _tried(list_conversations(asked, ask)), _tried(each({key: _one(asked, ask, key) for key in keys}))
    )
    if isinstance(listing, Exception) and (isinstance(named, Exception) or not keys):
        raise named if isinstance(named, Exception) else listing
    listed = Listing({}, f"Others are not listed. {listing}") if isinstance(listing, Exception) else listing
    found, problem = ({}, f"Those that were named: {named}") if isinstance(named, Exception) else named
    settings, problems = {**listed.settings, **found}, f"{listed.problem} {problem}".strip()
    return {"conversations": _value(settings, asked, foreign, problems)}


async def _tried(call: Awaitable[ResultT]) -> ResultT | Exception:
    """Return what a call tells, or its error."""
    try:
        return await call
    except TELLING as error:
        return error


async def _one(asked: Asked, ask: Ask, key: str) -> Setting:
    chat_type, _, target = key.partition("/")
    said = await ask(READ_MODE, {"username": asked.user, "chattype": chat_type, "key": target})
    return setting_of(data_of(said), said.at)


def _value(settings: dict[str, Setting], asked: Asked, foreign: list[str], problem: str) -> Value:
    zone = asked.account.push_zone
    value: JsonObject = {key: setting.value for key, setting in settings.items()}
    words = [f"{key}: {setting.words(zone)}" for key, setting in settings.items()]
    return Value(value, enumerated([*words, *foreign], "none has a mode of its own", "\n"), problem)


CONVERSATIONS = ProfileRead(READ_MODE, (FactKind("conversations", "conversations", Section.DO_NOT_DISTURB),), _tell)
