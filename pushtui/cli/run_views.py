"""What people read of runs of many requests: how far they are, and what became of everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pushtui.cli.columns import shortened
from pushtui.cli.text import Line, Span, Style, entry, environment_words, heading, indented, state_style, table
from pushtui.cli.views import SHOWN_DIGITS as SHOWN_DIGITS
from pushtui.cli.views import gist_lines
from pushtui.domain.attempt import MAY_HAVE_IT, AttemptState
from pushtui.domain.run import Phase
from pushtui.services.plan_words import in_requests
from pushtui.services.time_words import clock_time, long_time, short_time

if TYPE_CHECKING:
    from pushtui.domain.run import Run, Trouble
    from pushtui.services.history import Decision
    from pushtui.services.run_control import Progress

ORDER = (
    AttemptState.ACCEPTED,
    AttemptState.REJECTED,
    AttemptState.UNKNOWN,
    AttemptState.IN_FLIGHT,
    AttemptState.PLANNED,
)
_PHASES = {Phase.SENDING: Style.NOTED, Phase.DONE: Style.GOOD}


def phase_words(run: Run) -> Span:
    """Return mark and word of whether a run goes on."""
    return Span(f"{run.phase.mark} {run.phase_word}", _PHASES.get(run.phase, Style.DOUBTFUL))


def progress_line(progress: Progress) -> Line:
    """Return one line about a run on its way."""
    run, rate, left = progress.run, progress.rate, progress.seconds_left
    speed = f"  {rate:,.0f} a second" if rate else ""
    still = f", {long_time(left)} left" if left else ""
    return (phase_words(run), f"  {run.tally.words or 'nothing yet'}{speed}{still}")


def long_run_lines(run: Run) -> Iterator[Line]:
    """Yield all about how far a run is, and what can be done about it."""
    yield (Span(f"Run {run.id[:SHOWN_DIGITS]}  ", Style.STRONG), phase_words(run))
    yield entry("id", run.id)
    yield entry("made", clock_time(run.made_at))
    yield entry("account", environment_words(run.environment), f"  {run.draft.account}")
    yield entry("kind", run.draft.kind)
    yield from gist_lines(run.draft)
    yield entry("plan", run.digest[:12])
    yield entry("size", in_requests(run.recipients, run.batches))
    for state in ORDER:
        count = run.tally.of(state)
        if count.batches:
            words = in_requests(count.recipients, count.batches)
            yield entry("", Span(f"{state.mark} {state.value:<9}  ", state_style(state)), words)
    yield from doubt_lines(run)
    yield from _times(run)
    if run.halt:
        yield entry("why", Span(run.halt, Style.DOUBTFUL))
    yield from (entry("next", f"pushtui runs {command}") for command in next_commands(run))


def decision_lines(decisions: Sequence[Decision]) -> Iterator[Line]:
    """Yield what people decided about a run, and why."""
    if decisions:
        yield ""
        yield heading("What was decided")
    for decision in decisions:
        people = "1 person" if decision.recipients == 1 else f"{decision.recipients:,} people"
        yield f"  {clock_time(decision.at)}  {decision.action}, {people}"
        yield from indented(decision.reason, 4)


def trouble_lines(troubles: Sequence[Trouble]) -> Iterator[Line]:
    """Yield what went wrong in a run, each once, the latest first."""
    if troubles:
        yield ""
        yield heading("What went wrong")
    for trouble in troubles:
        people = in_requests(trouble.recipients, trouble.batches)
        again = ", planned once more since" if trouble.again else ""
        mark = Span(f"{trouble.state.mark} {trouble.state_words}", state_style(trouble.state))
        yield ("  ", mark, f"  {people}, latest {short_time(trouble.latest_at)}{again}")
        yield from indented(trouble.message, 4)


def next_commands(run: Run) -> list[str]:
    """Return what can be done with a run, as what follows `pushtui runs`."""
    short = run.id[:SHOWN_DIGITS]
    if run.phase is Phase.SENDING:
        return [f"watch {short}", f"pause {short}", f"stop {short}"]
    if run.phase is Phase.PAUSED:
        return [f"resume {short}", f"stop {short}"]
    found = [f"resume {short}"] if run.phase in (Phase.STOPPED, Phase.INTERRUPTED) else []
    if run.tally.of(AttemptState.UNKNOWN).batches:
        found.append(f"results {short} --state unknown")
    if run.tally.of(AttemptState.REJECTED).batches:
        found.append(f"draft-rejected {short} FILE")
    return found


def run_progress_table(runs: Sequence[Run]) -> Iterator[Line]:
    """Yield runs as rows: id, time, whether they go on, account, and how many people stand where."""
    if not runs:
        yield "There is no run of more than one request yet."
    yield from table([_row(run) for run in runs])


def _row(run: Run) -> tuple[str | Span, ...]:
    return (
        run.id[:SHOWN_DIGITS],
        short_time(run.made_at),
        phase_words(run),
        environment_words(run.environment),
        shortened(run.draft.account, 20),
        run.tally.words,
    )


def doubt_lines(run: Run) -> Iterator[Line]:
    """Yield how many an earlier attempt may have reached, whatever became of the last one."""
    planned, later = run.tally.may_have.recipients, run.tally.refused_later.recipients
    if planned:
        yield entry("doubt", Span(f"{planned:,} of those who are planned {MAY_HAVE_IT}", Style.DOUBTFUL))
    if later:
        yield entry("doubt", Span(f"{later:,} were rejected the last time, but {MAY_HAVE_IT}", Style.DOUBTFUL))


def _times(run: Run) -> Iterator[Line]:
    began, latest = run.tally.began_at, run.tally.latest_at
    if began is not None:
        yield entry("began", clock_time(began))
    if latest is not None:
        yield entry("latest", clock_time(latest))
