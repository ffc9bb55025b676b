"""Sending chat messages to users and groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery
from pushtui.domain.json_body import JsonObject, compact
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.messages import MESSAGE_GROUPS, MESSAGE_USERS
from pushtui.providers.agora.messages_model import Message
from pushtui.providers.agora.rendering import Chat
from pushtui.sandbox.agora.delivery import deliver_chat
from pushtui.sandbox.agora.subject import SETTING, Subject, argument
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.inbox import AcceptedSend

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

ADMIN = "admin"
"""Who sends where nobody is named."""


def message_users(state: SandboxState, call: Call, request: Message) -> JsonObject:
    """Send a message to each user."""
    chat = _chat(state, request)
    ids = {name: _message_id(state) for name in dict.fromkeys(request.to)}
    _accept(state, call, MESSAGE_USERS.path, request, ids, [(name, name, chat) for name in ids])
    return {"data": {**ids}}


def message_groups(state: SandboxState, call: Call, request: Message) -> JsonObject:
    """Send a message to the members of each group, except who sends it."""
    groups = state.agora.groups
    for group in request.to:
        if group not in groups:
            raise Refusal(Key.NO_SUCH_RESOURCE)
    ids = {group: _message_id(state) for group in dict.fromkeys(request.to)}
    chats = {group: _chat(state, request, group) for group in ids}
    receivers = [
        (name, group, chat) for group, chat in chats.items() for name in groups[group] if name != request.sender
    ]
    _accept(state, call, MESSAGE_GROUPS.path, request, ids, receivers)
    return {"data": {**ids}}


def _chat(state: SandboxState, request: Message, group: str = "") -> Chat:
    """Return the message as it goes out; raises Refusal if it is too large."""
    body = request.model_dump(exclude_none=True)["body"]
    for part in (body, request.ext or {}):
        if len(compact(part).encode()) > state.settings.agora.message_limit:
            raise Refusal(Key.ARGUMENT, "message is too large")
    sender = request.sender or ADMIN
    user = state.agora.users.get(sender)
    return Chat(request.body.msg, request.ext or {}, sender, (user.nickname if user else "") or "", group)


def _accept(
    state: SandboxState,
    call: Call,
    path: str,
    request: Message,
    ids: dict[str, str],
    receivers: Sequence[tuple[str, str, Chat]],
) -> None:
    """Deliver a message, and remember it; `receivers` are users, each with the target and the message."""
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    deliveries: list[Delivery] = []
    for name, target, chat in receivers:
        user = state.agora.users.get(name)
        if user is not None:
            deliveries += deliver_chat(state, user, ids[target], chat, body)
    names = tuple(dict.fromkeys(name for name, _target, _chat in receivers))
    first = next(iter(ids.values()))
    state.inbox.add(
        AcceptedSend(
            cloud="agora",
            path=path,
            id=first,
            message_uid=first,
            request_id=call.request_id,
            at=state.clock.now(),
            body=body,
            recipients=names,
            deliveries=tuple(deliveries),
            unknown_users=tuple(name for name in names if name not in state.agora.users),
        )
    )


def _message_id(state: SandboxState) -> str:
    return "1" + state.randomness.letters(18, "0123456789")


SUBJECTS = (
    Subject(SETTING, argument, (Operation(MESSAGE_USERS, message_users), Operation(MESSAGE_GROUPS, message_groups))),
)
