"""Reads bodies as patiently as RongCloud does, and says what it objects to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, dotted
from pushtui.providers.base import Encoding
from pushtui.providers.rongcloud.templates import PERSONAL
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tolerance import Leniency, NotReadable, coerce, read_form, read_object

if TYPE_CHECKING:
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState

DEFAULTS: dict[JsonPath, JsonValue] = {("audience", "is_to_all"): False}
"""What an absent field means, where SDKs leave it out."""
LENIENCY = Leniency(
    numeric_texts=frozenset(
        {"userId", "userIds", "fromUserId", "toUserId", "fromuserid", "userid", "requestId", "targetId", "values"}
    ),
    blanks=True,
)
"""Some languages make numbers of digits on their own, and send what is not set."""
TOO_LONG = frozenset({"string_too_long", "too_many_bytes"})


def read(state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read the body into the request model, or refuse with what RongCloud objects to first."""
    model = operation.endpoint.request_model
    is_form = operation.endpoint.encoding is Encoding.FORM
    try:
        given = _fields(model, call.body) if is_form else _without_null_entries(read_object(call.body))
        request: WireModel = coerce(model, given, DEFAULTS, LENIENCY)
        return request
    except NotReadable:
        raise Refusal(1002, f"ParamError:body is not a {'form' if is_form else 'JSON object'}.") from None
    except ValidationError as error:
        raise objection(error.errors(include_url=False)[0], state.settings.rongcloud) from None


def read_fields(body: bytes) -> dict[str, list[str]]:
    """Read a form: an empty value counts as not given; raises NotReadable."""
    fields = {name: [value for value in values if value] for name, values in read_form(body).items()}
    return {name: values for name, values in fields.items() if values}


def _without_null_entries(body: JsonObject) -> JsonObject:
    """Put an empty text where a list with one entry per recipient says null: nothing for this one."""
    for name in PERSONAL:
        entries = body.get(name)
        if isinstance(entries, list):
            body[name] = ["" if entry is None else entry for entry in entries]
    return body


def _fields(model: type[WireModel], body: bytes) -> JsonObject:
    """Return the form's fields: a list where the model wants one, the first value elsewhere."""
    lists = {name for name, info in model.model_fields.items() if get_origin(info.annotation) is list}
    return {name: [*values] if name in lists else values[0] for name, values in read_fields(body).items()}


def objection(details: ErrorDetails, settings: RongCloudSettings, field: str = "") -> Refusal:
    """Say what is wrong with a field."""
    field, kind = field or dotted(tuple(details["loc"])), details["type"]
    if kind in TOO_LONG:
        return Refusal(1005, f"ParamError:{field} is too long.")
    if kind == "too_long":
        return Refusal(settings.too_many_items_code, f"ParamError:{field} has too many items.")
    if kind == "missing":
        return Refusal(1002, f"ParamError:{field} is required.")
    if kind.endswith(("_type", "_parsing")):
        return Refusal(settings.wrong_type_code, f"ParamError:{field} is invalid.")
    return Refusal(1002, f"ParamError:{field} is invalid.")
