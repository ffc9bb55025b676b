"""From a source of recipients to its table: which file, which format, which encoding."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.json_body import compact
from pushtui.domain.recipient import RECIPIENTS, RecipientSource, TableEncoding, TableFormat
from pushtui.services.recipients.delimited import Open, delimited, lines
from pushtui.services.recipients.encodings import Detected, check, codec, detect
from pushtui.services.recipients.excel import excel
from pushtui.services.recipients.json_lines import AS_LINES, json_lines
from pushtui.services.recipients.table import Meter, Table, Unreadable

ENDINGS = {
    ".csv": TableFormat.CSV,
    ".tsv": TableFormat.TSV,
    ".tab": TableFormat.TSV,
    ".jsonl": TableFormat.JSON_LINES,
    ".ndjson": TableFormat.JSON_LINES,
    ".xlsx": TableFormat.XLSX,
    ".xlsm": TableFormat.XLSX,
    ".txt": TableFormat.LINES,
}

OTHERS = {
    ".xls": "it is an old Excel file; save it as .xlsx or CSV.",
    ".xlsb": "it is a binary Excel file; save it as .xlsx or CSV.",
    ".ods": "it is an OpenDocument file; save it as .xlsx or CSV.",
    ".numbers": "it is a file of Numbers; export it as CSV.",
    ".json": f"JSON is read as one object a line. {AS_LINES}",
}
"""What is not read by its ending, and what to do."""


def open_table(source: RecipientSource) -> Table:
    """Read what a source's columns are; Unreadable names the source and says what is wrong."""
    if source.is_empty:
        raise Unreadable(f"{source.wanted}.")
    try:
        return _text_table(source) if not source.file else _file_table(source)
    except Unreadable as error:
        raise Unreadable(f"{source.name}: {error.message}") from None
    except OSError as error:
        raise Unreadable(f"{source.name}: it cannot be read: {error.strerror or error}.") from None


def format_of(path: Path) -> TableFormat:
    """Tell a file's format by its name."""
    found = ENDINGS.get(path.suffix.lower())
    if found is not None:
        return found
    if path.suffix.lower() in OTHERS:
        raise Unreadable(OTHERS[path.suffix.lower()])
    known = ", ".join(dict.fromkeys(ENDINGS))
    ending = f"the ending “{path.suffix}”" if path.suffix else "a name without an ending"
    raise Unreadable(f"{ending} says no format; known are {known}. Or say the format: {', '.join(TableFormat)}.")


def _text_table(source: RecipientSource) -> Table:
    written = source.format or TableFormat.CSV
    if written is TableFormat.XLSX:
        raise Unreadable("an Excel file is no text; name the file.")
    return _table(partial(_text_stream, source.text), written, None)


def _file_table(source: RecipientSource) -> Table:
    path = source.path
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise Unreadable(_no_file(mode))
    written = source.format or format_of(path)
    if written is TableFormat.XLSX:
        return excel(path, source.sheet)
    with path.open("rb") as stream:
        if source.encoding is None:
            found = detect(stream)
            encoding, doubts = found.encoding, tuple(_doubts(found))
        else:
            check(stream, source.encoding)
            encoding, doubts = source.encoding, ()
    table = _table(partial(_file_stream, path, encoding), written, encoding)
    return replace(table, findings=doubts)


def _table(opened: Open, written: TableFormat, encoding: TableEncoding | None) -> Table:
    if written is TableFormat.JSON_LINES:
        return json_lines(opened, encoding)
    if written is TableFormat.LINES:
        return lines(opened, encoding)
    return delimited(opened, written, encoding)


def _no_file(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "it is a folder; name a file in it."
    return "it is no file. Recipients are read more than once, so they cannot come through a pipe; save them to a file."


def _doubts(found: Detected) -> Iterator[Finding]:
    """What is neither marked nor UTF-8 is a guess."""
    if found.why:
        seen = f"it says {compact(found.word)} there" if found.word else "look at a few names"
        said = f"read as {found.encoding}, because {found.why}; {seen}: if that is wrong, save the file as UTF-8"
        yield Finding(Severity.WARNING, (RECIPIENTS,), f"{said}, or say its encoding", PUSHTUI)


def _text_stream(text: str, meter: Meter) -> AbstractContextManager[TextIO]:
    stream = io.StringIO(text, newline="")
    meter.measure(len(text), stream.tell)
    return stream


@contextmanager
def _file_stream(path: Path, encoding: TableEncoding, meter: Meter) -> Iterator[TextIO]:
    with path.open("rb") as raw:
        meter.measure(os.fstat(raw.fileno()).st_size, raw.tell)
        yield io.TextIOWrapper(raw, encoding=codec(encoding), newline="")
