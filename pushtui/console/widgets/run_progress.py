"""How far a run is: its bar, its counts, what went wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget

from pushtui.console.actions import BY_ID
from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.outcome import STATE_STYLES
from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.run import Phase, Run, Tally, Trouble
from pushtui.services.history import Decision
from pushtui.services.plan_words import in_requests
from pushtui.services.run_control import Progress
from pushtui.services.time_words import long_time, short_time

ACCEPTED, REJECTED, UNKNOWN = AttemptState.ACCEPTED, AttemptState.REJECTED, AttemptState.UNKNOWN
IN_FLIGHT, PLANNED = AttemptState.IN_FLIGHT, AttemptState.PLANNED
ORDER = (ACCEPTED, REJECTED, UNKNOWN, IN_FLIGHT, PLANNED)
WAITING = "$state-waiting"
_SHAPES = {ACCEPTED: "█", REJECTED: "✖", UNKNOWN: "?", IN_FLIGHT: "▒", PLANNED: "░"}
"""Of which the bar is made, so that it also reads without colours."""
PHASE_STYLES = {
    **dict.fromkeys(Phase, "bold $state-unknown"),
    Phase.SENDING: "bold $primary",
    Phase.DONE: "bold $state-accepted",
}


_HOLDERS: dict[Phase, dict[bool | None, str]] = {
    Phase.SENDING: {True: " from this console", False: " by a process of its own"},
    Phase.PAUSED: {True: " in this console", False: " in a process of its own"},
}
"""Who has a run, by whether that is this console."""


class RunBar(Widget):
    """A bar of one row: a part for each state, as wide as it has people."""

    DEFAULT_CSS = "RunBar { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._tally = Tally()

    def show(self, tally: Tally) -> None:
        """Show how the people of a run stand; nothing is painted if no part changes its width."""
        before, self._tally = self._tally, tally
        if _cells(before, self.size.width) != _cells(tally, self.size.width) or before.percent != tally.percent:
            self.refresh()

    def render(self) -> Content:
        return bar_content(self._tally, self.size.width)


def bar_content(tally: Tally, width: int) -> Content:
    """Draw the bar and, at its end, how much of the run has ended."""
    parts = [
        literal_line(_SHAPES[state] * number, STATE_STYLES.get(state, WAITING).removeprefix("bold "))
        for state, number in zip(ORDER, _cells(tally, width), strict=True)
    ]
    return joined(*parts, literal_line(f"{tally.percent:>4} %", "bold"))


def _cells(tally: Tally, width: int) -> list[int]:
    """Share the cells out; whatever has anybody gets one."""
    room = max(width - len(" 100 %"), len(ORDER))
    people = [tally.of(state).recipients or tally.of(state).batches for state in ORDER]
    together = sum(people)
    if not together:
        return [0, 0, 0, 0, room]
    cells = [max(number * room // together, 1) if number else 0 for number in people]
    biggest = cells.index(max(cells))
    cells[biggest] += room - sum(cells)
    return cells


def phase_content(progress: Progress, *, here: bool) -> Content:
    """Write whether a run goes on, where, how fast, and how long it takes."""
    run, rate, left = progress.run, progress.rate, progress.seconds_left
    parts = [phase_words(run, here=here)]
    if run.phase is Phase.SENDING and rate:
        parts.append(literal_line(f"{rate:,.0f} a second"))
    if run.phase is Phase.SENDING and left:
        parts.append(literal_line(f"{long_time(left)} left"))
    elif run.tally.latest_at is not None and not run.sending:
        parts.append(literal_line(f"latest answer {short_time(run.tally.latest_at)}", "$quiet"))
    return Content("   ").join(parts)


def phase_words(run: Run, *, here: bool | None = None) -> Content:
    """Write a phase by shape, word and colour, and who sends the run or holds it, where that is known."""
    phase = run.phase
    if phase is Phase.DONE and run.state is not ACCEPTED:
        short = [(state, run.tally.of(state).recipients) for state in (REJECTED, UNKNOWN)]
        words = ", ".join(f"{people:,} {state}" for state, people in short if people)
        return literal_line(f"{run.state.mark} done, {words}", STATE_STYLES[run.state])
    who = "" if run.wish.ends else _HOLDERS.get(phase, {}).get(here, "")
    return literal_line(f"{phase.mark} {run.phase_word}{who}", PHASE_STYLES[phase])


def counts_content(tally: Tally) -> Content:
    """Write how many people stand where, a line for each state, those of nobody too, so that nothing moves."""
    return lines(*(_count(tally, state) for state in ORDER))


def _count(tally: Tally, state: AttemptState) -> Content:
    count = tally.of(state)
    style = STATE_STYLES.get(state, "bold") if count.batches else "$quiet"
    people = literal_line(f"{state.mark} {state:<10}{count.recipients:>11,}", style)
    requests = f"   in {count.batches:,} request{'s' * (count.batches != 1)}" if count.batches else ""
    return joined(people, literal_line(requests, "$quiet"))


def story_content(
    run: Run, troubles: Sequence[Trouble], decisions: Sequence[Decision] = (), *, tips: bool = True
) -> Content:
    """Write why a run does not go on, what one can do about it, all that went wrong, and what people decided.

    Without `tips` nothing is said of what one can do, since something is being done.
    """
    said = [*_why(run), *(_what_next(run) if tips else ())]
    nothing = literal_line("Nothing so far." if run.sending else "Nothing.", "$quiet")
    wrong = [line for trouble in troubles for line in _trouble(trouble)] or [nothing]
    return lines(
        *said, *([Content("")] if said else []), literal_line("What went wrong", "bold"), *wrong, *_decided(decisions)
    )


def _decided(decisions: Sequence[Decision]) -> Iterable[Content]:
    if decisions:
        yield Content("")
        yield literal_line("What people decided", "bold")
    for decision in decisions:
        yield literal_line(
            f"{short_time(decision.at)}  {decision.action}: {decision.recipients:,} recipients", "$quiet"
        )
        yield literal(decision.reason)


def _trouble(trouble: Trouble) -> Iterable[Content]:
    style = "bold $state-waiting" if trouble.again else STATE_STYLES[trouble.state]
    people = in_requests(trouble.recipients, trouble.batches)
    again = ", planned once more since" if trouble.again else ""
    yield joined(
        literal_line(f"{trouble.state.mark} {trouble.state_words}", style),
        literal_line(f"  {people}, latest {short_time(trouble.latest_at)}{again}", "$quiet"),
    )
    yield literal(trouble.message)


def _why(run: Run) -> Iterable[Content]:
    if run.halt:
        title = "Interrupted." if run.phase is Phase.INTERRUPTED else "It stopped by itself."
        yield joined(literal_line(f"▲ {title} ", "bold $finding-warning"), literal(run.halt))


def _what_next(run: Run) -> Iterable[Content]:
    left, unknown, rejected = (run.tally.of(state).recipients for state in (PLANNED, UNKNOWN, REJECTED))
    if run.phase is Phase.PAUSED:
        yield _tip(_keys("pause_run"), f"goes on with the {left:,} who are left")
    if run.sending:
        return
    if left:
        mended = ", once the cause is mended" if run.phase is Phase.STOPPED and run.halt else ""
        twice = f"; {run.tally.may_have.recipients:,} may have it already" if run.tally.may_have.batches else ""
        yield _tip(_keys("resume_run"), f"sends to the {left:,} who are left{mended}{twice}")
    if unknown:
        yield _tip(_keys("show_results", "show_unknown"), f"shows the {unknown:,} of whom nobody knows")
    if rejected:
        yield _tip(_keys("show_results", "draft_rejected"), f"makes a new draft for the {rejected:,} rejected")
    if run.state is ACCEPTED:
        yield _tip(_keys("show_results"), "shows everybody with their message UID")
        if run.environment is Environment.SANDBOX:
            yield _tip(_keys("sandbox"), "shows what handsets made of it")


def _keys(*actions: str) -> str:
    return ", ".join(BY_ID[action].key for action in actions)


def _tip(keys: str, text: str) -> Content:
    return joined(literal_line(f"{keys:<14}", "bold $key"), literal(text))
