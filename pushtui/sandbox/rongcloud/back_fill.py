"""Who registers later also gets the messages to everybody of the last seven days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery, Handset
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.rongcloud.addressing import Addressed, to_everybody
from pushtui.sandbox.rongcloud.data import KEPT, Broadcast

if TYPE_CHECKING:
    from pushtui.sandbox.cloud import Call
    from pushtui.sandbox.state import SandboxState

REASON = "Registered after the broadcast: the message waits in the app, without a notification."


def back_fill(state: SandboxState, call: Call, user: str) -> None:
    """Bring a new user what went to everybody shortly before; each message is an entry of the inbox."""
    if not state.settings.rongcloud.back_fill:
        return
    oldest = state.clock.now() - KEPT
    for message in state.rongcloud.broadcasts:
        if message.at >= oldest:
            state.inbox.add_late(_late(state, call, user, message))


def _late(state: SandboxState, call: Call, user: str, message: Broadcast) -> AcceptedSend:
    addressed = to_everybody(message.path, message.body, state.settings.rongcloud)
    handsets = [item.handset for item in state.people[user].handsets]
    return AcceptedSend(
        cloud="rongcloud",
        path=message.path,
        id=state.randomness.push_id(),
        message_uid=message.uid,
        request_id=call.request_id,
        at=state.clock.now(),
        body=message.body,
        recipients=(user,),
        deliveries=tuple(_delivery(message, user, handset, addressed) for handset in handsets),
    )


def _delivery(message: Broadcast, user: str, handset: Handset, addressed: Addressed) -> Delivery:
    unaddressed = addressed(handset)
    words = "" if unaddressed else message.words
    return Delivery(message.uid, user, handset, None, unaddressed or REASON, words)
