"""Reads bodies into request models, and finds Tencent's code for what is wrong with one.

The header that names the content type does not matter; nothing is converted: a number in
quotes is no number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonPath, dotted
from pushtui.providers.tencent.push import PUSH as PUSH_ENDPOINT
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tencent.families import PUSH, family_of
from pushtui.sandbox.tolerance import NotReadable, read_object

if TYPE_CHECKING:
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.tencent.settings import TencentSettings

BODY_TOO_LARGE = 90056
NO_JSON = 60003
USER_ID_NOT_TEXT = 60015

_TOO_SHORT = frozenset({"too_short", "string_too_short"})
_TOO_LONG = "too_many_bytes"
_TOO_MANY = "too_long"
_NOT_TEXT = "string_type"
_USER_IDS = frozenset({"To_Account", "From_Account", "UserID", "Accounts"})
_TAG_LISTS = frozenset({"TagsOr", "TagsAnd"})


def read(state: SandboxState, operation: Operation[Any], call: Call) -> WireModel:
    """Read the body into the request model, or refuse with what Tencent objects to first."""
    settings, limit = state.settings.tencent, state.settings.tencent.push_body_limit
    if operation.endpoint.path == PUSH_ENDPOINT.path and 0 < limit < len(call.body):
        raise Refusal(BODY_TOO_LARGE)
    try:
        request: WireModel = operation.endpoint.request_model.model_validate(read_object(call.body), extra="ignore")
        return request
    except NotReadable:
        raise Refusal(settings.bad_json_code if family_of(call.path) is PUSH else NO_JSON) from None
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        raise Refusal(_code(call.path, details, settings), _text(call.path, details)) from None


def _text(path: str, details: ErrorDetails) -> str:
    """Push commands name the field; the others only say what the code says."""
    return f"Invalid format of {dotted(tuple(details['loc']))}" if family_of(path) is PUSH else ""


def _code(path: str, details: ErrorDetails, settings: TencentSettings) -> int:
    where, kind = tuple(details["loc"]), details["type"]
    if kind == _NOT_TEXT and _names_user(where):
        return USER_ID_NOT_TEXT
    family = family_of(path)
    if family is PUSH:
        return _push_code(where, kind, details["input"], settings) or family.malformed
    if path.endswith("/query_online_status") and kind == _TOO_MANY:
        return 90011
    return 40601 if kind == _TOO_LONG and not _names_user(where) else family.malformed


def _names_user(where: JsonPath) -> bool:
    """Tell whether a path leads to a user id, alone or in a list of them."""
    last = where[-2] if len(where) > 1 and isinstance(where[-1], int) else where[-1]
    return last in _USER_IDS


def _push_code(where: JsonPath, kind: str, given: Any, settings: TencentSettings) -> int:
    """Return the code for a field of the push commands; 0 where none is documented."""
    match where:
        case ("MsgRandom",):
            return 90005
        case ("MsgLifeTime",):
            return 90026 if kind == "less_than_equal" else 90044
        case ("MsgBody",) | ("MsgBody", int(), *_):
            return _message_code(where, kind)
        case ("OfflinePushInfo", *_):
            return 90043
        case ("Condition", str() as key, *_) if key in _TAG_LISTS:
            return _tags_code(where[2:], kind, given, settings)
        case ("UserTags", int(), "Tags", *rest):
            return _tags_code(tuple(rest), kind, given, settings)
        case ("AttrNames", _, *_):
            return settings.attribute_name_code
        case ("UserAttrs", int(), "Attrs", _) if kind == _TOO_LONG:
            return settings.value_length_code
        case ("To_Account" | "UserAttrs" | "UserTags",) if kind == _TOO_MANY:
            return 90018
    return 0


def _message_code(where: JsonPath, kind: str) -> int:
    """90007: no array; 90002: no parts, or parts that are none; 90010: a part of no known kind."""
    if len(where) == 1:
        return 90007 if kind == "list_type" else 90002
    unknown = where[2:] == ("MsgType",) and kind == "literal_error"
    return 90010 if unknown or where[2:] == ("MsgContent",) else 90002


def _tags_code(rest: JsonPath, kind: str, given: Any, settings: TencentSettings) -> int:
    if not rest:
        return 90032 if kind == _TOO_MANY else 0
    if kind in _TOO_SHORT or given is None:
        return 90040
    return settings.tag_length_code if kind == _TOO_LONG else 0
