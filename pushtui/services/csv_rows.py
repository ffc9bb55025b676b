"""Rows of CSV that nobody's text can turn into a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from pushtui.domain.safe_text import line

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Some spreadsheets read full-width signs as the others."""


def csv_row(cells: Sequence[str]) -> str:
    """Write one row, with the end of its line."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([_harmless(text) for text in cells])
    return buffer.getvalue()


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula, since people choose their own texts."""
    return f"'{line(text)}" if text.startswith(FORMULA_STARTS) else line(text)
