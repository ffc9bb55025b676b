"""Recipients and what became of them, written as they are read: lists may be longer than memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.errors import Refused
from pushtui.domain.safe_text import escaped_json
from pushtui.files import new_private_file
from pushtui.services.csv_rows import csv_row

if TYPE_CHECKING:
    from pushtui.domain.run import Run
    from pushtui.services.results import RecipientResult

COLUMNS = ("user_id", "state", "message_uid", "reason", "request", "request_id")

Write = Callable[[str], object]
"""Takes the next piece of the text."""


class ResultFormat(StrEnum):
    """How results are written; the value is the ending of a file's name."""

    CSV = "csv"
    JSON = "json"


async def save_results(run: Run, results: AsyncIterator[RecipientResult], path: Path) -> None:
    """Write the results of a run to a new file, as its name says. Refused if it exists or cannot be written."""
    result_format = _format_of(path)
    try:
        with new_private_file(path) as file:
            await write_results(run, results, result_format, file.write)
    except FileExistsError:
        raise Refused(f"There is a file {path} already. Nothing was written; give another name.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None


def _format_of(path: Path) -> ResultFormat:
    try:
        return ResultFormat(path.suffix.removeprefix(".").lower())
    except ValueError:
        raise Refused(f"“{path.name}” ends neither in .csv nor in .json. Nothing was written.") from None


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
    write(csv_row(COLUMNS))
    async for result in results:
        write(csv_row(tuple(map(str, _values(result)))))


async def _write_json(run: Run, results: AsyncIterator[RecipientResult], write: Write) -> None:
    """Write one document that holds all recipients, one a line."""
    separator = "\n"
    write(f'{{"run": {json.dumps(run.id)}, "results": [')
    async for result in results:
        document = json.dumps(dict(zip(COLUMNS, _values(result), strict=True)), ensure_ascii=False)
        write(separator + escaped_json(document))
        separator = ",\n"
    write("\n]}\n")


def _values(result: RecipientResult) -> tuple[str | int, ...]:
    """Return what stands in the columns."""
    return (result.user, result.state.value, result.uid, result.reason, result.batch, result.request_id)
