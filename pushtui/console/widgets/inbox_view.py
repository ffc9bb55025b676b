"""A send of the sandbox's inbox as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.domain.json_body import JsonPath, get
from pushtui.providers.apps import provider_title
from pushtui.services.time_words import short_time

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush

COLUMNS = (
    Column("Accepted", 14),
    Column("Cloud", 12),
    Column("Operation", 24, spare=2),
    Column("Shown on", 10),
    Column("What it says", 24, stretches=True),
    Column("Message UID or id", 19, spare=1),
)


def push_row(push: InboxPush) -> Row:
    """Write a send: when, by which cloud, how many handsets showed it, what it says, and its id."""
    return Row(
        push.id,
        (
            Cell(short_time(push.at)),
            Cell(provider_title(push.cloud)),
            Cell(push.path, "$quiet"),
            Cell(f"{push.shown} of {len(push.deliveries)}", "bold" if push.shown else "$quiet"),
            Cell(push_words(push)),
            Cell(push.message_uid or push.id, "$quiet"),
        ),
    )


def push_words(push: InboxPush) -> str:
    """Return what a send says: title and text common to all platforms, else what the first handset got."""
    paths: tuple[JsonPath, ...] = (("notification", "title"), ("notification", "alert"))
    common = [value for path in paths if isinstance(value := get(push.body, path), str) and value]
    return "  ".join(common) or next((words for words in _received(push) if words), "(no common title or text)")


def _received(push: InboxPush) -> list[str]:
    notifications = [delivery.notification for delivery in push.deliveries if delivery.notification is not None]
    return [
        *("  ".join(filter(None, (shown.title, shown.text))) for shown in notifications),
        *(delivery.message for delivery in push.deliveries),
    ]
