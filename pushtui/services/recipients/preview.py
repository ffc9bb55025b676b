"""A draft as each of its recipients reads it, one after the other, and the worst cases among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappush, heapreplace
from itertools import islice

from pushtui.domain.draft import Draft
from pushtui.domain.finding import Finding
from pushtui.domain.handset import Handset, Platform
from pushtui.domain.reading import Reading
from pushtui.domain.recipient import Recipient
from pushtui.providers.base import DraftKind
from pushtui.services.recipients.importing import Survey, Told, nobody, recipients_of

KEPT = 1000
"""Recipients at the beginning that are kept; those behind are read from the source when asked for."""
WORST = 10
"""Worst cases kept of each kind."""

_Item = tuple[tuple[int, int], int, Recipient]
"""How bad, minus the number, and who: of equals the first is the greater."""

HANDSETS = (
    Handset("iphone", "iPhone", Platform.IOS),
    Handset("android", "Android", Platform.ANDROID, "fcm"),
    Handset("harmony", "HarmonyOS", Platform.HARMONY),
)
"""On which the offline push is shown."""


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient, counted from 1, and what it reads."""

    number: int
    recipient: Recipient
    reading: Reading


class Preview:
    """The people a draft goes to, after one look at all of them."""

    def __init__(self, kind: DraftKind, draft: Draft, survey: Survey, first: list[Recipient], worst: Worst) -> None:
        self.kind = kind
        self.draft = draft
        self.count = survey.count
        self.findings: tuple[Finding, ...] = survey.findings
        self._first = first
        self._worst = worst

    @classmethod
    def look(cls, kind: DraftKind, draft: Draft, told: Told = nobody) -> Preview:
        """Read all recipients once, keeping the first and the worst; run it in a thread."""
        survey, worst, first = Survey(kind, draft, told), Worst(), list[Recipient]()
        for number, recipient in enumerate(survey, 1):
            if number <= KEPT:
                first.append(recipient)
            worst.add(number, recipient)
        return cls(kind, draft, survey, first, worst)

    def person(self, number: int) -> Person | None:
        """Return who comes at a place, counted from 1; None beyond the last.

        Beyond the first thousand the source is read up to that place, so run it in a thread.
        """
        if not 1 <= number <= self.count:
            return None
        if self.has_at_hand(number):
            return self._person(number, self._first[number - 1])
        found = next(islice(recipients_of(self.kind, self.draft), number - 1, None), None)
        return None if found is None else self._person(number, found)

    def has_at_hand(self, number: int) -> bool:
        """Tell whether a person is known without reading the source again."""
        return number <= len(self._first)

    def longest(self) -> list[Person]:
        """Return those with the longest values, the worst first."""
        return [self._person(number, recipient) for number, recipient in self._worst.longest]

    def emptiest(self) -> list[Person]:
        """Return those with the most empty values, then the shortest, the worst first."""
        return [self._person(number, recipient) for number, recipient in self._worst.emptiest]

    def _person(self, number: int, recipient: Recipient) -> Person:
        return Person(number, recipient, reading_of(self.kind, self.draft, recipient, number))


def reading_of(kind: DraftKind, draft: Draft, recipient: Recipient, number: int) -> Reading:
    """Return what a recipient reads; the number counts from 1 and matters where it stands in the body."""
    batching = kind.batching
    assert batching is not None
    if draft.recipients is None:
        return batching.reading(draft.body, number - 1, HANDSETS)
    return batching.reading(batching.body(draft.body, [recipient]), 0, HANDSETS)


class Worst:
    """The few recipients with the longest and the emptiest values among any number of them."""

    def __init__(self) -> None:
        self._long: list[_Item] = []
        self._short: list[_Item] = []

    def add(self, number: int, recipient: Recipient) -> None:
        """Consider one; among equals the first stays."""
        sizes = [len(value) for _, value in recipient.values]
        total = sum(sizes)
        _keep(self._long, (total, 0), number, recipient)
        blank = sum(not value.strip() for _, value in recipient.values)
        _keep(self._short, (blank, -total), number, recipient)

    @property
    def longest(self) -> Iterator[tuple[int, Recipient]]:
        """Number and recipient, the longest first."""
        return ((-number, recipient) for _, number, recipient in sorted(self._long, reverse=True))

    @property
    def emptiest(self) -> Iterator[tuple[int, Recipient]]:
        """Number and recipient, the emptiest first."""
        return ((-number, recipient) for _, number, recipient in sorted(self._short, reverse=True))


def _keep(heap: list[_Item], badness: tuple[int, int], number: int, recipient: Recipient) -> None:
    if len(heap) < WORST:
        heappush(heap, (badness, -number, recipient))
    elif badness > heap[0][0]:
        heapreplace(heap, (badness, -number, recipient))
