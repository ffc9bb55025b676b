"""How many columns of a terminal a text takes."""

from __future__ import annotations

import unicodedata

from pushtui.domain.safe_text import cell


def width_of(text: str) -> int:
    """Count the columns; Chinese, Japanese and Korean characters and emoji take two, accents none."""
    return sum(_columns(character) for character in cell(text))


def padded(text: str, width: int) -> str:
    """Return the text as it is shown in a table, with blanks up to a width."""
    return cell(text) + " " * (width - width_of(text))


def shortened(text: str, width: int) -> str:
    """Return the text cut to a width, with an ellipsis where something is missing."""
    shown, used = "", 0
    for character in cell(text):
        used += _columns(character)
        if used > width:
            return _cut(shown, width)
        shown += character
    return shown


def _cut(text: str, width: int) -> str:
    while text and width_of(text) > width - 1:
        text = text[:-1]
    return text + "…"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
