"""What clouds tell of a user, as rows, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.domain.profile import Fact, FactState, Section
from pushtui.providers.apps import provider_title
from pushtui.services.profile_comparison import ComparedFact, side_by_side
from pushtui.services.time_words import clock_time, long_time

if TYPE_CHECKING:
    from pushtui.console.opened_user import OpenedUser
    from pushtui.domain.account import Account
    from pushtui.domain.profile import Profile

COLUMNS = (
    Column("Setting", 24),
    Column("Value", 28, stretches=True),
    Column("Read", 8, spare=1),
)
COMPARED_COLUMNS = (Column("Setting", 26), Column("", 18, stretches=True), Column("", 18, stretches=True))
BETWEEN = "\x1f"
"""Stands between an account and a fact in the key of a row; no account's name has it."""
UNTOLD = "?"
"""The row of what a cloud does not tell."""
NAME = 10

_STYLES = {FactState.FAILED: "bold $finding-error", FactState.KNOWN: ""}


def row_key(account: str, fact: str = "") -> str:
    """Return the key of a fact's row; without a fact that of the account's heading."""
    return f"{account}{BETWEEN}{fact}"


def profile_rows(opened: OpenedUser, accounts: Sequence[Account], unfolded: frozenset[str]) -> Iterator[Row]:
    """Yield the facts by account; what a cloud cannot tell is one row until it is unfolded."""
    for account in accounts:
        profile = opened.profile(account)
        yield _heading(account, profile, opened.problem(account))
        if profile is None or profile.exists is False:
            facts: tuple[Fact, ...] = tuple(fact for fact in profile.facts if _worth(fact)) if profile else ()
            yield from _fact_rows(account, facts)
            continue
        shown = tuple(fact for fact in profile.facts if fact.state is not FactState.UNAVAILABLE)
        untold = tuple(fact for fact in profile.facts if fact.state is FactState.UNAVAILABLE)
        yield from _fact_rows(account, shown)
        if untold:
            yield _untold_row(account, untold, is_open=account.name in unfolded)
            yield from _fact_rows(account, untold if account.name in unfolded else ())


def compared_rows(opened: OpenedUser, accounts: Sequence[Account]) -> Iterator[Row]:
    """Yield the facts of two users beside each other; those that differ are marked."""
    for account in accounts:
        profiles = [opened.profile(account, user) for user in opened.users]
        yield Row(
            row_key(account.name),
            (Cell(_title(account), "bold $primary"), *(Cell(user, "bold $primary") for user in opened.users)),
        )
        told = [profile for profile in profiles if profile is not None]
        if len(told) == len(opened.users):
            yield from (_compared_row(account, row) for row in side_by_side(told) if _can_differ(row))


def fact_content(account: Account, fact: Fact, hint: str) -> Content:
    """Write a fact in full: its value, where and when it was read, and what can be done."""
    state = f"{fact.state.mark} {fact.state.value}" if fact.state is not FactState.KNOWN else ""
    read = f", {clock_time(fact.read_at)}" if fact.read_at else ""
    told = literal(fact.words) if fact.words else Content("")
    return lines(
        joined(literal_line(fact.label, "bold"), literal_line(f"  {fact.section} at {account.name}", "$quiet")),
        *([told] if told.plain else []),
        *([literal_line(state, _STYLES.get(fact.state, "$quiet"))] if state else []),
        *([literal(fact.problem, "$finding-warning" if fact.words else "")] if fact.problem else []),
        *([literal_line(f"{fact.source}{read}", "$quiet")] if fact.source else []),
        *([literal(hint, "$quiet")] if hint else []),
    )


def account_content(account: Account, profile: Profile | None, problem: str) -> Content:
    """Write what is known of the account itself."""
    where = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in account.ids.items())
    ahead = profile.ahead.total_seconds() if profile is not None else 0.0
    side = "ahead of" if ahead > 0 else "behind"
    return lines(
        joined(
            literal_line(f"{account.environment.mark} {account.environment}  ", "bold"),
            literal_line(account.name, "bold"),
            literal_line(f"  {provider_title(account.provider)}, {where}", "$quiet"),
        ),
        *([literal(f"✖ {problem}", "$finding-error")] if problem else []),
        literal_line(f"Quiet times go by the clock of {account.push_zone_words}.", "$quiet"),
        *([literal_line(f"The cloud's clock is {long_time(abs(ahead))} {side} this machine's.")] if ahead else []),
    )


def untold_content(facts: Sequence[Fact], *, is_open: bool) -> Content:
    """Write what a cloud does not tell, and why."""
    reasons = (joined(literal_line(f"{fact.label}  ", "bold"), literal(fact.problem)) for fact in facts)
    return lines(*reasons, literal_line(f"Enter {'folds' if is_open else 'unfolds'} this.", "$quiet"))


def profile_text(opened: OpenedUser, accounts: Sequence[Account]) -> str:
    """Write everything that is known as plain text, for the clipboard."""
    return "\n\n".join("\n".join(_text(opened, account)) for account in accounts)


def _text(opened: OpenedUser, account: Account) -> Iterator[str]:
    yield f"{opened.id} at {account.name} ({account.environment}, {provider_title(account.provider)} {account.app_id})"
    profile, problem = opened.profile(account), opened.problem(account)
    if problem:
        yield f"  {problem}"
    facts = profile.facts if profile is not None else ()
    for section, group in groupby(facts, key=lambda fact: fact.section):
        yield f"  {section}"
        for fact in group:
            said = fact.words if fact.state is FactState.KNOWN else f"{fact.state.value}. {fact.problem}".strip()
            read = f"  [{fact.source}, {clock_time(fact.read_at)}]" if fact.read_at else ""
            yield f"    {fact.state.mark} {fact.label}: {said}{read}"


def _heading(account: Account, profile: Profile | None, problem: str) -> Row:
    words = problem or (_nobody(profile) if profile is not None and profile.exists is False else "")
    style = "bold $finding-error" if problem else "$quiet"
    where = f"{provider_title(account.provider)} {account.app_id}"
    cells = (Cell(_title(account), "bold $primary"), Cell(words or where, style), Cell(""))
    return Row(row_key(account.name), cells)


def _title(account: Account) -> str:
    return f"{account.environment.mark} {account.name}"


def _nobody(profile: Profile) -> str:
    fact = profile.fact("exists")
    return fact.words if fact is not None else ""


def _worth(fact: Fact) -> bool:
    """Tell whether a fact of somebody who does not exist is worth a row."""
    return fact.name != "exists" and fact.state in (FactState.KNOWN, FactState.FAILED, FactState.WAITING)


def _fact_rows(account: Account, facts: Sequence[Fact]) -> Iterator[Row]:
    return (Row(row_key(account.name, fact.name), _cells(fact)) for fact in facts)


def _cells(fact: Fact) -> tuple[Cell, ...]:
    style = _STYLES.get(fact.state, "$quiet")
    read = f"{fact.read_at.astimezone():%H:%M:%S}" if fact.read_at else ""
    return (
        Cell(f"{fact.state.mark} {fact.label}", style or ("$quiet" if _is_calm(fact) else "")),
        Cell(fact_words(fact), _value_style(fact)),
        Cell(read, "$quiet"),
    )


def fact_words(fact: Fact) -> str:
    """Say what is known of a fact in one line, or why nothing is."""
    if fact.state is FactState.KNOWN:
        incomplete = "  ▲ incomplete" if fact.problem else ""
        return fact.words.replace("\n", "; ") + incomplete
    return "" if fact.state is FactState.WAITING else fact.problem or fact.state.value


def _value_style(fact: Fact) -> str:
    if fact.state is FactState.KNOWN and not _is_calm(fact):
        return "bold" if fact.section == Section.DO_NOT_DISTURB else ""
    return _STYLES.get(fact.state, "$quiet") if fact.state is not FactState.KNOWN else "$quiet"


def _is_calm(fact: Fact) -> bool:
    """Tell whether nothing is set."""
    value = fact.value
    inner = value.values() if isinstance(value, dict) else (value,)
    return fact.state is FactState.KNOWN and fact.value is not False and not any(inner)


def _untold_row(account: Account, facts: Sequence[Fact], *, is_open: bool) -> Row:
    names = ", ".join(fact.label for fact in facts)
    label = f"{'▾' if is_open else '▸'} cannot be told"
    return Row(row_key(account.name, UNTOLD), (Cell(label, "$quiet"), Cell(names, "$quiet"), Cell("")))


def _compared_row(account: Account, row: ComparedFact) -> Row:
    style = "bold" if row.differs else "$quiet"
    label = Cell(f"{'≠' if row.differs else '='} {row.label}", style)
    return Row(row_key(account.name, row.name), (label, *(Cell(fact_words(fact), style) for fact in row.facts)))


def _can_differ(row: ComparedFact) -> bool:
    return any(fact.state is not FactState.UNAVAILABLE for fact in row.facts)
