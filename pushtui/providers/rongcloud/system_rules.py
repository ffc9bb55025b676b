"""What no single field of a system message shows: findings over several fields, and reach."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pushtui.domain.finding import PUSHTUI, Finding, Source
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, compact
from pushtui.domain.reach import Extent, Reach
from pushtui.domain.recipient import Recipient
from pushtui.domain.row_tally import Tally
from pushtui.providers.rongcloud import message_rules, sources
from pushtui.providers.rongcloud.push_ext_model import PushExt
from pushtui.providers.rongcloud.recipient_rows import RowCheck
from pushtui.providers.rongcloud.rule_words import (
    Rule,
    advice,
    entries,
    error,
    name_is_clean,
    strings,
    texts_are_visible,
    warning,
)
from pushtui.providers.wire import findings_of

CONTENT: JsonPath = ("content",)
VENDORS_TOLD = 5
FILES = (".csv", ".tsv", ".txt", ".jsonl", ".xlsx")
FIRST_NAMED = 3
"""User ids that a reach names."""


def recipients_are_clean(field: str) -> Rule:
    """Make the rule that user ids are real ones, each given once."""

    def rule(body: JsonObject) -> Iterator[Finding]:
        users = entries(body.get(field))
        for index, user in enumerate(users):
            yield from name_is_clean((field, index), user)
            if isinstance(user, str) and user.lower().endswith(FILES):
                said = f"{compact(user)} looks like a file, but is taken for a user id; to read it, choose “a file”"
                yield advice((field, index), said, PUSHTUI)
        twice = [user for user, count in Counter(strings(users)).items() if count > 1]
        if twice:
            shown = ", ".join(map(compact, twice[:3])) + (f" and {len(twice) - 3} more" if len(twice) > 3 else "")
            yield error((field,), f"given more than once, so sent more than once: {shown}", PUSHTUI)

    return rule


def rows_are_fit(
    inline: Callable[[JsonObject], Iterator[Recipient]],
    check: Callable[[JsonObject], RowCheck],
    whole: Callable[[JsonPath], JsonPath],
) -> Rule:
    """Make the rule that what is said of recipients in a file holds for those in the body too."""

    def rule(body: JsonObject) -> Iterator[Finding]:
        tally, check_row = Tally(), check(body)
        for number, recipient in enumerate(inline(body), 1):
            for found in check_row(recipient):
                tally.add(f"recipient {number}", found)
        yield from tally.findings(whole)

    return rule


def message_rule(check: Callable[[JsonObject, JsonPath, Source], Iterator[Finding]], source: Source) -> Rule:
    """Make a rule about the message, which is the body itself here."""
    return lambda body: check(body, (), source)


def somebody_is_notified(body: JsonObject) -> Iterator[Finding]:
    """Types without a text of their own notify nobody unless pushContent is given."""
    name = body.get("objectName")
    if not isinstance(name, str) or not name or body.get("disablePush") is True:
        return
    given = body.get("pushContent")
    if any(isinstance(value, dict) and value.get("templateId") for _, value in _extensions(body)):
        return
    if given in (None, "") and not message_rules.notifies_by_itself(name):
        said = f"{name} has no notification text of its own: without this, nobody who is offline is notified"
        yield warning(("pushContent",), said, sources.MESSAGE_TYPES)
    for index, text in enumerate(entries(given)):
        if text == "" and not message_rules.notifies_by_itself(name):
            yield warning(("pushContent", index), f"empty, and {name} has no text of its own: no notification", PUSHTUI)


def silence_is_meant(body: JsonObject) -> Iterator[Finding]:
    """Without notification, or with a silent one, texts for it are lost."""
    if body.get("disablePush") is True:
        for name in ("pushContent", "pushData", "pushExt"):
            if body.get(name):
                yield warning((name,), "has no effect, because disablePush is true", sources.SYSTEM_MESSAGE)
    elif body.get("contentAvailable") == 1 and body.get("contentAvailable") is not True:
        yield warning(("contentAvailable",), "silent: iPhones and iPads show nothing", sources.SYSTEM_MESSAGE)


def extension_is_readable(body: JsonObject) -> Iterator[Finding]:
    """`pushExt` is JSON text, of which RongCloud's SDKs know the fields."""
    for path, value in _extensions(body):
        if not isinstance(value, dict):
            said = 'pushExt is JSON text, such as {"title":"News"}; this is not a JSON object'
            yield error(path, said, sources.SDK_CHECKS)
            continue
        for found in findings_of(PushExt, value)[:VENDORS_TOLD]:
            yield Finding(found.severity, path, f"{found.field}: {found.message}", found.source)


def templates_have_room(body: JsonObject) -> Iterator[Finding]:
    """A template of the console gives way to any text or title."""
    texts = body.get("pushContent")
    for path, value in _extensions(body):
        if isinstance(value, dict) and value.get("templateId") and (value.get("title") or _has_text(texts)):
            said = "templateId works only where push content and title are empty, so it has no effect"
            yield warning(path, said, sources.SDK_CHECKS)


def text_is_visible(body: JsonObject) -> Iterator[Finding]:
    """Nothing that people read holds what they cannot see."""
    return texts_are_visible({key: value for key, value in body.items() if key != "values"}, frozenset({CONTENT}))


def reach(field: str) -> Callable[[JsonObject], Reach]:
    """Make the reach of a body that names its recipients."""

    def found(body: JsonObject) -> Reach:
        users = tuple(dict.fromkeys(strings(body.get(field))))
        if not users:
            return Reach(Extent.UNKNOWN, reason="nobody is named")
        return Reach(Extent.EXACTLY, len(users), f"the user ids given: {_first(users)}")

    return found


def _first(users: Sequence[str]) -> str:
    """Name the first few of some users, and how many more there are."""
    more = f" and {len(users) - FIRST_NAMED:,} more" if len(users) > FIRST_NAMED else ""
    return ", ".join(users[:FIRST_NAMED]) + more


def _extensions(body: JsonObject) -> list[tuple[JsonPath, JsonValue]]:
    """Return what each pushExt of a body holds, equal ones once; None for what is no JSON."""
    given = body.get("pushExt")
    texts: list[tuple[JsonPath, JsonValue]] = (
        [(("pushExt",), given)]
        if isinstance(given, str)
        else [(("pushExt", index), text) for index, text in enumerate(entries(given))]
    )
    first = {text: path for path, text in reversed(texts) if isinstance(text, str) and text}
    return [(path, _parsed(text)) for text, path in reversed(first.items())]


def _parsed(text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _has_text(value: JsonValue) -> bool:
    return any(strings(value)) if isinstance(value, list) else bool(value)
