"""Recipients and what became of them, written as they are read: lists may be longer than memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from pushtui.domain.safe_text import cell, escaped_json

if TYPE_CHECKING:
    from pushtui.cli.output import Output
    from pushtui.domain.run import Run
    from pushtui.services.results import RecipientResult

COLUMNS = ("user_id", "state", "message_uid", "reason", "request")


async def write_csv(results: AsyncIterator[RecipientResult], output: Output) -> None:
    """Write a header and a row for each recipient."""
    output.text(csv_row(COLUMNS))
    async for result in results:
        output.text(csv_row((result.user, result.state.value, result.uid, result.reason, str(result.batch))))


async def write_json(run: Run, results: AsyncIterator[RecipientResult], output: Output) -> None:
    """Write one document that holds all recipients, one a line."""
    separator = "\n"
    output.text(f'{{"run": {json.dumps(run.id)}, "results": [')
    async for result in results:
        values = (result.user, result.state.value, result.uid, result.reason, result.batch)
        document = json.dumps(dict(zip(COLUMNS, values, strict=True)), ensure_ascii=False)
        output.text(separator + escaped_json(document))
        separator = ",\n"
    output.text("\n]}\n")


def csv_row(cells: tuple[str, ...]) -> str:
    """Write one row of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([cell(text) for text in cells])
    return buffer.getvalue()
