"""The families of commands: how each writes its envelope, and what it says of a wrong request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pushtui.domain.json_body import JsonObject
from pushtui.providers.tencent import attributes, codes, push, users
from pushtui.providers.tencent.protocol import FAIL, OK

Envelope = Callable[[str, int, str, JsonObject], JsonObject]
"""Action status, code, info, members; returns the whole answer in the order of Tencent's samples."""


def _info_first(status: str, code: int, info: str, members: JsonObject) -> JsonObject:
    return {"ActionStatus": status, "ErrorInfo": info, "ErrorCode": code, **members}


def _code_first(status: str, code: int, info: str, members: JsonObject) -> JsonObject:
    return {"ActionStatus": status, "ErrorCode": code, "ErrorInfo": info, **members}


def _members_first(status: str, code: int, info: str, members: JsonObject) -> JsonObject:
    return {**members, "ActionStatus": status, "ErrorCode": code, "ErrorInfo": info, "ErrorDisplay": ""}


def _status_last(status: str, code: int, info: str, members: JsonObject) -> JsonObject:
    return {"ErrorCode": code, "ErrorInfo": info, "ActionStatus": status, **members}


@dataclass(frozen=True, slots=True)
class Family:
    """What the commands of one service have in common."""

    service: str
    malformed: int
    """The code of a field that is wrong, where no other one is documented."""
    envelope: Envelope
    success_info: str = ""

    def succeeded(self, members: JsonObject) -> JsonObject:
        """Write a success."""
        return self.envelope(OK, 0, self.success_info, members)

    def failed(self, code: int, info: str) -> JsonObject:
        """Write a failure."""
        return self.envelope(FAIL, code, info, {})


PUSH = Family("all_member_push", codes.MALFORMED, _info_first)
ACCOUNT = Family("im_open_login_svc", codes.MALFORMED_ACCOUNT, _code_first)
IMPORT = Family("im_open_login_svc", codes.MALFORMED_ACCOUNT, _info_first)
STATUS = Family("openim", codes.MALFORMED, _info_first)
PROFILE = Family("profile", codes.MALFORMED_PROFILE, _members_first)
DO_NOT_DISTURB = Family("im_msg_db_logic", codes.MALFORMED, _status_last, "succeed")

ABOUT_ONE = frozenset(
    endpoint.path
    for endpoint in (
        push.PUSH,
        attributes.SET_NAMES,
        attributes.GET_NAMES,
        users.IMPORT_ACCOUNT,
        users.SET_PROFILE,
        users.DO_NOT_DISTURB,
    )
)
"""Commands about one user or none; all others list users, need longer bodies and judge each id on its own."""

_BY_SERVICE = {family.service: family for family in (PUSH, ACCOUNT, STATUS, PROFILE, DO_NOT_DISTURB)}
_SINGLE_IMPORT = "account_import"


def family_of(path: str) -> Family:
    """Return the family of a path; what is nobody's path is answered as push commands answer."""
    service, _, command = path.removeprefix("/v4/").partition("/")
    return IMPORT if command == _SINGLE_IMPORT else _BY_SERVICE.get(service, PUSH)
