"""What every accepted send has in common: it is delivered and kept in the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.sandbox.cloud import Call, Refusal
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.rongcloud.delivery import Addressed, Parcel, deliver, everyone

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def accept(
    state: SandboxState,
    call: Call,
    body: JsonObject,
    parcels: Sequence[Parcel],
    *,
    send_id: str,
    message_uid: str = "",
    addressed: Addressed = everyone,
) -> None:
    """Deliver a send and keep it; user ids that nobody has are told, as RongCloud does not."""
    users = state.rongcloud.users
    state.inbox.add(
        AcceptedSend(
            cloud="rongcloud",
            path=call.path,
            id=send_id,
            message_uid=message_uid,
            request_id=call.request_id,
            at=state.clock.now(),
            body=body,
            recipients=tuple(dict.fromkeys(parcel.user for parcel in parcels)),
            deliveries=tuple(
                delivery for parcel in parcels if parcel.user in users for delivery in deliver(state, parcel, addressed)
            ),
            unknown_users=tuple(sorted({parcel.user for parcel in parcels if parcel.user not in users})),
        )
    )


def refuse_length(field: str) -> Refusal:
    """Say that a list has not one entry per recipient."""
    return Refusal(1002, f"ParamError:{field} must have one entry for each of toUserId.")
