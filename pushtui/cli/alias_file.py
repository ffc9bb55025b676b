"""Names for senders, read from a file: `SENDER=NAME` one a line, or RongCloud's own JSON list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.cli.standard_input import STANDARD_INPUT, read_standard_input
from pushtui.domain.errors import UsageError
from pushtui.providers.change_values import mapping
from pushtui.services.strict_json import shown

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.providers.changes import SettingChange

EXAMPLE = '[{"id":"user11","remark":"remark1"}]'


def aliases_from(file: str, setting: SettingChange) -> JsonObject:
    """Return names by sender; UsageError names the file, and the item that is wrong."""
    try:
        text = read_standard_input() if file == STANDARD_INPUT else Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"--file: {file} is not UTF-8 text.") from None
    except OSError as error:
        raise UsageError(f"--file: {file} cannot be read: {error.strerror}.") from None
    return _from_json(text, file) if text.lstrip().startswith(("[", "{")) else mapping(setting.typed(text))


def _from_json(text: str, file: str) -> JsonObject:
    try:
        items = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, file))
    except json.JSONDecodeError as error:
        raise UsageError(f"--file: {file}, line {error.lineno}: {error.msg}; {_needed()}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"--file: {file} cannot be read as JSON; {_needed()}") from None
    if not isinstance(items, list):
        raise UsageError(f"--file: {file} is {shown(items)}; {_needed()}")
    found: JsonObject = {}
    for number, item in enumerate(items, 1):
        place = f"--file: {file}, item {number}"
        sender, name = (_text(item, key, place) for key in ("id", "remark"))
        if sender in found:
            raise UsageError(f"{place}: “{sender}” is given twice; which one is meant?")
        found[sender] = name
    return found


def _once(pairs: list[tuple[str, JsonValue]], file: str) -> Mapping[str, JsonValue]:
    """Refuse a key that stands twice in an object, of which JSON would keep the last."""
    found: dict[str, JsonValue] = {}
    for key, value in pairs:
        if key in found:
            raise UsageError(f"--file: {file}: “{key}” stands twice in one item; which one is meant?")
        found[key] = value
    return found


def _text(item: JsonValue, key: str, place: str) -> str:
    """Return a text that is not empty; anything else might become somebody's name."""
    if not isinstance(item, dict):
        raise UsageError(f"{place} is {shown(item)}; {_needed()}")
    if key not in item:
        raise UsageError(f"{place}: “{key}” is missing; {_needed()}")
    value = item[key]
    if not isinstance(value, str):
        raise UsageError(f"{place}: “{key}” is {shown(value)}; it must be text.")
    if not value.strip():
        raise UsageError(f"{place}: “{key}” is empty. To take a name away: pushtui users aliases remove")
    return value


def _needed() -> str:
    return f"a list such as {EXAMPLE} is needed."
