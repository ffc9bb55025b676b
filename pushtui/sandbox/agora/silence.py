"""Whether a user may be disturbed: quiet times, durations and modes, in the cloud's order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora.intervals import Interval, parse_interval
from pushtui.sandbox.agora.data import AgoraUser, PushSetting
from pushtui.sandbox.agora.moments import server_time

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

HELD = "user ignore push"
"""How the cloud calls it when the user does not want to be disturbed."""

_YES = frozenset(("yes", "true", "1"))


def silence(state: SandboxState, user: AgoraUser, conversation: str, ext: JsonObject, at: datetime) -> str:
    """Say why nothing is pushed to a user at a moment; empty if it is.

    In this order: silent messages, messages that pass through everything, the app's quiet time
    and duration, the conversation's duration, the mode. `conversation` is empty for a push.
    """
    if _yes(ext.get("em_ignore_notification")):
        return "message ignore push: em_ignore_notification is set."
    if _yes(ext.get("em_force_notification")):
        return ""
    app = user.settings.get(user.own, PushSetting())
    own = user.settings.get(conversation, PushSetting()) if conversation != user.own else PushSetting()
    return (
        _quiet_time(state, app, at)
        or _legacy_hours(state, user, at)
        or _duration(state, app, at, "for the app")
        or _duration(state, own, at, f"for {conversation}")
        or _mode(app, own, user, conversation, ext)
    )


def _quiet_time(state: SandboxState, app: PushSetting, at: datetime) -> str:
    if not app.interval:
        return ""
    all_day = state.settings.agora.equal_interval_is_all_day
    return _in_interval(state, parse_interval(app.interval), at, "quiet time", equal_means_all_day=all_day)


def _legacy_hours(state: SandboxState, user: AgoraUser, at: datetime) -> str:
    start, end = user.legacy_start, user.legacy_end
    if not state.settings.agora.legacy_hours_hold or not user.legacy_quiet or start is None or end is None:
        return ""
    return _in_interval(state, Interval(start * 60, end * 60), at, "old quiet hours", equal_means_all_day=True)


def _in_interval(state: SandboxState, interval: Interval, at: datetime, name: str, *, equal_means_all_day: bool) -> str:
    clock, included = server_time(state, at), state.settings.agora.quiet_time_end_included
    minute = clock.hour * 60 + clock.minute
    if not interval.holds(minute, equal_means_all_day=equal_means_all_day, end_included=included):
        return ""
    return f"{HELD}: {name} {interval} ({state.settings.agora.server_zone}), it is {clock:%H:%M}."


def _duration(state: SandboxState, setting: PushSetting, at: datetime, whose: str) -> str:
    until = setting.quiet_until or 0
    if at.timestamp() * 1000 >= until:
        return ""
    ends = server_time(state, datetime.fromtimestamp(until / 1000, UTC))
    return f"{HELD}: quiet {whose} until {ends:%Y-%m-%d %H:%M} ({state.settings.agora.server_zone})."


def _mode(app: PushSetting, own: PushSetting, user: AgoraUser, conversation: str, ext: JsonObject) -> str:
    """The conversation's mode counts, unless it leaves that to the app; without any, all is pushed."""
    follows = own.type in (None, "DEFAULT")
    mode, whose = (app.type, "the app") if follows else (own.type, conversation)
    if mode == "NONE":
        return f"{HELD}: the mode for {whose} is NONE."
    if mode == "AT" and not _mentioned(user, ext.get("em_at_list")):
        return f"{HELD}: the mode for {whose} is AT, and em_at_list does not name the user."
    return ""


def _mentioned(user: AgoraUser, named: JsonValue) -> bool:
    if isinstance(named, list):
        return user.username in named
    return isinstance(named, str) and named.lower() == "all"


def _yes(value: JsonValue) -> bool:
    return value is True or str(value).lower() in _YES
