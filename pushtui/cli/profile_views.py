"""Profiles as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from pushtui.cli.columns import shortened
from pushtui.cli.documents import account_document
from pushtui.cli.text import Line, Span, Style, environment_words, heading, table
from pushtui.domain.profile import EXISTS, Fact, FactState
from pushtui.services.time_words import clock_time, long_time

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.domain.profile import Profile
    from pushtui.services.profile_comparison import ComparedFact, Comparison
    from pushtui.services.profiles import Look

LABEL = 24
"""Columns of a fact's label."""
REASON = 56
"""Columns of the reasons why something is not known."""
COMPARED = 56
"""Columns that compared users share."""
NARROWEST = 12

_MARGIN = " " * (LABEL + 6)
_STYLES = {FactState.FAILED: Style.BAD, FactState.KNOWN: Style.STRONG}


def look_lines(look: Look, user: str) -> Iterator[Line]:
    """Yield a user's profile at one account, or why there is none."""
    yield _title(user, look.account)
    if look.profile is None:
        yield ("  ", Span(f"{FactState.FAILED.mark} ", Style.BAD), look.problem)
    else:
        yield from profile_lines(look.profile)


def profile_lines(profile: Profile) -> Iterator[Line]:
    """Yield every fact with a number for its source, and the sources with the times of their answers."""
    shown = [fact for fact in profile.facts if _applies(fact, profile)]
    sources = [
        *dict.fromkeys(fact.source for fact in profile.facts if fact.read_at and (fact in shown or fact.name == EXISTS))
    ]
    if profile.exists is False:
        rest = "Nothing else applies." if not shown else "Only this is kept for the id all the same:"
        told = profile.fact(EXISTS)
        yield ("  ", Span(f"There is {told.words if told else 'nobody'}.", Style.STRONG), f" {rest}")
    for section, facts in groupby(_briefly(shown), key=lambda fact: fact.section):
        yield heading(f"  {section}")
        for fact in facts:
            yield from _fact(fact, sources)
    yield from _sources(profile, sources)


def _briefly(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Say each reason once; where all calls fail, they mostly do for the same."""
    said: set[str] = set()
    for fact in facts:
        again = fact.state is FactState.FAILED and fact.problem in said
        yield replace(fact, problem="The same reason.") if again else fact
        said.add(fact.problem)


def _applies(fact: Fact, profile: Profile) -> bool:
    """Tell whether a fact is worth a line of its own; for somebody who does not exist few are."""
    return profile.exists is not False or (
        fact.name != EXISTS and fact.state in (FactState.KNOWN, FactState.FAILED, FactState.WAITING)
    )


def _title(user: str, account: Account) -> Line:
    place = f"  {account.name}  {account.provider} {account.app_id}"
    return (Span(f"{user}  ", Style.STRONG), environment_words(account.environment), place)


def _fact(fact: Fact, sources: Sequence[str]) -> Iterator[Line]:
    number = f"  [{sources.index(fact.source) + 1}]" if fact.source in sources and fact.read_at else ""
    known, style = fact.state is FactState.KNOWN, _STYLES.get(fact.state, Style.QUIET)
    words = fact_words(fact)
    first, *more = words.split("\n") if known else wrap(words, REASON)
    yield (
        Span(f"    {fact.state.mark} ", style),
        Span(f"{fact.label:<{LABEL}}", Style.QUIET),
        first if known else Span(first, style),
        Span(number, Style.QUIET),
    )
    for line in more:
        yield (_MARGIN, line if known else Span(line, style))
    if known and fact.problem:
        yield from ((_MARGIN, Span(line, Style.DOUBTFUL)) for line in wrap(f"incomplete: {fact.problem}", REASON))


def fact_words(fact: Fact) -> str:
    """Say what is known of a fact, or why nothing is."""
    if fact.state is FactState.KNOWN:
        return fact.words
    if fact.state is FactState.FAILED:
        return f"could not be read. {fact.problem}"
    return fact.problem or fact.state.value


def _brief_words(fact: Fact) -> str:
    """Say what is known of a fact in a narrow column, without the reason where nothing is."""
    known = {FactState.KNOWN: fact.words.replace("\n", "; "), FactState.UNAVAILABLE: "cannot be told"}
    return known.get(fact.state, fact.state.value)


def _sources(profile: Profile, sources: Sequence[str]) -> Iterator[Line]:
    for number, source in enumerate(sources, start=1):
        read = max(fact.read_at for fact in profile.facts if fact.source == source and fact.read_at)
        yield ("  ", Span(f"[{number}] {source}, {clock_time(read)}", Style.QUIET))
    if profile.ahead:
        side = "ahead of" if profile.ahead.total_seconds() > 0 else "behind"
        apart = long_time(abs(profile.ahead.total_seconds()))
        yield ("  ", Span(f"The cloud's clock is {apart} {side} this machine's.", Style.DOUBTFUL))


def comparison_lines(found: Comparison) -> Iterator[Line]:
    """Yield facts side by side; those that differ are marked."""
    yield _title(", ".join(found.users), found.account)
    if found.problem:
        yield ("  ", Span(f"{FactState.FAILED.mark} ", Style.BAD), found.problem)
    elif not found.rows:
        yield "  Nothing differs."
    else:
        width = max(NARROWEST, COMPARED // len(found.users))
        names = [Span(shortened(user, width), Style.STRONG) for user in found.users]
        yield from table([("    ", *names, ""), *(_compared(row, width) for row in found.rows)])


def _compared(row: ComparedFact, width: int) -> tuple[str | Span, ...]:
    style = Style.STRONG if row.differs else Style.QUIET
    cells = [Span(shortened(_brief_words(fact), width), style) for fact in row.facts]
    return (Span(f"  {'≠' if row.differs else '='} {row.label}", style), *cells, "")


def comparison_document(found: Comparison) -> JsonObject:
    """Return facts side by side, by user."""
    return {
        "account": account_document(found.account),
        "problem": found.problem,
        "users": [*found.users],
        "facts": {row.name: _compared_document(found.users, row) for row in found.rows},
    }


def _compared_document(users: Sequence[str], row: ComparedFact) -> JsonObject:
    told: JsonObject = {user: fact_document(fact) for user, fact in zip(users, row.facts, strict=True)}
    return {"label": row.label, "differs": row.differs, "users": told}


def look_document(look: Look) -> JsonObject:
    """Return a profile with its account, or why there is none."""
    if look.profile is None:
        return {"account": account_document(look.account), "problem": look.problem, "exists": None, "facts": {}}
    return {"account": account_document(look.account), "problem": "", **profile_document(look.profile)}


def profile_document(profile: Profile) -> JsonObject:
    """Return all facts by name."""
    return {
        "user": profile.user,
        "exists": profile.exists,
        "ahead_seconds": profile.ahead.total_seconds(),
        "facts": {fact.name: fact_document(fact) for fact in profile.facts},
    }


def fact_document(fact: Fact) -> JsonObject:
    """Return one fact; its value is null unless it is known."""
    value: JsonValue = fact.value if fact.state is FactState.KNOWN else None
    return {
        "label": fact.label,
        "section": fact.section,
        "state": fact.state.value,
        "value": value,
        "words": fact.words,
        "source": fact.source,
        "read_at": fact.read_at.isoformat() if fact.read_at else None,
        "problem": fact.problem,
    }
