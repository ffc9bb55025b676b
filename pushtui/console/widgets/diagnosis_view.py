"""Why a push shows or not: verdict, the hours that follow, and the checks in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from pushtui.console.widgets.handset_card import wrapped
from pushtui.console.widgets.literal import joined, lines, literal_line
from pushtui.domain.diagnosis import Mark
from pushtui.services.question_words import mark_of, moment_words, question_words

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.diagnosis import Check, Span
    from pushtui.services.explaining import Explanation, Question

STYLES = {
    Mark.PASS: "$state-accepted",
    Mark.FAIL: "bold $finding-error",
    Mark.UNKNOWN: "bold $state-unknown",
    Mark.NOT_APPLICABLE: "$quiet",
}
LABEL = 26
"""Columns of a check's title, where there is room for two columns."""
TWO_COLUMNS = 70
HOURS = 24
MOST_PER_HOUR = 3
SHOWN_SPANS = 6
_SHAPES = {True: "█", False: "·", None: "▒"}
_SPAN_STYLES = {True: "$state-accepted", False: "$finding-error", None: "$state-unknown"}
_WORDS = {True: "shows", False: "silent", None: "not known"}


def diagnosis_content(account: Account, explanation: Explanation, question: Question, width: int) -> Content:
    """Write an explanation for a width: the verdict first."""
    diagnosis = explanation.diagnosis
    mark = mark_of(diagnosis)
    first, *more = wrapped(explanation.verdict, width - 2, "bold")
    asked = f"{account.name}, for {question_words(question)}, at {moment_words(diagnosis)}"
    return lines(
        joined(literal_line(f"{mark.shape} ", STYLES[mark]), first),
        *(joined(Content("  "), line) for line in more),
        *wrapped(asked, width, "$quiet"),
        *(line for note in explanation.notes for line in wrapped(f"▲ {note}", width, "$finding-warning")),
        Content(""),
        *timeline_lines(explanation.timeline, diagnosis.zone, width),
        Content(""),
        *(line for check in diagnosis.checks for line in _check(check, width)),
    )


def timeline_lines(spans: Sequence[Span], zone: str, width: int) -> Iterator[Content]:
    """Yield the hours that follow as one line of cells, the clock below it, and the spans in words."""
    if not spans:
        return
    per_hour = max(1, min(MOST_PER_HOUR, width // HOURS))
    begins = spans[0].starts
    step = timedelta(hours=1) / per_hour
    states = [_at(spans, begins + step * (number + 0.5)) for number in range(HOURS * per_hour)]
    yield joined(*(literal_line(_SHAPES[state], _SPAN_STYLES[state]) for state in states))
    yield literal_line(_scale(begins, zone, per_hour), "$quiet")
    if len(spans) == 1:
        yield from _spelled(spans[0], f"{_WORDS[spans[0].shows]} for the next {HOURS} hours", width)
        return
    for span in spans[:SHOWN_SPANS]:
        yield from _span(span, zone, width)
    if len(spans) > SHOWN_SPANS:
        yield literal_line(f"  and {len(spans) - SHOWN_SPANS} more", "$quiet")


def _at(spans: Sequence[Span], moment: datetime) -> bool | None:
    return next((span.shows for span in spans if span.starts <= moment < span.ends), spans[-1].shows)


def _scale(begins: datetime, zone: str, per_hour: int) -> str:
    """Write every sixth hour of a zone's clock below its cell."""
    wall = begins.astimezone(ZoneInfo(zone))
    row = [" "] * (HOURS * per_hour)
    for number in range(HOURS):
        hour = (wall.hour + number + 1) % HOURS
        place = round((number + 1 - wall.minute / 60) * per_hour)
        if hour % 6 == 0 and place + 2 <= len(row):
            row[place : place + 2] = f"{hour:02}"
    row[0:3] = "now" if row[0:3] == [" "] * 3 else row[0:3]
    return "".join(row).rstrip()


def _span(span: Span, zone: str, width: int) -> Iterator[Content]:
    clock = ZoneInfo(zone)
    starts, ends = span.starts.astimezone(clock), span.ends.astimezone(clock)
    yield from _spelled(span, f"{starts:%H:%M} to {ends:%H:%M}  {_WORDS[span.shows]}", width)


def _spelled(span: Span, words: str, width: int) -> Iterator[Content]:
    because = f": {span.check.title}" if span.check is not None else ""
    first, *more = wrapped(f"{words}{because}", width - 2)
    yield joined(literal_line(f"{_SHAPES[span.shows]} ", _SPAN_STYLES[span.shows]), first)
    yield from (joined(Content("  "), line) for line in more)


def _check(check: Check, width: int) -> Iterator[Content]:
    """Write a check; what passes or does not apply is calm and has no next step."""
    style, calm = STYLES[check.mark], check.mark in (Mark.PASS, Mark.NOT_APPLICABLE)
    columns = LABEL if width >= TWO_COLUMNS else 2
    title = literal_line(f"{check.mark.shape} {check.title}", style)
    evidence = wrapped(check.evidence, width - columns, "$quiet" if calm else "")
    if columns > 2 and evidence:
        yield joined(title, literal_line(" " * max(1, columns - title.cell_length)), evidence.pop(0))
    else:
        yield title
    margin = literal_line(" " * columns)
    if check.mark is Mark.NOT_APPLICABLE and columns == 2:
        return
    yield from (joined(margin, line) for line in evidence)
    if not calm and check.next_step:
        yield from (joined(margin, line) for line in wrapped(f"→ {check.next_step}", width - columns, "italic"))
