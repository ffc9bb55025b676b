"""`im_push`: checked, recognised if it comes again, accepted, delivered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pushtui.domain.json_body import JsonObject
from pushtui.providers.tencent.condition import broken_rules, names_everybody
from pushtui.providers.tencent.push import PUSH
from pushtui.providers.tencent.push_model import CONTENTS, PushRequest
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.tencent.attributes import enabled
from pushtui.sandbox.tencent.data import PushMade
from pushtui.sandbox.tencent.delivery import Sent, deliver, recipients
from pushtui.sandbox.tolerance import read_object

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

MALFORMED = 90001
BAD_CONTENT = 90010

_SECOND, _WEEK = timedelta(seconds=1), timedelta(days=7)
_HEX = "0123456789abcdef"


def push(state: SandboxState, call: Call, request: PushRequest) -> JsonObject:
    """Accept a push and deliver it; the same MsgRandom again, soon, is the same push."""
    body = read_object(call.body)
    _check_contents(request)
    _check_condition(state, body)
    _check_sender(state, request)
    task = _earlier(state, request.MsgRandom)
    if task is None:
        task = _accept(state, call, body, request)
    return {"TaskId": task}


def _accept(state: SandboxState, call: Call, body: JsonObject, request: PushRequest) -> str:
    now, task = state.clock.now(), _task_id(state)
    state.tencent.pushes[request.MsgRandom] = PushMade(now, task)
    reached = recipients(state, body)
    deliveries = tuple(deliver(state, Sent(task, body, _sender_name(state, request)), reached))
    state.inbox.add(
        AcceptedSend(
            cloud="tencent",
            path=PUSH.path,
            id=task,
            message_uid="",
            request_id=call.request_id,
            at=now,
            body=body,
            recipients=tuple(account.id for account in reached),
            deliveries=deliveries,
        )
    )
    return task


def _check_contents(request: PushRequest) -> None:
    for part in request.MsgBody:
        try:
            if part.MsgType in CONTENTS:
                CONTENTS[part.MsgType].model_validate(part.MsgContent, extra="ignore")
        except ValidationError:
            raise Refusal(BAD_CONTENT, f"Invalid MsgContent of {part.MsgType}") from None


def _check_condition(state: SandboxState, body: JsonObject) -> None:
    condition = body.get("Condition")
    if not isinstance(condition, dict):
        return
    if names_everybody(condition) and not state.settings.tencent.empty_condition_is_everybody:
        raise Refusal(MALFORMED, "Condition is empty")
    for code in broken_rules(condition, state.tencent.attribute_names.values()):
        raise Refusal(code)


def _check_sender(state: SandboxState, request: PushRequest) -> None:
    code, sender = state.settings.tencent.unknown_sender_code, request.From_Account
    if code and sender not in (None, state.credentials.admin, *state.tencent.accounts):
        raise Refusal(code)


def _sender_name(state: SandboxState, request: PushRequest) -> str:
    sender = request.From_Account or state.credentials.admin
    account = state.tencent.accounts.get(sender)
    return account.nickname if account else sender


def _earlier(state: SandboxState, random: int) -> str | None:
    """Return the task of a push with the same random number, forgetting those that are too long ago."""
    now, pushes = state.clock.now(), state.tencent.pushes
    span = _WEEK if state.settings.tencent.random_unique_for_a_week else _SECOND
    while pushes and now - next(iter(pushes.values())).at >= span:
        del pushes[next(iter(pushes))]
    made = pushes.get(random)
    return made.task_id if made else None


def _task_id(state: SandboxState) -> str:
    first, second, third = (int(state.randomness.letters(digits, _HEX), 16) for digits in (16, 8, 8))
    return f"{state.credentials.sdkappid}_{first}_{second}_{third}"


OPERATIONS: tuple[Operation[Any], ...] = (Operation(PUSH, push, enabled),)
