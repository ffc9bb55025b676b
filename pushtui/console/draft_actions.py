"""What is done with a draft as a whole, by key: the workbench without its form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import app as app_of
from textual.getters import query_one

from pushtui.console.actions import Action
from pushtui.console.app import PushtuiApp
from pushtui.console.draft_jobs import DraftJobs
from pushtui.console.draft_sheet import DraftSheet
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.widgets.literal import toast
from pushtui.domain.errors import PushtuiError

if TYPE_CHECKING:
    from pushtui.console.recipients_sheet import RecipientsSheet
    from pushtui.services.composing import Composition
    from pushtui.services.desk import Desk
    from pushtui.services.services import Services


HELP = """\
Write a push as a form or as its JSON; F6 changes between them. Tab and the arrows move through the \
fields, Enter goes on to the next one, Ctrl+Down to the next section. In a choice, the arrows move and Space chooses.

What is wrong is listed while you type: ✖ forbids sending, ▲ deserves a second look, · is advice. \
F11 goes to the next finding. F9 shows the plan: nothing is sent before you have read and confirmed it.

Ctrl+N starts another draft and asks of which kind. Kinds for named users have a section Recipients (Ctrl+R): \
choose a file, or paste or type rows. Its columns, what they probably mean and what is wrong with any row follow; \
Enter changes a column. Esc ends a long reading. Alt+R brings the recipients back into the body. \
Ctrl+L shows what each of them will read."""


class DraftActions(Vertical):
    """Starts, opens, saves, previews and plans the draft on the desk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel_reading", "Stop reading", show=False, id="workbench.cancel_reading"),
    ]

    console = app_of(PushtuiApp)
    sheet = query_one("#sheet", DraftSheet)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.jobs = DraftJobs(self.console, desk)

    @property
    def composition(self) -> Composition:
        """The draft on the desk."""
        return self.desk.composition

    @property
    def recipients(self) -> RecipientsSheet | None:
        """Where whom it goes to is chosen; None while no draft was for named users."""
        return self.sheet.recipients

    async def show_draft(self) -> None:
        """Show what is on the desk, from its first section."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Show findings, reach and quotas as they are now."""
        raise NotImplementedError

    async def load_account(self) -> None:
        """Show the draft's account and what the journal knows of its quotas."""
        raise NotImplementedError

    async def opened(self) -> Services | None:
        """Wait for the services; None if they did not open, which the app has told already."""
        try:
            return await self.console.services.get()
        except PushtuiError:
            return None

    def action_new_draft(self) -> None:
        """Start another draft, of a kind that is asked for."""
        run_guarded(self, self._new, group="files", exclusive=True)

    def action_open_draft(self) -> None:
        run_guarded(self, self._open, group="files", exclusive=True)

    def action_save_draft(self) -> None:
        run_guarded(self, self._save, group="files", exclusive=True)

    def action_review(self) -> None:
        run_guarded(self, self._review, group="review", exclusive=True)

    def action_preview(self) -> None:
        """Show what each recipient will read."""
        run_guarded(self, self._preview, group="review", exclusive=True)

    async def _new(self) -> None:
        if await self.jobs.new():
            await self.show_draft()

    async def _open(self) -> None:
        if await self.jobs.open(await self.console.services.get()):
            await self.show_draft()

    async def _save(self) -> None:
        if await self.jobs.save():
            self.show_state()
            toast(self.app, f"Saved to {self.composition.path}.")

    async def _review(self) -> None:
        services = await self.console.services.get()
        async with self._reading_alone():
            await self.jobs.review(services)
        await self.load_account()

    async def _preview(self) -> None:
        async with self._reading_alone():
            await self.jobs.preview()

    @asynccontextmanager
    async def _reading_alone(self) -> AsyncIterator[None]:
        """Put a reading off that is under way, since two would take twice as long."""
        reading = self.recipients if self.recipients is not None and self.recipients.cancel() else None
        yield
        if reading is not None:
            reading.read()

    def action_recipients_to_body(self) -> None:
        """Bring the recipients back into the body."""
        if self.recipients is not None:
            self.recipients.bring_back()

    def action_cancel_reading(self) -> None:
        """End a reading of recipients."""
        if self.recipients is not None and self.recipients.cancel():
            toast(self.app, "Not all recipients were read. Ctrl+R reads them; F9 does anyway.")

    def why_not(self, action: Action) -> str | None:
        """Only what goes to named users has recipients to look at."""
        many = self.composition.kind.batching is not None
        if action.id in ("preview", "recipients", "recipients_to_body"):
            if not many:
                return f"a {self.composition.kind.title.lower()} goes to an audience"
            if self.has_class("-json") and action.id == "recipients":
                return "F6 leads to the form first"
        if action.id == "recipients_to_body" and self.composition.recipients is None:
            return "they stand there"
        return None

    def help_topic(self) -> HelpTopic:
        """Say what the screen is for."""
        return HelpTopic("Compose", HELP)
