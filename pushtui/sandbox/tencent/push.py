"""`im_push`: checked, recognised if it comes again, accepted, delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pushtui.domain.json_body import JsonObject
from pushtui.providers.tencent import codes
from pushtui.providers.tencent.condition import broken_rules, names_everybody
from pushtui.providers.tencent.push import PUSH
from pushtui.providers.tencent.push_model import CONTENTS, PushRequest
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.tencent.data import PushMade
from pushtui.sandbox.tencent.delivery import Sent, deliver, recipients
from pushtui.sandbox.tencent.pacing import count_accepted, earlier_task
from pushtui.sandbox.tencent.reading import as_sent
from pushtui.sandbox.tencent.switches import push_to_all

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

_HEX = "0123456789abcdef"


def push(state: SandboxState, call: Call, request: PushRequest) -> JsonObject:
    """Accept a push and deliver it; the same MsgRandom again, soon, is the same push."""
    body: JsonObject = as_sent(request)
    _check_contents(request)
    _check_condition(state, request, body)
    _check_sender(state, request)
    task = earlier_task(state, request.MsgRandom) or _accept(state, call, request, body)
    return {"TaskId": task}


def _accept(state: SandboxState, call: Call, request: PushRequest, body: JsonObject) -> str:
    now, task = state.clock.now(), _task_id(state)
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
    state.tencent.pushes[request.MsgRandom] = PushMade(now, task)
    count_accepted(state)
    return task


def _check_contents(request: PushRequest) -> None:
    for part in request.MsgBody:
        try:
            if part.MsgType in CONTENTS:
                CONTENTS[part.MsgType].model_validate(part.MsgContent, extra="ignore")
        except ValidationError:
            raise Refusal(codes.BAD_ELEMENT, f"Invalid MsgContent of {part.MsgType}") from None


def _check_condition(state: SandboxState, request: PushRequest, body: JsonObject) -> None:
    if "Condition" not in body:
        return
    condition, settings = body["Condition"], state.settings.tencent
    unknown = request.Condition.model_extra if request.Condition else None
    if unknown and not settings.unknown_conditions_ignored:
        raise Refusal(codes.MALFORMED, f"Invalid format of Condition.{next(iter(unknown))}")
    if names_everybody(condition) and not settings.empty_condition_is_everybody:
        raise Refusal(codes.MALFORMED, "Condition is empty")
    if isinstance(condition, dict):
        for code in broken_rules(condition, state.tencent.attribute_names.values()):
            raise Refusal(code)


def _check_sender(state: SandboxState, request: PushRequest) -> None:
    code, sender = state.settings.tencent.unknown_sender_code, request.From_Account
    if code and sender not in (None, state.credentials.admin, *state.tencent.accounts):
        raise Refusal(code)


def _sender_name(state: SandboxState, request: PushRequest) -> str:
    """Return what stands in for a title that the push does not give."""
    if not request.From_Account and not state.settings.tencent.admin_is_sender:
        return ""
    sender = request.From_Account or state.credentials.admin
    account = state.tencent.accounts.get(sender)
    return account.nickname if account else sender


def _task_id(state: SandboxState) -> str:
    first, second, third = (int(state.randomness.letters(digits, _HEX), 16) for digits in (16, 8, 8))
    return f"{state.credentials.sdkappid}_{first}_{second}_{third}"


OPERATIONS: tuple[Operation[Any], ...] = (Operation(PUSH, push, push_to_all),)
