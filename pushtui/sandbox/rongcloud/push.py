"""`POST /push.json`: validation, acceptance, delivery."""

from __future__ import annotations

import json

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.handset import Platform
from pushtui.domain.json_body import JsonObject, dotted, get, has
from pushtui.providers.rongcloud.message_types import BUILT_IN
from pushtui.providers.rongcloud.push import PUSH
from pushtui.providers.rongcloud.push_model import PushRequest
from pushtui.providers.rongcloud.rendering import effective_text
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.delivery import Moment, resolve, unknown_users
from pushtui.sandbox.inbox import AcceptedPush
from pushtui.sandbox.settings import SandboxSettings
from pushtui.sandbox.state import SandboxState
from pushtui.sandbox.tolerance import NotReadable, coerce, read_object

NARROWING = ("userid", "tag", "tag_or", "packageName")
TOO_LONG = frozenset({"string_too_long", "too_many_bytes"})


def push(state: SandboxState, call: Call) -> JsonObject:
    """Accept a push, deliver it, and answer with its ids."""
    body = _validated(call.body, state.settings)
    with_message = has(body, ("message",))
    uid = state.randomness.message_uid() if with_message else ""
    push_id = uid or state.randomness.push_id()
    now = state.clock.now()
    moment = Moment(now, state.began, state.settings)
    state.inbox.add(
        AcceptedPush(
            id=push_id,
            message_uid=uid,
            request_id=call.request_id,
            at=now,
            body=body,
            deliveries=tuple(resolve(push_id, body, state.users, moment)),
            unknown_users=tuple(unknown_users(body, state.users)),
        )
    )
    return {"code": 200, "id": push_id, "messageUID": uid} if with_message else {"code": 200, "id": push_id}


PUSH_OPERATION = Operation(PUSH, push, switched_on=lambda state: state.settings.broadcast_enabled)


def _validated(content: bytes, settings: SandboxSettings) -> JsonObject:
    """Return the body as the provider understood it, or raise what it objects to first."""
    try:
        given = read_object(content)
        request = coerce(PushRequest, given, {("audience", "is_to_all"): False})
    except NotReadable:
        raise Refusal(1002, "ParamError:body is not a JSON object.") from None
    except ValidationError as error:
        raise _objection(error.errors(include_url=False)[0], settings) from None
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    _check_audience(body)
    _check_message(body)
    _check_text(body, settings)
    return body


def _objection(details: ErrorDetails, settings: SandboxSettings) -> Refusal:
    field, kind = dotted(tuple(details["loc"])), details["type"]
    if kind in TOO_LONG:
        return Refusal(1005, f"ParamError:{field} is too long.")
    if kind == "too_long":
        return Refusal(settings.too_many_items_code, f"ParamError:{field} has too many items.")
    if kind == "missing":
        return Refusal(1002, f"ParamError:{field} is required.")
    return Refusal(1002, f"ParamError:{field} is invalid.")


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


def _check_text(body: JsonObject, settings: SandboxSettings) -> None:
    """Without a common text, platforms need their own."""
    named = get(body, ("platform",))
    for platform in (Platform.IOS, Platform.ANDROID):
        needed = not settings.text_per_platform or (isinstance(named, list) and platform.value in named)
        if needed and effective_text(body, platform) is None:
            raise Refusal(
                1002, f"ParamError:notification.{platform.value}.alert is required without notification.alert."
            )
