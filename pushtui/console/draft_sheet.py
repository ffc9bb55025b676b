"""One section of a draft at a time: its fields, or whom it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message

from pushtui.console.arrival import in_daemon_thread
from pushtui.console.recipient_messages import RecipientsLeft
from pushtui.console.widgets.form import Form
from pushtui.services.form_sections import RECIPIENTS_SECTION

if TYPE_CHECKING:
    from textual.widget import Widget

    from pushtui.console.help_topic import HelpTopic
    from pushtui.console.recipients_sheet import RecipientsSheet
    from pushtui.domain.finding import Finding
    from pushtui.services.desk import Desk


class DraftSheet(Container):
    """Shows a section of the draft on the desk, and keeps the cursor in it."""

    DEFAULT_CSS = """
    DraftSheet {
        #recipients { display: none; }
        &.-recipients #recipients { display: block; }
        &.-sourced #form { display: none; }
    }
    """

    @dataclass
    class Left(Message):
        """A person moved out of the section, to the one above (-1) or below (1)."""

        step: int

    form = query_one("#form", Form)

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._desk = desk
        self.section = desk.composition.sections()[0].name
        self.recipients: RecipientsSheet | None = None
        """Loaded with the first draft that goes to named users."""

    def compose(self) -> ComposeResult:
        yield Form(self._desk.composition, self.section, id="form")

    async def begin(self) -> None:
        """Show what is on the desk, in the same section if it has that one, else in its first."""
        names = [state.name for state in self._desk.composition.sections()]
        await self._load_recipients()
        if self.recipients is not None:
            self.recipients.start()
        await self.show(self.section if self.section in names else names[0])

    async def show(self, section: str) -> None:
        """Show a section; whom it goes to is read, if that is not known yet."""
        self.section = section
        self.set_class(self._among_recipients, "-recipients")
        self.set_class(self._in_source, "-sourced")
        await self.form.show(self._desk.composition, section)
        if self.recipients is not None and self._among_recipients:
            self.recipients.show()
            self.recipients.read()

    async def _load_recipients(self) -> None:
        """Load what only drafts for named users need: the first form should not wait for it."""
        if self.recipients is None and self._desk.composition.kind.batching is not None:
            make = await in_daemon_thread(_load)
            self.recipients = make(self._desk, id="recipients")
            await self.mount(self.recipients, before=self.form)

    def beside(self, step: int) -> str | None:
        """Name the neighbouring section; None beyond the ends."""
        names = [state.name for state in self._desk.composition.sections()]
        index = names.index(self.section) + step
        return names[index] if 0 <= index < len(names) else None

    def focus_field(self, *, last: bool = False) -> None:
        """Put the cursor into the first or the last field."""
        if self.recipients is None or not self._among_recipients or (last and not self._in_source):
            self.form.focus_field(last=last)
        else:
            self.recipients.pane.fields()[-1 if last else 0].focus()

    def topic_of(self, widget: Widget | None) -> HelpTopic | None:
        """Say what a field of the recipients' is for."""
        return self.recipients.pane.topic_of(widget) if self.recipients is not None else None

    def focus_finding(self, finding: Finding) -> None:
        """Put the cursor where a finding is mended."""
        if self._in_source:
            self.focus_field(last=True)
        else:
            self.form.focus_path(finding.path)

    @property
    def _among_recipients(self) -> bool:
        return self.section == RECIPIENTS_SECTION

    @property
    def _in_source(self) -> bool:
        return self.recipients is not None and self._among_recipients and self.recipients.sourced

    @on(Form.Left)
    def _leave_form(self, event: Form.Left) -> None:
        event.stop()
        if event.step < 0 and self._among_recipients and self.recipients is not None:
            self.recipients.pane.where_field.focus()
        else:
            self.post_message(self.Left(event.step))

    @on(RecipientsLeft)
    def _leave_recipients(self, event: RecipientsLeft) -> None:
        event.stop()
        if event.step > 0 and not self._in_source:
            self.form.focus_field()
        else:
            self.post_message(self.Left(event.step))


def _load() -> type[RecipientsSheet]:
    from pushtui.console.recipients_sheet import RecipientsSheet

    return RecipientsSheet
