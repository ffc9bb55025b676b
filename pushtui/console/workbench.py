"""Where a push is written: form or JSON, and what is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.widgets import TextArea

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action
from pushtui.console.draft_actions import DraftActions
from pushtui.console.draft_sheet import DraftSheet
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.recipient_messages import RecipientsChanged
from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.fields import FieldChanged, FieldEditor
from pushtui.console.widgets.form import Form, VariantField
from pushtui.console.widgets.key_bar import KeyBar
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.sections import Sections
from pushtui.console.widgets.side_panel import SidePanel
from pushtui.console.widgets.status_line import StatusLine
from pushtui.domain.errors import DraftError
from pushtui.domain.recipient import RECIPIENTS
from pushtui.services.form_sections import RECIPIENTS_SECTION
from pushtui.services.json_cursor import path_at

if TYPE_CHECKING:
    from pushtui.domain.field import FieldSpec
    from pushtui.domain.json_body import JsonPath
    from pushtui.domain.quota import QuotaUse
    from pushtui.services.desk import Desk


class Workbench(DraftActions):
    """Form or JSON on the left, what is known about it beside or below; does the actions of the compose screen."""

    editor = query_one("#json", Editor)
    sections = query_one("#sections", Sections)
    panel = query_one("#panel", SidePanel)
    status = query_one("#status", StatusLine)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown = (desk.composition, desk.composition.content)
        """The draft and its content as the form or the editor hold them."""
        self._quotas: tuple[QuotaUse, ...] = ()

    def compose(self) -> ComposeResult:
        with Container(id="work"):
            yield Sections(id="sections")
            yield DraftSheet(self.desk, id="sheet")
            yield Editor(json=True, id="json")
            yield SidePanel(id="panel")
        yield StatusLine(id="status")

    # Coming in

    def begin(self) -> None:
        """Take up the work once everything is in its place."""
        self.show_state()
        self.sheet.focus_field()
        run_guarded(self, self._learn, group="start")

    async def _learn(self) -> None:
        """Show what the journal, the accounts and earlier consoles know, when they do."""
        if self.composition.kind.batching is not None:
            await self.show_draft()
        services = await self.opened()
        if services is not None:
            await self.look_again()
            if await self.jobs.take_up(services.recovery):
                await self.show_draft()

    async def look_again(self) -> None:
        """Show what changed meanwhile: other screens may have sent something, or laid another draft or account."""
        if self._shown != (self.composition, self.composition.content):
            await self.show_draft()
        else:
            self._ask_for_account()

    async def show_draft(self) -> None:
        """Show what is on the desk, from its first section."""
        draft = self.composition
        if draft.body is None:
            self._show_json()
        await self.sheet.begin()
        self.show_state()
        if self.has_class("-json"):
            self.editor.text = draft.text
        else:
            self.sheet.focus_field()
        self._shown = (draft, draft.content)
        self._ask_for_account()

    def _ask_for_account(self) -> None:
        run_guarded(self, self.load_account, group="account", exclusive=True)

    async def load_account(self) -> None:
        """Show the draft's account and what the journal knows of its quotas; none rather than a wrong one."""
        services, draft = await self.opened(), self.composition
        if services is None:
            return
        await services.follow_sandbox()
        self._quotas = ()
        if self.console.account is not None and self.console.account.name != draft.account:
            self.console.account = None
        try:
            if draft.account:
                self.console.account = await services.accounts.get(draft.account)
                self._quotas = await services.planning.quotas(draft.kind, self.console.account)
        finally:
            self.show_state()

    # What people change

    @on(FieldChanged)
    def _take_value(self, event: FieldChanged) -> None:
        try:
            self.composition.set_value(event.path, event.value)
        except DraftError as error:
            toast(self.app, error.message, title=error.title, severity="error")
        self._changed()

    @on(Form.OptionChosen)
    async def _take_option(self, event: Form.OptionChosen) -> None:
        self.composition.set_option(event.variant, event.option)
        await self.sheet.show(self.sheet.section)
        self.sheet.focus_field()
        self._changed()

    @on(RecipientsChanged)
    async def _take_recipients(self, event: RecipientsChanged) -> None:
        if event.elsewhere:
            await self.sheet.show(self.sheet.section)
            if self.recipients is not None and self.recipients.pane.has_lost(self.screen.focused):
                self.sheet.focus_field()
        if self.has_class("-json"):
            self.editor.text = self.composition.text
        self._changed()

    @on(TextArea.Changed, "#json")
    def _take_text(self) -> None:
        if self.has_class("-json"):
            self.composition.set_text(self.editor.text)
            self._changed()

    @on(TextArea.SelectionChanged, "#json")
    def _explain_json(self) -> None:
        """Explain the field that the cursor is in."""
        if self.has_class("-json"):
            path = path_at(self.editor.text, *self.editor.cursor_location)
            self._explain_field(self.composition.field_at(path))

    def _changed(self) -> None:
        draft = self.composition
        self._shown = (draft, draft.content)
        self.desk.keep()
        if self.recipients is not None and draft.known is not None and draft.known.is_quick:
            self.recipients.read()
        self.show_state()

    def show_state(self) -> None:
        """Show findings, reach and quotas as they are now."""
        draft = self.composition
        self.sections.show(draft.sections(), self.sheet.section)
        self.sheet.form.show_findings(draft)
        self.panel.show_findings(draft.findings, is_all=draft.looked)
        if isinstance(self.screen.focused, FieldEditor):
            self._show_value(self.screen.focused.spec)
        failure = self.desk.failure.message if self.desk.failure else ""
        self.status.show_draft(
            draft.kind.title, draft.path, dirty=draft.dirty, reach=draft.reach, quotas=self._quotas, failure=failure
        )

    def _explain_field(self, spec: FieldSpec | None) -> None:
        self.panel.show_field(spec)
        if spec is not None:
            self._show_value(spec)

    def _show_value(self, spec: FieldSpec) -> None:
        self.panel.show_value(spec, self.composition.value(spec.path), self.composition.findings_at(spec.path))

    # Moving about

    @on(Sections.Chosen)
    async def _choose_section(self, event: Sections.Chosen) -> None:
        await self._show_section(event.name)

    @on(Sections.Entered)
    def _enter_form(self) -> None:
        self.sheet.focus_field()

    @on(DraftSheet.Left)
    async def _leave_section(self, event: DraftSheet.Left) -> None:
        await self._step(event.step, from_field=True)

    @on(DescendantFocus)
    def _explain(self, event: DescendantFocus) -> None:
        topic = self.sheet.topic_of(event.widget)
        if topic is not None:
            self.panel.show_topic(topic)
        elif isinstance(event.widget, FieldEditor):
            self._explain_field(event.widget.spec)
        elif isinstance(event.widget, VariantField):
            self.panel.show_topic(HelpTopic(event.widget.variant.label, event.widget.variant.help))

    async def _step(self, step: int, *, from_field: bool) -> None:
        """Go to the neighbouring section, staying among the fields if that is where one was."""
        section = self.sheet.beside(step)
        if section is not None:
            await self._show_section(section)
            if from_field:
                self.sheet.focus_field(last=step < 0)

    async def _show_section(self, name: str) -> None:
        await self.sheet.show(name)
        self.show_state()

    # Keys

    async def action_previous_section(self) -> None:
        await self._step(-1, from_field=self.screen.focused is not self.sections)

    async def action_next_section(self) -> None:
        await self._step(1, from_field=self.screen.focused is not self.sections)

    async def action_next_finding(self) -> None:
        """Go to the field of the worst finding, then of the next one."""
        draft = self.composition
        found = draft.finding_after(self._path_in_hand())
        if found is not None and not self.has_class("-json"):
            await self._show_section(draft.section_of(found))
            self.sheet.focus_finding(found)

    def _path_in_hand(self) -> JsonPath | None:
        """Return what the cursor is about."""
        focused = self.screen.focused
        if isinstance(focused, FieldEditor):
            return focused.spec.path
        return (RECIPIENTS,) if self.sheet.topic_of(focused) is not None else None

    async def action_toggle_json(self) -> None:
        """Change between form and JSON; the form opens once the JSON is valid."""
        draft = self.composition
        if not self.has_class("-json"):
            self._show_json()
        elif draft.text_error is not None:
            toast(self.app, f"The form opens once the JSON is valid: {draft.text_error}.", severity="warning")
        else:
            self.remove_class("-json")
            self.screen.query_one(KeyBar).renew()
            await self._show_section(self.sheet.section)
            self.sheet.focus_field()

    def _show_json(self) -> None:
        self.editor.text = self.composition.text
        self.add_class("-json")
        self.screen.query_one(KeyBar).renew()
        self.editor.focus()

    async def action_undo(self) -> None:
        """Take back the last change."""
        if not self.composition.undo():
            toast(self.app, "There is nothing to take back.")
            return
        self.desk.keep()
        await self.show_draft()

    async def action_recipients(self) -> None:
        """Go to the recipients; once there, read them again."""
        again = self.sheet.section == RECIPIENTS_SECTION
        await self._show_section(RECIPIENTS_SECTION)
        self.sheet.focus_field()
        if again and self.recipients is not None:
            self.recipients.read(again=True)

    def label_of(self, action: Action) -> str:
        """F6 leads to where one is not."""
        return "Form" if action.id == "toggle_json" and self.has_class("-json") else action.label

    def what_to_copy(self) -> Copyable:
        """F12 copies the JSON body."""
        return Copyable("The JSON", self.composition.text)
