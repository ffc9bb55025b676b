"""What no single field of a template shows: lengths, placeholders and their values."""

from __future__ import annotations

from collections.abc import Iterator

from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, compact
from pushtui.providers.rongcloud import message_rules, sources
from pushtui.providers.rongcloud.rule_words import advice, entries, error, is_json, strings, warning
from pushtui.providers.rongcloud.templates import FILLED, PERSONAL, braced, fill, is_name, placeholders, unbraced

VALUES: JsonPath = ("values",)


def one_of_each_per_recipient(body: JsonObject) -> Iterator[Finding]:
    """The lists run in step: the first entry of each belongs to the first recipient."""
    count = len(entries(body.get("toUserId")))
    for name in ("values", *PERSONAL):
        given = body.get(name)
        if count and isinstance(given, list) and len(given) != count:
            entry = "entry is" if len(given) == 1 else "entries are"
            said = f"{len(given)} {entry} given for {count} recipients; exactly one for each is needed"
            yield error((name,), said, sources.SYSTEM_TEMPLATE)


def keys_have_braces(body: JsonObject) -> Iterator[Finding]:
    """A key without braces stands for nothing."""
    bare = {key for given in _values(body) for key in given if unbraced(key) == key}
    if bare:
        first = min(bare)
        said = f"names keep their braces here: {compact(braced(first))}, not {compact(first)}"
        yield error(VALUES, said, sources.SYSTEM_TEMPLATE)


def every_placeholder_has_a_value(body: JsonObject) -> Iterator[Finding]:
    """A placeholder without a value reaches people as it is written."""
    values = _values(body)
    for path, name, readers in _uses(body, len(values)):
        without = [index for index in readers if braced(name) not in values[index]]
        if not without:
            continue
        who = "" if len(without) == len(values) else f" for {len(without)} of {len(values)} recipients"
        said = f"{braced(name)} has no value{who}: {'they' if who else 'everybody'} would read it as it is written"
        severity = Severity.ERROR if is_name(name) else Severity.WARNING
        yield Finding(severity, path, said, sources.SYSTEM_TEMPLATE)


def every_value_is_used(body: JsonObject) -> Iterator[Finding]:
    """A value for which there is no placeholder is sent for nothing, and hints at a misspelt one."""
    text = "\n".join(text for name in FILLED for text in _texts(body.get(name)))
    keys = dict.fromkeys(key for given in _values(body) for key in given if unbraced(key) != key)
    for key in keys:
        if key not in text:
            yield advice(VALUES, f"{key} stands in no template, so its values are not used", PUSHTUI)


def content_fits_its_type(body: JsonObject) -> Iterator[Finding]:
    """A template is JSON as it stands, or once its placeholders are filled."""
    content = body.get("content")
    if isinstance(content, str) and not is_json(content):
        filled = fill(content, {braced(name): "0" for name in placeholders(content)})
        if filled != content and is_json(filled):
            said = "placeholders outside quotation marks: every value must be JSON by itself, such as a number"
            yield warning(("content",), said, PUSHTUI)
            body = {**body, "content": filled}
    yield from message_rules.content_fits_its_type(body, (), sources.SYSTEM_TEMPLATE)


def _uses(body: JsonObject, count: int) -> Iterator[tuple[JsonPath, str, range | list[int]]]:
    """Yield where each placeholder stands, and the recipients that read it there."""
    content = body.get("content")
    for name in placeholders(content) if isinstance(content, str) else ():
        yield ("content",), name, range(count)
    for field in ("pushContent", "pushData"):
        readers: dict[str, list[int]] = {}
        for index, text in enumerate(strings(body.get(field))[:count]):
            for name in placeholders(text):
                readers.setdefault(name, []).append(index)
        for name, indexes in readers.items():
            yield (field,), name, indexes


def _values(body: JsonObject) -> list[JsonObject]:
    return [item if isinstance(item, dict) else {} for item in entries(body.get("values"))]


def _texts(value: JsonValue) -> list[str]:
    return [value] if isinstance(value, str) else strings(value)
