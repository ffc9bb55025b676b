"""Diagnoses as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from pushtui.cli.columns import padded
from pushtui.cli.documents import account_document
from pushtui.cli.text import Line, Span, Style, environment_words, heading, table
from pushtui.domain.diagnosis import Mark
from pushtui.domain.wall_clock import server_time
from pushtui.services.time_words import long_time

if TYPE_CHECKING:
    from pushtui.domain.diagnosis import Check, Diagnosis
    from pushtui.domain.diagnosis import Span as TimeSpan
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.explaining import Answer, Explanation

TITLE = 26
"""Columns of a check's title."""
WORDS = 66
"""Columns of what was seen."""
VERDICT = 94

_STYLES = {
    Mark.PASS: Style.GOOD,
    Mark.FAIL: Style.BAD,
    Mark.UNKNOWN: Style.DOUBTFUL,
    Mark.NOT_APPLICABLE: Style.QUIET,
}
_MARGIN = " " * (TITLE + 4)


def answer_lines(answer: Answer, user: str, *, timeline: bool) -> Iterator[Line]:
    """Yield the verdict of an account and every check it rests on, or why it could not be asked."""
    account, explanation = answer.account, answer.explanation
    place = f"  {account.name}  {account.provider} {account.app_id}"
    yield (Span(f"{user}  ", Style.STRONG), environment_words(account.environment), place)
    if explanation is None:
        yield ("  ", Span(f"{Mark.FAIL.shape} ", Style.BAD), answer.problem)
        return
    diagnosis = explanation.diagnosis
    yield ("  ", Span(f"at {_time(diagnosis)}", Style.QUIET))
    mark = _verdict_mark(diagnosis)
    for index, line in enumerate(wrap(explanation.verdict, VERDICT)):
        yield ("  ", Span(mark.shape if not index else " ", _STYLES[mark]), " ", Span(line, Style.STRONG))
    for check in diagnosis.checks:
        yield from _check(check)
    for note in explanation.notes:
        yield from (("  ", Span(line, Style.DOUBTFUL)) for line in wrap(note, VERDICT))
    if timeline:
        yield from _timeline(explanation)


def _verdict_mark(diagnosis: Diagnosis) -> Mark:
    return {True: Mark.PASS, False: Mark.FAIL, None: Mark.UNKNOWN}[diagnosis.shows]


def _check(check: Check) -> Iterator[Line]:
    style = _STYLES[check.mark]
    words = wrap(check.evidence, WORDS) or [""]
    quiet = check.mark is Mark.NOT_APPLICABLE
    for index, line in enumerate(words):
        label = (Span(f"  {check.mark.shape} ", style), Span(padded(check.title, TITLE), Style.QUIET))
        yield (*(label if not index else (_MARGIN,)), Span(line, Style.QUIET) if quiet else line)
    if check.mark in (Mark.FAIL, Mark.UNKNOWN) and check.next_step:
        for index, line in enumerate(wrap(check.next_step, WORDS - 2)):
            yield (_MARGIN, Span(f"{'→' if not index else ' '} {line}", Style.NOTED))


def _timeline(explanation: Explanation) -> Iterator[Line]:
    """Yield the hours that follow by the provider's clock."""
    diagnosis = explanation.diagnosis
    yield heading("  The next 24 hours, as for somebody who is offline")
    rows = [_span_row(diagnosis, span) for span in explanation.timeline]
    yield from (("  ", *(line if isinstance(line, tuple) else (line,))) for line in table(rows))


def _span_row(diagnosis: Diagnosis, span: TimeSpan) -> tuple[str | Span, ...]:
    mark = Mark.FAIL if span.check is not None else Mark.PASS if span.shows else Mark.UNKNOWN
    title = span.check.title if span.check is not None else "a push shows" if span.shows else "nothing known holds it"
    length = long_time((span.ends - span.starts).total_seconds())
    until = server_time(span.ends, diagnosis.zone, assumed=diagnosis.zone_assumed)
    return (Span(mark.shape, _STYLES[mark]), title, f"until {until}", Span(length, Style.QUIET))


def _time(diagnosis: Diagnosis) -> str:
    return server_time(diagnosis.moment, diagnosis.zone, assumed=diagnosis.zone_assumed)


def answer_document(answer: Answer) -> JsonObject:
    """Return what one account answers."""
    document: JsonObject = {"account": account_document(answer.account), "problem": answer.problem}
    explanation = answer.explanation
    if explanation is None:
        return {**document, "verdict": None, "shows": None, "checks": [], "timeline": [], "notes": []}
    return {
        **document,
        "verdict": explanation.verdict,
        **diagnosis_document(explanation.diagnosis),
        "timeline": [_span_document(span) for span in explanation.timeline],
        "notes": list(explanation.notes),
    }


def diagnosis_document(diagnosis: Diagnosis) -> JsonObject:
    """Return a diagnosis, and the one of the moment when its first failing check ends."""
    failing, then = diagnosis.first_failing, diagnosis.then
    return {
        "moment": diagnosis.moment.isoformat(),
        "zone": diagnosis.zone,
        "zone_assumed": diagnosis.zone_assumed,
        "shows": diagnosis.shows,
        "first_failing": failing.name if failing is not None else None,
        "until": failing.until.isoformat() if failing is not None and failing.until is not None else None,
        "checks": [_check_document(check) for check in diagnosis.checks],
        "then": diagnosis_document(then) if then is not None else None,
    }


def _check_document(check: Check) -> JsonObject:
    return {
        "name": check.name,
        "title": check.title,
        "mark": check.mark.value,
        "evidence": check.evidence,
        "next_step": check.next_step,
        "until": check.until.isoformat() if check.until is not None else None,
        "source": check.source,
        "decides": check.decides,
        "assumes": check.assumes,
    }


def _span_document(span: TimeSpan) -> JsonObject:
    return {
        "starts": span.starts.isoformat(),
        "ends": span.ends.isoformat(),
        "first_failing": span.check.name if span.check is not None else None,
        "shows": span.shows,
    }
