"""The settings of Agora Chat's users that can be changed.

A request holds only what changes: the cloud leaves the rest as it is. What was read is never written back as it was,
because a duration is written as milliseconds from now and read as the moment at which it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pushtui.domain.change import Scope
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.errors import UsageError
from pushtui.domain.finding import Finding, Severity
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora import sources
from pushtui.providers.agora.conversations import CHAT_TYPES, key_of
from pushtui.providers.agora.intervals import parse_interval
from pushtui.providers.agora.languages import doubt
from pushtui.providers.agora.notifications import SET_LANGUAGE, SET_MODE
from pushtui.providers.agora.notifications_model import MODES, LanguageChange, ModeChange
from pushtui.providers.agora.quiet_for import (
    LABEL,
    end_again,
    end_differences,
    end_findings,
    end_words,
    ends_as_wanted,
    milliseconds_of,
    typed_end,
)
from pushtui.providers.agora.users import CHANGE_USER
from pushtui.providers.agora.users_model import UserChange
from pushtui.providers.change_values import (
    always,
    choice_words,
    entry,
    mapping,
    one_of,
    or_empty,
    same_text,
    text_words,
)
from pushtui.providers.changes import Intent, SettingChange, Step, field_of
from pushtui.providers.profiles import whose_clock

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.finding import Source

AS_FOR_APP = "DEFAULT"


def _user_step(name: str) -> Callable[[Intent], list[Step]]:
    return lambda intent: [Step(CHANGE_USER, {"username": intent.user}, {name: intent.wanted})]


def _mode_step(intent: Intent, body: JsonObject) -> list[Step]:
    """The user's own name stands for the app as a whole."""
    chat_type, key = "user", intent.user
    if intent.place:
        chat_type, _, key = _key(intent.place).partition("/")
        if (chat_type, key.lower()) == ("user", intent.user.lower()):
            raise UsageError(
                f"conversation: “{intent.place}” is the user's own id, which stands for the app as a whole. "
                "Leave the conversation out to change that."
            )
    return [Step(SET_MODE, {"username": intent.user, "chattype": chat_type, "key": key}, body)]


def _key(place: str) -> str:
    return key_of(parse_conversation(place))


def _of_conversation(name: str) -> Callable[[JsonValue, str, JsonValue], JsonValue]:
    """Make the reader of one value of one conversation."""
    return lambda fact, place, _wanted: mapping(entry(fact, _key(place))).get(name)


def _typed_interval(text: str) -> JsonValue:
    given = text.strip()
    if not given:
        return ""
    try:
        return str(parse_interval(given))
    except ValueError:
        raise UsageError(
            f"quiet-time: “{text}” is given; two times of day are needed, such as 21:30-08:00, or nothing at all "
            "to switch it off."
        ) from None


def _interval_words(value: JsonValue, account: Account) -> str:
    if not value:
        return "none"
    if _has_equal_ends(value):
        return f"{value}: all day, or never; Agora's pages say both"
    return f"{value} {whose_clock(account)}, every day"


def _has_equal_ends(value: JsonValue) -> bool:
    interval = parse_interval(str(value)) if value else None
    return interval is not None and interval.start == interval.end


def _interval_findings(intent: Intent) -> Iterator[Finding]:
    if _has_equal_ends(intent.wanted):
        yield _warning(
            "ignoreInterval",
            "beginning and end are the same: by Agora's REST pages nothing is ever pushed to this user, by its SDK "
            "pages the quiet time is off. To switch it off for certain, clear it.",
            sources.PUSH_SETTINGS,
        )


def _danger(intent: Intent) -> str:
    return "all day" if _has_equal_ends(intent.wanted) else ""


def _language_findings(intent: Intent) -> Iterator[Finding]:
    problem = doubt(str(intent.wanted))
    if problem:
        yield _warning("translationLanguage", problem, sources.PUSH_SETTINGS)


def _warning(name: str, message: str, source: Source) -> Finding:
    return Finding(Severity.WARNING, (name,), message, source)


_STYLE = field_of(UserChange, "notification_display_style")
_MODE = field_of(ModeChange, "type")
_APP_MODE = replace(
    _MODE,
    help="Which messages are pushed, where a conversation has no mode of its own.",
    choices=tuple(choice for choice in MODES if choice.value != AS_FOR_APP),
)
_QUIET_FOR = replace(
    field_of(ModeChange, "ignoreDuration"),
    help="How long, or until when, nothing is pushed; at most 7 days. 0 ends it.",
)
_KINDS = frozenset(CHAT_TYPES)

NICKNAME = SettingChange(
    name="nickname",
    scope=Scope.USER,
    label="push nickname",
    fact="nickname",
    spec=field_of(UserChange, "nickname"),
    syntax="text of at most 100 characters",
    typed=str.strip,
    steps=_user_step("nickname"),
    words=text_words("not set"),
    cleared=always(""),
    reached=same_text,
    back=or_empty,
)

DISPLAY_STYLE = SettingChange(
    name="display-style",
    scope=Scope.USER,
    label="display style",
    fact="display_style",
    spec=_STYLE,
    syntax="0 or 1",
    typed=one_of("display-style", _STYLE.choices),
    steps=_user_step("notification_display_style"),
    words=choice_words(_STYLE.choices, "not set"),
    cleared=always(0),
)

MODE = SettingChange(
    name="mode",
    scope=Scope.USER,
    label="push mode",
    fact="mode",
    spec=_APP_MODE,
    syntax="ALL, AT or NONE",
    typed=one_of("mode", _APP_MODE.choices),
    steps=lambda intent: _mode_step(intent, {"type": intent.wanted}),
    words=choice_words(MODES, "not set, which pushes all messages"),
    cleared=always("ALL"),
    back=lambda before, _now: before or "ALL",
)

CONVERSATION_MODE = replace(
    MODE,
    scope=Scope.CONVERSATION,
    fact="conversations",
    part=_of_conversation("mode"),
    spec=_MODE,
    syntax="DEFAULT, ALL, AT or NONE",
    typed=one_of("mode", MODES),
    words=choice_words(MODES, "not set, so as for the app"),
    cleared=always(AS_FOR_APP),
    reached=lambda intent, told: (told or AS_FOR_APP) == intent.wanted,
    back=lambda before, _now: before or AS_FOR_APP,
    kinds=_KINDS,
)

QUIET_TIME = SettingChange(
    name="quiet-time",
    scope=Scope.USER,
    label="quiet time",
    fact="quiet_time",
    spec=field_of(ModeChange, "ignoreInterval"),
    syntax="two times of day, such as 21:30-08:00",
    typed=_typed_interval,
    steps=lambda intent: _mode_step(intent, {"ignoreInterval": intent.wanted}),
    words=_interval_words,
    cleared=always(""),
    findings=_interval_findings,
    reached=same_text,
    back=or_empty,
    danger=_danger,
)

QUIET_FOR = SettingChange(
    name="quiet-for",
    scope=Scope.USER,
    label=LABEL,
    fact="quiet_until",
    spec=_QUIET_FOR,
    syntax="a duration such as 8h or 7d, or a moment such as 2026-11-22T08:00",
    typed=typed_end,
    steps=lambda intent: _mode_step(intent, {"ignoreDuration": milliseconds_of(intent)}),
    words=end_words,
    cleared=always(0),
    differences=end_differences,
    findings=end_findings,
    reached=ends_as_wanted,
    back=end_again,
)

CONVERSATION_QUIET_FOR = replace(
    QUIET_FOR, scope=Scope.CONVERSATION, fact="conversations", part=_of_conversation("quiet_until"), kinds=_KINDS
)

LANGUAGE = SettingChange(
    name="language",
    scope=Scope.USER,
    label="language",
    fact="language",
    spec=field_of(LanguageChange, "translationLanguage"),
    syntax="a language code such as zh-Hans",
    typed=str.strip,
    steps=lambda intent: [
        Step(SET_LANGUAGE, {"username": intent.user}, {"translationLanguage": intent.wanted}),
    ],
    words=text_words("none, so that the original text is pushed"),
    cleared=always(""),
    findings=_language_findings,
    reached=same_text,
    back=or_empty,
)

CHANGES = (
    NICKNAME,
    DISPLAY_STYLE,
    MODE,
    CONVERSATION_MODE,
    QUIET_TIME,
    QUIET_FOR,
    CONVERSATION_QUIET_FOR,
    LANGUAGE,
)
