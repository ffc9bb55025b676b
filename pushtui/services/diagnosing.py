"""Why a user would get a push or would not: at a moment, and over the hours that follow. All of it is pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module

from pushtui.domain.account import Account
from pushtui.domain.conversation import Conversation
from pushtui.domain.diagnosis import Check, Diagnosis, Incoming, Mark, Span
from pushtui.domain.profile import Profile
from pushtui.domain.wall_clock import server_time
from pushtui.providers.diagnosing import LATELY, ONLINE, Case, Diagnostics
from pushtui.services.time_words import long_time

HOURS = 24


def diagnose(profile: Profile, incoming: Incoming, moment: datetime) -> Diagnosis:
    """Judge everything at a moment of the provider's clock, and once more when what fails first is over.

    Who is online counts only near the time at which that was read.
    """
    case = Case(profile, incoming, moment, offline=not _seen_lately(profile, moment))
    diagnosis = _judged(case)
    failing = diagnosis.first_failing
    if failing is None or failing.until is None:
        return diagnosis
    return replace(diagnosis, then=_judged(replace(case, moment=failing.until, offline=True)))


def timeline(profile: Profile, incoming: Incoming, start: datetime, hours: int = HOURS) -> tuple[Span, ...]:
    """Cut the hours that follow into spans in which the same fails first, as for somebody who is offline."""
    case, end = Case(profile, incoming, start, offline=True), start + timedelta(hours=hours)
    freed = {check.until for check in incoming.found if check.until is not None and start < check.until < end}
    edges = sorted({start, *freed, *_of(profile).edges(case, end)} - {end})
    spans: list[Span] = []
    for edge, following in zip(edges, [*edges[1:], end], strict=True):
        found = _judged(replace(case, moment=edge))
        span = Span(edge, following, found.first_failing, found.shows)
        if spans and _same(spans[-1], span):
            span = replace(spans.pop(), ends=following)
        spans.append(span)
    return tuple(spans)


def conversation_of(incoming: Incoming, account: Account, user: str) -> Conversation | None:
    """Return the conversation whose settings a diagnosis wants to know; None where there is none to read."""
    return _diagnostics(account.provider).conversation(incoming, user)


def verdict(diagnosis: Diagnosis, *, now: bool = True) -> str:
    """Say in a few sentences whether a push shows, what holds it back, until when, and what comes then.

    `now` tells whether the moment is the present one.
    """
    said, then = _verdict(diagnosis, now=now), diagnosis.then
    assumed = _assumed(diagnosis)
    if assumed:
        return f"{assumed[:1].upper()}{assumed[1:]}: {said[:1].lower()}{said[1:]}"
    later = _assumed(then) if then is not None else ""
    return f"{said} What comes then holds {later}." if later else said


def _assumed(diagnosis: Diagnosis) -> str:
    """Say what a verdict takes for granted; empty for one that stands by itself."""
    failing = diagnosis.first_failing
    checks = diagnosis.open_questions if failing is None else (failing,)
    return next((check.assumes for check in checks if check.assumes), "")


def _verdict(diagnosis: Diagnosis, *, now: bool) -> str:
    failing = diagnosis.first_failing
    if failing is None:
        return _nothing_fails(diagnosis, "A push shows.", "Nothing that is known holds a push back.")
    reason = f"{failing.title}: {failing.evidence}"
    if failing.until is None or diagnosis.then is None:
        return f"No push shows. {reason}"
    ahead = long_time((failing.until - diagnosis.moment).total_seconds())
    when = f"{_clock(diagnosis, failing.until)}, {f'in {ahead}' if now else f'{ahead} later'}"
    return f"Silent until {when}. {reason} {_sequel(diagnosis.then)}"


def _sequel(then: Diagnosis) -> str:
    failing = then.first_failing
    if failing is None:
        return _nothing_fails(then, "After that a push shows.", "After that nothing that is known holds a push back.")
    until = f" until {_clock(then, failing.until)}" if failing.until is not None else ""
    return f"After that it stays silent{until}. {failing.title}: {failing.evidence}"


def _nothing_fails(diagnosis: Diagnosis, surely: str, perhaps: str) -> str:
    if diagnosis.shows:
        return surely
    unknown = [check for check in diagnosis.open_questions if not check.assumes]
    if diagnosis.open_questions and not unknown:
        return surely
    titles = ", ".join(check.title[0].lower() + check.title[1:] for check in unknown)
    return f"{perhaps} Not known: {titles}."


def _clock(diagnosis: Diagnosis, moment: datetime) -> str:
    return server_time(moment, diagnosis.zone, assumed=diagnosis.zone_assumed, since=diagnosis.moment)


def _judged(case: Case) -> Diagnosis:
    account = case.account
    checks = tuple(_with_found(_of(case.profile).checks(case), case))
    return Diagnosis(case.profile.user, account.name, case.moment, account.push_zone, account.push_zone_assumed, checks)


def _with_found(checks: Iterator[Check], case: Case) -> Iterator[Check]:
    """Put what is known of the push itself in its place; what has none stands behind the account."""
    found = {check.name: _by_then(check, case.moment) for check in case.incoming.found}
    judged = [found.pop(check.name, check) for check in checks]
    yield judged[0]
    yield from found.values()
    yield from judged[1:]


def _by_then(check: Check, moment: datetime) -> Check:
    """Let a failure be over once it has ended."""
    over = check.until is not None and check.until <= moment
    return replace(check, mark=Mark.PASS, next_step="", until=None) if over else check


def _of(profile: Profile) -> Diagnostics:
    return _diagnostics(profile.account.provider)


@cache
def _diagnostics(provider: str) -> Diagnostics:
    """Return how a provider judges; its payloads are loaded only now."""
    found: Diagnostics = import_module(f"pushtui.providers.{provider}.diagnosis").DIAGNOSTICS
    return found


def _same(one: Span, other: Span) -> bool:
    names = [span.check.name if span.check is not None else "" for span in (one, other)]
    return names[0] == names[1] and one.shows == other.shows


def _seen_lately(profile: Profile, moment: datetime) -> bool:
    """Tell whether a moment is near the time at which the provider said who is online."""
    fact = profile.fact(ONLINE)
    return fact is None or fact.read_at is None or abs(moment - fact.read_at - profile.ahead) <= LATELY
