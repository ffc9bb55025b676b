"""Sending chat messages."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.messages_model import Message
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.rates import per_second

MESSAGE_USERS = operation(
    "message-users",
    "POST",
    "/messages/users",
    Message,
    per_second("messages to users", source=sources.OVERVIEW),
    repeatable=False,
)
MESSAGE_GROUPS = operation(
    "message-groups",
    "POST",
    "/messages/chatgroups",
    Message,
    per_second("messages to groups", source=sources.OVERVIEW),
    repeatable=False,
)
