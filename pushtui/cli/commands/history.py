"""What was sent, and how it ended."""

from __future__ import annotations

from argparse import Namespace

from pushtui.cli.context import Context
from pushtui.cli.documents import decided_document, draft_document
from pushtui.cli.exits import Exit
from pushtui.cli.run_views import decision_lines, long_run_lines
from pushtui.cli.session import Session
from pushtui.cli.views import run_lines, run_table
from pushtui.domain.errors import UsageError
from pushtui.domain.json_body import JsonValue


def history(given: Namespace, context: Context) -> int:
    """List runs, show one, or write its draft."""
    if given.draft and given.run is None:
        raise UsageError("--draft needs a RUN; `pushtui history` lists them.")
    if given.limit < 1:
        raise UsageError(f"--limit: {given.limit} is given; 1 or more is needed.")
    return _list(given, context) if given.run is None else _one(given, context)


def _list(given: Namespace, context: Context) -> int:
    with Session(context) as session:
        history = session.services.history
        runs = session.do(history.runs(given.limit))
        documents: list[JsonValue] = [decided_document(run, session.do(history.decisions(run))) for run in runs]
    context.output.answer({"runs": documents}, run_table(runs))
    return Exit.DONE


def _one(given: Namespace, context: Context) -> int:
    with Session(context) as session:
        run = session.do(session.services.history.run(given.run))
        decisions = session.do(session.services.history.decisions(run))
    if given.draft:
        context.output.document(draft_document(run.draft))
    else:
        lines = run_lines(run) if run.batches == 1 else long_run_lines(run)
        context.output.answer(decided_document(run, decisions), [*lines, *decision_lines(decisions)])
    return Exit.DONE
