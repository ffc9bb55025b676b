"""What a draft that changes a setting of many users does to each of them, in a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.rongcloud.dnd_facts import TYPE_NUMBERS, level_words, window_words
from pushtui.providers.rongcloud.quiet_hours_model import LEVELS as QUIET_LEVELS
from pushtui.providers.rongcloud.rule_words import strings

if TYPE_CHECKING:
    from pushtui.domain.field import Choice

CLEARING = "clear"
"""What has to be typed besides to take a setting away from many."""
_KINDS = {number: kind for kind, number in TYPE_NUMBERS.items()}
_NOT_SET = 0


def tags_gist(body: JsonObject) -> str:
    """Say which tags all get in place of theirs."""
    tags = strings(body.get("tags"))
    return f"tags: {', '.join(tags)} replace all tags of each" if tags else "all tags of each are taken away"


def tags_demand(body: JsonObject) -> str:
    """Ask for more where tags are only taken away."""
    return "" if strings(body.get("tags")) else CLEARING


def quiet_hours_gist(body: JsonObject) -> str:
    """Say the window that all get in place of theirs."""
    start, minutes = body.get("startTime"), body.get("period")
    if not isinstance(start, str) or not isinstance(minutes, int):
        return ""
    level = body.get("level")
    kept = f", level {_label(QUIET_LEVELS, level)}" if level is not None else ""
    return f"quiet hours: {_window(start, minutes)}{kept} replace those of each"


def no_quiet_hours_gist(_body: JsonObject) -> str:
    """Say that the window is taken away."""
    return "the quiet hours of each are taken away"


def level_gist(body: JsonObject) -> str:
    """Say what shall still notify, and where."""
    return f"do-not-disturb of {_conversation(body)}: {_level(body)}, for each"


def level_demand(body: JsonObject) -> str:
    """Ask for more where a level is only taken away."""
    return CLEARING if body.get("unpushLevel") == _NOT_SET else ""


def _level(body: JsonObject) -> str:
    level, muted = body.get("unpushLevel"), body.get("isMuted")
    if isinstance(level, int):
        return f"level {level_words(level)}"
    return f"isMuted {muted}" if muted is not None else "no level"


def _conversation(body: JsonObject) -> str:
    number = body.get("conversationType")
    kind = _KINDS.get(number) if isinstance(number, int) else None
    name = kind.value if kind is not None else f"type {number}"
    target, channel = body.get("targetId"), body.get("busChannel")
    where = "/".join(str(part) for part in (name, target, channel) if part)
    return where if target else f"all conversations of the kind {where}"


def _window(start: str, minutes: int) -> str:
    try:
        return window_words(start, minutes)
    except ValueError:
        return f"{start} for {minutes} minutes"


def _label(choices: Iterable[Choice], value: JsonValue) -> str:
    return next((choice.label for choice in choices if choice.value == value), str(value))
