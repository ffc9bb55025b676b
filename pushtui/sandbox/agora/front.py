"""What every Agora Chat operation goes through: the app's address, token, rate, switch, body, envelope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pushtui.domain.quota import Quota, Rate
from pushtui.providers.agora.codes import Key
from pushtui.providers.base import Encoding
from pushtui.sandbox.agora import bindings, labels, messages, notifications, pushes, templates, tokens, users
from pushtui.sandbox.agora.access import bearer, check_access
from pushtui.sandbox.agora.envelope import refuse, succeed
from pushtui.sandbox.agora.reading import read
from pushtui.sandbox.agora.switches import check_switch, no_address, no_method
from pushtui.sandbox.cloud import Call, Cloud, Failure, Limits, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

JSON = "application/json"


def locate(state: SandboxState, call: Call) -> Call:
    """Take the app off the front of the path: `/{org}/{app}` or `/app-id/{id}`."""
    if len(call.segments) < 2:
        raise no_address(state)
    first, second, *below = call.segments
    mine = state.credentials
    known = second == mine.app_id if first == "app-id" else (first, second) == (mine.org_name, mine.app_name)
    if not known:
        text = f"Could not find application for {first}/{second} from URI: {'/'.join(call.segments)}"
        raise Refusal(Key.NO_SUCH_APP, text)
    return replace(call, segments=tuple(below), path="/" + "/".join(below), base=f"/{first}/{second}")


def unrouted(state: SandboxState, _call: Call, methods: tuple[str, ...]) -> Refusal:
    """Say that there is nothing at an address, or not for this method."""
    return no_method(state) if methods else no_address(state)


def over_limit(_call: Call, full: Rate | Quota) -> Refusal:
    """Say that the rate is reached, or what the plan allows in a day."""
    return Refusal(Key.RATE_LIMIT if isinstance(full, Rate) else Key.PLAN_LIMIT)


def check_plan(state: SandboxState, _operation: Operation[Any], _call: Call) -> None:
    """Refuse everything once the plan is used up."""
    if state.settings.agora.plan_used_up:
        raise Refusal(Key.PLAN_LIMIT)


def check_media_type(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse a body that does not say it is JSON, if that matters."""
    given = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    needed = state.settings.agora.content_type_required and operation.endpoint.encoding is Encoding.JSON
    if needed and given != JSON:
        raise Refusal(Key.MEDIA_TYPE)


LIMITS = Limits(refusal=over_limit, day_zone=lambda state: state.settings.agora.day_zone)

AGORA = Cloud(
    name="agora",
    operations=(
        *tokens.OPERATIONS,
        *users.OPERATIONS,
        *bindings.OPERATIONS,
        *notifications.OPERATIONS,
        *templates.OPERATIONS,
        *labels.OPERATIONS,
        *pushes.OPERATIONS,
        *messages.OPERATIONS,
    ),
    checks=(check_access, check_plan, LIMITS.check, check_switch, check_media_type),
    read=read,
    succeed=succeed,
    refuse=refuse,
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
)
