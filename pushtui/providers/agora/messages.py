"""Sending chat messages."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Answer
from pushtui.providers.agora.messages_model import Message
from pushtui.providers.agora.rates import per_second
from pushtui.providers.base import Encoding, Endpoint

MESSAGE_USERS = Endpoint(
    name="message-users",
    method="POST",
    path="/messages/users",
    encoding=Encoding.JSON,
    request_model=Message,
    response_model=Answer,
    repeatable=False,
    rates=per_second("messages to users", source=sources.OVERVIEW),
)

MESSAGE_GROUPS = Endpoint(
    name="message-groups",
    method="POST",
    path="/messages/chatgroups",
    encoding=Encoding.JSON,
    request_model=Message,
    response_model=Answer,
    repeatable=False,
    rates=per_second("messages to groups", source=sources.OVERVIEW),
)
