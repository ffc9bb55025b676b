"""Reads bodies into request models.

The header that names the content type does not matter; nothing is converted: a number in
quotes is no number, nor is 1.0 a whole one. null is as good as absent where a member may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pushtui.providers.tencent import codes
from pushtui.providers.tencent.push import PUSH as PUSH_ENDPOINT
from pushtui.providers.tencent.values import JUDGED_SINGLY
from pushtui.providers.wire import WireModel
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tencent.families import ABOUT_ONE, PUSH, family_of
from pushtui.sandbox.tencent.malformed import code_of, text_of
from pushtui.sandbox.tolerance import NotReadable, read_object

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def read(state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read the body into the request model with all that it holds, or refuse with what Tencent objects to first."""
    settings, is_push = state.settings.tencent, family_of(call.path) is PUSH
    if is_too_large(state, call):
        code = codes.PUSH_TOO_LARGE if call.path == PUSH_ENDPOINT.path else codes.BODY_TOO_LARGE
        raise Refusal(code, f"the body is larger than {_limit(state, call)} bytes")
    context = None if call.path in ABOUT_ONE else JUDGED_SINGLY
    try:
        request: WireModel = operation.endpoint.request_model.model_validate(
            read_object(call.body), extra="allow", context=context
        )
        return request
    except NotReadable:
        raise Refusal(settings.bad_json_code if is_push else codes.NO_JSON) from None
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        raise Refusal(code_of(call.path, details, settings), text_of(call.path, details)) from None


def as_sent(value: Any) -> Any:
    """Return the JSON that a request was read from, unknown members last."""
    if isinstance(value, WireModel):
        return {name: as_sent(item) for name, item in value if name in value.model_fields_set}
    return [as_sent(item) for item in value] if isinstance(value, list) else value


def is_too_large(state: SandboxState, call: Call) -> bool:
    """Tell whether a body is larger than the command takes."""
    return 0 < _limit(state, call) < len(call.body)


def _limit(state: SandboxState, call: Call) -> int:
    settings = state.settings.tencent
    if call.path == PUSH_ENDPOINT.path:
        return settings.push_body_limit
    return settings.body_limit if call.path in ABOUT_ONE else settings.list_body_limit
