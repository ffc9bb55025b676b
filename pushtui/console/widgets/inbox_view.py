"""A push of the sandbox's inbox as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.domain.json_body import JsonPath, get
from pushtui.services.time_words import short_time

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush

COLUMNS = (
    Column("Accepted", 14),
    Column("Shown on", 14),
    Column("Push", 12, stretches=True),
    Column("Message UID or id", 19, spare=1),
)


def push_row(push: InboxPush) -> Row:
    """Write a push: when, how many handsets showed it, what it says, and its id."""
    return Row(
        push.id,
        (
            Cell(short_time(push.at)),
            Cell(f"{push.shown} of {len(push.deliveries)}", "bold" if push.shown else "$quiet"),
            Cell(push_words(push)),
            Cell(push.message_uid or push.id, "$quiet"),
        ),
    )


def push_words(push: InboxPush) -> str:
    """Return title and text of a push as far as they are common to all platforms."""
    paths: tuple[JsonPath, ...] = (("notification", "title"), ("notification", "alert"))
    words = [value for path in paths if isinstance(value := get(push.body, path), str) and value]
    return "  ".join(words) or "(no common title or text)"
