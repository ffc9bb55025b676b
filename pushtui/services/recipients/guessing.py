"""Which column means what, by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

USER_COLUMNS = (
    "userid",
    "touserid",
    "uid",
    "user",
    "id",
    "account",
    "accountid",
    "memberid",
    "customerid",
    "username",
    "用户id",
    "用户",
    "账号",
    "帐号",
)
"""Likely names of the column with user ids, the likeliest first; case and separators aside."""

_SEPARATORS = re.compile(r"[\s_.{}-]+")


def guess_user(columns: Sequence[str]) -> str:
    """Return the column that probably holds the user ids; empty where none does."""
    folded = {_folded(name): name for name in reversed(columns)}
    known = next((folded[name] for name in USER_COLUMNS if name in folded), "")
    return known or (columns[0] if len(columns) == 1 and not columns[0].isdecimal() else "")


def guess_values(columns: Sequence[str], placeholders: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return each placeholder with the column of its name, the very same rather than a similar one."""
    folded = {_folded(name): name for name in reversed(columns)}
    found = {name: name if name in columns else folded.get(_folded(name), "") for name in placeholders}
    return tuple((name, column) for name, column in found.items() if column)


def looks_like_header(columns: Sequence[str]) -> bool:
    """Tell whether a first line names columns rather than a person."""
    return len(columns) > 1 or any(_folded(name) in USER_COLUMNS for name in columns)


def _folded(name: str) -> str:
    return _SEPARATORS.sub("", name).casefold()
