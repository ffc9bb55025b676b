"""`POST /push.json`: validation, acceptance, delivery."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pushtui.domain.handset import Platform
from pushtui.domain.json_body import JsonObject, get, has
from pushtui.providers.rongcloud.message_types import BUILT_IN
from pushtui.providers.rongcloud.push import PUSH
from pushtui.providers.rongcloud.rendering import effective_text
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.rongcloud.delivery import recipients, resolve, unknown_users

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.push_model import PushRequest
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState

NARROWING = ("userid", "tag", "tag_or", "packageName")


def push(state: SandboxState, call: Call, request: PushRequest) -> JsonObject:
    """Accept a push, deliver it, and answer with its ids."""
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    _check_audience(body)
    _check_message(body)
    _check_text(body, state.settings.rongcloud)
    with_message = has(body, ("message",))
    uid = state.randomness.message_uid() if with_message else ""
    push_id = uid or state.randomness.push_id()
    deliveries = tuple(resolve(push_id, body, state))
    unknown = unknown_users(body, state)
    state.inbox.add(
        AcceptedSend(
            cloud="rongcloud",
            path=PUSH.path,
            id=push_id,
            message_uid=uid,
            request_id=call.request_id,
            at=state.clock.now(),
            body=body,
            recipients=tuple(dict.fromkeys([*(user.id for user in recipients(body, state)), *unknown])),
            deliveries=deliveries,
            unknown_users=unknown,
        )
    )
    return {"id": push_id, "messageUID": uid} if with_message else {"id": push_id}


PUSH_OPERATION = Operation(PUSH, push, switched_on=lambda state: state.settings.rongcloud.broadcast_enabled)


def _check_audience(body: JsonObject) -> None:
    if get(body, ("audience", "is_to_all")) is not True and not any(
        get(body, ("audience", name)) for name in NARROWING
    ):
        raise Refusal(1002, "ParamError:audience names nobody.")


def _check_message(body: JsonObject) -> None:
    """A message and its sender come together; built-in types are known and hold JSON."""
    for present, missing in (("message", "fromuserid"), ("fromuserid", "message")):
        if has(body, (present,)) and not has(body, (missing,)):
            raise Refusal(1002, f"ParamError:{missing} is required.")
    name, content = get(body, ("message", "objectName")), get(body, ("message", "content"))
    if not isinstance(name, str) or not isinstance(content, str) or not name.startswith("RC:"):
        return
    if name not in BUILT_IN:
        raise Refusal(1002, "ParamError:message.objectName is not a built-in type.")
    if not _is_object(content):
        raise Refusal(1002, "ParamError:message.content is not a JSON object.")


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _check_text(body: JsonObject, settings: RongCloudSettings) -> None:
    """Without a common text, platforms need their own."""
    named = get(body, ("platform",))
    for platform in (Platform.IOS, Platform.ANDROID):
        needed = not settings.text_per_platform or (isinstance(named, list) and platform.value in named)
        if needed and effective_text(body, platform) is None:
            raise Refusal(
                1002, f"ParamError:notification.{platform.value}.alert is required without notification.alert."
            )
