"""What happens by itself: pushes whose date has come, and what people do with their handsets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pushtui.sandbox.agora.delivery import Push, arrived_late, deliver_push, person_of
from pushtui.sandbox.agora.devices import follow
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.sending import known_users

if TYPE_CHECKING:
    from pushtui.sandbox.agora.data import AgoraUser, Task
    from pushtui.sandbox.state import SandboxState


def catch_up(state: SandboxState) -> None:
    """Deliver what is due by now, and hear of people who changed."""
    now = milliseconds(state)
    due = [(task.at, push_id) for push_id, task in state.agora.tasks.items() if task.at <= now]
    for _at, push_id in sorted(due):
        _go_out(state, push_id, state.agora.tasks.pop(push_id))
    for name in state.changed_people:
        user = state.agora.users.get(name.lower())
        if user is not None and user.person == name:
            _heard_of(state, user)


def _go_out(state: SandboxState, push_id: str, task: Task) -> None:
    push = Push(push_id, task.message, task.strategy, datetime.fromtimestamp(task.at / 1000, UTC))
    delivered = [item for _name, user in known_users(state, task.names) for item in deliver_push(state, user, push)]
    state.inbox.settle(push_id, tuple(delivered))


def _heard_of(state: SandboxState, user: AgoraUser) -> None:
    """Follow the tokens of a user's handsets, and bring what waited if the user is online."""
    person = person_of(state, user)
    follow(user, person)
    if not person.online:
        return
    for push_id in user.kept:
        send = state.inbox.find(push_id)
        if send is not None:
            mine = {item: arrived_late(item, send.body) for item in send.deliveries if item.user == user.username}
            state.inbox.settle(push_id, tuple(mine.get(item, item) for item in send.deliveries))
    user.kept = []
