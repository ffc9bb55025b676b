"""What is wrong with one recipient of a message: its id, and the values that fill its template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pushtui.domain.finding import PUSHTUI, Severity
from pushtui.domain.json_body import JsonObject
from pushtui.domain.recipient import USER, Recipient, RowFinding, value_path
from pushtui.domain.safe_text import is_blank
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.message_fields import CONTENT_BYTES
from pushtui.providers.rongcloud.rule_words import is_json, strings
from pushtui.providers.rongcloud.templates import braced, fill, placeholders
from pushtui.providers.rongcloud.user_model import USER_ID_BYTES

RowCheck = Callable[[Recipient], Iterable[RowFinding]]

LONGEST_CHARACTER = 4
"""UTF-8 bytes; a text with so many times fewer characters than a limit has bytes is within it."""

SURELY_SHORT = USER_ID_BYTES // LONGEST_CHARACTER

BREAKS_JSON = (
    "the value would break the JSON of the content, because RongCloud puts it there as it is; allowed: text without "
    '", \\ and line breaks, or with them escaped as in JSON (\\", \\\\, \\n)'
)
TOO_LONG = f"the content is longer than {CONTENT_BYTES:,} UTF-8 bytes with the values filled in"
ID_TOO_LONG = f"the user id is longer than {USER_ID_BYTES} UTF-8 bytes"
EMPTY = "the value is empty: nothing stands in place of the placeholder"
BLANK = "the value is blank: nobody sees anything in place of the placeholder"
SHOWN_ESCAPED = "escapes are undone in the message, but the notification shows them as they stand"
HOLDS_PLACEHOLDER = "the value itself holds a placeholder; whether RongCloud fills that too is not documented"


def id_check(_body: JsonObject) -> RowCheck:
    """Return the check for kinds whose recipients are ids only."""
    return _check_id


def _check_id(recipient: Recipient) -> Iterable[RowFinding]:
    user = recipient.user
    if len(user) > SURELY_SHORT and len(user.encode("utf-8", "surrogatepass")) > USER_ID_BYTES:
        return (RowFinding(Severity.ERROR, USER, ID_TOO_LONG, sources.USERS, user),)
    return ()


class TemplateCheck:
    """Checks what the values of a recipient make of a template.

    Most rows hold nothing that could matter, which a few tests over all values together show at once.
    """

    def __init__(self, body: JsonObject) -> None:
        content = body.get("content")
        self._content = content if isinstance(content, str) else ""
        self._in_content = frozenset(placeholders(self._content))
        personal = [*strings(body.get("pushContent")), *strings(body.get("pushData"))]
        self._in_notification = frozenset(name for text in personal for name in placeholders(text))
        self._json = is_json(self._content)
        self._json_once_filled = not self._json and is_json(fill(self._content, _zeros(self._in_content)))
        self._room = CONTENT_BYTES - len(self._content.encode("utf-8", "surrogatepass"))
        uses = max((self._content.count(braced(name)) for name in self._in_content), default=0)
        self._surely_fits = self._room // (LONGEST_CHARACTER * uses) if uses else CONTENT_BYTES

    def __call__(self, recipient: Recipient) -> Iterable[RowFinding]:
        values = [value for _, value in recipient.values]
        text = "".join(values)
        if (
            not all(map(str.strip, values))
            or '"' in text
            or "\\" in text
            or "{" in text
            or self._json_once_filled
            or len(text) > self._surely_fits
            or not text.isprintable()
        ):
            return [*_check_id(recipient), *self._closely(recipient)]
        return _check_id(recipient) if len(recipient.user) > SURELY_SHORT else ()

    def _closely(self, recipient: Recipient) -> Iterator[RowFinding]:
        for name, value in recipient.values:
            yield from self._value(name, value)
        yield from self._whole(recipient)

    def _value(self, name: str, value: str) -> Iterator[RowFinding]:
        path = value_path(name)
        if is_blank(value):
            yield RowFinding(Severity.WARNING, path, BLANK if value else EMPTY, PUSHTUI)
        if any(inner in self._in_content | self._in_notification for inner in placeholders(value)):
            yield RowFinding(Severity.WARNING, path, HOLDS_PLACEHOLDER, PUSHTUI, value)
        if not self._json or name not in self._in_content or _plain_in_json(value):
            return
        if not is_json(f'"{value}"'):
            yield RowFinding(Severity.ERROR, path, BREAKS_JSON, sources.SYSTEM_TEMPLATE, value)
        elif name in self._in_notification:
            yield RowFinding(Severity.WARNING, path, SHOWN_ESCAPED, PUSHTUI, value)

    def _whole(self, recipient: Recipient) -> Iterator[RowFinding]:
        values = {braced(name): value for name, value in recipient.values}
        content = fill(self._content, values)
        if len(content.encode("utf-8", "surrogatepass")) > CONTENT_BYTES:
            yield RowFinding(Severity.ERROR, (), TOO_LONG, sources.SYSTEM_TEMPLATE)
        if self._json_once_filled and not is_json(content):
            yield RowFinding(Severity.ERROR, (), BREAKS_JSON, sources.SYSTEM_TEMPLATE, content)


def _plain_in_json(value: str) -> bool:
    """Tell whether a value says the same inside a JSON string as outside."""
    return '"' not in value and "\\" not in value and (value.isprintable() or min(value) >= " ")


def _zeros(names: Iterable[str]) -> dict[str, str]:
    return {braced(name): "0" for name in names}
