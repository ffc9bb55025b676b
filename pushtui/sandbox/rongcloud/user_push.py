"""`POST /push/user.json`: a notification for some users, also while the app is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.system import USER_PUSH
from pushtui.providers.rongcloud.system_rendering import user_push_as_push
from pushtui.sandbox.cloud import Call, Operation
from pushtui.sandbox.rongcloud.delivery import Parcel
from pushtui.sandbox.rongcloud.sending import accept
from pushtui.sandbox.rongcloud.units import recipients_in_json

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.user_push_model import UserPushRequest
    from pushtui.sandbox.state import SandboxState


def push_to_users(state: SandboxState, call: Call, request: UserPushRequest) -> JsonObject:
    """Accept a notification and deliver it; there is no message, so nothing is stored."""
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    push_id, push = state.randomness.push_id(), user_push_as_push(body)
    users = [*dict.fromkeys(request.userIds)]
    accept(state, call, body, users, (Parcel(push_id, user, push) for user in users), send_id=push_id)
    return {"id": push_id} if state.settings.rongcloud.user_push_tells_id else {}


OPERATIONS = (Operation(USER_PUSH, push_to_users, count=recipients_in_json("userIds")),)
