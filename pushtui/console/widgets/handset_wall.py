"""All handsets that a push was meant for, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.getters import query_one

from pushtui.console.widgets.handset_card import card, side_by_side, silence, wrapped
from pushtui.console.widgets.literal import Block, joined, lines, literal_line
from pushtui.providers.apps import provider_title

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush

NARROWEST_CARD = 34
MOST_HANDSETS = 60
"""Of each kind; more are for the command line."""
MOST_USERS = 100
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
    """Draw a send: to whom, handsets that show it, those that do not and why, then people nobody knows."""
    return lines(*_shown(push, width), *_silent(push, width), *_unknown(push, width), *_meant_for(push, width))


def _shown(push: InboxPush, width: int) -> Iterator[Content]:
    yield _heading("✔", f"Shown on {push.shown} of {len(push.deliveries)} handsets", "$state-accepted")
    yield Content("")
    shown = [(one, one.notification) for one in push.deliveries if one.notification is not None]
    pictured = shown[:MOST_HANDSETS]
    yield from side_by_side(lambda room: [card(one, what, room) for one, what in pictured], NARROWEST_CARD, width)
    yield from _rest(len(shown) - MOST_HANDSETS, "that show it", push, width)


def _silent(push: InboxPush, width: int) -> Iterator[Content]:
    silent = [delivery for delivery in push.deliveries if delivery.notification is None]
    if silent:
        yield _heading("–", f"Nothing on {len(silent)}, and why", "$quiet")
        yield Content("")
    for delivery in silent[:MOST_HANDSETS]:
        yield from silence(delivery, width)
    yield from _rest(len(silent) - MOST_HANDSETS, "that show nothing", push, width)


def _unknown(push: InboxPush, width: int) -> Iterator[Content]:
    if push.unknown_users:
        yield Content("")
        yield _heading("?", "User ids that nobody has", "$state-unknown")
        yield from wrapped(_listed(push.unknown_users), width)


def _meant_for(push: InboxPush, width: int) -> Iterator[Content]:
    if push.unknown_users or push.shown < len(push.deliveries):
        yield Content("")
    users = "1 user" if len(push.recipients) == 1 else f"{len(push.recipients)} users"
    name = push.message_uid or push.id
    heading = _heading("→", f"{provider_title(push.cloud)} {push.path}, to {users}, {name}", "$quiet")
    yield heading.truncate(width, ellipsis=True)
    yield from wrapped(_listed(push.recipients), width, "$quiet")


def _rest(number: int, which: str, push: InboxPush, width: int) -> Iterator[Content]:
    if number > 0:
        yield from wrapped(f"… and {number} more {which}: pushtui sandbox inbox --push {push.id}", width, "$quiet")
        yield Content("")


def _listed(users: Sequence[str]) -> str:
    more = len(users) - MOST_USERS
    return ", ".join(users[:MOST_USERS]) + (f" … and {more} more" if more > 0 else "")


def _heading(mark: str, text: str, style: str) -> Content:
    return joined(literal_line(f"{mark} ", f"bold {style}"), literal_line(text, "bold"))
