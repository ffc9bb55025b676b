"""Push aliases: the names that a recipient sees for senders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from pushtui.domain.json_body import JsonObject, JsonValue, dotted
from pushtui.providers.rongcloud.alias_model import PAGE_SIZE, AliasList
from pushtui.providers.rongcloud.aliases import DELETE_ALIAS, GET_ALIASES, SET_ALIASES
from pushtui.sandbox.cloud import Call, Operation
from pushtui.sandbox.rongcloud.absent import nothing_to_delete
from pushtui.sandbox.rongcloud.reading import objection

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.alias_model import DeleteAliasRequest, ListAliasesRequest, SetAliasesRequest
    from pushtui.sandbox.state import SandboxState


def set_aliases(state: SandboxState, _call: Call, request: SetAliasesRequest) -> JsonObject:
    """Set an alias for each sender named; the others stay."""
    try:
        aliases = AliasList.model_validate_json(request.remarks, strict=False, extra="ignore").root
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        raise objection(details, state.settings.rongcloud, dotted(("remarks", *details["loc"]))) from None
    state.rongcloud.change(request.userId).aliases.update({alias.id: alias.remark for alias in aliases})
    return {}


def get_aliases(state: SandboxState, _call: Call, request: ListAliasesRequest) -> JsonObject:
    """Return one page of a recipient's aliases, in the order in which they were first set."""
    aliases = [*state.rongcloud.preferences_of(request.userId).aliases.items()]
    size = request.size or PAGE_SIZE
    start = ((request.page or 1) - 1) * size
    page: list[JsonValue] = [{"id": sender, "remark": alias} for sender, alias in aliases[start : start + size]]
    return {"total": len(aliases), "users": page}


def delete_alias(state: SandboxState, _call: Call, request: DeleteAliasRequest) -> JsonObject:
    """Take one alias away."""
    if request.targetId in state.rongcloud.preferences_of(request.userId).aliases:
        del state.rongcloud.change(request.userId).aliases[request.targetId]
    else:
        nothing_to_delete(state)
    return {}


OPERATIONS = (
    Operation(SET_ALIASES, set_aliases),
    Operation(GET_ALIASES, get_aliases),
    Operation(DELETE_ALIAS, delete_alias),
)
