"""The draft on the desk: started, opened, saved, and never lost."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.json_body import pretty
from pushtui.services.composing import Composition
from pushtui.services.recipients.choosing import beside
from pushtui.services.recovery import Unsaved

if TYPE_CHECKING:
    from pushtui.domain.errors import DraftError
    from pushtui.domain.run import Run
    from pushtui.services.drafts import Drafts, Fingerprint
    from pushtui.services.recovery import LeftBehind, Recovery

DEFAULT_KIND = "rongcloud.push"


class Desk:
    """Holds the composition in hand and keeps what no file holds yet."""

    def __init__(self, drafts: Drafts, recovery: Recovery) -> None:
        self._drafts = drafts
        self._recovery = recovery
        self._fingerprint: Fingerprint | None = None
        self._saving = asyncio.Lock()
        self.composition = Composition.new(DEFAULT_KIND, "")

    @property
    def failure(self) -> DraftError | None:
        """Why the latest change could not be kept against a killed process, if it could not."""
        return self._recovery.failure

    def new(self, account: str, kind: str = "") -> None:
        """Start an empty draft, of the kind in hand if none is named."""
        self._lay(Composition.new(kind or self.composition.kind.name, account))

    async def open(self, path: Path) -> None:
        """Open a draft file; raises DraftError and keeps what is on the desk if it cannot be read."""
        opened = await self._drafts.open(path)
        composition = Composition.of(opened.draft)
        composition.saved(opened.path, composition.content)
        self._lay(composition, opened.fingerprint)

    def reopen(self, run: Run) -> None:
        """Make a new draft of what was sent."""
        draft = run.draft
        self._lay(Composition.restored(draft.kind, draft.account, pretty(draft.body), None, draft.recipients))

    def restore(self, left: LeftBehind) -> None:
        """Take up a draft that an earlier console left behind."""
        unsaved = left.unsaved
        composition = Composition.restored(
            unsaved.kind or DEFAULT_KIND,
            unsaved.account,
            unsaved.text,
            unsaved.path,
            beside(unsaved.recipients, unsaved.path),
        )
        self._lay(composition, unsaved.fingerprint)
        self._recovery.replace(left)

    async def save(self, path: Path, *, overwrite: bool = False) -> None:
        """Write the draft to a file; raises ChangedOnDisk if that would lose somebody's work.

        What is typed meanwhile is not saved. A save that has begun is done even if its caller is cancelled.
        """
        await asyncio.shield(self._save(self._drafts.place(path), overwrite))

    async def _save(self, place: Path, overwrite: bool) -> None:
        async with self._saving:
            composition, content = self.composition, self.composition.content
            expected = self._fingerprint if place == composition.path else None
            fingerprint = await self._drafts.save(place, composition.draft, expected, overwrite=overwrite)
            composition.saved(place, content)
            if composition is self.composition:
                self._fingerprint = fingerprint
                self.keep()

    def keep(self) -> None:
        """Keep what is on the desk against a killed process, or forget it once a file holds it."""
        composition = self.composition
        if composition.dirty:
            self._recovery.keep(
                Unsaved(
                    composition.kind.name,
                    composition.account,
                    composition.text,
                    composition.path,
                    self._fingerprint,
                    composition.recipients,
                )
            )
        else:
            self._recovery.discard()

    def _lay(self, composition: Composition, fingerprint: Fingerprint | None = None) -> None:
        self.composition = composition
        self._fingerprint = fingerprint
        self.keep()
