"""What is wrong with a row whatever it is for: its user id, and text that nobody means to send."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pushtui.domain.finding import PUSHTUI, Severity
from pushtui.domain.recipient import USER, RowFinding, value_path
from pushtui.domain.safe_text import forbidden, is_blank, is_plain

NO_ID = "there is no user id"
TWICE = "the user id came before: the message would be sent twice"
INVISIBLE_ID = "the user id holds characters that nobody sees"
BLANKS_IN_ID = "blanks at the ends of the user id count as part of it"
SHORTENED = "a spreadsheet shortened this number; format the column as text and fill it in again"
DECIMAL = "some programs write whole numbers with decimals; leave them away if the user id has none"
FORMULA = "looks like a formula of a spreadsheet; it is sent as the text it is"
NO_VALUE = "the row has no value: people would read the placeholder as it is written"
INVISIBLE = "the value holds characters that nobody sees"
BLANK_ROW = "blank rows are left out"

_FORMULA = re.compile(r"[=@]|[+-](?![\d\s.,()/-]*$)")
"""What starts one; a sign before a number, such as that of a telephone, starts none."""
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_DECIMAL = re.compile(r"\d+\.0+")
_STARTS = frozenset(("", "=", "+", "-", "@"))


def names_somebody(user: str | None) -> bool:
    """Tell whether a cell is a user id: all that reads recipients leaves the others out."""
    return user is not None and not is_blank(user)


def looks_plain(cells: tuple[str, ...]) -> bool:
    """Tell quickly that `faults` would find nothing; the first cell is the user id, which names somebody."""
    user = cells[0]
    return (
        is_plain("".join(cells))
        and _STARTS.isdisjoint([cell[:1] for cell in cells])
        and user.strip() == user
        and (user[0] > "9" or user.isdecimal() or ("." not in user and "+" not in user))
    )


def faults(cells: tuple[str | None, ...], placeholders: tuple[str, ...]) -> Iterator[RowFinding]:
    """Yield all that is wrong with a row that has a user id."""
    user, *values = cells
    yield from _user(user or "")
    for name, value in zip(placeholders, values, strict=True):
        if value is None:
            yield RowFinding(Severity.ERROR, value_path(name), NO_VALUE, PUSHTUI)
        else:
            yield from _value(name, value)


def _user(user: str) -> Iterator[RowFinding]:
    if forbidden(user) or "\n" in user or "\t" in user:
        yield RowFinding(Severity.ERROR, USER, INVISIBLE_ID, PUSHTUI, user)
    elif user.strip() != user:
        yield RowFinding(Severity.WARNING, USER, BLANKS_IN_ID, PUSHTUI, user)
    if _SHORTENED.fullmatch(user):
        yield RowFinding(Severity.ERROR, USER, SHORTENED, PUSHTUI, user)
    elif _DECIMAL.fullmatch(user):
        yield RowFinding(Severity.WARNING, USER, DECIMAL, PUSHTUI, user)
    if _FORMULA.match(user):
        yield RowFinding(Severity.WARNING, USER, FORMULA, PUSHTUI, user)


def _value(name: str, value: str) -> Iterator[RowFinding]:
    if forbidden(value.replace("\r\n", "\n")):
        yield RowFinding(Severity.WARNING, value_path(name), INVISIBLE, PUSHTUI, value)
    if _FORMULA.match(value):
        yield RowFinding(Severity.WARNING, value_path(name), FORMULA, PUSHTUI, value)
