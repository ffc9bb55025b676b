"""What can be said of any provider's answer before it is understood."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushtui.domain.attempt import Answer
    from pushtui.domain.json_body import JsonObject

NOTED_SKEW = timedelta(minutes=5)
"""Clocks that differ by more are mentioned when authentication fails."""

SERVER_FAILURE = 500
"""The HTTP statuses from here on."""


def header_of(answer: Answer, name: str) -> str:
    """Return a header by its lower-case name; empty if there is none."""
    return next((value for key, value in answer.headers if key.lower() == name), "")


def date_of(answer: Answer) -> datetime | None:
    """Return the time that the Date header says."""
    try:
        moment = parsedate_to_datetime(header_of(answer, "date"))
    except (ValueError, TypeError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def object_of(answer: Answer) -> JsonObject | None:
    """Return the JSON object that an answer is; None if it is none."""
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def what_came(answer: Answer, title: str) -> str:
    """Say that something else than a provider's answer came back."""
    kind = header_of(answer, "content-type").partition(";")[0]
    page = kind == "text/html" or answer.body.lstrip()[:1] == "<"
    what = "an HTML page" if page else "something that is not its JSON"
    said = f"HTTP {answer.status} with {what} came back instead of {title}'s answer"
    return f"{said}; a gateway in between may have made it."


def skew_words(there: datetime | None, now: datetime) -> str:
    """Say how far this machine's clock is from the provider's; empty while that is not worth a word."""
    if there is None or abs(now - there) < NOTED_SKEW:
        return ""
    hours, minutes = divmod(round(abs(now - there).total_seconds() / 60), 60)
    side = "ahead of" if now > there else "behind"
    return f"This machine's clock is {hours} h {minutes:02} min {side} the provider's: set it right first."
