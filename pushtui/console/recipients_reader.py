"""Reading whom a draft goes to, beside all other work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.getters import app as app_of
from textual.getters import query_one

from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.recipient_messages import RecipientsChanged
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.recipients_pane import RecipientsPane
from pushtui.services.audience import reading
from pushtui.services.recipients.choosing import Where, doubt, where
from pushtui.services.recipients.looking import Look, first_look, look
from pushtui.services.recipients.watching import ReadingWatch

if TYPE_CHECKING:
    from pushtui.domain.recipient import RecipientSource
    from pushtui.services.composing import Composition
    from pushtui.services.desk import Desk

GROUP = "look"
"""Readings: a new one ends the one before."""


class RecipientsReader(Vertical):
    """Shows the recipients of the draft on the desk, and what reading them told."""

    console = app_of(PushtuiApp)
    pane = query_one(RecipientsPane)

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._desk = desk
        self._where = where(self.composition.recipients)
        self._watch: ReadingWatch | None = None

    @property
    def composition(self) -> Composition:
        """The draft on the desk."""
        return self._desk.composition

    @property
    def sourced(self) -> bool:
        """Whether they stand, or are to stand, elsewhere than in the body."""
        return self._where is not Where.BODY

    def start(self) -> None:
        """Show the recipients of the draft on the desk as if it were new, and read them."""
        self.workers.cancel_group(self, GROUP)
        self._where = where(self.composition.recipients)
        self.show()
        self.read()

    def show(self) -> None:
        """Show the recipients as they are now."""
        if self.composition.recipients is not None:
            self._where = where(self.composition.recipients)
        self.set_class(self.sourced, "-sourced")
        self.pane.show(self.composition, self._where)

    def tell(self, *, elsewhere: bool = False) -> None:
        """Show what changed, and let others know."""
        self.show()
        self.post_message(RecipientsChanged(elsewhere))

    def read(self, *, again: bool = False) -> None:
        """Read the recipients, unless all is known that reading could tell."""
        if again or not self.composition.looked:
            self.in_turn(self._read)

    def cancel(self) -> bool:
        """End a reading; False where there is none."""
        if self._watch is None:
            return False
        self.workers.cancel_group(self, GROUP)
        return True

    async def take(self, found: Callable[[], RecipientSource]) -> None:
        """Look for the columns beside the message loop, then take the source and read it; in turn only."""
        composition = self.composition
        with self._watched():
            source = await asyncio.to_thread(found)
            first = await asyncio.to_thread(first_look, replace(composition.draft, recipients=source))
        composition.set_recipients(source)
        self._know(composition, first)
        self.tell()
        await self._read()

    def in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do work in place of the reading that is under way."""
        run_guarded(self, work, group=GROUP, exclusive=True)

    async def _read(self) -> None:
        composition, draft = self.composition, self.composition.draft
        if draft.recipients is None or draft.recipients.is_empty:
            return
        with self._watched() as watch:
            if composition.known is None:
                self._know(composition, await asyncio.to_thread(first_look, draft))
                self.show()
            found = await reading(partial(look, draft), watch)
        composition.take_look(found)
        self.tell()

    @contextmanager
    def _watched(self) -> Iterator[ReadingWatch]:
        """Show how far a reading is, until it ends."""
        watch = self._watch = ReadingWatch(self.composition.recipients, self.console.options.clock)
        self.pane.follow(watch)
        try:
            yield watch
        finally:
            self.pane.rest(watch)
            if self._watch is watch:
                self._watch = None

    def _know(self, composition: Composition, first: Look) -> None:
        """Know the columns already while all is being read, and tell what is odd about them."""
        if composition.known is None:
            composition.take_look(first)
            said = doubt(first.inspection) if first.inspection is not None else ""
            if said:
                toast(self.app, said, severity="warning")
