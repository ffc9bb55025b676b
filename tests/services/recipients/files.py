"""Drafts and files of recipients for tests."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pushtui.domain.draft import Draft
from pushtui.domain.finding import Severity
from pushtui.domain.recipient import Recipient, RecipientSource
from pushtui.providers.base import DraftKind
from pushtui.providers.kinds import kind_named
from pushtui.services.recipients.importing import Survey, recipients_of

KIND = "rongcloud.system-template"
BODY: dict[str, Any] = {
    "fromUserId": "news",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Hi {c}"}',
    "pushContent": ["Hello {c}"],
}

Table = Iterable[Sequence[str]]


def template() -> DraftKind:
    """Return the kind of draft that the tests use."""
    return kind_named(KIND)


def source(file: Path | str = "", *names: str, text: str = "", **more: Any) -> RecipientSource:
    """Return a source whose columns are `user_id` and those named."""
    return RecipientSource("user_id", str(file), text, tuple((name, name) for name in names), **more)


def draft(recipients: RecipientSource | None, **changes: Any) -> Draft:
    """Return a template's draft with a source of recipients."""
    return Draft(KIND, "sandbox", BODY | changes, recipients)


def read(recipients: RecipientSource) -> list[Recipient]:
    """Return everybody that a source names."""
    return list(recipients_of(template(), draft(recipients)))


def surveyed(recipients: RecipientSource, **changes: Any) -> Survey:
    """Return a survey that has read its source."""
    survey = Survey(template(), draft(recipients, **changes))
    for _ in survey:
        pass
    return survey


def told(survey: Survey) -> list[tuple[Severity, str, str]]:
    """Return what a survey found: severity, field, message."""
    return [(finding.severity, finding.field, finding.message) for finding in survey.findings]


def as_csv(rows: Table, delimiter: str = ",", line_end: str = "\r\n") -> str:
    """Write rows with every cell in quotation marks."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue()


def as_json_lines(rows: Table) -> str:
    """Write rows as objects, the first row being their keys."""
    header, *rest = [list(row) for row in rows]
    return "".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rest)


def as_excel(rows: Table, path: Path) -> None:
    """Write rows as texts into the first sheet of an Excel file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for row in rows:
        sheet.append(list(row))
    book.save(path)
