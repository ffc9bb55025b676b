"""What one recipient of a message reads, in the app and on the lock screen."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.domain.handset import Delivery

IN_A_VALUE = "stands in a value: it is read as it is written, unless the provider fills values again"
BROKEN = "the values break the JSON of the message: apps may show anything, or nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as it is for one person."""

    user: str
    in_app: str
    """What the app shows to those who are online; empty for a notification without a message."""
    offline: tuple[Delivery, ...]
    """What handsets show of it to those who are not."""
    data: str = ""
    """What the app is handed beside the text."""
    leaks: tuple[str, ...] = ()
    """Placeholders that nothing fills, with their braces: people read them as they are written."""
    brought: tuple[str, ...] = ()
    """Placeholders that stand in a value, with their braces: no provider says that it fills those again."""
    is_broken: bool = False
    """The values break the JSON that the message is: apps may show anything, or nothing."""
