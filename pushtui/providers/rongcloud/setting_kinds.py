"""Kinds of draft that change a setting of many users: nobody is told anything, and the request is the setting's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pushtui.domain.finding import PUSHTUI, Finding
from pushtui.domain.handset import Handset
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.reach import Extent, Reach
from pushtui.domain.reading import Reading
from pushtui.domain.recipient import Recipient
from pushtui.providers.base import Batching, CostUnit, DraftKind, Endpoint, Receipt, nothing_more
from pushtui.providers.rongcloud import sources, system_rules
from pushtui.providers.rongcloud.batches import (
    beside,
    body_for,
    message_to,
    named_recipients,
    no_names,
    no_uids,
    users_in,
)
from pushtui.providers.rongcloud.dnd import SET_CONVERSATION_DND, SET_TYPE_DND
from pushtui.providers.rongcloud.protocol import RONGCLOUD
from pushtui.providers.rongcloud.quiet_hours import DELETE_QUIET_HOURS, SET_QUIET_HOURS
from pushtui.providers.rongcloud.recipient_rows import id_check
from pushtui.providers.rongcloud.rule_words import Rule, name_is_clean, strings, warning
from pushtui.providers.rongcloud.setting_gists import (
    CLEARING,
    level_demand,
    level_gist,
    no_quiet_hours_gist,
    quiet_hours_gist,
    tags_demand,
    tags_gist,
)
from pushtui.providers.rongcloud.tag_model import USERS_A_BATCH
from pushtui.providers.rongcloud.tags import SET_TAGS_OF_MANY
from pushtui.providers.wire import form_fields, required_objects

TAG_USERS = "userIds"


_ABOUT = "The same setting for each of many named users; nobody is sent anything."
_UNCHECKED = warning(
    (),
    "nobody looks whether these users exist: RongCloud accepts a setting for an id that is nobody's, so a mistyped id "
    "counts as done. To find those, read them before: pushtui users export",
    PUSHTUI,
)


def _one(value: JsonValue) -> list[str]:
    """Return a user id; forms hold it in a list."""
    return [value] if isinstance(value, str) else strings(value)


def _one_in(field: str) -> Callable[[JsonObject], list[str]]:
    return lambda body: _one(body.get(field))


def _named_one(field: str) -> Callable[[JsonObject], Iterator[Recipient]]:
    return lambda body: (Recipient(0, user) for user in _one(body.get(field)))


def _body_of_one(field: str) -> Callable[[JsonObject, Sequence[Recipient]], JsonObject]:
    """Make the writer of a body that is for one user, who stands before what is set."""

    def made(body: JsonObject, recipients: Sequence[Recipient]) -> JsonObject:
        given: JsonObject = {field: recipients[0].user} if recipients else {}
        return {**given, **{key: value for key, value in body.items() if key != field}}

    return made


def _one_is_clean(field: str) -> Rule:
    return lambda body: name_is_clean((field,), body.get(field))


def _reach_of_one(field: str) -> Callable[[JsonObject], Reach]:
    def found(body: JsonObject) -> Reach:
        if not any(_one(body.get(field))):
            return Reach(Extent.UNKNOWN, reason="nobody is named")
        return Reach(Extent.EXACTLY, 1, "the user id given")

    return found


def _tags_replace(_body: JsonObject) -> Iterator[Finding]:
    said = (
        "whatever tags each of them has are replaced; what they had is not read first, so this cannot be taken back. "
        "To know it later, write it down before: pushtui users export"
    )
    yield warning(("tags",), said, sources.USER_TAGS)
    yield _UNCHECKED


def _before_is_not_read(_body: JsonObject) -> Iterator[Finding]:
    said = (
        "what each of them has set is replaced and not read first, so this cannot be taken back. To know it later, "
        "write it down before: pushtui users export"
    )
    yield warning((), said, sources.USERS)
    yield _UNCHECKED


def _personal_of_one(body: JsonObject, _index: int) -> JsonObject:
    """Return the request for its only user."""
    return body


def _reading(users: Callable[[JsonObject], list[str]]) -> Callable[[JsonObject, int, Sequence[Handset]], Reading]:
    """Make the reader of what comes to a person: nothing."""

    def read(body: JsonObject, index: int, _handsets: Sequence[Handset]) -> Reading:
        found = users(body)
        return Reading(found[index] if index < len(found) else "", "", ())

    return read


def _no_receipt(_answer: JsonObject) -> Receipt:
    return Receipt(push_id="", message_uid="")


def _counted_in_users(endpoint: Endpoint[Any], most: int) -> Endpoint[Any]:
    """Let a rate of calls be kept to by counting users: so many to a call."""
    rates = tuple(replace(rate, limit=rate.limit * most) for rate in endpoint.rates)
    return replace(endpoint, cost_unit=CostUnit.RECIPIENT, rates=rates)


def _kind(
    name: str,
    title: str,
    endpoint: Endpoint[Any],
    batching: Batching,
    new_body: Callable[[], JsonObject],
    rules: Iterable[Rule],
    reach: Callable[[JsonObject], Reach],
    gist: Callable[[JsonObject], str],
    demand: Callable[[JsonObject], str],
) -> DraftKind:
    model = endpoint.request_model
    return DraftKind(
        name=f"rongcloud.{name}",
        title=title,
        about=_ABOUT,
        provider=RONGCLOUD,
        endpoint=_counted_in_users(endpoint, batching.most),
        fields=tuple(form_fields(model)),
        containers=frozenset(required_objects(model)),
        variants=(),
        new_body=new_body,
        rules=tuple(rules),
        reach=reach,
        gist=gist,
        receipt=_no_receipt,
        batching=batching,
        demand=demand,
    )


def _kind_of_one(
    name: str,
    title: str,
    endpoint: Endpoint[Any],
    field: str,
    gist: Callable[[JsonObject], str],
    demand: Callable[[JsonObject], str] = nothing_more,
) -> DraftKind:
    """Make a kind whose every request is for one user."""
    batching = Batching(
        most=1,
        fields=(field,),
        placeholders=no_names,
        inline=_named_one(field),
        body=_body_of_one(field),
        check=id_check,
        beside=beside((field,)),
        users=_one_in(field),
        uids=no_uids,
        reading=_reading(_one_in(field)),
        personal=_personal_of_one,
    )
    rules = (_one_is_clean(field), _before_is_not_read)
    return _kind(name, title, endpoint, batching, lambda: {field: ""}, rules, _reach_of_one(field), gist, demand)


TAGS_OF_MANY = _kind(
    "set-tags",
    "Tags of many users",
    SET_TAGS_OF_MANY,
    Batching(
        most=USERS_A_BATCH,
        fields=(TAG_USERS,),
        placeholders=no_names,
        inline=named_recipients(TAG_USERS),
        body=body_for(TAG_USERS),
        check=id_check,
        beside=beside((TAG_USERS,)),
        users=users_in(TAG_USERS),
        uids=no_uids,
        reading=_reading(users_in(TAG_USERS)),
        personal=message_to(TAG_USERS),
    ),
    lambda: {TAG_USERS: [], "tags": []},
    (system_rules.recipients_are_clean(TAG_USERS), _tags_replace),
    system_rules.reach(TAG_USERS),
    tags_gist,
    tags_demand,
)
QUIET_HOURS_OF_MANY = _kind_of_one(
    "set-quiet-hours", "Quiet hours of many users", SET_QUIET_HOURS, "userId", quiet_hours_gist
)
NO_QUIET_HOURS = _kind_of_one(
    "delete-quiet-hours",
    "No quiet hours for many users",
    DELETE_QUIET_HOURS,
    "userId",
    no_quiet_hours_gist,
    lambda _body: CLEARING,
)
CONVERSATION_LEVEL_OF_MANY = _kind_of_one(
    "set-conversation-dnd",
    "A conversation's do-not-disturb for many users",
    SET_CONVERSATION_DND,
    "requestId",
    level_gist,
    level_demand,
)
TYPE_LEVEL_OF_MANY = _kind_of_one(
    "set-type-dnd",
    "Do-not-disturb by kind of conversation for many users",
    SET_TYPE_DND,
    "requestId",
    level_gist,
    level_demand,
)

SETTING_KINDS = (
    TAGS_OF_MANY,
    QUIET_HOURS_OF_MANY,
    NO_QUIET_HOURS,
    CONVERSATION_LEVEL_OF_MANY,
    TYPE_LEVEL_OF_MANY,
)

FOR_MANY = {
    "set-tags": TAGS_OF_MANY,
    **{kind.endpoint.name: kind for kind in SETTING_KINDS if kind is not TAGS_OF_MANY},
}
"""By the name of the operation that changes the setting of one."""
