"""Attribute names, attributes and tags: the commands of “Push to all users” beside the push."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.tencent import attributes as endpoints
from pushtui.providers.tencent import attributes_model as model
from pushtui.providers.tencent import codes
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.tencent.failing import error_list, failed_users
from pushtui.sandbox.tencent.switches import push_to_all

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.tencent.data import Account

_Item = TypeVar("_Item")


def set_names(state: SandboxState, _call: Call, request: model.SetAttributeNamesRequest) -> JsonObject:
    """Set names by number; if two numbers would have the same name, nothing changes."""
    replaced = state.settings.tencent.attribute_names_replace
    kept: dict[str, str] = {} if replaced else state.tencent.attribute_names
    new = {str(slot): name for slot, name in request.AttrNames.items()}
    names = dict(sorted({**kept, **new}.items()))
    _check_unique(names, new)
    state.tencent.attribute_names = names
    return {}


def get_names(state: SandboxState, _call: Call, _request: model.GetAttributeNamesRequest) -> JsonObject:
    """Return the names by number."""
    return {"AttrNames": {**state.tencent.attribute_names}}


def set_attributes(state: SandboxState, call: Call, request: model.SetAttributesRequest) -> JsonObject:
    """Set values by name; attributes that are not named stay."""
    slots = [{_slot(state, name): value for name, value in user.Attrs.items()} for user in request.UserAttrs]
    failed = failed_users(state, call, [user.To_Account for user in request.UserAttrs])
    for user, values in zip(request.UserAttrs, slots, strict=True):
        if user.To_Account not in failed:
            state.tencent.accounts[user.To_Account].attributes.update(values)
    return error_list(state, failed)


def get_attributes(state: SandboxState, call: Call, request: model.GetAttributesRequest) -> JsonObject:
    """Return values by name."""
    failed = failed_users(state, call, request.To_Account)
    found: list[JsonValue] = [
        {"To_Account": account.id, "Attrs": {**state.tencent.attributes_of(account)}}
        for account in _found(state, request.To_Account, failed)
    ]
    return {"UserAttrs": found, **error_list(state, failed)}


def remove_attributes(state: SandboxState, call: Call, request: model.RemoveAttributesRequest) -> JsonObject:
    """Remove values by name."""
    slots = [[_slot(state, name) for name in user.Attrs] for user in request.UserAttrs]
    failed = failed_users(state, call, [user.To_Account for user in request.UserAttrs])
    for user, removed in zip(request.UserAttrs, slots, strict=True):
        if user.To_Account not in failed:
            account = state.tencent.accounts[user.To_Account]
            account.attributes = {slot: value for slot, value in account.attributes.items() if slot not in removed}
    return error_list(state, failed)


def add_tags(state: SandboxState, call: Call, request: model.AddTagsRequest) -> JsonObject:
    """Add tags; if any user would have more than 100, nothing changes."""
    failed = failed_users(state, call, [user.To_Account for user in request.UserTags])
    added: dict[str, list[str]] = {}
    for user in request.UserTags:
        if user.To_Account not in failed:
            held = added.get(user.To_Account, state.tencent.accounts[user.To_Account].tags)
            added[user.To_Account] = list(dict.fromkeys([*held, *user.Tags]))
            _check_room(state, added[user.To_Account])
    for name, tags in added.items():
        state.tencent.accounts[name].tags = tags
    return error_list(state, failed)


def get_tags(state: SandboxState, call: Call, request: model.TagUsersRequest) -> JsonObject:
    """Return the tags of users."""
    failed = failed_users(state, call, request.To_Account)
    found: list[JsonValue] = [
        {"To_Account": account.id, "Tags": [*account.tags]} for account in _found(state, request.To_Account, failed)
    ]
    return {"UserTags": found, **error_list(state, failed)}


def remove_tags(state: SandboxState, call: Call, request: model.RemoveTagsRequest) -> JsonObject:
    """Remove tags; those that a user does not have are no error."""
    failed = failed_users(state, call, [user.To_Account for user in request.UserTags])
    for user in request.UserTags:
        if user.To_Account not in failed:
            account = state.tencent.accounts[user.To_Account]
            account.tags = [tag for tag in account.tags if tag not in user.Tags]
    return error_list(state, failed)


def remove_all_tags(state: SandboxState, call: Call, request: model.TagUsersRequest) -> JsonObject:
    """Remove every tag of users."""
    failed = failed_users(state, call, request.To_Account)
    for account in _found(state, request.To_Account, failed):
        account.tags = []
    return error_list(state, failed)


def _check_unique(names: Mapping[str, str], new: Collection[str]) -> None:
    """Refuse a new name that another number has, too."""
    for slot in sorted(new):
        other = next((other for other, given in names.items() if given == names[slot] and other != slot), None)
        if other is not None:
            raise Refusal(codes.INVALID_ATTRIBUTE, f"attrName:{names[slot]} already exists at index:{other}")


def _check_room(state: SandboxState, tags: list[str]) -> None:
    if len(tags) > model.TAGS_PER_USER:
        raise Refusal(state.settings.tencent.full_tags_code, f"a user has at most {model.TAGS_PER_USER} tags")


def _slot(state: SandboxState, name: str) -> str:
    slot = state.tencent.slot_of(name)
    if slot is None:
        raise Refusal(codes.INVALID_ATTRIBUTE, f"attrName:{name} does not exist")
    return slot


def _found(state: SandboxState, users: list[str], failed: Mapping[str, int]) -> list[Account]:
    known = [state.tencent.accounts[user] for user in dict.fromkeys(users) if user not in failed]
    return known if state.settings.tencent.results_as_asked else _shuffled(known)


def _shuffled(items: list[_Item]) -> list[_Item]:
    """Bring results into another order than asked for, the same each time."""
    return items[::2] + items[1::2]


OPERATIONS: tuple[Operation[Any], ...] = (
    Operation(endpoints.SET_NAMES, set_names, push_to_all),
    Operation(endpoints.GET_NAMES, get_names, push_to_all),
    Operation(endpoints.SET_ATTRIBUTES, set_attributes, push_to_all),
    Operation(endpoints.GET_ATTRIBUTES, get_attributes, push_to_all),
    Operation(endpoints.REMOVE_ATTRIBUTES, remove_attributes, push_to_all),
    Operation(endpoints.ADD_TAGS, add_tags, push_to_all),
    Operation(endpoints.GET_TAGS, get_tags, push_to_all),
    Operation(endpoints.REMOVE_TAGS, remove_tags, push_to_all),
    Operation(endpoints.REMOVE_ALL_TAGS, remove_all_tags, push_to_all),
)
