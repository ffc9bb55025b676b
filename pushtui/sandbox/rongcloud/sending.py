"""What every accepted send has in common: it is delivered and kept in the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.sandbox.cloud import Call, Refusal
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.rongcloud.addressing import Addressed, everyone
from pushtui.sandbox.rongcloud.delivery import Parcel, deliver

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def accept(
    state: SandboxState,
    call: Call,
    body: JsonObject,
    users: Sequence[str],
    parcels: Iterable[Parcel],
    *,
    send_id: str,
    message_uid: str = "",
    message_uids: tuple[str, ...] = (),
    addressed: Addressed = everyone,
) -> None:
    """Deliver a send, parcel by parcel, and keep it; user ids that nobody has are told, as RongCloud does not."""
    known = state.rongcloud.users
    state.inbox.add(
        AcceptedSend(
            cloud="rongcloud",
            path=call.path,
            id=send_id,
            message_uid=message_uid,
            request_id=call.request_id,
            at=state.clock.now(),
            body=body,
            recipients=tuple(dict.fromkeys(users)),
            deliveries=tuple(
                delivery for parcel in parcels if parcel.user in known for delivery in deliver(state, parcel, addressed)
            ),
            unknown_users=tuple(sorted({*users} - known.keys())),
            message_uids=message_uids,
        )
    )


def refuse_length(field: str) -> Refusal:
    """Say that a list has not one entry per recipient."""
    return Refusal(1002, f"ParamError:{field} must have one entry for each of toUserId.")
