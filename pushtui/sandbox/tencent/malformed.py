"""Finds Tencent's code for a field that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonPath, dotted
from pushtui.providers.tencent import attributes, codes, users
from pushtui.sandbox.tencent.families import PUSH, family_of

if TYPE_CHECKING:
    from pushtui.sandbox.tencent.settings import TencentSettings

_TOO_SHORT = frozenset({"too_short", "string_too_short"})
_TOO_LONG = "too_many_bytes"
_TOO_MANY = "too_long"
_NOT_TEXT = "string_type"


def text_of(path: str, details: ErrorDetails) -> str:
    """Push commands name the field; the others only say what the code says."""
    return f"Invalid format of {dotted(tuple(details['loc']))}" if family_of(path) is PUSH else ""


def code_of(path: str, details: ErrorDetails, settings: TencentSettings) -> int:
    """Return the code for what is wrong in a command's body."""
    where, kind, family = tuple(details["loc"]), details["type"], family_of(path)
    if kind == _NOT_TEXT and _is_user_id(where):
        return codes.USER_ID_NOT_TEXT
    if path == attributes.REMOVE_TAGS.path and len(where) > 1:
        return family.malformed
    if family is PUSH:
        return _push_code(where, kind, details["input"], settings) or family.malformed
    if path == users.ONLINE_STATUS.path and kind == _TOO_MANY:
        return codes.TOO_MANY_TARGETS
    return codes.PROFILE_VALUE_TOO_LONG if kind == _TOO_LONG and not _is_user_id(where) else family.malformed


def _is_user_id(where: JsonPath) -> bool:
    """Tell whether a path leads to a user id: alone, in a list of them, or in a list of users."""
    match where:
        case ("To_Account" | "From_Account" | "UserID",):
            return True
        case ("To_Account" | "Accounts", int()) | (str(), int(), "To_Account" | "UserID"):
            return True
    return False


def _push_code(where: JsonPath, kind: str, given: Any, settings: TencentSettings) -> int:
    """Return the code for a field of the push commands; 0 where none is documented."""
    match where:
        case ("MsgRandom",):
            return codes.BAD_RANDOM
        case ("MsgLifeTime",):
            return codes.LIFETIME_TOO_LONG if kind == "less_than_equal" else codes.BAD_LIFETIME
        case ("MsgBody",) | ("MsgBody", int(), *_):
            return _message_code(where, kind)
        case ("OfflinePushInfo", *_):
            return codes.BAD_OFFLINE_PUSH
        case ("Condition", "TagsOr" | "TagsAnd", *rest):
            return _tags_code(tuple(rest), kind, given, settings, codes.EMPTY_TAG)
        case ("UserTags", int(), "Tags", *rest):
            return _tags_code(tuple(rest), kind, given, settings, settings.empty_tag_code)
        case ("Condition", "AttrsOr" | "AttrsAnd") | ("UserAttrs", int(), "Attrs") if kind == _TOO_MANY:
            return codes.INVALID_ATTRIBUTE
        case ("AttrNames", *rest) if rest or kind == _TOO_MANY:
            return settings.attribute_name_code
        case ("UserAttrs", int(), "Attrs", _) if kind == _TOO_LONG:
            return settings.value_length_code
        case ("To_Account" | "UserAttrs" | "UserTags",) if kind == _TOO_MANY:
            return codes.TOO_MANY_USERS
    return 0


def _message_code(where: JsonPath, kind: str) -> int:
    """90007: no array; 90002: no parts, or parts that are none; 90010: a part of no known kind."""
    if len(where) == 1:
        return codes.MESSAGE_NO_ARRAY if kind == "list_type" else codes.BAD_MESSAGE
    unknown = where[2:] == ("MsgType",) and kind == "literal_error"
    return codes.BAD_ELEMENT if unknown or where[2:] == ("MsgContent",) else codes.BAD_MESSAGE


def _tags_code(rest: JsonPath, kind: str, given: Any, settings: TencentSettings, empty: int) -> int:
    if not rest:
        return codes.TOO_MANY_TAGS if kind == _TOO_MANY else 0
    if kind in _TOO_SHORT or given is None:
        return empty
    return settings.tag_length_code if kind == _TOO_LONG else 0
