"""Questions about a user, and whether a push shows, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.diagnosis import Diagnosis, Mark
from pushtui.domain.wall_clock import server_time
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.diagnosis import Incoming
    from pushtui.services.explaining import Question

ANY_MESSAGE = "a message from anybody"
_MARKS = {True: Mark.PASS, False: Mark.FAIL, None: Mark.UNKNOWN}


def mark_of(diagnosis: Diagnosis) -> Mark:
    """Tell by a mark whether a push shows."""
    return _MARKS[diagnosis.shows]


def question_words(question: Question) -> str:
    """Say what is asked about: `a message from u7 in the group 42 that mentions the user`."""
    if question.push is None:
        return _message_words(question.incoming)
    run, kind = question.push.run, question.push.incoming.kind
    if run is None:
        return f"the draft of a {kind}"
    left = f"that left {clock_time(question.push.sent_at)}" if question.push.sent_at else "that never left"
    return f"the {kind} {run.id[:8]} {left}"


def moment_words(diagnosis: Diagnosis) -> str:
    """Write the moment of a diagnosis by the provider's clock."""
    return server_time(diagnosis.moment, diagnosis.zone, assumed=diagnosis.zone_assumed)


def _message_words(incoming: Incoming) -> str:
    sender = f"a message from {incoming.sender}" if incoming.sender else ANY_MESSAGE
    group = f" in the group {incoming.group}" if incoming.group else ""
    return f"{sender}{group}{_mention(incoming)}"


def _mention(incoming: Incoming) -> str:
    if incoming.mentions_all:
        return " that mentions everybody"
    return {True: " that mentions the user", False: " that mentions nobody", None: ""}[incoming.mentions]
