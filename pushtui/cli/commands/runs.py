"""Runs of many requests: how far they are, and what people decide about them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.cli.context import Context
from pushtui.cli.documents import draft_document, run_document, troubled_document
from pushtui.cli.exits import Exit
from pushtui.cli.progress import follow, with_progress
from pushtui.cli.questions import PLANNING_AGAIN, SENDING, confirmation
from pushtui.cli.run_views import (
    SHOWN_DIGITS,
    decision_lines,
    doubt_lines,
    long_run_lines,
    run_progress_table,
    trouble_lines,
)
from pushtui.cli.session import Session
from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.domain.run import Phase
from pushtui.services.plan_words import in_requests
from pushtui.services.result_files import ResultFormat, write_results
from pushtui.services.results import EVERY_STATE, left_out_of
from pushtui.services.run_questions import ritual_of_rest

if TYPE_CHECKING:
    from pushtui.domain.run import Run

Action = Callable[[Namespace, Context, Session], int]
READING = ("list", "show", "watch", "results")


def runs(given: Namespace, context: Context) -> int:
    """Do what is asked with runs; list them if nothing is."""
    action = given.action or "list"
    if action not in READING:
        context.refuse_if_read_only(f"`runs {action}`")
    with Session(context) as session:
        return ACTIONS[action](given, context, session)


def status_of(run: Run) -> int:
    """Return the exit status that a run stands for."""
    if run.tally.of(AttemptState.UNKNOWN).batches or run.tally.of(AttemptState.IN_FLIGHT).batches:
        return Exit.UNKNOWN
    return Exit.DONE if run.state is AttemptState.ACCEPTED else Exit.FAILED


def _list(_given: Namespace, context: Context, session: Session) -> int:
    found = session.do(session.services.history.long_runs())
    context.output.answer({"runs": [run_document(run) for run in found]}, run_progress_table(found))
    return Exit.DONE


def _show(given: Namespace, context: Context, session: Session) -> int:
    run = _run(given, session)
    history = session.services.history
    troubles, decisions = session.do(history.troubles(run)), session.do(history.decisions(run))
    lines = [*long_run_lines(run), *decision_lines(decisions), *trouble_lines(troubles)]
    context.output.answer(troubled_document(run, troubles, decisions), lines)
    return Exit.DONE


def _watch(given: Namespace, context: Context, session: Session) -> int:
    run = _run(given, session)
    session.do(follow(run.id, session.services.runs, context.output))
    return _answered(_run(given, session), context)


def _pause(given: Namespace, context: Context, session: Session) -> int:
    return _answer(session.do(session.services.runs.pause(given.run)), context)


def _stop(given: Namespace, context: Context, session: Session) -> int:
    return _answer(session.do(session.services.runs.stop(given.run)), context)


def _resume(given: Namespace, context: Context, session: Session) -> int:
    run, services = _run(given, session), session.services
    if run.phase is Phase.PAUSED:
        return _answer(session.do(services.runs.go_on(run.id)), context)
    _have_confirmed(run, given, context, session)
    if given.detach:
        run = session.do(services.runs.detach(run.id, run.tally))
        return _answer(run, context) if run.sending else _answered(run, context)
    session.attach_sandbox(run.draft.account)
    sending = services.sending.resume(run.id, confirmed=run.tally)
    return _answered(session.do(with_progress(sending, run.id, services.runs, context.output)), context)


def _have_confirmed(run: Run, given: Namespace, context: Context, session: Session) -> None:
    """Have a person confirm that the rest is sent, unless it cannot be sent anyway. Raises Refused."""
    if len(given.run) < SHOWN_DIGITS:
        raise Refused(
            f"RUN: “{given.run}” is given; a command that sends needs at least {SHOWN_DIGITS} characters of the id. "
            "Nothing was sent."
        )
    if run.sending:
        raise Refused(f"The run {run.id[:SHOWN_DIGITS]} is being sent already.")
    if run.state.final:
        return
    session.do(session.services.sending.expect_turn_of(run))
    left = run.tally.of(AttemptState.PLANNED)
    context.output.note(f"Left of the run {run.id[:SHOWN_DIGITS]}: {in_requests(left.recipients, left.batches)}.")
    for line in doubt_lines(run):
        context.output.note(line)
    confirmation(ritual_of_rest(run), SENDING, given.confirm, context.output)


def _results(given: Namespace, context: Context, session: Session) -> int:
    run = _run(given, session)
    states = frozenset(AttemptState(state) for state in given.state) if given.state else EVERY_STATE
    found = session.services.results.of(run, states, given.user)
    wanted = ResultFormat.JSON if context.output.as_json else ResultFormat(given.format)
    session.do(write_results(run, found, wanted, context.output.text))
    return Exit.DONE


def _retry_unknown(given: Namespace, context: Context, session: Session) -> int:
    runs, output = session.services.runs, context.output
    doubt = session.do(runs.doubt(given.run))
    typed = ""
    if doubt.unknown.batches:
        output.note(doubt.warning)
        typed = confirmation(doubt.ritual, PLANNING_AGAIN, given.confirm, output)
    run, count = session.do(runs.retry_unknown(doubt.run.id, given.reason, typed))
    short = run.id[:SHOWN_DIGITS]
    said = (
        f"Planned once more: {in_requests(doubt.unknown.recipients, count)}. To send: pushtui runs resume {short}"
        if count
        else f"No request of the run {short} is unknown; nothing was changed."
    )
    output.answer({"planned_again": count, "run": run_document(run)}, [said])
    return Exit.DONE


def _draft_rejected(given: Namespace, context: Context, session: Session) -> int:
    run = _run(given, session)
    draft = session.do(session.services.results.save_rejected(run, Path(given.file)))
    count = run.tally.of(AttemptState.REJECTED).recipients
    context.output.answer(
        {
            "recipients": count,
            "left_out": run.tally.refused_later.recipients,
            "draft": draft_document(draft),
        },
        [
            f"{given.file} is a draft for the {count:,} recipients that were rejected.{left_out_of(run)} "
            f"See: pushtui plan {given.file}"
        ],
    )
    return Exit.DONE


ACTIONS: Mapping[str, Action] = {
    "list": _list,
    "show": _show,
    "watch": _watch,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "results": _results,
    "retry-unknown": _retry_unknown,
    "draft-rejected": _draft_rejected,
}


def _run(given: Namespace, session: Session) -> Run:
    return session.do(session.services.history.run(given.run))


def _answered(run: Run, context: Context) -> int:
    """Show a run, and return the status that it stands for."""
    _answer(run, context)
    return status_of(run)


def _answer(run: Run, context: Context) -> int:
    context.output.answer(run_document(run), long_run_lines(run))
    return Exit.DONE
