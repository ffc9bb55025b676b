"""Drafts: start one, check one, list them, describe them to editors."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pushtui.cli.context import Context
from pushtui.cli.documents import draft_document, findings_document, reach_document
from pushtui.cli.draft_argument import read_draft
from pushtui.cli.exits import Exit
from pushtui.cli.progress import ReadingLines
from pushtui.cli.session import run_alone
from pushtui.cli.text import Line, Span, Style, heading, table
from pushtui.cli.views import finding_lines, reach_words
from pushtui.domain.clock import SystemClock
from pushtui.domain.finding import blocks
from pushtui.services.audience import reading
from pushtui.services.composing import Composition
from pushtui.services.drafts import Drafts
from pushtui.services.recipients.checking import Checked, checked
from pushtui.services.schemas import schema_of
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.services.drafts import DraftFile


def new(given: Namespace, context: Context) -> int:
    """Write an empty draft."""
    context.output.document(draft_document(Composition.new(given.kind, given.account).draft))
    return Exit.DONE


def check(given: Namespace, context: Context) -> int:
    """Write the findings about a draft; status 1 if one of them is an error."""
    draft = read_draft(given, context.paths)
    lines = ReadingLines("reading", context.output, SystemClock())
    found = run_alone(reading(lambda told: checked(draft, told), lines))
    sendable = not blocks(found.findings)
    context.output.answer(
        {
            "kind": draft.kind,
            "account": draft.account,
            "sendable": sendable,
            "reach": reach_document(found.reach),
            "findings": findings_document(found.findings),
        },
        _checked(draft, found, given.draft),
    )
    return Exit.DONE if sendable else Exit.FAILED


def drafts(given: Namespace, context: Context) -> int:
    """List the drafts folder."""
    found = run_alone(Drafts(context.paths).list())
    folder = context.paths.drafts
    context.output.answer(
        {
            "folder": str(folder),
            "drafts": [
                {
                    "name": one.name,
                    "modified": one.modified.isoformat(),
                    "kind": one.kind,
                    "account": one.account,
                    "error": one.error,
                }
                for one in found
            ],
        },
        table([_row(one) for one in found]) if found else [f"There are no drafts in {folder}."],
    )
    return Exit.DONE


def schema(given: Namespace, context: Context) -> int:
    """Write the JSON Schema of a kind of draft."""
    context.output.document(schema_of(given.kind))
    return Exit.DONE


def _checked(draft: Draft, found: Checked, name: str) -> Iterator[Line]:
    yield heading(f"{name}: {draft.kind} for {draft.account or 'no account'}")
    yield f"  reach {reach_words(found.reach)}"
    yield ""
    yield from finding_lines(found.findings)


def _row(one: DraftFile) -> tuple[str | Span, ...]:
    about = Span(one.error, Style.BAD) if one.error else f"{one.kind} for {one.account}"
    return (one.name, clock_time(one.modified), about)
