"""Accounts, online states, profiles and do-not-disturb."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zlib import crc32

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.tencent import codes
from pushtui.providers.tencent import users as endpoints
from pushtui.providers.tencent import users_model as model
from pushtui.providers.tencent.values import is_user_id
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tencent.data import Account, DoNotDisturb
from pushtui.sandbox.tencent.presence import Presence, platform_name, platform_presence, presence
from pushtui.sandbox.tencent.switches import do_not_disturb as do_not_disturb_enabled

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.world import Person


def check_accounts(state: SandboxState, call: Call, request: model.CheckAccountsRequest) -> JsonObject:
    """Say which accounts were imported."""
    return {"ResultItem": [_checked(state, call, index, item.UserID) for index, item in enumerate(request.CheckItem)]}


def _checked(state: SandboxState, call: Call, index: int, user: str) -> JsonObject:
    code = 0 if is_user_id(user) else codes.MALFORMED_ACCOUNT
    code = codes.ACCOUNT_TIMED_OUT if call.spoils(index) else code
    status = "Imported" if user in state.tencent.accounts else "NotImported"
    return {**_result(user, code), **({} if code else {"AccountStatus": status})}


def _result(user: str, code: int) -> JsonObject:
    return {"UserID": user, "ResultCode": code, "ResultInfo": codes.CODES[code].text if code else ""}


def import_account(state: SandboxState, _call: Call, request: model.ImportAccountRequest) -> JsonObject:
    """Import one account; once more, it only changes what is given."""
    if not _import(state, request.UserID, request.Nick, request.FaceUrl):
        raise Refusal(codes.TOO_MANY_ACCOUNTS)
    return {}


def import_accounts(state: SandboxState, call: Call, request: model.ImportAccountsRequest) -> JsonObject:
    """Import accounts in the older shape or the newer; names those that were not imported."""
    bare: list[tuple[str, str | None, str | None]] = [(user, None, None) for user in request.Accounts or ()]
    wanted = bare + [(item.UserID, item.Nick, item.FaceUrl) for item in request.AccountList or ()]
    if not wanted:
        raise Refusal(codes.MALFORMED_ACCOUNT)
    failed: list[JsonValue] = [
        user
        for index, (user, nickname, face) in enumerate(wanted)
        if call.spoils(index) or not is_user_id(user) or not _import(state, user, nickname, face)
    ]
    return {"FailAccounts": failed} if failed else {}


def _import(state: SandboxState, user: str, nickname: str | None, face: str | None) -> bool:
    accounts, limit = state.tencent.accounts, state.settings.tencent.account_limit
    if user not in accounts and 0 < limit <= len(accounts):
        return False
    account = accounts.setdefault(user, Account(user))
    given = {model.NICKNAME: nickname, model.FACE: face}
    account.profile.update({name: value for name, value in given.items() if value is not None})
    state.meet(user, account.nickname)
    return True


def delete_accounts(state: SandboxState, call: Call, request: model.DeleteAccountsRequest) -> JsonObject:
    """Delete accounts; each has its own result."""
    return {"ResultItem": [_deleted(state, call, index, item.UserID) for index, item in enumerate(request.DeleteItem)]}


def _deleted(state: SandboxState, call: Call, index: int, user: str) -> JsonObject:
    if call.spoils(index):
        return _result(user, codes.ACCOUNT_TIMED_OUT)
    return _result(user, 0 if state.tencent.accounts.pop(user, None) else codes.UNKNOWN_ACCOUNT)


def online_status(state: SandboxState, call: Call, request: model.OnlineStatusRequest) -> JsonObject:
    """Say who is connected; unknown users stand in ErrorList."""
    found: list[JsonValue] = []
    errors: list[JsonValue] = []
    for index, user in enumerate(request.To_Account):
        if user not in state.tencent.accounts or call.spoils(index):
            code = codes.FAILED_INSIDE if call.spoils(index) else codes.UNKNOWN_ACCOUNT
            errors.append({"To_Account": user, "ErrorCode": code})
        else:
            found.append(_status(state, state.people[user], request))
    return {"QueryResult": found, **({"ErrorList": errors} if errors else {})}


def _status(state: SandboxState, person: Person, request: model.OnlineStatusRequest) -> JsonObject:
    now = presence(state, person)
    status: JsonObject = {"To_Account": person.id, "Status": now.value}
    detailed = request.IsNeedDetail == 1 and now is not Presence.OFFLINE
    return {**status, "Detail": _detail(person, now, request.IsReturnInstid == 1)} if detailed else status


def _detail(person: Person, now: Presence, with_ids: bool) -> list[JsonValue]:
    reached = [(item.handset, platform_presence(item, now)) for item in person.handsets]
    return [
        {
            "Platform": platform_name(handset),
            "Status": status.value,
            **({"Instid": crc32(handset.id.encode("utf-8", "replace"))} if with_ids else {}),
        }
        for handset, status in reached
        if status is not Presence.OFFLINE
    ]


def get_profiles(state: SandboxState, call: Call, request: model.GetProfilesRequest) -> JsonObject:
    """Return fields of profiles; those never set are absent."""
    profiles: list[JsonValue] = []
    failed: list[JsonValue] = []
    for index, user in enumerate(request.To_Account):
        account = state.tencent.accounts.get(user)
        if account is None or call.spoils(index):
            code = codes.PROFILE_FAILED_INSIDE if call.spoils(index) else codes.UNKNOWN_PROFILE
            profiles.append({"To_Account": user, "ResultCode": code, "ResultInfo": codes.CODES[code].text})
            failed.append(user)
        else:
            items = _items(account, request.TagList)
            profiles.append({"To_Account": user, "ProfileItem": items, "ResultCode": 0, "ResultInfo": ""})
    return {"UserProfileItem": profiles, **({"Fail_Account": failed} if failed else {})}


def _items(account: Account, names: Iterable[str]) -> list[JsonValue]:
    return [{"Tag": name, "Value": account.profile[name]} for name in dict.fromkeys(names) if name in account.profile]


def set_profile(state: SandboxState, _call: Call, request: model.SetProfileRequest) -> JsonObject:
    """Set fields of a profile; one that does not exist or has another type spoils all."""
    account = state.tencent.accounts.get(request.From_Account)
    if account is None:
        raise Refusal(codes.UNKNOWN_PROFILE)
    if not all(_fits(item) for item in request.ProfileItem):
        raise Refusal(codes.MALFORMED_PROFILE)
    account.profile.update({item.Tag: item.Value for item in request.ProfileItem})
    return {}


def _fits(item: model.ProfileItem) -> bool:
    if item.Tag.startswith(model.CUSTOM_PREFIX):
        return True
    if isinstance(item.Value, int):
        return item.Tag in model.NUMERIC
    return item.Tag in model.TEXTUAL


def do_not_disturb(state: SandboxState, _call: Call, request: model.DoNotDisturbRequest) -> JsonObject:
    """Set the window in which a user gets nothing."""
    account = state.tencent.accounts.get(request.To_Account)
    if account is None:
        raise Refusal(codes.UNKNOWN_ACCOUNT)
    daily = request.IsRepeated == 1
    account.do_not_disturb = DoNotDisturb(request.StartTime, request.EndTime, daily, request.Level)
    return {}


OPERATIONS: tuple[Operation[Any], ...] = (
    Operation(endpoints.CHECK_ACCOUNTS, check_accounts),
    Operation(endpoints.IMPORT_ACCOUNT, import_account),
    Operation(endpoints.IMPORT_ACCOUNTS, import_accounts),
    Operation(endpoints.DELETE_ACCOUNTS, delete_accounts),
    Operation(endpoints.ONLINE_STATUS, online_status),
    Operation(endpoints.GET_PROFILES, get_profiles),
    Operation(endpoints.SET_PROFILE, set_profile),
    Operation(endpoints.DO_NOT_DISTURB, do_not_disturb, do_not_disturb_enabled),
)
