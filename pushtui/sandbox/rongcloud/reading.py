"""Reads bodies as patiently as RongCloud does, and says what it objects to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_origin
from urllib.parse import parse_qsl

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, dotted
from pushtui.providers.base import Encoding
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tolerance import NotReadable, coerce, read_object

if TYPE_CHECKING:
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState

DEFAULTS: dict[JsonPath, JsonValue] = {("audience", "is_to_all"): False}
"""What an absent field means, where SDKs leave it out."""
TOO_LONG = frozenset({"string_too_long", "too_many_bytes"})


def read(state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read the body into the request model, or refuse with what RongCloud objects to first."""
    model = operation.endpoint.request_model
    try:
        is_form = operation.endpoint.encoding is Encoding.FORM
        given = _fields(model, call.body) if is_form else read_object(call.body)
        request: WireModel = coerce(model, given, DEFAULTS)
        return request
    except NotReadable:
        raise Refusal(1002, "ParamError:body is not a JSON object.") from None
    except ValidationError as error:
        raise objection(error.errors(include_url=False)[0], state.settings.rongcloud) from None


def read_form(body: bytes) -> dict[str, list[str]]:
    """Read a form: repeated keys make lists, commas separate nothing, an empty value counts as not given.

    Characters may stand there unencoded, as UTF-8.
    """
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), errors="replace"):
        fields.setdefault(name, []).append(value)
    return fields


def _fields(model: type[WireModel], body: bytes) -> JsonObject:
    """Return the form's fields: a list where the model wants one, the first value elsewhere."""
    lists = {name for name, info in model.model_fields.items() if get_origin(info.annotation) is list}
    return {name: [*values] if name in lists else values[0] for name, values in read_form(body).items()}


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
