"""All handsets that a push was meant for, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.getters import query_one

from pushtui.console.widgets.handset_card import blank, card, silence, wrapped
from pushtui.console.widgets.literal import Block, joined, lines, literal_line

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush

NARROWEST_CARD = 34
GAP = 2
MARGIN = 1
"""Columns between the handsets and the scrollbar."""


class HandsetWall(VerticalScroll):
    """One block of text for all handsets: a widget for each would cost too much."""

    picture = query_one("#picture", Block)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._push: InboxPush | None = None

    def compose(self) -> ComposeResult:
        yield Block(id="picture")

    def show(self, push: InboxPush) -> None:
        """Show what the handsets made of a push."""
        if self._push is None or push.id != self._push.id:
            self.scroll_home(animate=False)
        self._push = push
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width - MARGIN
        if self._push is not None and width > 0:
            self.picture.show(wall(self._push, width))


def wall(push: InboxPush, width: int) -> Content:
    """Draw a push: handsets that show it first, then those that do not and why, then people nobody knows."""
    return lines(*_shown(push, width), *_silent(push, width), *_unknown(push, width))


def _shown(push: InboxPush, width: int) -> Iterator[Content]:
    yield _heading("✔", f"Shown on {push.shown} of {len(push.deliveries)} handsets", "$state-accepted")
    yield Content("")
    number = max(1, (width + GAP) // (NARROWEST_CARD + GAP))
    room = (width + GAP) // number - GAP
    cards = [card(one, one.notification, room) for one in push.deliveries if one.notification is not None]
    for first in range(0, len(cards), number):
        yield from _side_by_side(cards[first : first + number], room)
        yield Content("")


def _silent(push: InboxPush, width: int) -> Iterator[Content]:
    silent = [delivery for delivery in push.deliveries if delivery.notification is None]
    if silent:
        yield _heading("–", f"Nothing on {len(silent)}, and why", "$quiet")
        yield Content("")
    for delivery in silent:
        yield from silence(delivery, width)


def _unknown(push: InboxPush, width: int) -> Iterator[Content]:
    if push.unknown_users:
        yield Content("")
        yield _heading("?", "User ids that nobody has", "$state-unknown")
        yield from wrapped(", ".join(push.unknown_users), width)


def _side_by_side(cards: Sequence[Sequence[Content]], width: int) -> Iterator[Content]:
    gap = literal_line(" " * GAP)
    for row in zip_longest(*cards, fillvalue=blank(width)):
        yield gap.join(row)


def _heading(mark: str, text: str, style: str) -> Content:
    return joined(literal_line(f"{mark} ", f"bold {style}"), literal_line(text, "bold"))
