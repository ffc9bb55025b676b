"""A run of the journal: as a row of the history, and in full."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from pushtui.console.actions import BY_ID
from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.outcome import STATE_STYLES, attempt_line, outcome_content, state_content, times_content
from pushtui.console.widgets.request_view import answer_content, request_content
from pushtui.console.widgets.run_progress import PHASE_STYLES, counts_content, phase_words
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.console.widgets.top_bar import chip_of
from pushtui.domain.account import Account, Environment
from pushtui.domain.attempt import Attempt, AttemptState, Headers
from pushtui.domain.run import Phase, Run
from pushtui.services.time_words import clock_time, seconds, short_time

COLUMNS = (
    Column("State", 13),
    Column("Sent", 14),
    Column("Where", 9),
    Column("Account", 12, stretches=True),
    Column("Reach", 15),
    Column("Kind", 14, spare=2),
    Column("Message UID", 19, spare=1),
)

_WORDS = {
    AttemptState.PLANNED: "It was written to the journal and never left. Nothing was sent.",
    AttemptState.IN_FLIGHT: "The request left and its answer is still awaited.",
}
"""What a state means while there is no outcome."""

_UNKNOWN = (
    "“Unknown” means that the request may have arrived, but no answer came that says so. "
    "pushtui never sends such a push again by itself, and neither should you before you looked:"
)
_SANDBOX_CHECK = (
    f"{BY_ID['sandbox'].key} shows whether the sandbox accepted it. "
    f"If it did not, open it as a new draft ({BY_ID['new_from_run'].key})."
)
_CHECK = (
    "ask somebody of the audience, or look for the request id in the provider's own records. "
    f"Only if it did not arrive, open it as a new draft ({BY_ID['new_from_run'].key}). "
    "It counts against the quotas in the meantime."
)


def run_row(run: Run) -> Row:
    """Write a run as a row of the history."""
    environment = run.environment
    sent_at = run.tally.began_at if run.for_many else run.attempts[-1].sent_at if run.attempts else None
    return Row(
        run.id,
        (
            _state_cell(run),
            Cell(short_time(sent_at or run.made_at)),
            Cell(f"{environment.mark} {environment}", environment_style(environment)),
            Cell(f"{run.draft.account} {run.app_id}"),
            Cell(run.reach),
            Cell(run.draft.kind, "$quiet"),
            Cell(run.outcome.message_uid if run.outcome else "", "$quiet"),
        ),
    )


def _state_cell(run: Run) -> Cell:
    """Write how far a run for many is, else how it ended."""
    state, phase = run.state, run.phase
    if run.for_many and phase is not Phase.DONE:
        words = f"{run.tally.percent} %" if run.sending else str(phase)
        return Cell(f"{phase.mark} {words}", PHASE_STYLES[phase])
    words = str(state) if run.for_many else run.state_words
    return Cell(f"{state.mark} {words}", STATE_STYLES.get(state, "bold $state-waiting"))


def bar_account(run: Run) -> Account:
    """Return the account that a run was confirmed for, as far as the row at the top names it."""
    return Account(run.draft.account, run.provider, run.environment, run.hosts, {})


def environment_style(environment: Environment) -> str:
    """Return how an environment's word looks in a row: the more real its users, the louder."""
    if environment is Environment.SANDBOX:
        return "$quiet"
    return f"bold $env-{environment}-text on $env-{environment}"


def facts_content(run: Run) -> Content:
    """Write how a run ended, what it was, and when."""
    parts = [*(_progress(run) if run.for_many else _outcome(run)), Content(""), *_what(run), Content(""), *_when(run)]
    return lines(*parts)


def wire_content(run: Run) -> Content:
    """Write the answer and the request of a run's last attempt."""
    attempt = run.attempts[-1]
    answer = attempt.outcome.answer if attempt.outcome else None
    return lines(
        _heading("Answer"),
        answer_content(answer) if answer else literal_line("None came.", "$quiet"),
        Content(""),
        _heading("Request, as it left; secrets are masked"),
        request_content(attempt.request),
    )


def wire_text(run: Run) -> str:
    """Write the request and the answer of a run's last attempt in the form of HTTP, for copying."""
    attempt = run.attempts[-1]
    request, answer = attempt.request, attempt.outcome.answer if attempt.outcome else None
    sent = _message(f"{request.method} {request.url}", request.headers, request.body)
    return sent if answer is None else f"{sent}\n{_message(f'HTTP {answer.status}', answer.headers, answer.body)}"


def _progress(run: Run) -> Iterable[Content]:
    """Write how far a run for many is, and the key that opens it."""
    yield joined(phase_words(run), literal_line(f": {run.tally.words}" if run.phase is not Phase.DONE else ""))
    if run.halt:
        yield literal(run.halt, "$finding-warning")
    yield Content("")
    yield counts_content(run.tally)
    yield joined(literal_line(BY_ID["open_detail"].key, "bold $key"), literal_line(" opens the run", "$quiet"))


def _outcome(run: Run) -> Iterable[Content]:
    outcome, sandbox = run.outcome, run.environment is Environment.SANDBOX
    if outcome is None:
        yield joined(state_content(run.state), literal_line(". "), literal(_WORDS.get(run.state, "")))
        return
    yield joined(literal_line(f"{run.state.mark} ", STATE_STYLES[run.state]), outcome_content(outcome))
    if run.state is AttemptState.UNKNOWN:
        yield Content("")
        yield literal(f"{_UNKNOWN} {_SANDBOX_CHECK if sandbox else _CHECK}", "$state-unknown")


def _what(run: Run) -> Iterable[Content]:
    yield _fact("account", f"{run.draft.account}  {run.app_id}")
    yield joined(_name("environment"), chip_of(run.environment).content)
    yield _fact("kind", run.draft.kind)
    yield _fact("reach", run.reach)
    yield _fact("run", run.id)


def _when(run: Run) -> Iterable[Content]:
    if run.batches > 1:
        yield from _span(run)
    elif run.attempts:
        yield times_content(run.attempts[-1])
        yield from _took(run.attempts[-1])
        yield Content("")
        yield _heading("Attempts")
        yield from _attempts(run)


def _span(run: Run) -> Iterable[Content]:
    """Write when the first of many requests left, and when the latest answer came."""
    times = (("planned", run.made_at), ("began", run.tally.began_at), ("latest", run.tally.latest_at))
    yield from (_fact(name, clock_time(moment)) for name, moment in times if moment is not None)


def _attempts(run: Run) -> Iterable[Content]:
    for attempt in run.attempts:
        yield attempt_line(attempt)
        if attempt is not run.attempts[-1] and attempt.outcome:
            yield literal(f"  {attempt.outcome.title}. {attempt.outcome.message}", "$quiet")


def _took(attempt: Attempt) -> Iterable[Content]:
    if attempt.sent_at and attempt.ended_at:
        yield _fact("elapsed", seconds((attempt.ended_at - attempt.sent_at).total_seconds()))


def _heading(text: str) -> Content:
    return literal_line(text, "bold")


def _name(name: str) -> Content:
    return literal_line(f"{name:<13}", "$quiet")


def _fact(name: str, value: str) -> Content:
    return joined(_name(name), literal_line(value))


def _message(start: str, headers: Headers, body: str) -> str:
    return "\n".join([start, *(f"{name}: {value}" for name, value in headers), "", body, ""])
