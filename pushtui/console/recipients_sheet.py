"""The section in which whom a draft goes to is chosen: a file or rows, their columns, and what is wrong with them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import app as app_of
from textual.getters import query_one
from textual.message import Message

from pushtui.console.app import PushtuiApp
from pushtui.console.column_choice import ask_for_column, ask_for_need
from pushtui.console.guarded import run_guarded
from pushtui.console.screens.base import ask
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.needs_table import NeedsTable
from pushtui.console.widgets.recipients_pane import RecipientsPane
from pushtui.domain.errors import DraftError
from pushtui.services.audience import reading
from pushtui.services.recipients.choosing import (
    Need,
    Where,
    as_text,
    doubt,
    in_file,
    into_body,
    named,
    rewritten,
    where,
)
from pushtui.services.recipients.looking import first_look, look
from pushtui.services.recipients.watching import ReadingWatch

if TYPE_CHECKING:
    from pathlib import Path

    from textual.events import Paste

    from pushtui.domain.recipient import RecipientSource
    from pushtui.services.composing import Composition
    from pushtui.services.desk import Desk
    from pushtui.services.recipients.inspecting import Inspection
    from pushtui.services.recipients.looking import Look

GROUP = "look"
"""Readings: a new one ends the one before."""


class RecipientsSheet(Vertical):
    """Turns what a person says about recipients into the draft's, and reads them."""

    DEFAULT_CSS = "RecipientsSheet { height: auto; } RecipientsSheet.-sourced { height: 1fr; }"

    @dataclass
    class Changed(Message):
        """The recipients changed, or what is known of them."""

        elsewhere: bool = False
        """They stand in another place now."""

    console = app_of(PushtuiApp)
    pane = query_one(RecipientsPane)

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._desk = desk
        self._where = where(self.composition.recipients)
        self._watch: ReadingWatch | None = None
        self._is_typing = False
        """A path was typed whose columns are not looked for yet."""

    @property
    def composition(self) -> Composition:
        """The draft on the desk."""
        return self._desk.composition

    def compose(self) -> ComposeResult:
        yield RecipientsPane()

    # What is shown

    def start(self) -> None:
        """Show the recipients of the draft on the desk as if it were new, and read them."""
        self._where = where(self.composition.recipients)
        self.show()
        self.read()

    def show(self) -> None:
        """Show the recipients as they are now."""
        if self.composition.recipients is not None:
            self._where = where(self.composition.recipients)
        self.set_class(self._where is not Where.BODY, "-sourced")
        self.pane.show(self.composition, self._where)

    @property
    def sourced(self) -> bool:
        """Whether they stand, or are to stand, elsewhere than in the body."""
        return self._where is not Where.BODY

    # Reading

    def read(self, *, again: bool = False) -> None:
        """Read the recipients, unless all is known that reading could tell."""
        if again or not self.composition.looked:
            self._in_turn(self._read)

    def cancel(self) -> bool:
        """End a reading; False where there is none."""
        if self._watch is None:
            return False
        self.workers.cancel_group(self, GROUP)
        return True

    async def _read(self) -> None:
        draft = self.composition.draft
        if draft.recipients is None:
            return
        watch = self._watch = ReadingWatch(draft.recipients, self.console.options.clock)
        self.pane.follow(watch)
        try:
            if self.composition.known is None:
                self._know(await asyncio.to_thread(first_look, draft))
                self.show()
            found = await reading(partial(look, draft), watch)
        finally:
            self.pane.rest(watch)
            if self._watch is watch:
                self._watch = None
        composition = self.composition
        composition.take_look(found)
        self._tell()

    # What people change

    @on(RecipientsPane.WhereChosen)
    def _choose_where(self, event: RecipientsPane.WhereChosen) -> None:
        event.stop()
        if event.where is Where.BODY:
            self.bring_back()
            return
        if self.composition.recipients is not None:
            self.composition.set_recipients(None)
        self._where = event.where
        self._tell(elsewhere=True)
        if event.where is Where.FILE:
            self._with_dialog(self._browse)

    @on(RecipientsPane.FileTyped)
    def _type_file(self, event: RecipientsPane.FileTyped) -> None:
        """Let the draft say at once what is shown; its columns are looked for when the path is whole."""
        event.stop()
        source = self.composition.recipients
        if self._where is Where.FILE and event.path != (source.file if source is not None else ""):
            self._is_typing = True
            self._set(named(event.path, self.composition.draft, self._folder))

    @on(RecipientsPane.FileNamed)
    def _name_file(self, event: RecipientsPane.FileNamed) -> None:
        event.stop()
        if self._is_typing:
            self._in_turn(lambda: self._take_file(event.path))
        elif event.entered:
            self._with_dialog(self._browse)

    @property
    def _folder(self) -> Path | None:
        """The draft's own folder, if it has one."""
        return self.composition.path.parent if self.composition.path is not None else None

    @on(RecipientsPane.RowsTyped)
    def _take_rows(self, event: RecipientsPane.RowsTyped) -> None:
        event.stop()
        self.take_text(event.text)

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted beside the fields for rows."""
        if self._where is not Where.FILE and event.text.strip():
            event.stop()
            self._where = Where.TEXT
            self.take_text(event.text)
            self._tell(elsewhere=True)

    def take_text(self, text: str) -> None:
        """Take the rows themselves, at once: what is shown is what would be sent."""
        try:
            source = as_text(text, self.composition.draft)
        except DraftError as error:
            source = None
            toast(self.app, error.message, title=error.title, severity="error")
        self._set(source)
        self.read()

    @on(RecipientsPane.LayoutChosen)
    def _choose_layout(self, event: RecipientsPane.LayoutChosen) -> None:
        event.stop()
        draft = self.composition.draft
        source = draft.recipients
        if source is not None:
            self._in_turn(lambda: self._take(partial(rewritten, source, draft, event.field, event.word)))

    @on(NeedsTable.NeedChosen)
    def _choose_column(self, event: NeedsTable.NeedChosen) -> None:
        event.stop()
        self._with_dialog(lambda: self._ask_for_column(event.need))

    @on(NeedsTable.ColumnChosen)
    def _choose_need(self, event: NeedsTable.ColumnChosen) -> None:
        event.stop()
        self._with_dialog(lambda: self._ask_for_need(event.column))

    async def _browse(self) -> None:
        from pushtui.console.screens.recipient_files import RecipientFileDialog, first_folder

        start = first_folder(self.composition.recipients, self.composition.path)
        path = await ask(self.app, RecipientFileDialog(start))
        if path is not None:
            self._in_turn(lambda: self._take_file(str(path)))

    async def _take_file(self, path: str) -> None:
        self._is_typing = False
        if path:
            await self._take(partial(in_file, path, self.composition.draft, self._folder))

    async def _take(self, found: Callable[[], RecipientSource]) -> None:
        """Look for the columns beside the message loop, then take the source and read it."""
        draft = self.composition.draft
        source = await asyncio.to_thread(found)
        first = await asyncio.to_thread(first_look, replace(draft, recipients=source))
        self.composition.set_recipients(source)
        self._know(first)
        self._tell()
        await self._read()

    def _know(self, first: Look) -> None:
        """Know the columns already while all is being read, and tell what is odd about them."""
        composition = self.composition
        if composition.known is None:
            composition.take_look(first)
            said = doubt(first.inspection) if first.inspection is not None else ""
            if said:
                toast(self.app, said, severity="warning")

    async def _ask_for_column(self, need: Need) -> None:
        found, source = self._known()
        self._take_again(await ask_for_column(self.app, found, source, need))

    async def _ask_for_need(self, column: str) -> None:
        found, source = self._known()
        self._take_again(await ask_for_need(self.app, found, self.composition.draft, source, column))

    def _take_again(self, source: RecipientSource | None) -> None:
        if source is not None:
            self._in_turn(lambda: self._take(lambda: source))

    def _known(self) -> tuple[Inspection, RecipientSource]:
        known = self.composition.known
        if known is None or known.inspection is None or self.composition.recipients is None:
            raise DraftError("The recipients are not read yet; Ctrl+R reads them.")
        return known.inspection, self.composition.recipients

    # Back into the body

    def bring_back(self) -> None:
        """Let the recipients stand in the body, if that takes all of them; else nobody is named there."""
        self._in_turn(self._bring_back)

    async def _bring_back(self) -> None:
        draft = self.composition.draft
        body = await asyncio.to_thread(into_body, draft) if draft.recipients is not None else None
        if body is not None:
            self.composition.bring_back(body)
        elif draft.recipients is not None:
            self.composition.set_recipients(None)
            most = self.composition.kind.batching.most if self.composition.kind.batching else 0
            said = (
                f"The body takes 1 to {most} recipients without errors, so it names nobody now. Alt+Z takes that back."
            )
            toast(self.app, said, severity="warning")
        self._where = Where.BODY
        self._tell(elsewhere=True)

    def _set(self, source: RecipientSource | None) -> None:
        """Take what is being typed."""
        self.composition.set_recipients(source, typed=True)
        self._tell()

    def _tell(self, *, elsewhere: bool = False) -> None:
        self.show()
        self.post_message(self.Changed(elsewhere))

    def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        run_guarded(self, work, group=GROUP, exclusive=True)

    def _with_dialog(self, work: Callable[[], Awaitable[None]]) -> None:
        run_guarded(self, work, group="dialog", exclusive=True)
