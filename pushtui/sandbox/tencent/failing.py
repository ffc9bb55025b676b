"""Items of a call that fail singly, while the call as a whole succeeds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.tencent.codes import CODES, FAILED_INSIDE, UNKNOWN_ACCOUNT

if TYPE_CHECKING:
    from pushtui.sandbox.cloud import Call
    from pushtui.sandbox.state import SandboxState


def failed_users(state: SandboxState, call: Call, users: Iterable[str]) -> dict[str, int]:
    """Return the code of each user of a push command for whom nothing is done: unknown ones, and those spoilt."""
    failed: dict[str, int] = {}
    for index, user in enumerate(users):
        if call.spoils(index):
            failed[user] = FAILED_INSIDE
        elif user not in state.tencent.accounts:
            failed[user] = UNKNOWN_ACCOUNT
    return failed


def error_list(state: SandboxState, failed: dict[str, int]) -> JsonObject:
    """Write ErrorList; this family of commands ignores unknown users unless a setting says otherwise."""
    listed = state.settings.tencent.unknown_users_listed
    entries: list[JsonValue] = [
        {"To_Account": user, "ErrorCode": code, "ErrorInfo": CODES[code].text}
        for user, code in failed.items()
        if listed or code != UNKNOWN_ACCOUNT
    ]
    return {"ErrorList": entries} if entries else {}
