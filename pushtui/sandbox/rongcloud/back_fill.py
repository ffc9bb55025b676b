"""Who registers later also gets the broadcasts of the last seven days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery
from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.push import PUSH
from pushtui.providers.rongcloud.system import BROADCAST
from pushtui.providers.rongcloud.system_rendering import words_in_app
from pushtui.sandbox.rongcloud.push import is_to_all

if TYPE_CHECKING:
    from pushtui.sandbox.inbox import AcceptedSend
    from pushtui.sandbox.state import SandboxState

KEPT = timedelta(days=7)
REASON = "Registered after the broadcast: the message waits in the app, without a notification."


def back_fill(state: SandboxState, user: str) -> None:
    """Bring a new user the messages that went to everybody shortly before."""
    if not state.settings.rongcloud.back_fill:
        return
    oldest = state.clock.now() - KEPT
    for index, send in enumerate(state.inbox.sends):
        message = _message_to_all(send)
        if message is not None and send.at >= oldest:
            state.inbox.sends[index] = _with_newcomer(state, send, user, message)
            state.inbox.recipients[user] += 1


def _message_to_all(send: AcceptedSend) -> JsonObject | None:
    """Return the message of a send that went to everybody."""
    if send.cloud == "rongcloud" and send.path == BROADCAST.path:
        return send.body
    message = send.body.get("message") if send.cloud == "rongcloud" and send.path == PUSH.path else None
    return message if isinstance(message, dict) and is_to_all(send.body) else None


def _with_newcomer(state: SandboxState, send: AcceptedSend, user: str, message: JsonObject) -> AcceptedSend:
    words = words_in_app(str(message["objectName"]), str(message["content"]))
    late = [Delivery(send.id, user, item.handset, None, REASON, words) for item in state.people[user].handsets]
    return replace(send, recipients=(*send.recipients, user), deliveries=(*send.deliveries, *late))
