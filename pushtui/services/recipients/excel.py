"""Recipients in Excel files; the only module that knows openpyxl."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.nearest import did_you_mean
from pushtui.domain.recipient import RECIPIENTS, RowFinding, TableFormat
from pushtui.services.recipients.bombs import refuse_bombs
from pushtui.services.recipients.table import Layout, Meter, Row, Table, Unreadable

EXACT = 10**15
"""From here on Excel does not keep every digit of a number."""
LOOKED_AT = 50
"""Rows whose number formats are looked at."""

FORMULA = "a formula stands in place of a value; in Excel copy the column and paste it as values"
FAILED = "a formula failed; mend it in Excel, then copy the column and paste it as values"
INEXACT = "a number may have lost digits, since Excel keeps 15; make the column text and fill it in again"
DATED = "dates and times are sent as ISO 8601 writes them, not as Excel shows them"

_FAILURE = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_ZEROS = re.compile(r"0{2,}")
_AS_THEY_ARE = ("General", "@", "")
"""Formats that show a number as it is."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    EOFError,
    NotImplementedError,
)
"""What openpyxl raises over files that are none of Excel's; a parse error of XML is a SyntaxError."""


def excel(path: Path, sheet: str) -> Table:
    """Read the header of a sheet, the first where none is named; Unreadable says what is wrong."""
    with _opened(path, sheet) as (names, chosen):
        try:
            header, number = _header(chosen)
            doubts = _hidden_formats(chosen, header, number)
        except _BROKEN as error:
            raise Unreadable(f"The sheet cannot be read ({type(error).__name__}).") from None
        layout = Layout(TableFormat.XLSX, sheet=chosen.title, sheets=names)
    return Table(header, layout, partial(_rows, path, sheet, header, number), doubts=doubts)


def _rows(
    path: Path, sheet: str, header: tuple[str, ...], first: int, wanted: Sequence[str], meter: Meter
) -> Iterator[Row]:
    places = [header.index(name) for name in wanted]
    with _opened(path, sheet) as (_, chosen):
        number = 0
        meter.measure(chosen.max_row or 0, lambda: number)
        chosen.reset_dimensions()
        try:
            for number, cells in enumerate(chosen.iter_rows(values_only=True), 1):
                if number > first and any(cell is not None for cell in cells):
                    yield _row(number, [cells[place] if place < len(cells) else None for place in places], wanted)
        except _BROKEN as error:
            raise Unreadable(f"row {number + 1}: the sheet cannot be read further ({type(error).__name__}).") from None


def _row(number: int, cells: list[object], names: Sequence[str]) -> Row:
    if all(type(cell) is str and cell[:1] not in ("=", "#") for cell in cells):
        return Row(number, tuple(str(cell) for cell in cells))
    faults = tuple(fault for name, cell in zip(names, cells, strict=True) for fault in _faults(name, cell))
    return Row(number, tuple(_text(cell) for cell in cells), faults)


def _text(cell: object) -> str:
    """Write a cell; an empty one is an empty text, since Excel does not tell them apart."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return _decimal(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _decimal(number: float) -> str:
    """Write a number with the 15 digits that Excel shows: 0.1 + 0.2 is 0.3 there."""
    return str(int(number)) if number.is_integer() else f"{Decimal(format(number, '.15g')):f}"


def _faults(name: str, cell: object) -> Iterator[RowFinding]:
    """Say what is wrong with a cell of a column."""

    def found(severity: Severity, rule: str) -> RowFinding:
        return RowFinding(severity, (), f"in the column “{name}” {rule}", PUSHTUI, _text(cell))

    if isinstance(cell, str):
        if cell.startswith("="):
            yield found(Severity.ERROR, FORMULA)
        elif _FAILURE.fullmatch(cell):
            yield found(Severity.ERROR, FAILED)
    elif isinstance(cell, datetime | date | time | timedelta):
        yield found(Severity.WARNING, DATED)
    elif isinstance(cell, int | float):
        if abs(cell) >= EXACT:
            yield found(Severity.ERROR, INEXACT)
    elif cell is not None:
        yield found(Severity.ERROR, FORMULA)


@contextmanager
def _opened(path: Path, sheet: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Open a workbook for reading row by row, and choose its sheet."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    refuse_bombs(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # It tells of styles and extensions, which are of no interest here.
            book = load_workbook(path, read_only=True, keep_links=False)
    except (*_BROKEN, InvalidFileException) as error:
        raise Unreadable(f"This is not an Excel file that can be read ({type(error).__name__}: {error}).") from None
    try:
        yield _chosen(book.worksheets, sheet)
    finally:
        book.close()


def _chosen(sheets: list[Any], sheet: str) -> tuple[tuple[str, ...], Any]:
    names = tuple(str(one.title) for one in sheets)
    if not names:
        raise Unreadable("The file has no sheet with cells.")
    if not sheet:
        return names, sheets[0]
    if sheet not in names:
        raise Unreadable(
            f"sheet: “{sheet}” is not in the file; there are: {', '.join(names)}.{did_you_mean(sheet, names)}"
        )
    return names, sheets[names.index(sheet)]


def _header(sheet: Any) -> tuple[tuple[str, ...], int]:
    """Take the first row with a text for the names of the columns; return its number too."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        names = [_text(cell).strip() for cell in cells]
        while names and not names[-1]:
            names.pop()
        if names:
            return tuple(names), number
    raise Unreadable("The sheet is empty: its first row must name the columns, such as user_id and name.")


def _hidden_formats(sheet: Any, header: tuple[str, ...], first: int) -> dict[str, Finding]:
    """Numbers may look otherwise in Excel than they stand in the file."""
    doubts: dict[str, Finding] = {}
    for cells in islice(sheet.iter_rows(min_row=first + 1), LOOKED_AT):
        for name, cell in zip(header, cells, strict=False):
            said = _format_doubt(name, cell.value, getattr(cell, "number_format", ""))
            if said and name not in doubts:
                doubts[name] = Finding(Severity.WARNING, (RECIPIENTS,), said, PUSHTUI)
    return doubts


def _format_doubt(name: str, value: object, written: str) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    if _ZEROS.fullmatch(written):
        return (
            f"the column “{name}” shows numbers as {written}, but the zeros in front are not in the file; make it text"
        )
    if written in _AS_THEY_ARE or (written == "0" and value == int(value)):
        return ""
    return (
        f"the column “{name}” shows numbers as {written}, but they are sent as {_text(value)}; to keep it, make it text"
    )
