"""Operations on do-not-disturb; quiet hours beat a conversation's level, and that beats its type's."""

from __future__ import annotations

from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.dnd_model import (
    DndResponse,
    GetConversationDndRequest,
    GetTypeDndRequest,
    SetConversationDndRequest,
    SetTypeDndRequest,
)
from pushtui.providers.rongcloud.operation import operation

SET_CONVERSATION_DND = operation(
    "set-conversation-dnd", "/conversation/notification/set.json", SetConversationDndRequest, CodeAnswer
)
GET_CONVERSATION_DND = operation(
    "get-conversation-dnd", "/conversation/notification/get.json", GetConversationDndRequest, DndResponse
)
SET_TYPE_DND = operation("set-type-dnd", "/conversation/type/notification/set.json", SetTypeDndRequest, CodeAnswer)
GET_TYPE_DND = operation("get-type-dnd", "/conversation/type/notification/get.json", GetTypeDndRequest, DndResponse)
