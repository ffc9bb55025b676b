"""Recipients and what became of them, written as they are read: lists may be longer than memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from pushtui.domain.safe_text import cell, escaped_json

if TYPE_CHECKING:
    from pushtui.domain.run import Run
    from pushtui.services.results import RecipientResult

COLUMNS = ("user_id", "state", "message_uid", "reason", "request")

Write = Callable[[str], object]
"""Takes the next piece of the text."""


class ResultFormat(StrEnum):
    """How results are written; the value is the ending of a file's name."""

    CSV = "csv"
    JSON = "json"


async def write_results(
    run: Run, results: AsyncIterator[RecipientResult], result_format: ResultFormat, write: Write
) -> None:
    """Write the results of a run as one document."""
    if result_format is ResultFormat.JSON:
        await _write_json(run, results, write)
    else:
        await _write_csv(results, write)


async def _write_csv(results: AsyncIterator[RecipientResult], write: Write) -> None:
    """Write a header and a row for each recipient."""
    write(_row(COLUMNS))
    async for result in results:
        write(_row((result.user, result.state.value, result.uid, result.reason, str(result.batch))))


async def _write_json(run: Run, results: AsyncIterator[RecipientResult], write: Write) -> None:
    """Write one document that holds all recipients, one a line."""
    separator = "\n"
    write(f'{{"run": {json.dumps(run.id)}, "results": [')
    async for result in results:
        values = (result.user, result.state.value, result.uid, result.reason, result.batch)
        document = json.dumps(dict(zip(COLUMNS, values, strict=True)), ensure_ascii=False)
        write(separator + escaped_json(document))
        separator = ",\n"
    write("\n]}\n")


def _row(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([cell(text) for text in cells])
    return buffer.getvalue()
