"""What a person reads of a message, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pushtui.cli.text import Line, Span, Style, entry, heading
from pushtui.domain.reading import BROKEN, IN_A_VALUE

if TYPE_CHECKING:
    from pushtui.domain.handset import Delivery
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.recipients.preview import Person

MOST_TEXT = 1000
"""Characters of one text that are shown."""


def person_lines(person: Person, why: str = "") -> Iterator[Line]:
    """Yield what one person reads, online and offline; `why` says what makes them worth a look."""
    line, reading = person.recipient.line, person.reading
    notes = [note for note in (f"line {line}" if line else "", why) if note]
    yield heading(f"Recipient {person.number}: {reading.user}" + (f" ({', '.join(notes)})" if notes else ""))
    if reading.in_app:
        yield entry("in the app", _cut(reading.in_app))
    for delivery in reading.offline:
        yield entry(delivery.handset.model, *_shown(delivery))
    if reading.data:
        yield entry("app data", _cut(reading.data))
    for name in reading.leaks:
        yield entry("leaks", Span(f"{name} is read as it is written", Style.BAD))
    for name in reading.brought:
        yield entry("leaks", Span(f"{name} {IN_A_VALUE}", Style.BAD))
    if reading.is_broken:
        yield entry("broken", Span(BROKEN, Style.BAD))


def person_document(person: Person, why: str = "") -> JsonObject:
    """Return what one person reads; `why` says what makes them worth a look."""
    reading = person.reading
    values: JsonObject = dict(person.recipient.values)
    return {
        "number": person.number,
        "line": person.recipient.line,
        "user": reading.user,
        "worst": why or None,
        "values": values,
        "in_app": reading.in_app,
        "data": reading.data,
        "leaks": list(reading.leaks),
        "placeholders_in_values": list(reading.brought),
        "broken_json": reading.is_broken,
        "offline": [_delivery(delivery) for delivery in reading.offline],
    }


def _shown(delivery: Delivery) -> tuple[str | Span, ...]:
    shown = delivery.notification
    return (Span(delivery.reason, Style.QUIET),) if shown is None else (_cut(f"{shown.title}: {shown.text}"),)


def _cut(text: str) -> str:
    """Keep a terminal from being flooded; `--json` has all of it."""
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}… ({len(text):,} characters)"


def _delivery(delivery: Delivery) -> JsonObject:
    shown = delivery.notification
    return {
        "handset": delivery.handset.model,
        "title": shown.title if shown else None,
        "text": shown.text if shown else None,
        "reason": delivery.reason,
    }
