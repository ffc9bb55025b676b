"""What RongCloud tells about one user.

Tags, aliases and do-not-disturb are kept for any id, registered or not.
"""

from __future__ import annotations

from collections.abc import Mapping

from pushtui.domain.errors import Rejected
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.profile import Section
from pushtui.providers.answering import object_of
from pushtui.providers.errors import NoSuchUser
from pushtui.providers.profiles import (
    EXISTS_KIND,
    FOUND,
    Ask,
    Asked,
    CloudProfile,
    FactKind,
    NotTold,
    ProfileRead,
    Said,
    Value,
    Values,
    answer_as,
    enumerated,
    one_call,
    whose_clock,
)
from pushtui.providers.rongcloud import users
from pushtui.providers.rongcloud.alias_facts import ALIASES
from pushtui.providers.rongcloud.dnd_facts import CONVERSATIONS, QUIET_HOURS, TYPES
from pushtui.providers.rongcloud.tag_model import GetTagsResponse
from pushtui.providers.rongcloud.tags import GET_TAGS
from pushtui.providers.rongcloud.user_model import USER_ID_BYTES, OnlineResponse, UserInfoResponse

_PARAMETER = 1002
_NOT_THERE = "data is not exist"
"""How RongCloud says that there is no such user; parameters it objects to have the same code."""


def _about(asked: Asked) -> tuple[Mapping[str, str], JsonObject]:
    return {}, {"userId": asked.user}


async def _info(asked: Asked, ask: Ask) -> Values:
    try:
        return _user(await ask(users.INFO, *_about(asked)), asked)
    except Rejected as error:
        said = object_of(error.answer) if error.answer is not None else None
        if error.code == _PARAMETER and _NOT_THERE in str((said or {}).get("errorMessage")):
            raise NoSuchUser(error.message, code=error.code, answer=error.answer) from None
        raise


def _user(said: Said, asked: Asked) -> Values:
    found = answer_as(UserInfoResponse, said.body, "userName")
    registered = f"{found.createTime} {whose_clock(asked.account)}"
    return {
        **FOUND,
        "name": Value(found.userName, found.userName or "none"),
        "portrait": Value(found.userPortrait, found.userPortrait or "none"),
        "registered_at": Value(found.createTime, registered if found.createTime else "not told"),
    }


def _online(said: Said, _asked: Asked) -> Values:
    status = answer_as(OnlineResponse, said.body, "status").status
    if status not in ("0", "1"):
        raise NotTold(f"The answer's status is “{status}”; documented are 0 and 1.")
    return {"online": Value(status == "1", "online" if status == "1" else "offline")}


def _tags(said: Said, asked: Asked) -> Values:
    result = answer_as(GetTagsResponse, said.body, "result").result
    if asked.user not in result:
        raise NotTold("The answer leaves this user out.")
    tags: list[JsonValue] = [*result[asked.user]]
    return {"tags": Value(tags, enumerated(result[asked.user], "none"))}


READS = (
    ProfileRead(
        users.INFO,
        (
            EXISTS_KIND,
            FactKind("name", "name", Section.USER),
            FactKind("portrait", "portrait", Section.USER),
            FactKind("registered_at", "registered at", Section.USER),
        ),
        _info,
    ),
    one_call(users.CHECK_ONLINE, (FactKind("online", "online", Section.USER),), _about, _online),
    QUIET_HOURS,
    CONVERSATIONS,
    TYPES,
    ALIASES,
    one_call(
        GET_TAGS,
        (FactKind("tags", "tags", Section.AUDIENCE),),
        lambda asked: ({}, {"userIds": [asked.user]}),
        _tags,
    ),
)

PROFILE = CloudProfile(
    READS,
    (
        (
            FactKind("bindings", "bound devices", Section.DEVICES),
            "RongCloud tells nobody which devices a user has, nor their tokens.",
        ),
        (
            FactKind("language", "language", Section.NOTIFICATION),
            "Only the user's own app can tell it; templates choose the language by themselves.",
        ),
    ),
    longest_id=USER_ID_BYTES,
)
