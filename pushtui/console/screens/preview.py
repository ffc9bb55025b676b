"""A draft as each of its recipients reads it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import app as app_of
from textual.getters import query_one

from pushtui.console.acting import Copyable
from pushtui.console.actions import Action, Scope
from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.help_topic import HelpTopic
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ConsoleScreen, ask
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.literal import Line, joined, literal_line
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.person_view import PersonView
from pushtui.console.widgets.reading_view import ReadingView
from pushtui.domain.errors import UsageError
from pushtui.domain.finding import Severity
from pushtui.providers.kinds import kind_named
from pushtui.services.audience import reading
from pushtui.services.recipients.looking import first_person
from pushtui.services.recipients.preview import Preview
from pushtui.services.recipients.watching import ReadingWatch

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.services.recipients.preview import Person

HELP = """\
The draft as one recipient after the other reads it: the message in the app, and the notification on handsets of \
those who are offline. Right and Left go to the next one and back, g to a number, Home and End to the first and \
the last. l goes to whoever has the longest values, e to the emptiest; the same key again goes to the next such.

A placeholder that nothing fills stands there as people would read it, marked with ✖. Nothing is sent from here."""


class Reader(VerticalScroll, inherit_bindings=False):
    """Scrolls up and down only: the other arrows go from person to person."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Up", show=False),
        Binding("down", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
    ]


class PreviewScreen(ConsoleScreen[None]):
    """Reads all recipients once, then steps through them; Esc goes back, also while they are read."""

    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Scope.PREVIEW),
        Binding("escape", "leave", "Back", show=False, id="preview.leave"),
    ]
    scope = Scope.PREVIEW

    console = app_of(PushtuiApp)
    reading_view = query_one(ReadingView)

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._preview: Preview | None = None
        self._person: Person | None = None
        self._worst = ""
        """In what the person that is shown is among the worst, such as `longest, 2 of 10`."""
        self._wanted = 0
        """Whose turn it is: every step counts at once, also while that person is still looked for."""
        self._is_looking = False

    def compose_content(self) -> ComposeResult:
        yield Line(id="who")
        yield Line(id="where")
        yield ReadingView(id="reading")
        yield Note(id="nobody")
        with Reader(id="read"):
            yield PersonView()

    def on_mount(self) -> None:
        self.query_one("#read").focus()
        run_guarded(self, self._read, group="read")

    async def _read(self) -> None:
        first = await asyncio.to_thread(first_person, self._draft)
        if first is not None:
            self._show(first, "")
        watch = ReadingWatch(self._draft.recipients, self.console.options.clock)
        view = self.reading_view
        view.follow(watch)
        look = partial(Preview.look, kind_named(self._draft.kind), self._draft)
        try:
            self._preview = await reading(look, watch)
        finally:
            view.rest(watch)
        if self._preview.count:
            self._go(self._number or 1)
        else:
            self._say_nobody(self._preview)
        self.key_bar.renew()

    def _say_nobody(self, preview: Preview) -> None:
        errors = [finding.message for finding in preview.findings if finding.severity is Severity.ERROR]
        self.add_class("-nobody")
        self.query_one(Note).say("There is nobody yet", errors[0] if errors else "Choose recipients first (Ctrl+R).")

    @property
    def users_shown(self) -> tuple[str, ...]:
        """The person that is shown can be opened."""
        return (self._person.recipient.user,) if self._person is not None else ()

    # Stepping

    @property
    def _number(self) -> int:
        return self._person.number if self._person is not None else 0

    def action_next_person(self) -> None:
        self._step_to(self._wanted + 1)

    def action_previous_person(self) -> None:
        self._step_to(self._wanted - 1)

    def action_first_person(self) -> None:
        self._step_to(1)

    def action_last_person(self) -> None:
        self._step_to(self._preview.count if self._preview is not None else 0)

    def action_longest_person(self) -> None:
        """Show who has the longest values, then the next such."""
        if self._preview is not None:
            self._show_worst("longest", self._preview.longest())

    def action_emptiest_person(self) -> None:
        """Show who has the emptiest values, then the next such."""
        if self._preview is not None:
            self._show_worst("emptiest", self._preview.emptiest())

    def action_go_to_person(self) -> None:
        """Ask for a number."""
        run_guarded(self, self._ask_number, group="ask")

    async def _ask_number(self) -> None:
        count = self._preview.count if self._preview is not None else 0

        async def accept(text: str) -> None:
            number = text.replace(",", "")
            if not number.isdecimal() or not 1 <= int(number) <= count:
                raise UsageError(f"number: “{text}” is given; allowed: 1 to {count:,}.")
            self._go(int(number))

        await ask(self.app, ValueDialog("Go to a recipient", f"A number from 1 to {count:,}.", accept))

    def _step_to(self, number: int) -> None:
        if self._preview is not None and 1 <= number <= self._preview.count:
            self._go(number)

    def _go(self, number: int) -> None:
        """Show a person; one far down is looked for beside, one at a time and the last wanted only."""
        preview = self._preview
        if preview is None:
            return
        self._wanted = number
        person = preview.person(number) if preview.has_at_hand(number) else None
        if person is not None:
            self._show(person, "")
        elif not self._is_looking:
            self._is_looking = True
            run_guarded(self, lambda: self._look_for(preview), group="person")
        if self._is_looking:
            self._show_who()

    async def _look_for(self, preview: Preview) -> None:
        try:
            while (number := self._wanted) != self._number:
                person = await asyncio.to_thread(preview.person, number)
                if number == self._wanted:
                    if person is None:
                        raise UsageError(f"Recipient {number:,} is not there any more: the file changed.")
                    self._show(person, "")
        finally:
            self._wanted, self._is_looking = self._number, False
            if self.is_attached:
                self._show_who()

    def _show_worst(self, which: str, people: list[Person]) -> None:
        """Show the first of the worst, or the one after that which is shown."""
        place = 0
        if self._worst.startswith(which):
            numbers = [person.number for person in people]
            place = (numbers.index(self._number) + 1) % len(people)
        self._show(people[place], f"{which}, {place + 1} of {len(people)}")

    # What is shown

    def _show(self, person: Person, worst: str) -> None:
        moved = self._person is None or self._person.number != person.number
        self._person, self._worst, self._wanted = person, worst, person.number
        self._show_who()
        self.query_one("#where", Line).show(literal_line(self._origin(person)))
        self.query_one(PersonView).show_person(person)
        if moved:
            self.query_one("#read").scroll_home(animate=False)

    def _show_who(self) -> None:
        """Name the person that is shown, and say if another one is looked for."""
        if self._person is None:
            return
        many = f" of {self._preview.count:,}" if self._preview is not None else ""
        looking = f"   looking for {self._wanted:,}{many}…" if self._wanted != self._number else ""
        self.query_one("#who", Line).show(
            joined(
                literal_line(self._person.reading.user, "bold $primary"),
                literal_line(f"   recipient {self._number:,}{many}"),
                literal_line(looking or (f"   {self._worst}" if self._worst else ""), "bold"),
            )
        )

    def _origin(self, person: Person) -> str:
        source = self._draft.recipients
        return f"line {person.recipient.line:,} of {source.name}" if source is not None else "in the body"

    # Around

    def action_leave(self) -> None:
        """Go back to the draft."""
        self.dismiss(None)

    def why_not(self, action: Action) -> str | None:
        """Nobody can be stepped to before somebody is known."""
        if action.scope is not Scope.PREVIEW or (self._preview is not None and self._preview.count):
            return None
        return "nobody is there" if self._preview is not None else "the others are still being read"

    def what_to_copy(self) -> Copyable | None:
        """F12 copies what the person reads in the app."""
        return (
            Copyable(f"What {self._person.reading.user} reads", self._person.reading.in_app) if self._person else None
        )

    def help_topic(self) -> HelpTopic:
        """Say what the screen is for."""
        return HelpTopic("What each reads", HELP)
