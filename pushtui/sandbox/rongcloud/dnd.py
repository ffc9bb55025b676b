"""Do-not-disturb of one conversation, and of a conversation type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.dnd import (
    GET_CONVERSATION_DND,
    GET_TYPE_DND,
    SET_CONVERSATION_DND,
    SET_TYPE_DND,
)
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.rongcloud.silence import NOT_SET, conversation_key

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.dnd_model import (
        GetConversationDndRequest,
        GetTypeDndRequest,
        SetConversationDndRequest,
        SetTypeDndRequest,
    )
    from pushtui.sandbox.state import SandboxState


def set_conversation(state: SandboxState, _call: Call, request: SetConversationDndRequest) -> JsonObject:
    """Set a conversation's level; what muted means in the old form is a setting."""
    muted = state.settings.rongcloud.muted_level if request.isMuted else request.isMuted
    level = muted if request.unpushLevel is None else request.unpushLevel
    if level is None:
        raise Refusal(1002, "ParamError:unpushLevel is required.")
    state.rongcloud.change(request.requestId).conversations[_key(request)] = level
    return {}


def get_conversation(state: SandboxState, _call: Call, request: GetConversationDndRequest) -> JsonObject:
    """Return a conversation's level."""
    return {"isMuted": state.rongcloud.preferences_of(request.requestId).conversations.get(_key(request), NOT_SET)}


def set_type(state: SandboxState, _call: Call, request: SetTypeDndRequest) -> JsonObject:
    """Set a conversation type's level."""
    state.rongcloud.change(request.requestId).types[str(request.conversationType)] = request.unpushLevel
    return {}


def get_type(state: SandboxState, _call: Call, request: GetTypeDndRequest) -> JsonObject:
    """Return a conversation type's level."""
    types = state.rongcloud.preferences_of(request.requestId).types
    return {"isMuted": types.get(str(request.conversationType), NOT_SET)}


def _key(request: GetConversationDndRequest) -> str:
    return conversation_key(request.conversationType, request.targetId, request.busChannel or "")


OPERATIONS = (
    Operation(SET_CONVERSATION_DND, set_conversation),
    Operation(GET_CONVERSATION_DND, get_conversation),
    Operation(SET_TYPE_DND, set_type),
    Operation(GET_TYPE_DND, get_type),
)
