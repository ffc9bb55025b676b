"""System messages: the same for some users, a template for some, the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from pushtui.domain.handset import Handset, Platform
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.rongcloud.system import BROADCAST, SYSTEM_MESSAGE, SYSTEM_TEMPLATE
from pushtui.providers.rongcloud.system_rendering import message_as_push, words_in_app
from pushtui.providers.rongcloud.templates import PERSONAL, personal
from pushtui.sandbox.cloud import Call, Operation
from pushtui.sandbox.rongcloud.delivery import Parcel
from pushtui.sandbox.rongcloud.messages import check_content, check_push_ext, check_type
from pushtui.sandbox.rongcloud.sending import accept, refuse_length
from pushtui.sandbox.rongcloud.units import recipients_in_form, recipients_in_json

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.system_model import BroadcastRequest, SystemMessageRequest, TemplateRequest
    from pushtui.sandbox.state import SandboxState


def publish(state: SandboxState, call: Call, request: SystemMessageRequest) -> JsonObject:
    """Send one message to each of some users."""
    check_type(request.objectName)
    check_content(request.objectName, request.content)
    check_push_ext(request.pushExt, state.settings.rongcloud)
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    return _send(state, call, body, ((user, body) for user in request.toUserId))


def publish_template(state: SandboxState, call: Call, request: TemplateRequest) -> JsonObject:
    """Send each of some users the template, filled with their own values.

    The template is not checked to be JSON: values may make it so.
    """
    check_type(request.objectName)
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    for field in ("values", *PERSONAL):
        entries = body.get(field)
        if isinstance(entries, list) and entries and len(entries) != len(request.toUserId):
            raise refuse_length(field)
    for ext in request.pushExt or ():
        check_push_ext(ext, state.settings.rongcloud)
    return _send(state, call, body, ((user, personal(body, index)) for index, user in enumerate(request.toUserId)))


def broadcast(state: SandboxState, call: Call, request: BroadcastRequest) -> JsonObject:
    """Send one message to every user."""
    check_type(request.objectName)
    check_content(request.objectName, request.content)
    check_push_ext(request.pushExt, state.settings.rongcloud)
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    uid = state.randomness.message_uid()
    parcels = [parcel(uid, user, body) for user in state.rongcloud.users]
    accept(state, call, body, parcels, send_id=uid, message_uid=uid, addressed=partial(_other_system, request.os or ""))
    return {"messageUID": uid}


def parcel(uid: str, user: str, message: JsonObject) -> Parcel:
    """Return what one user gets of a system message."""
    words = words_in_app(str(message["objectName"]), str(message["content"]))
    stored = message.get("isPersisted") != 0
    return Parcel(uid, user, message_as_push(message), str(message["fromUserId"]), words, stored)


def _send(state: SandboxState, call: Call, body: JsonObject, messages: Iterable[tuple[str, JsonObject]]) -> JsonObject:
    """Accept a message for each recipient; UIDs are answered in the order of the request."""
    parcels = [parcel(state.randomness.message_uid(), user, message) for user, message in messages]
    first = parcels[0].id
    accept(state, call, body, parcels, send_id=first, message_uid=first)
    uids: list[JsonValue] = [{"userId": item.user, "messageUID": item.id} for item in parcels]
    return {"messageUIDs": uids}


def _other_system(system: str, handset: Handset) -> str:
    """Say why a broadcast to one system is not meant for a handset."""
    if not system or handset.platform is Platform.WEB or handset.platform.value == system.lower():
        return ""
    return f"Not addressed: os names {system}, this is {handset.platform.value}."


OPERATIONS = (
    Operation(SYSTEM_MESSAGE, publish, count=recipients_in_form("toUserId")),
    Operation(SYSTEM_TEMPLATE, publish_template, count=recipients_in_json("toUserId")),
    Operation(BROADCAST, broadcast, switched_on=lambda state: state.settings.rongcloud.broadcast_enabled),
)
