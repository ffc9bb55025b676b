"""Where a push is written: form or JSON, and what is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.events import DescendantFocus
from textual.getters import app as app_of
from textual.getters import query_one
from textual.widgets import TextArea

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.screens.base import ask
from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.fields import FieldChanged, FieldEditor
from pushtui.console.widgets.form import Form, VariantField
from pushtui.console.widgets.key_bar import KeyBar
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.sections import Sections
from pushtui.console.widgets.side_panel import SidePanel
from pushtui.console.widgets.status_line import StatusLine
from pushtui.domain.errors import DraftError, PushtuiError
from pushtui.services.json_cursor import path_at

if TYPE_CHECKING:
    from pushtui.domain.field import FieldSpec
    from pushtui.domain.quota import QuotaUse
    from pushtui.services.composing import Composition
    from pushtui.services.desk import Desk
    from pushtui.services.services import Services


HELP = """\
Write a push as a form or as its JSON; F6 changes between them. Tab and the arrows move through the \
fields, Enter goes on to the next one, Ctrl+Down to the next section. In a choice, the arrows move and Space chooses.

What is wrong is listed while you type: ✖ forbids sending, ▲ deserves a second look, · is advice. \
F11 goes to the next finding. F9 shows the plan: nothing is sent before you have read and confirmed it."""


class Workbench(Vertical):
    """Form or JSON on the left, what is known about it beside or below; does the actions of the compose screen."""

    console = app_of(PushtuiApp)
    form = query_one("#form", Form)
    editor = query_one("#json", Editor)
    sections = query_one("#sections", Sections)
    panel = query_one("#panel", SidePanel)
    status = query_one("#status", StatusLine)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._section = desk.composition.sections()[0].name
        self._shown = (desk.composition, desk.composition.text)
        """The draft and its text as form or editor hold them."""
        self._quotas: tuple[QuotaUse, ...] = ()

    def compose(self) -> ComposeResult:
        with Container(id="work"):
            yield Sections(id="sections")
            with Container(id="sheet"):
                yield Form(self.composition, self._section, id="form")
                yield Editor(json=True, id="json")
            yield SidePanel(id="panel")
        yield StatusLine(id="status")

    # Coming in

    def begin(self) -> None:
        """Take up the work once everything is in its place."""
        self._show_state()
        self.form.focus_field()
        run_guarded(self, self._learn, group="start")

    async def _learn(self) -> None:
        """Show what the journal, the accounts and earlier consoles know, when they do."""
        services = await self._opened()
        if services is not None:
            await self.look_again()
            await self._offer_left_behind(services)

    async def _opened(self) -> Services | None:
        """Wait for the services; None if they did not open, which the app has told already."""
        try:
            return await self.console.services.get()
        except PushtuiError:
            return None

    async def _offer_left_behind(self, services: Services) -> None:
        """Offer drafts that a console left behind when it was killed."""
        from pushtui.console.screens.left_behind import choose_left_behind

        chosen = await choose_left_behind(self.app, services.recovery)
        if chosen is not None and await self._may_leave_draft():
            self.desk.restore(chosen)
            await self.show_draft()

    async def look_again(self) -> None:
        """Show what changed meanwhile: other screens may have sent something, or laid another draft or account."""
        if self._shown != (self.composition, self.composition.text):
            await self.show_draft()
        else:
            self._ask_for_account()

    async def show_draft(self) -> None:
        """Show what is on the desk, from its first section."""
        draft = self.composition
        names = [state.name for state in draft.sections()]
        if draft.body is None:
            self._show_json()
        await self._show_section(self._section if self._section in names else names[0])
        if self.has_class("-json"):
            self.editor.text = draft.text
        else:
            self.form.focus_field()
        self._shown = (draft, draft.text)
        self._ask_for_account()

    def _ask_for_account(self) -> None:
        run_guarded(self, self._load_account, group="account", exclusive=True)

    async def _load_account(self) -> None:
        """Show the draft's account and what the journal knows of its quotas; none rather than a wrong one."""
        services, draft = await self._opened(), self.composition
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
            self._show_state()

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
        await self.form.show(self.composition, self._section)
        self.form.focus_field()
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
        self._shown = (self.composition, self.composition.text)
        self.desk.keep()
        self._show_state()

    def _show_state(self) -> None:
        """Show findings, reach and quotas as they are now."""
        draft = self.composition
        self.sections.show(draft.sections(), self._section)
        self.form.show_findings(draft)
        self.panel.show_findings(draft.findings)
        if isinstance(self.screen.focused, FieldEditor):
            self._show_value(self.screen.focused.spec)
        failure = self.desk.failure.message if self.desk.failure else ""
        self.status.show_draft(draft.path, dirty=draft.dirty, reach=draft.reach, quotas=self._quotas, failure=failure)

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
        self.form.focus_field()

    @on(Form.Left)
    async def _leave_section(self, event: Form.Left) -> None:
        await self._step(event.step, from_field=True)

    @on(DescendantFocus)
    def _explain(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, FieldEditor):
            self._explain_field(event.widget.spec)
        elif isinstance(event.widget, VariantField):
            self.panel.show_variant(event.widget.variant)

    async def _step(self, step: int, *, from_field: bool) -> None:
        """Go to the neighbouring section, staying among the fields if that is where one was."""
        names = [state.name for state in self.composition.sections()]
        index = names.index(self._section) + step
        if 0 <= index < len(names):
            await self._show_section(names[index])
            if from_field:
                self.form.focus_field(last=step < 0)

    async def _show_section(self, name: str) -> None:
        self._section = name
        await self.form.show(self.composition, name)
        self._show_state()

    # Keys

    async def action_previous_section(self) -> None:
        await self._step(-1, from_field=self.screen.focused is not self.sections)

    async def action_next_section(self) -> None:
        await self._step(1, from_field=self.screen.focused is not self.sections)

    async def action_next_finding(self) -> None:
        """Go to the field of the worst finding, then of the next one."""
        draft = self.composition
        focused = self.screen.focused
        found = draft.finding_after(focused.spec.path if isinstance(focused, FieldEditor) else None)
        if found is not None and not self.has_class("-json"):
            await self._show_section(draft.section_of(found))
            self.form.focus_path(found.path)

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
            await self._show_section(self._section)
            self.form.focus_field()

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

    def action_new_draft(self) -> None:
        """Start over."""
        run_guarded(self, self._new, group="files", exclusive=True)

    def action_open_draft(self) -> None:
        run_guarded(self, self._open, group="files", exclusive=True)

    def action_save_draft(self) -> None:
        run_guarded(self, self._save, group="files", exclusive=True)

    def action_review(self) -> None:
        run_guarded(self, self._review, group="review", exclusive=True)

    async def _new(self) -> None:
        if await self._may_leave_draft():
            self.desk.new(self.composition.account)
            await self.show_draft()

    async def _open(self) -> None:
        from pushtui.console.screens.files import OpenDialog

        services = await self.console.services.get()
        path = await ask(self.app, OpenDialog(await services.drafts.list()))
        if path is not None and await self._may_leave_draft():
            await self.desk.open(path)
            await self.show_draft()

    async def _save(self) -> None:
        """Save to the draft's file, or to one that is asked for."""
        from pushtui.console.screens.files import save_draft

        if await save_draft(self.app, self.desk):
            self._show_state()
            toast(self.app, f"Saved to {self.composition.path}.")

    async def _may_leave_draft(self) -> bool:
        """Ask before a draft that no file holds makes room."""
        from pushtui.console.screens.question import Question

        if not self.composition.dirty:
            return True
        question = "The draft has changes that no file holds. Leave them?"
        return await ask(self.app, Question(question, yes="Leave them", no="Keep editing")) is True

    async def _review(self) -> None:
        """Make a plan, show it, and come back when it was sent or not."""
        from pushtui.console.screens.plan import PlanScreen

        services = await self.console.services.get()
        await services.follow_sandbox()
        plan = await services.planning.plan(self.composition.draft)
        await ask(self.app, PlanScreen(services, plan))
        await self._load_account()

    def label_of(self, action: Action) -> str:
        """F6 leads to where one is not."""
        return "Form" if action.id == "toggle_json" and self.has_class("-json") else action.label

    def help_topic(self) -> HelpTopic:
        """Say what the screen is for."""
        return HelpTopic("Compose", HELP)

    def what_to_copy(self) -> Copyable:
        """F12 copies the JSON body."""
        return Copyable("The JSON", self.composition.text)

    @property
    def composition(self) -> Composition:
        """The draft on the desk."""
        return self.desk.composition
