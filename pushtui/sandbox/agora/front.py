"""What every Agora Chat operation goes through: the app's address, token, rate, switch, body, envelope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pushtui.domain.quota import Quota, Rate
from pushtui.providers.agora import sources
from pushtui.providers.agora.codes import Key
from pushtui.providers.base import Encoding
from pushtui.sandbox.agora import (
    bindings,
    envelope,
    labels,
    messages,
    nicknames,
    notifications,
    presence,
    pushes,
    reading,
    registration,
    templates,
    tokens,
    users,
)
from pushtui.sandbox.agora.access import bearer, check_access
from pushtui.sandbox.agora.due import catch_up
from pushtui.sandbox.agora.switches import check_switch, no_address, no_method
from pushtui.sandbox.agora.words import echoed
from pushtui.sandbox.cloud import Call, Cloud, Failure, Limits, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.state import SandboxState

JSON = "application/json"
FREE_PLAN = (Rate("agora free plan", 10, 1.0, sources.PLAN),)
"""How often an app on the free plan may call anything."""

SUBJECTS = (
    *tokens.SUBJECTS,
    *users.SUBJECTS,
    *registration.SUBJECTS,
    *presence.SUBJECTS,
    *nicknames.SUBJECTS,
    *bindings.SUBJECTS,
    *notifications.SUBJECTS,
    *templates.SUBJECTS,
    *labels.SUBJECTS,
    *pushes.SUBJECTS,
    *messages.SUBJECTS,
)
_SUBJECT_OF = {operation.endpoint.name: subject for subject in SUBJECTS for operation in subject.operations}


def locate(state: SandboxState, call: Call) -> Call:
    """Take the app off the front of the path: `/{org}/{app}` or `/app-id/{id}`."""
    if len(call.segments) < 2:
        raise no_address(state)
    first, second, *below = call.segments
    mine = state.credentials
    known = second == mine.app_id if first == "app-id" else (first, second) == (mine.org_name, mine.app_name)
    if not known:
        app, uri = echoed(f"{first}/{second}"), echoed("/".join(call.segments))
        raise Refusal(Key.NO_SUCH_APP, f"Could not find application for {app} from URI: {uri}")
    return replace(call, segments=tuple(below), path="/" + "/".join(below), base=f"/{first}/{second}")


def unrouted(state: SandboxState, _call: Call, methods: tuple[str, ...]) -> Refusal:
    """Say that there is nothing at an address, or not for this method."""
    return no_method(state) if methods else no_address(state)


def over_limit(_call: Call, full: Rate | Quota) -> Refusal:
    """Say that the rate is reached, or what the plan allows in a day."""
    return Refusal(Key.RATE_LIMIT if isinstance(full, Rate) else Key.PLAN_LIMIT)


def check_plan(state: SandboxState, _operation: Operation[Any], _call: Call) -> None:
    """Refuse everything once the plan is used up, and on the free plan whatever comes too fast."""
    if state.settings.agora.plan_used_up:
        raise Refusal(Key.PLAN_LIMIT)
    if not (state.settings.agora.free_plan and state.settings.limits):
        return
    now = state.clock.now()
    if state.buckets.exhausted(FREE_PLAN, 1, now):
        raise Refusal(Key.RATE_LIMIT)
    state.buckets.take(FREE_PLAN, 1, now)


def check_media_type(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse a body that does not say it is JSON, if that matters."""
    given = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    needed = state.settings.agora.content_type_required and operation.endpoint.encoding is Encoding.JSON
    if needed and given != JSON:
        raise Refusal(Key.MEDIA_TYPE)


def read(_state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read what is asked for, or object in the subject's words."""
    return reading.read(operation.endpoint, _SUBJECT_OF[operation.endpoint.name].object_to, call)


def succeed(state: SandboxState, operation: Operation[Any], call: Call, body: JsonObject) -> JsonObject:
    """Write a success in the subject's shape."""
    return envelope.succeed(state, operation, call, body, _SUBJECT_OF[operation.endpoint.name].shape)


LIMITS = Limits(refusal=over_limit, day_zone=lambda state: state.settings.agora.day_zone)

AGORA = Cloud(
    name="agora",
    operations=tuple(operation for subject in SUBJECTS for operation in subject.operations),
    checks=(check_access, check_plan, LIMITS.check, check_switch, check_media_type),
    read=read,
    succeed=succeed,
    refuse=envelope.refuse,
    unrouted=unrouted,
    limits=LIMITS,
    failures={
        Failure.OVER_RATE: Refusal(Key.RATE_LIMIT),
        Failure.OVER_QUOTA: Refusal(Key.PLAN_LIMIT),
        Failure.FAILED_INSIDE: Refusal(Key.INTERNAL),
        Failure.TIMED_OUT: Refusal(Key.TIMEOUT),
        Failure.CREDENTIAL_EXPIRED: Refusal(Key.EXPIRED_OR_MISSING),
    },
    locate=locate,
    credential=bearer,
    catch_up=catch_up,
)
