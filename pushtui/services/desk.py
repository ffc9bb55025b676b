"""The draft on the desk: started, opened, saved, and never lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.json_body import pretty
from pushtui.services.composing import Composition
from pushtui.services.recovery import Unsaved

if TYPE_CHECKING:
    from pushtui.domain.attempt import Run
    from pushtui.services.drafts import Drafts, Fingerprint
    from pushtui.services.recovery import LeftBehind, Recovery

DEFAULT_KIND = "rongcloud.push"


class Desk:
    """Holds the composition in hand and keeps what no file holds yet."""

    def __init__(self, drafts: Drafts, recovery: Recovery) -> None:
        self._drafts = drafts
        self._recovery = recovery
        self._fingerprint: Fingerprint | None = None
        self.composition = Composition.new(DEFAULT_KIND, "")

    def new(self, account: str) -> None:
        """Start an empty draft."""
        self._lay(Composition.new(self.composition.kind.name, account))

    async def open(self, path: Path) -> None:
        """Open a draft file; raises DraftError and keeps what is on the desk if it cannot be read."""
        opened = await self._drafts.open(path)
        composition = Composition.of(opened.draft)
        composition.saved(opened.path)
        self._lay(composition, opened.fingerprint)

    def reopen(self, run: Run) -> None:
        """Make a new draft of what was sent."""
        self._lay(Composition.restored(run.draft.kind, run.draft.account, pretty(run.draft.body), None))

    def restore(self, left: LeftBehind) -> None:
        """Take up a draft that an earlier console left behind."""
        unsaved = left.unsaved
        self._lay(Composition.restored(unsaved.kind or DEFAULT_KIND, unsaved.account, unsaved.text, unsaved.path))
        self._recovery.drop(left)

    async def save(self, path: Path, *, overwrite: bool = False) -> None:
        """Write the draft to a file; raises DraftError if that would lose somebody's work."""
        place = self._drafts.place(path)
        expected = self._fingerprint if place == self.composition.path else None
        self._fingerprint = await self._drafts.save(place, self.composition.draft, expected, overwrite=overwrite)
        self.composition.saved(place)
        self.keep()

    def keep(self) -> None:
        """Keep what is on the desk against a killed process, or forget it once a file holds it."""
        composition = self.composition
        if composition.dirty:
            self._recovery.keep(Unsaved(composition.kind.name, composition.account, composition.text, composition.path))
        else:
            self._recovery.discard()

    def _lay(self, composition: Composition, fingerprint: Fingerprint | None = None) -> None:
        self.composition = composition
        self._fingerprint = fingerprint
        self.keep()
