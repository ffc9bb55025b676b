"""System messages: the same for some users, a template for some, the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.rongcloud.message_fields import CONTENT_BYTES
from pushtui.providers.rongcloud.system import BROADCAST, SYSTEM_MESSAGE, SYSTEM_TEMPLATE
from pushtui.providers.rongcloud.system_rendering import message_as_push
from pushtui.providers.rongcloud.templates import PERSONAL, filled_bytes, personal
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.rongcloud.addressing import strings, to_everybody
from pushtui.sandbox.rongcloud.data import Broadcast
from pushtui.sandbox.rongcloud.delivery import Parcel
from pushtui.sandbox.rongcloud.messages import check_message, check_type, in_app, read_push_ext
from pushtui.sandbox.rongcloud.sending import accept, refuse_length
from pushtui.sandbox.rongcloud.units import recipients_in_form, recipients_in_json

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.system_model import BroadcastRequest, SystemMessageRequest, TemplateRequest
    from pushtui.sandbox.state import SandboxState


def publish(state: SandboxState, call: Call, request: SystemMessageRequest) -> JsonObject:
    """Send one message to each of some users."""
    settings = state.settings.rongcloud
    check_message(request.objectName, request.content, settings)
    ext = {} if request.disablePush else read_push_ext(request.pushExt, settings)
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    return _send(state, call, body, lambda _index: (body, ext))


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
    _check_filled(request)
    given = () if request.disablePush else request.pushExt or ()
    extensions = [read_push_ext(ext, state.settings.rongcloud) for ext in given]
    return _send(state, call, body, lambda index: (personal(body, index), extensions[index] if extensions else {}))


def broadcast(state: SandboxState, call: Call, request: BroadcastRequest) -> JsonObject:
    """Send one message to every user."""
    settings, now = state.settings.rongcloud, state.clock.now()
    check_message(request.objectName, request.content, settings)
    ext = read_push_ext(request.pushExt, settings)
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    uid, users = state.randomness.message_uid(), [*state.rongcloud.users]
    parcels = (_parcel(uid, user, body, ext) for user in users)
    addressed = to_everybody(call.path, body, settings)
    accept(state, call, body, users, parcels, send_id=uid, message_uid=uid, addressed=addressed)
    words, stored = in_app(request.objectName, request.content)
    if stored:
        state.rongcloud.keep(Broadcast(now, call.path, uid, words, body))
    return {"messageUID": uid}


def _parcel(uid: str, user: str, message: JsonObject, ext: JsonObject) -> Parcel:
    """Return what one user gets of a system message."""
    persisted = message.get("isPersisted")
    kept = persisted if isinstance(persisted, int) else None
    words, stored = in_app(str(message["objectName"]), str(message["content"]), kept)
    return Parcel(uid, user, message_as_push(message, ext), str(message["fromUserId"]), words, stored)


def _send(
    state: SandboxState, call: Call, body: JsonObject, message_of: Callable[[int], tuple[JsonObject, JsonObject]]
) -> JsonObject:
    """Accept a message for each recipient, made by their index; UIDs are answered in the order of the request."""
    users = strings(body, ("toUserId",))
    uids = [state.randomness.message_uid() for _ in users]
    known = [index for index, user in enumerate(users) if user in state.rongcloud.users]
    parcels = (_parcel(uids[index], users[index], *message_of(index)) for index in known)
    accept(state, call, body, users, parcels, send_id=uids[0], message_uid=uids[0], message_uids=tuple(uids))
    answered: list[JsonValue] = [{"userId": user, "messageUID": uid} for user, uid in zip(users, uids, strict=True)]
    return {"messageUIDs": answered}


def _check_filled(request: TemplateRequest) -> None:
    """Refuse what would be too long once filled, before it is."""
    for index, values in enumerate(request.values):
        texts = (("pushContent", request.pushContent), ("pushData", request.pushData))
        own = [(field, entries[index]) for field, entries in texts if entries]
        for field, template in (("content", request.content), *own):
            if filled_bytes(template, values) > CONTENT_BYTES:
                raise Refusal(1005, f"ParamError:{field} is too long.")


OPERATIONS = (
    Operation(SYSTEM_MESSAGE, publish, count=recipients_in_form("toUserId")),
    Operation(SYSTEM_TEMPLATE, publish_template, count=recipients_in_json("toUserId")),
    Operation(BROADCAST, broadcast, switched_on=lambda state: state.settings.rongcloud.broadcast_enabled),
)
