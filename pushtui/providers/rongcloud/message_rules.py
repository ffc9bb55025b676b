"""Findings about a message, wherever it stands: its type, its content, whether it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pushtui.domain.finding import PUSHTUI, Finding, Source
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, compact, get, has
from pushtui.domain.nearest import nearest
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.message_types import BUILT_IN, COMMON_KEYS
from pushtui.providers.rongcloud.rule_words import advice, error, warning


def object_name_is_known(body: JsonObject, base: JsonPath, source: Source) -> Iterator[Finding]:
    """Only RongCloud's own types may start with RC:, and some are for its SDKs only."""
    path = (*base, "objectName")
    name = get(body, path)
    if not isinstance(name, str) or not name:
        return
    if name in BUILT_IN:
        if BUILT_IN[name].signal:
            yield warning(path, f"{name} is a signal among RongCloud's SDKs, not a message", sources.MESSAGE_TYPES)
        return
    if name.upper().startswith("RC:"):
        meant = nearest(name, list(BUILT_IN))
        hint = f"; did you mean “{meant}”?" if meant else ""
        said = f"“{name}” is not one of RongCloud's types, and your own must not start with “RC:”{hint}"
        yield error(path, said, source)
    else:
        yield advice(path, "your own type: every app that gets it must have registered it in the SDK", source)


def content_fits_its_type(body: JsonObject, base: JsonPath, source: Source) -> Iterator[Finding]:
    """Content of a built-in type is a JSON object with the keys of that type."""
    path = (*base, "content")
    kind = BUILT_IN.get(str(get(body, (*base, "objectName"))))
    content = get(body, path)
    if kind is None or not isinstance(content, str) or not content:
        return
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError) as failure:
        said = f"{kind.name} wants JSON such as {_example(kind.main_key)}; this is not JSON{_where(failure)}"
        yield error(path, said, source)
        return
    if isinstance(parsed, str):
        yield error(path, "the content is encoded twice: it is JSON text inside JSON text", source)
    elif not isinstance(parsed, dict):
        yield error(path, f"{kind.name} wants a JSON object such as {_example(kind.main_key)}", source)
    else:
        yield from _content_keys(path, kind.name, parsed)


def storing_matters(body: JsonObject, base: JsonPath, source: Source) -> Iterator[Finding]:
    """disableUpdateLastMsg concerns stored types only."""
    kind = BUILT_IN.get(str(get(body, (*base, "objectName"))))
    path = (*base, "disableUpdateLastMsg")
    if kind is not None and not kind.stored and has(body, path):
        yield warning(path, f"{kind.name} is not stored, so this has no effect", source)


def notifies_by_itself(object_name: JsonValue) -> bool:
    """Tell whether RongCloud has a notification text of its own for a type."""
    kind = BUILT_IN.get(object_name) if isinstance(object_name, str) else None
    return kind is not None and kind.pushes


def _content_keys(path: JsonPath, name: str, content: JsonObject) -> Iterator[Finding]:
    kind = BUILT_IN[name]
    if content.get(kind.main_key) == "":
        yield warning(path, f"“{kind.main_key}” is empty: the message would say nothing", PUSHTUI)
    if kind.main_key and kind.main_key not in content:
        yield warning(path, f"{name} usually has “{kind.main_key}”; it is missing", sources.MESSAGE_TYPES)
    known = [*kind.keys, *COMMON_KEYS]
    for key in content:
        if kind.keys and key not in known:
            meant = nearest(key, known)
            hint = f"; did you mean “{meant}”?" if meant else ""
            yield warning(path, f"“{key}” is not a key of {name}{hint}", sources.MESSAGE_TYPES)


def _where(failure: Exception) -> str:
    if isinstance(failure, json.JSONDecodeError):
        return f" (line {failure.lineno}, column {failure.colno}: {failure.msg})"
    return ""


def _example(key: str) -> str:
    return compact({key or "key": "…"})
