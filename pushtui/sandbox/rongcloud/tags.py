"""User tags; setting replaces all that a user had."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.tags import GET_TAGS, SET_TAGS, SET_TAGS_OF_MANY
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.tag_model import GetTagsRequest, SetTagsOfManyRequest, SetTagsRequest
    from pushtui.sandbox.state import SandboxState


def set_tags(state: SandboxState, _call: Call, request: SetTagsRequest) -> JsonObject:
    """Give one user exactly these tags."""
    _check(state, request.tags)
    state.rongcloud.change(request.userId).tags = [*dict.fromkeys(request.tags)]
    return {}


def set_tags_of_many(state: SandboxState, _call: Call, request: SetTagsOfManyRequest) -> JsonObject:
    """Give each of many users exactly these tags."""
    _check(state, request.tags)
    for user in request.userIds:
        state.rongcloud.change(user).tags = [*dict.fromkeys(request.tags)]
    return {}


def get_tags(state: SandboxState, _call: Call, request: GetTagsRequest) -> JsonObject:
    """Return the tags of each user asked about; none is an empty list."""
    return {"result": {user: [*state.rongcloud.preferences_of(user).tags] for user in request.userIds}}


def _check(state: SandboxState, tags: Iterable[str]) -> None:
    """Refuse tags with special characters, if the setting says so: all but letters, digits, - and _."""
    for index, tag in enumerate(tags):
        if state.settings.rongcloud.tags_checked and not tag.replace("-", "_").replace("_", "a").isalnum():
            raise Refusal(1002, f"ParamError:tags[{index}] is invalid.")


OPERATIONS = (
    Operation(SET_TAGS, set_tags),
    Operation(SET_TAGS_OF_MANY, set_tags_of_many),
    Operation(GET_TAGS, get_tags),
)
