"""Profiles of many users, written as they are read: lists may be longer than memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from pushtui.cli.documents import account_document
from pushtui.cli.profile_views import profile_document
from pushtui.domain.json_body import compact
from pushtui.domain.profile import FactState
from pushtui.domain.safe_text import escaped_json
from pushtui.services.csv_rows import csv_row

if TYPE_CHECKING:
    from pushtui.cli.output import Output
    from pushtui.domain.account import Account
    from pushtui.domain.json_body import JsonValue
    from pushtui.domain.profile import Fact, Profile


async def write_csv(names: Sequence[str], profiles: AsyncIterator[Profile], output: Output) -> bool:
    """Write a header and a row for each user; return whether all of it could be read.

    An empty cell is a value that is not set, or one that the last column says something about.
    """
    complete = True
    output.text(csv_row(("user_id", *names, "problems")))
    async for profile in profiles:
        facts = [fact for fact in profile.facts if fact.name in names]
        complete &= not any(map(is_lacking, facts))
        values = {fact.name: _cell(fact.value) for fact in facts if fact.state is FactState.KNOWN}
        problems = "; ".join(f"{fact.name}: {fact.problem}" for fact in facts if is_lacking(fact))
        output.text(csv_row((profile.user, *(values.get(name, "") for name in names), problems)))
    return complete


async def write_json(account: Account, profiles: AsyncIterator[Profile], output: Output) -> bool:
    """Write one document that holds all profiles, one a line; return whether all of it could be read."""
    complete, separator = True, "\n"
    head = escaped_json(json.dumps(account_document(account), ensure_ascii=False))
    output.text(f'{{"account": {head}, "profiles": [')
    try:
        async for profile in profiles:
            complete &= not any(map(is_lacking, profile.facts))
            output.text(separator + escaped_json(compact(profile_document(profile))))
            separator = ",\n"
    finally:
        output.text("\n]}\n")
    return complete


def is_lacking(fact: Fact) -> bool:
    """Tell whether a fact, or a part of it, could not be read."""
    return fact.state is FactState.FAILED or (fact.state is FactState.KNOWN and bool(fact.problem))


def _cell(value: JsonValue) -> str:
    """Write a value for a table: text as it is, nothing as nothing, everything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else compact(value)
