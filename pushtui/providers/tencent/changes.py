"""The settings of Tencent Chat's users that can be changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from pushtui.domain.change import Scope
from pushtui.domain.errors import UsageError
from pushtui.domain.field import Choice, FieldKind
from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.typed_time import moment_of
from pushtui.providers.change_values import (
    always,
    choice_words,
    entries_named,
    entry_differences,
    entry_words,
    every_entry_away,
    list_differences,
    list_words,
    mapping,
    one_of,
    or_empty,
    same_list,
    same_text,
    text_words,
    texts,
    typed_entries,
    typed_list,
)
from pushtui.providers.changes import Intent, Objection, SettingChange, Step, field_of
from pushtui.providers.profiles import zone_time
from pushtui.providers.tencent import attributes, sources
from pushtui.providers.tencent.attributes_model import (
    TAG_BYTES,
    TAGS_PER_CALL,
    TAGS_PER_USER,
    TagsOfUser,
    UserAttributes,
)
from pushtui.providers.tencent.codes import CODES, Retry
from pushtui.providers.tencent.protocol import LARGEST_NUMBER
from pushtui.providers.tencent.users import DO_NOT_DISTURB, SET_PROFILE
from pushtui.providers.tencent.users_model import (
    LANGUAGE,
    MESSAGE_SETTINGS,
    NICKNAME,
    DoNotDisturbRequest,
    ProfileItem,
)

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.field import FieldSpec

_WANTS_NOTHING = 1
"""Bit 0 of the message settings."""
RECEIVES = (Choice(0, "0 messages are received"), Choice(1, "1 nothing is received"))

_WINDOW = re.compile(r"(\S+)/(\S+?)(\s+daily)?(?:\s+level\s*=?\s*(\d+))?")
_WINDOW_NEEDED = (
    "two moments with a slash between them are needed, such as 2026-11-22T22:00+08:00/2026-11-23T08:00+08:00, then "
    "perhaps “daily”, and “level 0” or “level 1”"
)
NOT_READ = "Tencent has no call that tells a user's do-not-disturb, so what was set before is not known"


def _profile_step(tag: str, value: Callable[[Intent], JsonValue]) -> Callable[[Intent], list[Step]]:
    def steps(intent: Intent) -> list[Step]:
        item: JsonObject = {"Tag": tag, "Value": value(intent)}
        return [Step(SET_PROFILE, {}, {"From_Account": intent.user, "ProfileItem": [item]})]

    return steps


def _wanted(intent: Intent) -> JsonValue:
    return intent.wanted


def _settings_number(intent: Intent) -> JsonValue:
    """Change bit 0 and leave the others, which mean something of their own."""
    before = intent.before if isinstance(intent.before, int) else 0
    return (before & ~_WANTS_NOTHING) | int(bool(intent.wanted))


def _first_bit(value: JsonValue) -> int:
    return value & _WANTS_NOTHING if isinstance(value, int) else 0


def _typed_number(text: str) -> JsonValue:
    given = text.strip()
    if not given.isascii() or not given.isdigit() or int(given) > LARGEST_NUMBER:
        raise UsageError(
            f"language: “{text}” is given; a number from 0 to {LARGEST_NUMBER} is needed, whose meaning is your app's."
        )
    return int(given)


def _attribute_steps(intent: Intent) -> Iterator[Step]:
    before = mapping(intent.before)
    changed = {name: value for name, value in mapping(intent.wanted).items() if value != before.get(name)}
    given: JsonObject = {name: value for name, value in changed.items() if value is not None}
    gone: list[JsonValue] = [name for name, value in changed.items() if value is None]
    if given:
        yield Step(attributes.SET_ATTRIBUTES, {}, {"UserAttrs": [{"To_Account": intent.user, "Attrs": given}]})
    if gone:
        yield Step(attributes.REMOVE_ATTRIBUTES, {}, {"UserAttrs": [{"To_Account": intent.user, "Attrs": gone}]})


def _tag_steps(intent: Intent) -> Iterator[Step]:
    """Take away first, so that there is room; only what changes is sent."""
    before, wanted = texts(intent.before), texts(intent.wanted)
    gone = [tag for tag in before if tag not in wanted]
    new = [tag for tag in dict.fromkeys(wanted) if tag not in before]
    if gone:
        yield Step(attributes.REMOVE_TAGS, {}, _tags(intent.user, gone))
    following = iter(new)
    while some := list(islice(following, TAGS_PER_CALL)):
        yield Step(attributes.ADD_TAGS, {}, _tags(intent.user, some))


def _tags(user: str, tags: Iterable[str]) -> JsonObject:
    return {"UserTags": [{"To_Account": user, "Tags": [*tags]}]}


def _objection(answer: JsonObject) -> Objection | None:
    """Find what is said about the only user of a call; unknown users are passed over without a word."""
    failures = answer.get("ErrorList")
    first = failures[0] if isinstance(failures, list) and failures else None
    code = first.get("ErrorCode") if isinstance(first, dict) else None
    if not isinstance(code, int) or not code:
        return None
    known = CODES.get(code)
    return Objection(
        f"Tencent answers {code} for this user{f': {known.text}' if known else ''}.",
        is_doubtful=known is None or known.retry is Retry.MAY_SUCCEED,
    )


def _typed_window(text: str) -> JsonValue:
    found = _WINDOW.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"dnd: “{text}” is given; {_WINDOW_NEEDED}.")
    start, end, daily, level = found.groups()
    return {
        "start": moment_of(start).isoformat(),
        "end": moment_of(end).isoformat(),
        "daily": daily is not None,
        "level": int(level or 0),
    }


def _window_step(intent: Intent) -> list[Step]:
    window = mapping(intent.wanted)
    body: JsonObject = {
        "To_Account": intent.user,
        "StartTime": _seconds(window["start"]),
        "EndTime": _seconds(window["end"]),
        "IsRepeated": int(bool(window["daily"])),
        "Level": window["level"],
    }
    return [Step(DO_NOT_DISTURB, {}, body)]


def _window_findings(intent: Intent) -> Iterator[Finding]:
    window = mapping(intent.wanted)
    if _seconds(window["start"]) >= _seconds(window["end"]):
        yield Finding(Severity.ERROR, ("EndTime",), "the end is not after the beginning", PUSHTUI)
    yield Finding(Severity.WARNING, (), f"{NOT_READ}, and this cannot be taken back", sources.DO_NOT_DISTURB)


def _window_words(value: JsonValue, account: Account) -> str:
    window = mapping(value)
    if not window:
        return "not known"
    start, end = (zone_time(datetime.fromisoformat(str(window[side])), account.push_zone) for side in ("start", "end"))
    repeated = "every day at the same hours" if window["daily"] else "once"
    return f"{start} to {end}, {repeated}, level {window['level']}"


def _seconds(moment: JsonValue) -> int:
    return int(datetime.fromisoformat(str(moment)).timestamp())


def _value_of(label: str, kind: FieldKind, help_text: str, choices: tuple[Choice, ...] = ()) -> FieldSpec:
    """Describe one field of the profile; the wire model knows them all as Value."""
    spec = field_of(ProfileItem, "Value")
    return replace(spec, label=label, kind=kind, help=help_text, choices=choices)


_NAME = _value_of("nickname", FieldKind.LINE, "The name that a push shows for the user as a sender; at most 500 bytes.")
_TAGS = replace(
    field_of(TagsOfUser, "Tags"),
    help=f"By these, pushes find users. At most {TAGS_PER_USER}, {TAG_BYTES} bytes each.",
)
_WINDOW_FIELD = replace(
    field_of(DoNotDisturbRequest, "StartTime"),
    help="A window in which the user gets nothing, once or every day; what the levels mean is not documented.",
)
_LANGUAGE = _value_of("language", FieldKind.INTEGER, "A number that your app gave a meaning; no language code.")
_RECEIVES = _value_of("message settings", FieldKind.CHOICE, "Whether the user receives anything at all.", RECEIVES)

NICKNAME_CHANGE = SettingChange(
    name="nickname",
    scope=Scope.USER,
    label="nickname",
    fact="nickname",
    spec=_NAME,
    syntax="text of at most 500 bytes",
    typed=str.strip,
    steps=_profile_step(NICKNAME, _wanted),
    words=text_words("not set"),
    cleared=always(""),
    reached=same_text,
    back=or_empty,
)

LANGUAGE_CHANGE = SettingChange(
    name="language",
    scope=Scope.USER,
    label="language",
    fact="language",
    spec=_LANGUAGE,
    syntax="a number of your app's own",
    typed=_typed_number,
    steps=_profile_step(LANGUAGE, _wanted),
    words=lambda value, _account: "not set" if value is None else f"{value}: a number of the app's own",
    back=lambda before, _now: before or 0,
)

MESSAGES = SettingChange(
    name="messages",
    scope=Scope.USER,
    label="message settings",
    fact="message_settings",
    spec=_RECEIVES,
    syntax="0 to receive messages, 1 to receive nothing",
    typed=one_of("messages", RECEIVES),
    steps=_profile_step(MESSAGE_SETTINGS, _settings_number),
    words=lambda value, account: choice_words(RECEIVES, "not set")(_first_bit(value), account),
    cleared=always(0),
    reached=lambda intent, told: _first_bit(told) == _first_bit(intent.wanted),
    back=lambda before, _now: _first_bit(before),
)

ATTRIBUTES = SettingChange(
    name="attributes",
    scope=Scope.USER,
    label="attributes",
    fact="attributes",
    spec=field_of(UserAttributes, "Attrs"),
    syntax="NAME=VALUE, one a line; NAME= takes the attribute away",
    typed=typed_entries("attributes", "city=Berlin"),
    steps=_attribute_steps,
    objection=_objection,
    words=entry_words,
    part=entries_named,
    cleared=every_entry_away,
    differences=entry_differences,
)

TAGS = SettingChange(
    name="tags",
    scope=Scope.USER,
    label="tags",
    fact="tags",
    spec=_TAGS,
    syntax="all tags the user shall have, separated by commas",
    typed=typed_list,
    steps=_tag_steps,
    objection=_objection,
    words=list_words,
    cleared=always([]),
    differences=list_differences,
    reached=same_list,
)

DND = SettingChange(
    name="dnd",
    scope=Scope.USER,
    label="global do-not-disturb",
    fact="",
    spec=_WINDOW_FIELD,
    syntax="two moments, then perhaps “daily” and “level 0” or “level 1”",
    typed=_typed_window,
    steps=_window_step,
    words=_window_words,
    findings=_window_findings,
    final=NOT_READ,
)

CHANGES = (NICKNAME_CHANGE, LANGUAGE_CHANGE, MESSAGES, ATTRIBUTES, TAGS, DND)
