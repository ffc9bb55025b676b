"""Planning and sending."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pushtui.cli.commands.runs import status_of
from pushtui.cli.context import Context
from pushtui.cli.documents import plan_document, run_document
from pushtui.cli.draft_argument import read_draft
from pushtui.cli.exits import Exit, Interrupted
from pushtui.cli.progress import ReadingLines, with_progress
from pushtui.cli.questions import SENDING, confirmation
from pushtui.cli.run_views import SHOWN_DIGITS, long_run_lines
from pushtui.cli.session import Session
from pushtui.cli.standard_input import STANDARD_INPUT
from pushtui.cli.text import Line, heading, indented
from pushtui.cli.views import attempt_line, confirm_lines, receipt_lines, request_lines, summary_lines
from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.services.plan_words import in_requests

if TYPE_CHECKING:
    from pushtui.domain.attempt import SentRequest
    from pushtui.domain.plan import Plan

SHORTEST_DIGEST = 12

STATUS = {
    AttemptState.ACCEPTED: Exit.DONE,
    AttemptState.UNKNOWN: Exit.UNKNOWN,
    AttemptState.IN_FLIGHT: Exit.UNKNOWN,
}


def plan(given: Namespace, context: Context) -> int:
    """Show a plan; send nothing."""
    with Session(context) as session:
        made = _plan(given, context, session)
        requests, command = session.services.planning.preview(made), session.services.planning.curl(made)
    context.output.answer(plan_document(made, requests, command), _lines(made, requests, command, given.draft))
    return Exit.DONE if made.sendable else Exit.FAILED


def send(given: Namespace, context: Context) -> int:
    """Plan, have it confirmed, send it once, and show the receipt."""
    context.refuse_if_read_only("Sending")
    output = context.output
    with Session(context) as session:
        made = _plan(given, context, session)
        output.show(summary_lines(made))
        _refuse_unless_planned(made, given.plan)
        session.do(session.services.sending.expect_turn(made))
        typed = confirmation(made.ritual, SENDING, given.confirm, output, can_ask=given.draft != STANDARD_INPUT)
        output.flush()  # Output that cannot be written ends the command here, before anything leaves.
        if made.requests.count > 1 or given.detach:
            return send_many(made, typed, given, context, session)
        sending = session.services.sending.send(made, typed, lambda attempt: output.note(attempt_line(attempt)))
        run = session.do(sending)
    output.answer(run_document(run), ["", *receipt_lines(run)])
    return STATUS.get(run.state, Exit.FAILED)


def send_many(made: Plan, typed: str, given: Namespace, context: Context, session: Session) -> int:
    """Write the run first, so that it can be named, then send it here or in a process of its own."""
    services, output = session.services, context.output
    writing = ReadingLines("writing the journal", output, services.clock)
    run = session.do(services.sending.begin(made, typed, writing))
    output.note(f"Run {run.id[:SHOWN_DIGITS]}: {in_requests(run.recipients, run.batches)}.")
    try:
        if given.detach:
            run = session.do(services.runs.detach(run.id))
        else:
            run = session.do(with_progress(services.sending.resume(run.id), run.id, services.runs, output))
    except Interrupted:
        short = run.id[:SHOWN_DIGITS]
        output.note(f"The run {short} is stopped; what did not leave is kept. To go on: pushtui runs resume {short}")
        raise
    output.answer(run_document(run), ["", *long_run_lines(run)])
    return Exit.DONE if run.sending else status_of(run)


def _plan(given: Namespace, context: Context, session: Session) -> Plan:
    draft = read_draft(given, context.paths)
    session.attach_sandbox(draft.account)
    told = ReadingLines("reading", context.output, session.services.clock)
    return session.do(session.services.planning.plan(draft, told))


def _lines(made: Plan, requests: list[SentRequest], command: str, draft: str) -> Iterator[Line]:
    yield from summary_lines(made)
    for request in requests:
        yield ""
        yield heading("Request" if made.requests.count == 1 else f"The first of {made.requests.count:,} requests")
        yield from request_lines(request)
    yield ""
    if command:
        yield heading("The same with curl")
        yield from indented(command.rstrip("\n"))
        yield ""
    yield from confirm_lines(made, draft)


def _refuse_unless_planned(made: Plan, digest: str | None) -> None:
    if not made.sendable:
        raise Refused("The draft has errors, so nothing was sent.")
    if digest is None:
        return
    if len(digest) < SHORTEST_DIGEST:
        raise Refused(f"--plan: “{digest}” is given; at least {SHORTEST_DIGEST} digits are needed. Nothing was sent.")
    if not made.digest.startswith(digest.lower()):
        raise Refused(
            f"--plan: {digest[:SHORTEST_DIGEST]} is given, but the plan is {made.short_digest} now: the draft, the "
            "account, the findings or the history changed. Nothing was sent; look at the plan again.",
            title="Stale plan",
        )
