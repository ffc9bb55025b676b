"""Recipients in JSON Lines: an object a line, whose keys are the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TextIO

from pushtui.domain.finding import PUSHTUI, Severity
from pushtui.domain.json_body import compact
from pushtui.domain.recipient import RowFinding, TableEncoding, TableFormat
from pushtui.services.recipients.delimited import CHANGED, Open
from pushtui.services.recipients.table import Layout, Meter, Row, Table, Unreadable

LOOKED_AT = 100
"""Rows that say which columns there are."""
AS_LINES = """Write each object in a line of its own (jq -c '.[]' does so), and end the file's name with .jsonl."""
NOT_TEXT = "an object or a list is given; text or a number is needed"
HALF_CHARACTER = "half a character (a lone surrogate), which cannot be sent"

_BLANK = " \t\r\n\ufeff"


def json_lines(opened: Open, encoding: TableEncoding | None) -> Table:
    """Look at the first rows for the columns; Unreadable says what is no JSON object."""
    with opened(Meter()) as stream:
        columns = tuple(dict.fromkeys(name for _, row in islice(_objects(stream), LOOKED_AT) for name in row))
    if not columns:
        raise Unreadable('There are no rows. Each line is an object, such as {"user_id":"21","name":"Tom"}.')
    return Table(columns, Layout(TableFormat.JSON_LINES, encoding), partial(_rows, opened), complete=False)


def _rows(opened: Open, wanted: Sequence[str], meter: Meter) -> Iterator[Row]:
    with opened(meter) as stream:
        for line, values in _objects(stream):
            cells = tuple([values.get(name) for name in wanted])
            if all(type(cell) is str for cell in cells):
                yield Row(line, cells)  # type: ignore[arg-type]  # each of them was just seen to be text
            else:
                yield _converted(line, cells)


def _converted(line: int, cells: tuple[object, ...]) -> Row:
    """Null is no value; true and false are written as JSON writes them."""
    faults = tuple(
        RowFinding(Severity.ERROR, (), NOT_TEXT, PUSHTUI, compact(cell)[:100])
        for cell in cells
        if isinstance(cell, dict | list)
    )
    return Row(
        line, tuple(None if cell is None or isinstance(cell, dict | list) else _text(cell) for cell in cells), faults
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else "true" if value is True else "false"


def _objects(stream: TextIO) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the line and the object of each line that is not blank; numbers are the digits that stand there."""
    read = json.JSONDecoder(object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=str).decode
    line, content = 0, ""
    try:
        for line, text in enumerate(stream, 1):
            content = text.strip(_BLANK)
            if not content:
                continue
            value = read(content)
            if not isinstance(value, dict):
                advice = f" {AS_LINES}" if isinstance(value, list) else ""
                raise Unreadable(f"line {line}: {_kind(value)} stands here; each line must be one JSON object.{advice}")
            if "\\ud" in content.lower():
                _whole(line, value)
            yield line, value
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        advice = f" {AS_LINES}" if content == "{" or content.startswith("[") else ""
        raise Unreadable(f"line {line}: this is not one JSON object: {reason}.{advice}") from None
    except _Twice as error:
        raise Unreadable(f"line {line}: the key “{error}” stands twice.") from None
    except UnicodeDecodeError:
        raise Unreadable(f"line {line + 1}: {CHANGED}") from None


class _Twice(Exception):
    """A key stands twice in one object."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return made


def _whole(line: int, value: dict[str, object]) -> None:
    """Escapes can write what UTF-8 cannot."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable(f"line {line}: {HALF_CHARACTER}.") from None


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else "a value that is no object"
