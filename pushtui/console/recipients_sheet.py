"""The section in which whom a draft goes to is chosen: a file or rows, their columns, and what is wrong with them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from pushtui.console.column_choice import ask_for_column, ask_for_need
from pushtui.console.guarded import run_guarded
from pushtui.console.recipients_reader import RecipientsReader
from pushtui.console.screens.base import ask
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.needs_table import NeedsTable
from pushtui.console.widgets.recipients_pane import RecipientsPane
from pushtui.domain.errors import DraftError
from pushtui.services.recipients.choosing import (
    Need,
    Where,
    as_text,
    in_file,
    into_body,
    named,
    remembered,
    rewritten,
    unfilled,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.events import Paste

    from pushtui.domain.recipient import RecipientSource
    from pushtui.services.desk import Desk
    from pushtui.services.recipients.inspecting import Inspection


class RecipientsSheet(RecipientsReader):
    """Turns what a person says about recipients into the draft's, and reads them."""

    DEFAULT_CSS = "RecipientsSheet { height: auto; } RecipientsSheet.-sourced { height: 1fr; }"

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(desk, id=id)
        self._is_typing = False
        """A path was typed whose columns are not looked for yet."""

    def compose(self) -> ComposeResult:
        yield RecipientsPane()

    # What people change

    @on(RecipientsPane.WhereChosen)
    def _choose_where(self, event: RecipientsPane.WhereChosen) -> None:
        event.stop()
        if event.where is Where.BODY:
            self.bring_back()
            return
        self.cancel()
        left = remembered(self.composition.draft)
        self._is_typing = False
        self.composition.set_recipients(unfilled(event.where))
        self.tell(elsewhere=True)
        if left:
            toast(self.app, f"Alt+Z brings back {left}.")
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
            self.in_turn(lambda: self._take_file(event.path))
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
            self.tell(elsewhere=True)

    def take_text(self, text: str) -> None:
        """Take the rows themselves, at once: what is shown is what would be sent."""
        try:
            source = as_text(text, self.composition.draft)
        except DraftError as error:
            source = unfilled(Where.TEXT)
            toast(self.app, error.message, title=error.title, severity="error")
        self._set(source)
        self.read()

    @on(RecipientsPane.LayoutChosen)
    def _choose_layout(self, event: RecipientsPane.LayoutChosen) -> None:
        event.stop()
        draft = self.composition.draft
        source = draft.recipients
        if source is not None:
            self.in_turn(lambda: self.take(partial(rewritten, source, draft, event.field, event.word)))

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
            self.in_turn(lambda: self._take_file(str(path)))

    async def _take_file(self, path: str) -> None:
        self._is_typing = False
        if path:
            await self.take(partial(in_file, path, self.composition.draft, self._folder))

    async def _ask_for_column(self, need: Need) -> None:
        found, source = self._known()
        self._take_again(await ask_for_column(self.app, found, source, need))

    async def _ask_for_need(self, column: str) -> None:
        found, source = self._known()
        self._take_again(await ask_for_need(self.app, found, self.composition.draft, source, column))

    def _take_again(self, source: RecipientSource | None) -> None:
        if source is not None:
            self.in_turn(lambda: self.take(lambda: source))

    def _known(self) -> tuple[Inspection, RecipientSource]:
        known = self.composition.known
        if known is None or known.inspection is None or self.composition.recipients is None:
            raise DraftError("The recipients are not read yet; Ctrl+R reads them.")
        return known.inspection, self.composition.recipients

    # Back into the body

    def bring_back(self) -> None:
        """Let the recipients stand in the body, if that takes all of them; else nobody is named there."""
        self.in_turn(self._bring_back)

    async def _bring_back(self) -> None:
        composition, draft = self.composition, self.composition.draft
        body = await asyncio.to_thread(into_body, draft) if draft.recipients is not None else None
        left = remembered(draft)
        if body is not None:
            composition.bring_back(body)
            toast(self.app, f"The body holds them now. Alt+Z brings back {left}.")
        elif draft.recipients is not None:
            composition.set_recipients(None)
            most = composition.kind.batching.most if composition.kind.batching else 0
            said = f"The body takes 1 to {most} recipients without errors, so it names nobody now."
            if left:
                toast(self.app, f"{said} Alt+Z brings back {left}.", severity="warning")
        self._where = Where.BODY
        self.tell(elsewhere=True)

    def _set(self, source: RecipientSource) -> None:
        """Take what is being typed."""
        self.composition.set_recipients(source, typed=True)
        self.tell()

    def _with_dialog(self, work: Callable[[], Awaitable[None]]) -> None:
        run_guarded(self, work, group="dialog", exclusive=True)
