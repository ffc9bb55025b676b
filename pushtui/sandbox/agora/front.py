"""What every Agora Chat operation goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushtui.domain.json_body import JsonObject
from pushtui.sandbox.cloud import Call, Cloud, Failure, Limits, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.domain.quota import Quota, Rate
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.state import SandboxState


def over_limit(_call: Call, _full: Rate | Quota) -> Refusal:
    """Say which limit is reached."""
    return Refusal(429)


def read(_state: SandboxState, operation: Operation[Any], _call: Call) -> WireModel:
    """Read the body into the request model."""
    model: WireModel = operation.endpoint.request_model.model_validate({})
    return model


def succeed(_state: SandboxState, _operation: Operation[Any], _call: Call, body: JsonObject) -> JsonObject:
    """Write the envelope of a success."""
    return body


def refuse(_state: SandboxState, _call: Call, refusal: Refusal) -> tuple[int, JsonObject]:
    """Write the envelope of an error."""
    return int(refusal.code), {}


def unrouted(_state: SandboxState, _call: Call, _methods: tuple[str, ...]) -> Refusal:
    """Say that there is nothing at a path."""
    return Refusal(404)


LIMITS = Limits(refusal=over_limit, day_zone=lambda state: state.settings.agora.day_zone)

AGORA = Cloud(
    name="agora",
    operations=(),
    checks=(LIMITS.check,),
    read=read,
    succeed=succeed,
    refuse=refuse,
    unrouted=unrouted,
    limits=LIMITS,
    failures=dict.fromkeys(Failure, Refusal(500)),
)
