"""Why a user wants no notification: quiet hours first, then the conversation, then its type.

System messages mention nobody with @, so every level that lets mentions through holds them back.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pushtui.domain.json_body import compact
from pushtui.sandbox.rongcloud.data import Preferences, QuietHours

SYSTEM = 6
"""The conversation type of all that the server sends."""
NOT_SET = 0
EVERYTHING = -1


def conversation_key(kind: int, target: str, channel: str = "") -> str:
    """Name a conversation; a channel is one of its own."""
    return compact([kind, channel, target])


def level_of(preferences: Preferences, sender: str) -> tuple[int, str]:
    """Return the level that holds for a sender's system conversation, and whose it is; 0 if nobody set one."""
    own = preferences.conversations.get(conversation_key(SYSTEM, sender), NOT_SET)
    if own != NOT_SET:
        return own, f"the conversation with {sender}"
    return preferences.types.get(str(SYSTEM), NOT_SET), "all system conversations"


def silenced(preferences: Preferences, sender: str, now: datetime, zone: str) -> str:
    """Say what keeps a notification back, or nothing; without a sender there is no conversation."""
    quiet = _quiet(preferences.quiet_hours, now, zone) if preferences.quiet_hours else ""
    if quiet:
        return quiet
    level, where = level_of(preferences, sender) if sender else (NOT_SET, "")
    if level in (NOT_SET, EVERYTHING):
        return ""
    return f"P19: do-not-disturb of {where} is at level {level}, and system messages mention nobody."


def _quiet(window: QuietHours, now: datetime, zone: str) -> str:
    wall_clock = now.astimezone(ZoneInfo(zone))
    if not window.hold(wall_clock):
        return ""
    return f"P17: quiet hours {window} ({zone}), level {window.level}; it is {wall_clock:%H:%M}."
