"""What Agora Chat tells about one user."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.domain.profile import Section
from pushtui.domain.secret import MASK
from pushtui.providers.agora import notifications, users
from pushtui.providers.agora.conversations import CONVERSATIONS
from pushtui.providers.agora.intervals import parse_interval
from pushtui.providers.agora.label_facts import LABELS
from pushtui.providers.agora.readings import data_of, mode_of, mode_words, moment_of, quiet_words
from pushtui.providers.profiles import (
    EXISTS_KIND,
    FOUND,
    Asked,
    CloudProfile,
    FactKind,
    NotTold,
    Said,
    Value,
    Values,
    enumerated,
    one_call,
    whose_clock,
    zone_time,
)

SHOWN_OF_TOKEN = 4
"""The last characters of a device's token that are shown, to tell devices apart."""
SHORTEST_SHOWN = 16
"""Of shorter tokens nothing is shown."""
IGNORED_GROUP, IGNORED_USERS = "notification_ignore_", "notification_ignored_users"
"""Fields of the old kind: one for each group, and a list of users."""
STYLES = {0: "0: only that there is a message", 1: "1: the sender's nickname and the message"}


def _about(asked: Asked) -> tuple[Mapping[str, str], JsonObject]:
    return {"username": asked.user}, {}


def _app_as_a_whole(asked: Asked) -> tuple[Mapping[str, str], JsonObject]:
    """The user's own name stands for the app."""
    return {"username": asked.user, "chattype": "user", "key": asked.user}, {}


def _user(said: Said, asked: Asked) -> Values:
    entity = get(said.body, ("entities", 0))
    if not isinstance(entity, dict):
        raise NotTold("The answer holds no user.")
    return {
        **FOUND,
        "active": _active(entity),
        "registered_at": _registered(entity, asked.account.push_zone),
        "nickname": _nickname(entity),
        "display_style": _display_style(entity),
        "bindings": _bindings(entity),
        "legacy_quiet_hours": _legacy_quiet_hours(entity, asked),
        "legacy_ignored": _legacy_ignored(entity),
    }


def _active(entity: JsonObject) -> Value:
    active = entity.get("activated") is not False
    return Value(active, "yes" if active else "no: the account is deactivated")


def _registered(entity: JsonObject, zone: str) -> Value:
    moment = moment_of(entity.get("created"), "created")
    return Value(moment.isoformat(), zone_time(moment, zone)) if moment else Value(None, "not told")


def _nickname(entity: JsonObject) -> Value:
    name = entity.get("nickname")
    if isinstance(name, str) and name:
        return Value(name, name)
    return Value(None, "not set: those who see the sender see the id")


def _display_style(entity: JsonObject) -> Value:
    """Answers write the number as text, too; it is absent as long as it was never set."""
    given = entity.get("notification_display_style")
    if str(given) not in ("0", "1", "None"):
        raise NotTold(f"The answer's notification_display_style is {given}; 0 and 1 are documented.")
    style = 1 if str(given) == "1" else 0
    return Value(style, STYLES[style] + (" (never set)" if given is None else ""))


def _bindings(entity: JsonObject) -> Value:
    found = entity.get("pushInfo")
    rows = found if isinstance(found, list) and found else [entity]
    bindings = [_binding(row) for row in rows if isinstance(row, dict) and row.get("device_token")]
    words = [f"{item['notifier']} (device {item['device'] or 'unknown'}, token {item['token']})" for item in bindings]
    value: list[JsonValue] = [*bindings]
    return Value(value, enumerated(words, "none: no device can be pushed to"))


def _binding(row: JsonObject) -> JsonObject:
    device = row.get("device_Id") or row.get("device_id") or ""
    return {
        "notifier": str(row.get("notifier_name") or ""),
        "device": str(device),
        "token": _masked(str(row.get("device_token"))),
    }


def _masked(token: str) -> str:
    return MASK + (token[-SHOWN_OF_TOKEN:] if len(token) >= SHORTEST_SHOWN else "")


def _legacy_quiet_hours(entity: JsonObject, asked: Asked) -> Value:
    if entity.get("notification_no_disturbing") not in (True, "true"):
        return Value(None, "none")
    start, end = (_hour(entity.get(f"notification_no_disturbing_{side}")) for side in ("start", "end"))
    if start is None or end is None:
        raise NotTold("The answer's hours of the old do-not-disturb are no hours.")
    words = "all day" if start == end else f"{start:02}:00-{end:02}:00 {whose_clock(asked.account)}"
    return Value({"start": start, "end": end}, f"{words} (of the old kind, to be read only)")


def _legacy_ignored(entity: JsonObject) -> Value:
    """Return the conversations that were muted in the old way, as the newer settings call them."""
    groups = [
        name.removeprefix(IGNORED_GROUP)
        for name, given in entity.items()
        if name.startswith(IGNORED_GROUP) and given in (True, "true")
    ]
    users = entity.get(IGNORED_USERS) or []
    if not isinstance(users, list):
        raise NotTold(f"The answer's {IGNORED_USERS} is no list.")
    found = [f"chatgroup/{group}" for group in groups] + [f"user/{str(user).lower()}" for user in users]
    value: list[JsonValue] = [*found]
    return Value(value, enumerated([f"{key} (of the old kind, to be read only)" for key in found], "none", "\n"))


def _hour(given: JsonValue) -> int | None:
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and int(text) < 24 else None


def _own_mode(said: Said, asked: Asked) -> Values:
    data = data_of(said)
    mode = mode_of(data)
    return {
        "mode": Value(mode, mode_words(mode, "not set: all messages are pushed")),
        "quiet_time": _quiet_time(data, asked),
        "quiet_until": _quiet_until(data, asked.account.push_zone, said.at),
    }


def _quiet_time(data: JsonObject, asked: Asked) -> Value:
    given = data.get("ignoreInterval") or ""
    if not given:
        return Value("", "none")
    try:
        interval = parse_interval(str(given))
    except ValueError as error:
        raise NotTold(f"The answer's quiet time cannot be read: {error}.") from None
    if interval.start == interval.end:
        return Value(str(interval), f"{interval}: all day, or never; Agora's pages say both")
    return Value(str(interval), f"{interval} {whose_clock(asked.account)}")


def _quiet_until(data: JsonObject, zone: str, now: datetime) -> Value:
    until = moment_of(data.get("ignoreDuration"), "ignoreDuration")
    if until is None:
        return Value(None, "none")
    return Value(until.isoformat(), quiet_words(until, zone, now))


def _language(said: Said, _asked: Asked) -> Values:
    language = data_of(said).get("language") or ""
    if not isinstance(language, str):
        raise NotTold("The answer's language is no text.")
    return {"language": Value(language, language or "not set: the original text is pushed")}


def _online(said: Said, asked: Asked) -> Values:
    states = {name.lower(): state for name, state in data_of(said).items()}
    state = states.get(asked.user.lower())
    if state not in ("online", "offline"):
        raise NotTold("The answer does not say whether the user is online.")
    return {"online": Value(state == "online", str(state))}


READS = (
    one_call(
        notifications.READ_MODE,
        (
            FactKind("mode", "push mode", Section.DO_NOT_DISTURB),
            FactKind("quiet_time", "quiet time", Section.DO_NOT_DISTURB),
            FactKind("quiet_until", "quiet until", Section.DO_NOT_DISTURB),
        ),
        _app_as_a_whole,
        _own_mode,
    ),
    one_call(
        users.READ_USER,
        (
            EXISTS_KIND,
            FactKind("active", "active", Section.USER),
            FactKind("registered_at", "registered at", Section.USER),
            FactKind("nickname", "push nickname", Section.NOTIFICATION),
            FactKind("display_style", "display style", Section.NOTIFICATION),
            FactKind("bindings", "bound devices", Section.DEVICES),
            FactKind("legacy_quiet_hours", "old quiet hours", Section.DO_NOT_DISTURB),
            FactKind("legacy_ignored", "old muted conversations", Section.DO_NOT_DISTURB),
        ),
        _about,
        _user,
    ),
    one_call(users.READ_STATUS, (FactKind("online", "online", Section.USER),), _about, _online),
    CONVERSATIONS,
    one_call(notifications.READ_LANGUAGE, (FactKind("language", "language", Section.NOTIFICATION),), _about, _language),
    LABELS,
)


def _hint(user: str) -> str:
    """Say why nobody may have an id; Agora keeps ids in lower case."""
    lower = user.lower()
    return f"Agora keeps ids in lower case: did you mean “{lower}”?" if lower != user else ""


PROFILE = CloudProfile(READS, (), hint=_hint)
