"""What people read: findings, plans and runs as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pushtui.cli.columns import shortened
from pushtui.cli.text import (
    Line,
    Span,
    Style,
    entry,
    environment_words,
    heading,
    indented,
    severity_mark,
    state_words,
    table,
)
from pushtui.domain.finding import Finding, Severity
from pushtui.services.plan_words import gist_of, size_words
from pushtui.services.time_words import clock_time, seconds, short_time

if TYPE_CHECKING:
    from pushtui.domain.attempt import Answer, Attempt, Headers, Outcome, SentRequest
    from pushtui.domain.draft import Draft
    from pushtui.domain.plan import Plan
    from pushtui.domain.reach import Reach
    from pushtui.domain.run import Run

SHOWN_DIGITS = 8
"""Digits of a run's id that people are shown."""
SHOWN_GIST = 300
"""Columns of what a draft does."""


def finding_lines(findings: Sequence[Finding]) -> Iterator[Line]:
    """Yield each finding with its source, and the count."""
    for finding in findings:
        yield ("  ", severity_mark(finding.severity), f" {finding.field}: {finding.message}")
        yield ("      ", Span(str(finding.source), Style.QUIET))
    yield f"  {count_words(findings)}"


def count_words(findings: Iterable[Finding]) -> str:
    """Say how many findings there are of each severity."""
    given = [finding.severity for finding in findings]
    words = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.ADVICE: "advice"}
    counts = [(given.count(severity), name) for severity, name in words.items()]
    parts = [f"{number} {name if number > 1 else name.removesuffix('s')}" for number, name in counts if number]
    return ", ".join(parts) or "no findings"


def reach_words(reach: Reach) -> str:
    """Say whom a draft can touch, and why."""
    return f"{reach}: {reach.reason}" if reach.reason else str(reach)


def summary_lines(plan: Plan) -> Iterator[Line]:
    """Yield what a plan would do: where, to whom, at what cost."""
    yield heading(f"Plan {plan.short_digest}")
    yield entry("kind", plan.draft.kind)
    yield entry("account", environment_words(plan.account.environment), f"  {plan.account.name}")
    yield entry("app", f"{plan.account.provider} {plan.account.app_id}")
    yield from gist_lines(plan.draft)
    yield entry("reach", reach_words(plan.reach))
    if plan.requests.recipients:
        yield entry("size", size_words(plan))
    for group, calls in plan.cost.items():
        used = ", ".join(str(use) for use in plan.quotas if use.quota.group == group)
        yield entry("quota", f"{group}: {used} used so far; this uses {calls} more")
    for use in plan.quotas:
        if use.exhausted and use.frees_at is not None:
            yield entry("", Span(f"full until {clock_time(use.frees_at)}", Style.DOUBTFUL))
    yield ""
    yield heading("Findings")
    yield from finding_lines(plan.findings)


def gist_lines(draft: Draft) -> Iterator[Line]:
    """Yield what people will read, or what becomes of their setting."""
    gist = gist_of(draft)
    if gist:
        yield entry("what", shortened(gist, SHOWN_GIST))


def request_lines(request: SentRequest) -> Iterator[Line]:
    """Yield a request as it goes over the wire, secrets masked."""
    yield f"  {request.method} {request.url}"
    yield from _headers(request.headers)
    yield ""
    yield from indented(request.body)


def confirm_lines(plan: Plan, draft: str) -> Iterator[Line]:
    """Yield how to send a plan."""
    from shlex import quote

    yield heading("To send it")
    if not plan.sendable:
        yield "  The draft has errors; it cannot be sent."
        return
    phrase = plan.ritual.phrase
    yield f"  pushtui send {quote(draft)} --plan {plan.short_digest} --confirm {quote(phrase)}"


def attempt_line(attempt: Attempt) -> Line:
    """Return one line about an attempt as it goes."""
    return (f"attempt {attempt.number}  ", state_words(attempt), f"  {attempt.request.url}")


def receipt_lines(run: Run) -> Iterator[Line]:
    """Yield how a run ended."""
    outcome = run.outcome
    yield (state_words(run), f"  {outcome.message if outcome else ''}")
    yield entry("run", run.id)
    yield from _outcome(outcome)


def run_table(runs: Sequence[Run]) -> Iterator[Line]:
    """Yield runs as rows: id, time, state, account, reach and how it ended."""
    if not runs:
        yield "Nothing was sent yet."
    yield from table([_row(run) for run in runs])


def run_lines(run: Run) -> Iterator[Line]:
    """Yield all about one run: what was sent, what came back, when."""
    yield (Span(f"Run {run.id[:SHOWN_DIGITS]}  ", Style.STRONG), state_words(run))
    yield entry("id", run.id)
    yield entry("made", clock_time(run.made_at))
    yield entry("account", environment_words(run.environment), f"  {run.draft.account}")
    yield entry("app", f"{run.provider} {run.app_id}")
    yield entry("kind", run.draft.kind)
    yield from gist_lines(run.draft)
    yield entry("reach", run.reach)
    yield entry("plan", run.digest[:12])
    for attempt in run.attempts:
        yield ""
        yield from _attempt(attempt)


def _row(run: Run) -> tuple[str | Span, ...]:
    outcome = run.outcome
    return (
        run.id[:SHOWN_DIGITS],
        short_time(run.made_at),
        state_words(run),
        environment_words(run.environment),
        shortened(run.draft.account, 20),
        run.reach,
        Span(outcome.title if outcome else "", Style.QUIET),
    )


def _attempt(attempt: Attempt) -> Iterator[Line]:
    yield (Span(f"Attempt {attempt.number}  ", Style.STRONG), state_words(attempt))
    if attempt.sent_at is not None:
        yield entry("sent", clock_time(attempt.sent_at))
    if attempt.outcome is not None:
        yield entry("outcome", f"{attempt.outcome.title}: {attempt.outcome.message}")
        yield from _outcome(attempt.outcome)
    yield ""
    yield heading("Request")
    yield from request_lines(attempt.request)
    if attempt.outcome is not None and attempt.outcome.answer is not None:
        yield ""
        yield heading("Answer")
        yield from _answer(attempt.outcome.answer)


def _outcome(outcome: Outcome | None) -> Iterator[Line]:
    if outcome is None:
        return
    for label, value in (
        ("code", "" if outcome.code is None else str(outcome.code)),
        ("push id", outcome.push_id),
        ("message UID", outcome.message_uid),
        ("request id", outcome.request_id),
        ("took", seconds(outcome.answer.elapsed) if outcome.answer else ""),
    ):
        if value:
            yield entry(label, value)


def _answer(answer: Answer) -> Iterator[Line]:
    yield f"  HTTP {answer.status} after {seconds(answer.elapsed)}"
    yield from _headers(answer.headers)
    yield ""
    yield from indented(answer.body)


def _headers(headers: Headers) -> Iterator[Line]:
    for name, value in headers:
        yield f"  {name}: {value}"
