"""Recipients in CSV and TSV, and as plain lines of user ids."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TextIO

from pushtui.domain.finding import PUSHTUI, Severity
from pushtui.domain.recipient import RowFinding, TableEncoding, TableFormat
from pushtui.services.recipients.table import Layout, Meter, Row, Table, Unreadable

Open = Callable[[Meter], AbstractContextManager[TextIO]]
"""Opens the text from its beginning, with line breaks as they are."""

DELIMITERS = (",", ";", "\t", "|")
LINES_COLUMN = "user_id"
"""What the one column of plain lines is called."""

CHANGED = "the file changed while it was read."
TOO_FEW = "the row has fewer columns than the header"
TOO_MANY = "the row has more columns than the header, which are not used"


def delimited(opened: Open, written: TableFormat, encoding: TableEncoding | None) -> Table:
    """Read the header; Unreadable says what is wrong with it."""
    with opened(Meter()) as stream:
        delimiter, skipped = ("\t", 0) if written is TableFormat.TSV else _delimiter(stream)
    with opened(Meter()) as stream:
        header = _header(_records(stream, delimiter, skipped))
    return Table(header, Layout(written, encoding, delimiter), partial(_rows, opened, delimiter, skipped, header))


def lines(opened: Open, encoding: TableEncoding | None) -> Table:
    """Take each line for a user id."""
    return Table((LINES_COLUMN,), Layout(TableFormat.LINES, encoding), partial(_plain, opened))


def _delimiter(stream: TextIO) -> tuple[str, int]:
    """Choose what splits the first line into most columns; Excel's `sep=;` in a line of its own decides."""
    first = stream.readline()
    said = first.lstrip("\ufeff").strip().lower()
    if said.startswith("sep=") and len(said) == len("sep=;"):
        return said[-1], 1
    widths = {mark: len(next(csv.reader([first], delimiter=mark), [])) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: widths[mark]), 0


def _header(records: Iterator[tuple[int, list[str]]]) -> tuple[str, ...]:
    """Take the first line that is not blank for the names of the columns."""
    for _, cells in records:
        if any("\0" in cell for cell in cells):
            raise Unreadable("This is no text file: its first line holds zero bytes.")
        if cells:
            return tuple(cell.removeprefix("\ufeff").strip() for cell in cells)
    raise Unreadable("There is no header: the first line must name the columns, such as user_id,name.")


def _records(stream: TextIO, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the line that each record begins on, and its cells; a blank line is an empty record."""
    for _ in range(skipped):
        stream.readline()
    reader, line = csv.reader(stream, delimiter=delimiter, strict=True), skipped + 1
    try:
        for cells in reader:
            yield line, cells
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"line {line}: {_words(error)}") from None
    except UnicodeDecodeError:
        raise Unreadable(f"line {line}: {CHANGED}") from None


def _rows(
    opened: Open, delimiter: str, skipped: int, header: tuple[str, ...], wanted: Sequence[str], meter: Meter
) -> Iterator[Row]:
    places, width = [header.index(name) for name in wanted], len(header)
    with opened(meter) as stream:
        records = _records(stream, delimiter, skipped)
        next((cells for _, cells in records if cells), None)
        for line, cells in records:
            if len(cells) == width:
                yield Row(line, tuple([cells[place] for place in places]))
            elif any(cells):
                yield _ragged(line, cells, places, width)


def _ragged(line: int, cells: list[str], places: list[int], width: int) -> Row:
    picked = tuple(cells[place] if place < len(cells) else None for place in places)
    if len(cells) > width and not any(cells[width:]):
        return Row(line, picked)
    rule = TOO_FEW if len(cells) < width else TOO_MANY
    return Row(line, picked, (RowFinding(Severity.WARNING, (), rule, PUSHTUI, f"{len(cells)} of {width}"),))


def _plain(opened: Open, wanted: Sequence[str], meter: Meter) -> Iterator[Row]:
    number = 0
    with opened(meter) as stream:
        try:
            for number, line in enumerate(stream, 1):
                text = line.strip("\ufeff \t\r\n")
                if text:
                    yield Row(number, (text,) * len(wanted))
        except UnicodeDecodeError:
            raise Unreadable(f"line {number + 1}: {CHANGED}") from None


def _words(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end of data" in text:
        return "a quotation mark is opened here and never closed."
    if "larger than field limit" in text:
        return f"a value has more than {csv.field_size_limit():,} characters; is a quotation mark not closed?"
    if "expected after" in text:
        return 'a quoted value goes on behind its closing quotation mark; write "" for a quotation mark inside.'
    return f"{text}."
