"""A message as one person reads it: in the app, on each handset, and what stands there as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Resize

from pushtui.console.widgets.handset_card import card, in_panel, side_by_side, silence, wrapped
from pushtui.console.widgets.literal import Block, joined, lines, literal_line
from pushtui.domain.reading import BROKEN, IN_A_VALUE
from pushtui.domain.safe_text import cell

if TYPE_CHECKING:
    from pushtui.domain.handset import Delivery
    from pushtui.domain.reading import Reading
    from pushtui.services.recipients.preview import Person

NARROWEST_CARD = 22
WIDEST_MESSAGE = 72
LEAK = "bold reverse $finding-error"


class PersonView(Block):
    """Draws what a person reads in the width that it has."""

    DEFAULT_CSS = "PersonView { height: auto; }"

    _person: Person | None = None

    def show_person(self, person: Person) -> None:
        """Show what a person reads."""
        self._person = person
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._person is not None and self.size.width:
            self.show(person_content(self._person, self.size.width))


def person_content(person: Person, width: int) -> Content:
    """Draw what a person reads; no line is wider than `width` columns."""
    reading = person.reading
    return lines(
        *_values(person, width),
        *_leaks(reading, width),
        *(_marked(line, (*reading.leaks, *reading.brought)) for line in _messages(reading, width)),
    )


def _values(person: Person, width: int) -> Iterator[Content]:
    """Write what fills each placeholder, as many on a line as fit; an empty value is seen, not missed."""
    row = Content("")
    for name, value in person.recipient.values:
        filled = literal_line(cell(value)) if value else literal_line("(empty)", "$finding-warning")
        pair = joined(literal_line(cell(f"{{{name}}} "), "$quiet"), filled)
        longer = joined(row, literal_line("   "), pair) if row.plain else pair
        if row.plain and longer.cell_length > width:
            yield row.truncate(width, ellipsis=True)
            longer = pair
        row = longer
    if row.plain:
        yield row.truncate(width, ellipsis=True)
        yield Content("")


def _leaks(reading: Reading, width: int) -> Iterator[Content]:
    """Say what goes wrong with this person's message."""
    said = [f"{leak} has no value: people read it as it is written" for leak in reading.leaks]
    said += [f"{leak} {IN_A_VALUE}" for leak in reading.brought]
    said += [BROKEN] * reading.is_broken
    for one in said:
        yield from wrapped(f"✖ {one}", width, "bold $finding-error")
    if said:
        yield Content("")


def _messages(reading: Reading, width: int) -> Iterator[Content]:
    if reading.in_app:
        yield literal_line("In the app, for those who are online", "bold")
        yield from in_panel(wrapped(reading.in_app, min(width, WIDEST_MESSAGE) - 4), min(width, WIDEST_MESSAGE))
        yield Content("")
    yield literal_line("On the lock screen, for those who are not", "bold")
    yield from _handsets(reading.offline, width)
    if reading.data:
        yield Content("")
        yield literal_line("Handed to the app beside the text", "bold")
        yield from wrapped(reading.data, width, "$quiet")


def _handsets(deliveries: Sequence[Delivery], width: int) -> Iterator[Content]:
    """Draw the handsets that show it side by side, then those that do not, and why."""
    alone = [
        replace(one, message="", user=one.handset.model, handset=replace(one.handset, model="")) for one in deliveries
    ]
    shown = [(one, one.notification) for one in alone if one.notification is not None]
    yield from side_by_side(
        lambda room: [card(one, what, room) for one, what in shown], NARROWEST_CARD, width, most=len(shown) or 1
    )
    for one in alone:
        if one.notification is None:
            yield from silence(one, width)


def _marked(line: Content, leaks: tuple[str, ...]) -> Content:
    """Make what leaks stand out, by shape and colour, wherever a line shows it whole."""
    for leak in leaks:
        start = line.plain.find(leak)
        while start >= 0:
            line = line.stylize(LEAK, start, start + len(leak))
            start = line.plain.find(leak, start + len(leak))
    return line
