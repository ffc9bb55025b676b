"""Recipients as a CSV file that can be read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pushtui.domain.recipient import Recipient, RecipientSource, TableEncoding, TableFormat

USER_COLUMN = "user_id"


def csv_source(file: str, names: Sequence[str]) -> RecipientSource:
    """Return what a draft says of a file that `csv_lines` wrote."""
    return RecipientSource(
        user=_user_column(names),
        file=file,
        values=tuple((name, name) for name in names),
        format=TableFormat.CSV,
        encoding=TableEncoding.UTF_8,
    )


def csv_lines(names: Sequence[str], recipients: Iterable[Recipient]) -> Iterator[str]:
    """Yield the lines of a CSV file, the header first; a value that somebody lacks is empty."""
    yield _line([_user_column(names), *names])
    for recipient in recipients:
        values = dict(recipient.values)
        yield _line([recipient.user, *(values.get(name, "") for name in names)])


def _user_column(names: Sequence[str]) -> str:
    column = USER_COLUMN
    while column in names:
        column += "_"
    return column


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL if any(map(_delicate, cells)) else csv.QUOTE_MINIMAL).writerow(cells)
    return written.getvalue()


def _delicate(cell: str) -> bool:
    """Tell what some readers would change if no quotation marks stood around it."""
    return cell != cell.strip() or not cell.isprintable()
