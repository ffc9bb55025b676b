"""One look at the recipients of the draft in hand, and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.reach import Extent, Reach
from pushtui.domain.recipient import RECIPIENTS
from pushtui.providers.kinds import check, kind_named
from pushtui.services.recipients.importing import Told, nobody, recipients_of
from pushtui.services.recipients.inspecting import Inspection, glimpse, inspect
from pushtui.services.recipients.preview import Person, reading_of
from pushtui.services.recipients.table import Unreadable

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.domain.recipient import RecipientSource

QUICK = 5000
"""Recipients that are read again with every change."""


@dataclass(frozen=True, slots=True)
class Look:
    """What reading the recipients of a draft told; `inspection` is None where they could not be read."""

    draft: Draft
    inspection: Inspection | None
    about_recipients: tuple[Finding, ...]
    is_done: bool = True
    """False if only the first rows were looked at."""

    @property
    def reach(self) -> Reach | None:
        """How many they are; None while that is not known."""
        found, source = self.inspection, self.draft.recipients
        if found is None or source is None or not found.is_whole:
            return None
        return Reach(Extent.EXACTLY, found.recipients, f"everybody in {source.name}")

    def holds(self, draft: Draft) -> bool:
        """Tell whether it says all there is about the very draft."""
        return self.is_done and self.draft == draft

    def is_about(self, source: RecipientSource | None) -> bool:
        """Tell whether these recipients were read, be it for another text."""
        return source is not None and self.draft.recipients == source

    def adopted(self, source: RecipientSource) -> Look:
        """Return the same for a draft that says what was guessed."""
        return replace(self, draft=replace(self.draft, recipients=source))

    @property
    def is_quick(self) -> bool:
        """Tell whether reading them again takes no noticeable time."""
        return self.is_done and (self.inspection is None or self.inspection.recipients <= QUICK)


def first_person(draft: Draft) -> Person | None:
    """Return who comes first and what they read, without reading any further; None if nobody does."""
    kind = kind_named(draft.kind)
    try:
        first = next(recipients_of(kind, draft), None)
    except Unreadable:
        return None
    return Person(1, first, reading_of(kind, draft, first, 1)) if first is not None else None


def first_look(draft: Draft) -> Look:
    """Look at the columns and first rows of a source only; run it in a thread."""
    assert draft.recipients is not None
    try:
        return Look(draft, glimpse(draft.recipients), (), is_done=False)
    except Unreadable:
        return Look(draft, None, (), is_done=False)


def look(draft: Draft, told: Told = nobody) -> Look:
    """Read all recipients of a draft that has a source of them; run it in a thread."""
    source = draft.recipients
    assert source is not None
    try:
        found = inspect(source, draft, told)
    except Unreadable as error:
        gone = Finding(Severity.ERROR, (RECIPIENTS,), error.message.rstrip("."), PUSHTUI)
        return Look(draft, None, (gone,))
    about_body = frozenset(check(kind_named(draft.kind), draft.body, found.source))
    return Look(draft, found, tuple(finding for finding in found.findings if finding not in about_body))
