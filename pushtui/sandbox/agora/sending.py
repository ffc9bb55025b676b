"""Accepting a push: checked, delivered or put off, and remembered in the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from pushtui.domain.handset import Delivery
from pushtui.domain.json_body import JsonObject, compact
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.pushes_model import (
    DEFAULT_STRATEGY,
    EXT_CHARACTERS,
    LONGEST_TEXTS,
    PushToAll,
    PushToLabels,
    PushToOne,
    PushToUsers,
)
from pushtui.sandbox.agora.data import AgoraUser, Task
from pushtui.sandbox.agora.delivery import Push, deliver_push, plan
from pushtui.sandbox.agora.words import echoed
from pushtui.sandbox.cloud import Call, Refusal
from pushtui.sandbox.inbox import AcceptedSend

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

AnyPush = PushToOne | PushToUsers | PushToLabels | PushToAll


@dataclass(frozen=True, slots=True)
class Order:
    """Which operation pushes, to whom, under which id, and when if not at once."""

    path: str
    names: Sequence[str]
    id: str = ""
    at: datetime | None = None


def send(state: SandboxState, call: Call, request: AnyPush, order: Order) -> dict[str, list[Delivery]]:
    """Accept a push and deliver it; returns the deliveries of the users who exist."""
    body = request.model_dump(by_alias=True, exclude_none=True)
    message: JsonObject = body["pushMessage"]
    _check(state, message)
    now = state.clock.now()
    strategy = DEFAULT_STRATEGY if request.strategy is None else request.strategy
    push = Push(order.id or state.randomness.push_id(), message, strategy, order.at or now)
    deliver = deliver_push if order.at is None else plan
    delivered = {name: deliver(state, user, push) for name, user in known_users(state, order.names)}
    if order.at is not None:
        state.agora.tasks[push.id] = Task(list(delivered), message, strategy, int(order.at.timestamp() * 1000))
    state.inbox.add(
        AcceptedSend(
            cloud="agora",
            path=order.path,
            id=push.id,
            message_uid="",
            request_id=call.request_id,
            at=now,
            body=body,
            recipients=tuple(order.names),
            deliveries=tuple(item for items in delivered.values() for item in items),
            unknown_users=tuple(name for name in order.names if name not in delivered),
        )
    )
    return delivered


def known_users(state: SandboxState, names: Sequence[str]) -> list[tuple[str, AgoraUser]]:
    """Return those of a push's audience who exist."""
    return [(name, state.agora.users[name]) for name in names if name in state.agora.users]


def bad_message(part: str) -> Refusal:
    """Say which part of a push cannot be sent."""
    return Refusal(Key.BAD_PUSH, f"{echoed(part)} is invalid")


def _check(state: SandboxState, message: JsonObject) -> None:
    """Refuse what the request model cannot measure: the extension as a whole, and letters that count double."""
    if len(compact(message.get("ext", {}))) > EXT_CHARACTERS:
        raise bad_message("pushMessage.ext")
    if not state.settings.agora.wide_letters_count_double:
        return
    for name, limit in LONGEST_TEXTS.items():
        if _width(str(message.get(name, ""))) > limit:
            raise bad_message(f"pushMessage.{name}")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
