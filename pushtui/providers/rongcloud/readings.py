"""What a recipient of a body reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pushtui.domain.handset import Delivery, Handset
from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.domain.reading import Reading
from pushtui.providers.rongcloud.rendering import NothingShown, render
from pushtui.providers.rongcloud.rule_words import is_json, strings
from pushtui.providers.rongcloud.system_rendering import message_as_push, user_push_as_push, words_in_app
from pushtui.providers.rongcloud.templates import FILLED, braced, fill, is_name, personal, placeholders

APP = "your app"
"""Stands for the app's name, which a notification without title or sender shows."""


def template_reading(body: JsonObject, index: int, handsets: Sequence[Handset]) -> Reading:
    """Read a template as one of its recipients does."""
    values = get(body, ("values", index))
    given = values if isinstance(values, dict) else {}
    texts = [text for name in FILLED for text in _own(body.get(name), index)]
    names = dict.fromkeys(name for text in texts for name in placeholders(text) if is_name(name))
    leaks = tuple(braced(name) for name in names if braced(name) not in given)
    mine = personal(body, index)
    found = _message(mine, _at(body, "toUserId", index), handsets)
    return replace(found, leaks=leaks, brought=_brought(given, names), is_broken=_is_broken(body, mine))


def message_reading(body: JsonObject, index: int, handsets: Sequence[Handset]) -> Reading:
    """Read a message that is the same for all."""
    return _message(body, _at(body, "toUserId", index), handsets)


def user_push_reading(body: JsonObject, index: int, handsets: Sequence[Handset]) -> Reading:
    """Read a notification that comes without a message."""
    user = _at(body, "userIds", index)
    return Reading(user, "", _offline(user, user_push_as_push(body), handsets, APP, ""))


def _message(message: JsonObject, user: str, handsets: Sequence[Handset]) -> Reading:
    words = words_in_app(str(message.get("objectName") or ""), str(message.get("content") or ""))
    sender, data = str(message.get("fromUserId") or "") or APP, message.get("pushData")
    offline = _offline(user, message_as_push(message), handsets, sender, words)
    return Reading(user, words, offline, data if isinstance(data, str) else "")


def _brought(values: JsonObject, names: Iterable[str]) -> tuple[str, ...]:
    """Return the placeholders that the values of those that are filled hold themselves."""
    filled = [values.get(braced(name)) for name in names]
    inner = [name for value in filled if isinstance(value, str) for name in placeholders(value) if is_name(name)]
    return tuple(braced(name) for name in dict.fromkeys(inner))


def _is_broken(body: JsonObject, filled: JsonObject) -> bool:
    """Tell whether content that is JSON before or after harmless values are put in is none with these."""
    before, after = str(body.get("content") or ""), str(filled.get("content") or "")
    harmless = fill(before, {braced(name): "0" for name in placeholders(before)})
    return not is_json(after) and (is_json(before) or is_json(harmless))


def _offline(
    user: str, push: JsonObject | NothingShown, handsets: Sequence[Handset], title: str, words: str
) -> tuple[Delivery, ...]:
    shown = [(one, push if isinstance(push, NothingShown) else render(push, one, title)) for one in handsets]
    return tuple(
        Delivery("", user, handset, None, made.reason, words)
        if isinstance(made, NothingShown)
        else Delivery("", user, handset, made, "", words)
        for handset, made in shown
    )


def _at(body: JsonObject, field: str, index: int) -> str:
    user = get(body, (field, index))
    return user if isinstance(user, str) else ""


def _own(value: JsonValue, index: int) -> list[str]:
    """Return a text that is for all, or the one of a list that is for the recipient."""
    return [value] if isinstance(value, str) else strings(value)[index : index + 1]
