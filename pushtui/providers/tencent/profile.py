"""What Tencent Chat tells about one user."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import Field

from pushtui.domain.errors import Rejected
from pushtui.domain.json_body import JsonObject
from pushtui.domain.profile import Section
from pushtui.providers.errors import NoSuchUser
from pushtui.providers.profiles import (
    EXISTS_KIND,
    FOUND,
    Asked,
    CloudProfile,
    FactKind,
    NotTold,
    Said,
    Value,
    Values,
    answer_as,
    enumerated,
    one_call,
)
from pushtui.providers.tencent import attributes, users
from pushtui.providers.tencent.attributes_model import (
    AttributesFound,
    GetAttributesResponse,
    GetTagsResponse,
    TagsFound,
)
from pushtui.providers.tencent.codes import CODES, UNKNOWN_ACCOUNT, UNKNOWN_PROFILE
from pushtui.providers.tencent.protocol import Answered
from pushtui.providers.tencent.users_model import (
    LANGUAGE,
    MESSAGE_SETTINGS,
    NICKNAME,
    CheckAccountsResponse,
    FailedAccount,
    GetProfilesResponse,
    OnlineStatus,
    OnlineStatusResponse,
    Profile,
)
from pushtui.providers.tencent.values import USER_ID_BYTES

_PRESENCE = {
    "Online": "Online: connected",
    "PushOnline": "PushOnline: not connected, offline pushes arrive",
    "Offline": "Offline: logged out, or away for 7 days; offline pushes probably do not arrive",
}
_WANTS_NOTHING = 1
"""Bit 0 of the message settings."""

RowT = TypeVar("RowT", AttributesFound, TagsFound, OnlineStatus, Profile)


def _exists(said: Said, asked: Asked) -> Values:
    found = answer_as(CheckAccountsResponse, said.body, "ResultItem").ResultItem
    item = next((item for item in found if item.UserID == asked.user), None)
    if item is None:
        raise NotTold("The answer leaves this user out.")
    if item.ResultCode:
        raise _refused(item.ResultCode)
    if item.AccountStatus not in ("Imported", "NotImported"):
        raise NotTold(f"The answer's AccountStatus is “{item.AccountStatus}”; documented are Imported and NotImported.")
    if item.AccountStatus == "NotImported":
        raise NoSuchUser("Tencent Chat has no such account; it was never imported.")
    return FOUND


def _refused(code: int) -> Rejected:
    """Return the error of one user in an answer that is a success as a whole."""
    known = CODES.get(code)
    said = f"Tencent answers {code} for this user" + (f": {known.text}." if known else ".")
    kind = NoSuchUser if code in (UNKNOWN_ACCOUNT, UNKNOWN_PROFILE) else Rejected
    return kind(said, code=code)


class _Failures(Answered):
    """Users whom an answer that is a success says nothing of."""

    ErrorList: list[FailedAccount] = Field(default_factory=list)


def _row(rows: Iterable[RowT], said: Said, asked: Asked) -> RowT:
    """Find the user; answers are in any order, and leave out whom they do not know."""
    for row in rows:
        if row.To_Account == asked.user:
            return row
    for failure in answer_as(_Failures, said.body).ErrorList:
        if failure.To_Account == asked.user:
            raise _refused(failure.ErrorCode)
    raise NoSuchUser("Tencent's answer leaves this user out.")


def _online(said: Said, asked: Asked) -> Values:
    found = _row(answer_as(OnlineStatusResponse, said.body, "QueryResult").QueryResult, said, asked)
    platforms: JsonObject = {item.Platform: item.Status for item in found.Detail}
    words = [f"{platform}: {status}" for platform, status in platforms.items()]
    return {
        "presence": Value(found.Status, _PRESENCE.get(found.Status, f"{found.Status} (not documented)")),
        "online": Value(platforms, enumerated(words, "on no platform")),
    }


def _profile(said: Said, asked: Asked) -> Values:
    found = _row(answer_as(GetProfilesResponse, said.body, "UserProfileItem").UserProfileItem, said, asked)
    if found.ResultCode:
        raise _refused(found.ResultCode)
    values = {item.Tag: item.Value for item in found.ProfileItem}
    return {
        "nickname": _nickname(values.get(NICKNAME)),
        "message_settings": _message_settings(values.get(MESSAGE_SETTINGS)),
        "language": _language(values.get(LANGUAGE)),
    }


def _nickname(given: object) -> Value:
    return Value(str(given), str(given)) if given else Value(None, "not set")


def _message_settings(given: object) -> Value:
    if given is None:
        return Value(0, "not set: messages are received")
    number = _number(given, MESSAGE_SETTINGS)
    said = "nothing is received (bit 0 is set)" if number & _WANTS_NOTHING else "messages are received"
    return Value(number, f"{number}: {said}")


def _language(given: object) -> Value:
    if given is None:
        return Value(None, "not set")
    number = _number(given, LANGUAGE)
    return Value(number, f"{number}: a number of the app's own, no language code")


def _number(given: object, name: str) -> int:
    text = str(given)
    if isinstance(given, bool) or not (text.isascii() and text.isdigit()):
        raise NotTold(f"The answer's {name} is {given}; it must be a number.")
    return int(text)


def _attributes(said: Said, asked: Asked) -> Values:
    found = _row(answer_as(GetAttributesResponse, said.body, "UserAttrs").UserAttrs, said, asked).Attrs
    value: JsonObject = {**found}
    words = [f"{name} = {text}" for name, text in found.items()]
    return {"attributes": Value(value, enumerated(words, "none"))}


def _tags(said: Said, asked: Asked) -> Values:
    found = _row(answer_as(GetTagsResponse, said.body, "UserTags").UserTags, said, asked).Tags
    return {"tags": Value([*found], enumerated(found, "none"))}


def _account(asked: Asked) -> tuple[dict[str, str], JsonObject]:
    return {}, {"To_Account": [asked.user]}


READS = (
    one_call(
        users.CHECK_ACCOUNTS, (EXISTS_KIND,), lambda asked: ({}, {"CheckItem": [{"UserID": asked.user}]}), _exists
    ),
    one_call(
        users.ONLINE_STATUS,
        (
            FactKind("presence", "online", Section.USER),
            FactKind("online", "platforms", Section.USER),
        ),
        lambda asked: ({}, {"To_Account": [asked.user], "IsNeedDetail": 1}),
        _online,
    ),
    one_call(
        users.GET_PROFILES,
        (
            FactKind("nickname", "nickname", Section.USER),
            FactKind("message_settings", "message settings", Section.DO_NOT_DISTURB),
            FactKind("language", "language", Section.NOTIFICATION),
        ),
        lambda asked: ({}, {"To_Account": [asked.user], "TagList": [NICKNAME, MESSAGE_SETTINGS, LANGUAGE]}),
        _profile,
    ),
    one_call(
        attributes.GET_ATTRIBUTES, (FactKind("attributes", "attributes", Section.AUDIENCE),), _account, _attributes
    ),
    one_call(attributes.GET_TAGS, (FactKind("tags", "tags", Section.AUDIENCE),), _account, _tags),
)

PROFILE = CloudProfile(
    READS,
    (
        (
            FactKind("bindings", "bound devices", Section.DEVICES),
            "Tencent tells nobody the tokens of devices; PushOnline says that offline pushes arrive.",
        ),
        (
            FactKind("quiet_hours", "global do-not-disturb", Section.DO_NOT_DISTURB),
            "An admin can set it; Tencent has no call that reads it.",
        ),
        (
            FactKind("conversations", "conversations", Section.DO_NOT_DISTURB),
            "Only the user's own app can tell which conversations are muted.",
        ),
    ),
    longest_id=USER_ID_BYTES,
)
