"""What can be made to go wrong, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FaultName(StrEnum):
    """The faults' names."""

    LATENCY = "latency"
    SLOW_BODY = "slow-body"
    HOLD = "hold"
    REFUSE = "refuse"
    RESET_BEFORE = "reset-before"
    ANSWER_LOST = "answer-lost"
    HALF_BODY = "half-body"
    HTML_5XX = "html-5xx"
    HTML_200 = "html-200"
    INVALID_JSON = "invalid-json"
    WRONG_CONTENT_TYPE = "wrong-content-type"
    RATE_LIMITED = "rate-limited"
    QUOTA_HIT = "quota-hit"
    INTERNAL_ERROR = "internal-error"
    INTERNAL_TIMEOUT = "internal-timeout"
    PARTIAL_SUCCESS = "partial-success"
    TOKEN_EXPIRED = "token-expired"  # noqa: S105 - a name, not a token
    CLOCK_SKEW = "clock-skew"


WHERE = ("cloud", "path", "times", "probability")
"""Parameters of every fault that befalls requests."""
ANSWERED = (*WHERE, "accepted")
HOUR = 3600.0
DECADE = 10 * 365 * 24 * HOUR


@dataclass(frozen=True, slots=True)
class FaultKind:
    """What is declared about the faults of one name."""

    help: str
    takes: tuple[str, ...] = ANSWERED
    """Its parameters."""
    carries_out: bool = False
    """Whether the request takes effect, unless told otherwise."""
    at_requests: bool = True
    """Whether it waits for requests; otherwise it holds as long as it is set."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Where they are not those of every fault."""
    seconds_help: str = ""
    shortest: float = 0.0
    longest: float = HOUR


KINDS: Mapping[FaultName, FaultKind] = {
    FaultName.LATENCY: FaultKind(
        "Waits, then carries the request out and answers as ever.",
        (*ANSWERED, "seconds"),
        carries_out=True,
        defaults={"seconds": 1.0},
        seconds_help="Seconds to wait; removing the fault ends the wait.",
    ),
    FaultName.SLOW_BODY: FaultKind(
        "Answers as ever, but the body trickles in.",
        (*ANSWERED, "seconds"),
        carries_out=True,
        defaults={"seconds": 1.0},
        seconds_help="Seconds from the first byte to the last; removing the fault sends the rest at once.",
    ),
    FaultName.HOLD: FaultKind("Carries the request out, and answers only when the fault is removed.", carries_out=True),
    FaultName.REFUSE: FaultKind(
        "Closes the cloud's port, so that connections are refused until the fault is removed; idle ones are closed. "
        "The control port and the other clouds go on.",
        ("cloud", "seconds"),
        at_requests=False,
        defaults={"times": None},
        seconds_help="Seconds until the port opens again by itself; null waits for the removal.",
    ),
    FaultName.RESET_BEFORE: FaultKind("Resets the connection without carrying the request out.", WHERE),
    FaultName.ANSWER_LOST: FaultKind(
        "Carries the request out, then resets the connection instead of answering.", WHERE, carries_out=True
    ),
    FaultName.HALF_BODY: FaultKind(
        "Answers with half of the body that Content-Length promises, then closes.", carries_out=True
    ),
    FaultName.HTML_5XX: FaultKind("Answers with a gateway's HTML page.", (*ANSWERED, "status")),
    FaultName.HTML_200: FaultKind("Answers 200 with an HTML page, as captive portals do."),
    FaultName.INVALID_JSON: FaultKind("Answers 200 with JSON that stops in the middle.", carries_out=True),
    FaultName.WRONG_CONTENT_TYPE: FaultKind("Answers as ever, but calls the body text/plain.", carries_out=True),
    FaultName.RATE_LIMITED: FaultKind(
        "Answers as over the rate: RongCloud 1008, Agora Chat its 429, Tencent its code for too many calls.",
        (*ANSWERED, "retry_after"),
    ),
    FaultName.QUOTA_HIT: FaultKind("Answers as if the quota of the hour or the day were used up."),
    FaultName.INTERNAL_ERROR: FaultKind("Answers that the provider failed inside, in the cloud's own words."),
    FaultName.INTERNAL_TIMEOUT: FaultKind(
        "Answers that the provider timed out inside, in the cloud's own words, although the request is carried out.",
        carries_out=True,
    ),
    FaultName.PARTIAL_SUCCESS: FaultKind(
        "Lets every second item of the request fail, from the first, where the cloud answers for each item; "
        "no other operation notices.",
        WHERE,
        carries_out=True,
    ),
    FaultName.TOKEN_EXPIRED: FaultKind(
        "From now on refuses the token that the request carries as expired; a fresh one works. RongCloud has no "
        "tokens for servers: there it refuses this one signature.",
        WHERE,
    ),
    FaultName.CLOCK_SKEW: FaultKind(
        "For this request the cloud's clock is off: in Date, in timestamps, and where tokens and signatures are "
        "checked.",
        (*WHERE, "seconds"),
        carries_out=True,
        defaults={"seconds": HOUR},
        seconds_help="Seconds that the clock is ahead; behind, if negative.",
        shortest=-DECADE,
        longest=DECADE,
    ),
}
