"""`POST /push.json`: who is named, what is checked, what they get."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pushtui.domain.handset import Platform
from pushtui.domain.json_body import JsonObject, get
from pushtui.providers.rongcloud.audience import has_tags, is_to_all, named_users
from pushtui.providers.rongcloud.push import PUSH
from pushtui.providers.rongcloud.rendering import effective_text
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.rongcloud.addressing import not_addressed, strings
from pushtui.sandbox.rongcloud.data import Broadcast
from pushtui.sandbox.rongcloud.delivery import Parcel
from pushtui.sandbox.rongcloud.messages import check_message, in_app
from pushtui.sandbox.rongcloud.sending import accept

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.push_model import PushRequest
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState

NARROWING = ("userid", "tag", "tag_or", "packageName")


def push(state: SandboxState, call: Call, request: PushRequest) -> JsonObject:
    """Accept a push, deliver it, and answer with its ids."""
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    settings, message = state.settings.rongcloud, request.message
    _check_audience(body)
    _check_message(request, settings)
    _check_text(body, settings)
    uid = state.randomness.message_uid() if message else ""
    push_id = uid or state.randomness.push_id()
    words, stored = in_app(message.objectName, message.content) if message else ("", False)
    users, sender = recipients(state, body), request.fromuserid or ""
    parcels = (Parcel(push_id, user, body, sender, words, stored, active_only=True) for user in users)
    addressed = partial(not_addressed, body, settings)
    accept(state, call, body, users, parcels, send_id=push_id, message_uid=uid, addressed=addressed)
    if stored and is_to_all(body):
        state.rongcloud.keep(Broadcast(state.clock.now(), call.path, uid, words, body))
    return {"id": push_id, "messageUID": uid} if uid else {"id": push_id}


def recipients(state: SandboxState, body: JsonObject) -> list[str]:
    """Return the user ids that the audience names: everybody's, else those given, else the tags' users.

    Ids that nobody has are among those given.
    """
    if is_to_all(body):
        return list(state.rongcloud.users)
    ids = named_users(body)
    if ids:
        return [*dict.fromkeys(ids)]
    return [user for user in state.rongcloud.users if has_tags(body, state.rongcloud.preferences_of(user).tags)]


def _check_audience(body: JsonObject) -> None:
    if not is_to_all(body) and not any(get(body, ("audience", name)) for name in NARROWING):
        raise Refusal(1002, "ParamError:audience names nobody.")


def _check_message(request: PushRequest, settings: RongCloudSettings) -> None:
    """A message and its sender come together."""
    message = request.message
    if message and not request.fromuserid:
        raise Refusal(1002, "ParamError:fromuserid is required.")
    if request.fromuserid and not message:
        raise Refusal(1002, "ParamError:message is required.")
    if message:
        check_message(message.objectName, message.content, settings, "message.")


def _check_text(body: JsonObject, settings: RongCloudSettings) -> None:
    """Without a common text, platforms need their own."""
    named = strings(body, ("platform",))
    for platform in (Platform.IOS, Platform.ANDROID):
        needed = not settings.text_per_platform or platform.value in named
        if needed and effective_text(body, platform) is None:
            raise Refusal(
                1002, f"ParamError:notification.{platform.value}.alert is required without notification.alert."
            )


OPERATIONS = (Operation(PUSH, push, switched_on=lambda state: state.settings.rongcloud.broadcast_enabled),)
