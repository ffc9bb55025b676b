"""The settings of RongCloud's users that can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pushtui.domain.change import Scope
from pushtui.domain.conversation import Conversation, ConversationKind, parse_conversation
from pushtui.domain.errors import UsageError
from pushtui.domain.finding import Finding, Severity
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.change_values import (
    always,
    choice_words,
    entries_named,
    entry,
    entry_differences,
    entry_words,
    every_entry_away,
    list_differences,
    list_words,
    mapping,
    one_of,
    same_list,
    same_text,
    text_words,
    typed_entries,
    typed_list,
)
from pushtui.providers.changes import Intent, SettingChange, Step, field_of
from pushtui.providers.profiles import whose_clock
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.alias_model import ALIASES_A_CALL, Alias, SetAliasesRequest, remarks_text
from pushtui.providers.rongcloud.aliases import DELETE_ALIAS, SET_ALIASES
from pushtui.providers.rongcloud.dnd import SET_CONVERSATION_DND, SET_TYPE_DND
from pushtui.providers.rongcloud.dnd_facts import TYPE_NUMBERS, key_of, window_words
from pushtui.providers.rongcloud.dnd_model import LEVELS, SetConversationDndRequest
from pushtui.providers.rongcloud.quiet_hours import DELETE_QUIET_HOURS, SET_QUIET_HOURS
from pushtui.providers.rongcloud.quiet_hours_model import LEVELS as QUIET_LEVELS
from pushtui.providers.rongcloud.quiet_hours_model import SetQuietHoursRequest
from pushtui.providers.rongcloud.tag_model import SetTagsRequest
from pushtui.providers.rongcloud.tags import SET_TAGS
from pushtui.providers.rongcloud.user_model import GetTokenRequest
from pushtui.providers.rongcloud.users import REFRESH
from pushtui.providers.wire import findings_of

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.providers.base import Endpoint

DAY = 24 * 60
"""Minutes."""
USUAL_LEVEL = 1
"""What RongCloud takes where none is given."""
NOT_SET = 0

_HOURS = re.compile(
    r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?\s*(?:-\s*([01]?\d|2[0-3]):([0-5]\d)|\+\s*(\d{1,4}))(?:\s+([15]))?"
)
_HOURS_NEEDED = (
    "two times of day are needed, such as 22:00-08:00, or a time and minutes, such as 22:00+600; then 1 (only "
    "@-messages push, which is usual) or 5 (nothing pushes)"
)


def _typed_hours(text: str) -> JsonValue:
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"quiet-hours: “{text}” is given; {_HOURS_NEEDED}.")
    hour, minute, second, end_hour, end_minute, length, level = found.groups()
    start = int(hour) * 60 + int(minute)
    minutes = int(length) if length else (int(end_hour) * 60 + int(end_minute) - start) % DAY
    if not minutes:
        raise UsageError(
            f"quiet-hours: “{text}” is given; that is no time at all. All day is 00:00+1439; to have none, clear them."
        )
    begins = f"{int(hour):02}:{minute}:{second or '00'}"
    return {"start": begins, "minutes": minutes, "level": int(level) if level else None}


def _with_level(wanted: JsonValue, fact: JsonValue) -> JsonValue:
    """Keep the level that is set where only the window was typed."""
    hours = mapping(wanted)
    if not hours or hours["level"] is not None:
        return wanted
    return {**hours, "level": mapping(fact).get("level") or USUAL_LEVEL}


def _hours_words(value: JsonValue, account: Account) -> str:
    hours = mapping(value)
    if not hours:
        return "none"
    level = choice_words(QUIET_LEVELS, "")(hours["level"], account)
    window = window_words(str(hours["start"]), _number(hours["minutes"]))
    return f"{window} {whose_clock(account)}, level {level}"


def _hours_step(intent: Intent) -> list[Step]:
    hours = mapping(intent.wanted)
    if not hours:
        return [Step(DELETE_QUIET_HOURS, {}, {"userId": intent.user})]
    body: JsonObject = {
        "userId": intent.user,
        "startTime": hours["start"],
        "period": hours["minutes"],
        "level": hours["level"],
    }
    return [Step(SET_QUIET_HOURS, {}, body)]


def _number(value: JsonValue) -> int:
    return value if isinstance(value, int) else 0


def _level_step(endpoint: Endpoint[Any], intent: Intent, conversation: Conversation) -> list[Step]:
    target: JsonObject = {"targetId": conversation.target} if conversation.target else {}
    channel: JsonObject = {"busChannel": conversation.channel} if conversation.channel else {}
    body: JsonObject = {
        "conversationType": TYPE_NUMBERS[conversation.kind],
        "requestId": intent.user,
        **target,
        **channel,
        "unpushLevel": intent.wanted,
    }
    return [Step(endpoint, {}, body)]


def _alias_steps(intent: Intent) -> Iterator[Step]:
    """Set a hundred at a time, and take away one by one; what is so already is left out."""
    before = mapping(intent.before)
    changed = {sender: alias for sender, alias in mapping(intent.wanted).items() if alias != before.get(sender)}
    named = [Alias.model_construct(id=sender, remark=str(alias)) for sender, alias in changed.items() if alias]
    for start in range(0, len(named), ALIASES_A_CALL):
        remarks = remarks_text(named[start : start + ALIASES_A_CALL])
        yield Step(SET_ALIASES, {}, {"userId": intent.user, "remarks": remarks})
    for sender, alias in changed.items():
        if not alias:
            yield Step(DELETE_ALIAS, {}, {"userId": intent.user, "targetId": sender})


def _alias_findings(intent: Intent) -> Iterator[Finding]:
    """Check each alias, since the request holds them as one text."""
    for sender, alias in mapping(intent.wanted).items():
        if alias is not None:
            for found in findings_of(Alias, {"id": sender, "remark": alias}):
                yield replace(found, path=(sender, *found.path[1:]))


def _name_findings(_intent: Intent) -> Iterator[Finding]:
    said = "RongCloud shows a new name within about five minutes; until then it may still be read as it was"
    yield Finding(Severity.ADVICE, ("name",), said, sources.USERS)


_LEVEL = field_of(SetConversationDndRequest, "unpushLevel")
_HOURS_FIELD = replace(
    field_of(SetQuietHoursRequest, "startTime"),
    help="One daily window by the data centre's clock: Beijing time in China, UTC elsewhere. It may cross midnight.",
)
_TAGS_FIELD = replace(
    field_of(SetTagsRequest, "tags"), help="By these, tagged pushes find the user. At most 20, 40 bytes each."
)
_ALIASES_FIELD = replace(
    field_of(SetAliasesRequest, "remarks"), help="The name that pushes show this user for a sender; others stay."
)

NAME = SettingChange(
    name="name",
    scope=Scope.USER,
    label="name",
    fact="name",
    spec=field_of(GetTokenRequest, "name"),
    syntax="text of 1 to 64 characters",
    typed=str.strip,
    steps=lambda intent: [Step(REFRESH, {}, {"userId": intent.user, "name": intent.wanted})],
    words=text_words("none"),
    findings=_name_findings,
    reached=same_text,
)

QUIET_HOURS = SettingChange(
    name="quiet-hours",
    scope=Scope.USER,
    label="quiet hours",
    fact="quiet_hours",
    spec=_HOURS_FIELD,
    syntax="two times of day and perhaps a level, such as 22:00-08:00 5",
    typed=_typed_hours,
    steps=_hours_step,
    words=_hours_words,
    completed=_with_level,
    cleared=always(None),
)

CONVERSATION_LEVEL = SettingChange(
    name="dnd",
    scope=Scope.CONVERSATION,
    label="do-not-disturb level",
    fact="conversations",
    spec=_LEVEL,
    syntax="-1, 0, 1, 2, 4 or 5",
    typed=one_of("dnd", LEVELS),
    steps=lambda intent: _level_step(SET_CONVERSATION_DND, intent, parse_conversation(intent.place)),
    words=choice_words(LEVELS, "not set"),
    part=lambda fact, place, _wanted: entry(fact, key_of(parse_conversation(place))),
    cleared=always(NOT_SET),
    kinds=frozenset(TYPE_NUMBERS),
)

TYPE_LEVEL = replace(
    CONVERSATION_LEVEL,
    scope=Scope.TYPE,
    fact="conversation_types",
    steps=lambda intent: _level_step(SET_TYPE_DND, intent, Conversation(ConversationKind(intent.place), "")),
    part=lambda fact, place, _wanted: entry(fact, str(TYPE_NUMBERS[ConversationKind(place)])),
)

TAGS = SettingChange(
    name="tags",
    scope=Scope.USER,
    label="tags",
    fact="tags",
    spec=_TAGS_FIELD,
    syntax="all tags the user shall have, separated by commas",
    typed=typed_list,
    steps=lambda intent: [Step(SET_TAGS, {}, {"userId": intent.user, "tags": intent.wanted})],
    words=list_words,
    cleared=always([]),
    differences=list_differences,
    reached=same_list,
)

ALIASES = SettingChange(
    name="aliases",
    scope=Scope.USER,
    label="names seen for senders",
    fact="aliases",
    spec=_ALIASES_FIELD,
    syntax="SENDER=NAME, one a line; SENDER= takes the name away",
    typed=typed_entries("aliases", "user11=Bob"),
    steps=_alias_steps,
    words=entry_words,
    part=entries_named,
    cleared=every_entry_away,
    differences=entry_differences,
    findings=_alias_findings,
)

CHANGES = (NAME, QUIET_HOURS, CONVERSATION_LEVEL, TYPE_LEVEL, TAGS, ALIASES)
