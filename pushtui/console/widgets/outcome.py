"""How an attempt stands or ended, in words."""

from __future__ import annotations

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.domain.attempt import Attempt, AttemptState, Outcome
from pushtui.services.time_words import clock_time, seconds

STATE_STYLES = {
    AttemptState.ACCEPTED: "bold $state-accepted",
    AttemptState.REJECTED: "bold $state-rejected",
    AttemptState.UNKNOWN: "bold $state-unknown",
}


def state_content(state: AttemptState, words: str = "") -> Content:
    """Write a state by shape, word and colour."""
    return literal_line(f"{state.mark} {words or state}", STATE_STYLES.get(state, "bold $state-waiting"))


def attempt_line(attempt: Attempt) -> Content:
    """Write where an attempt stands: state, host, and the time it took."""
    elapsed = attempt.outcome.answer.elapsed if attempt.outcome and attempt.outcome.answer else None
    took = f"  after {seconds(elapsed)}" if elapsed is not None else ""
    return joined(
        state_content(attempt.state, attempt.state_words),
        literal_line(f"  attempt {attempt.number}  {attempt.request.url}{took}", "$quiet"),
    )


def outcome_content(outcome: Outcome) -> Content:
    """Write how an attempt ended: message, ids and the request id for support."""
    ids = [
        ("message UID", outcome.message_uid),
        ("push id", outcome.push_id if outcome.push_id != outcome.message_uid else ""),
        ("request id", outcome.request_id),
    ]
    return lines(
        joined(literal_line(f"{outcome.title}. ", STATE_STYLES[outcome.state]), literal(outcome.message)),
        *(joined(literal_line(f"{name:<13}", "$quiet"), literal_line(value)) for name, value in ids if value),
    )


def times_content(attempt: Attempt) -> Content:
    """Write when an attempt was planned, left and ended."""
    times = [("planned", attempt.planned_at), ("sent", attempt.sent_at), ("ended", attempt.ended_at)]
    return lines(
        *(
            joined(literal_line(f"{name:<13}", "$quiet"), literal_line(clock_time(moment)))
            for name, moment in times
            if moment is not None
        )
    )
