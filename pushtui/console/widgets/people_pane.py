"""The sandbox's people: who is online, with which handsets, and whether those can show anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import DataTable

from pushtui.console.actions import Action, Scope
from pushtui.console.guarded import run_guarded
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ask
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.people_view import COLUMNS, person_content, person_row, phone_words
from pushtui.console.widgets.sandbox_pane import SandboxPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushtui.domain.json_body import JsonValue
    from pushtui.services.sandbox_world import Person, Phone

WHICH = {
    "hides_details": "It hides what notifications say from then on, or shows it again.",
    "has_push_token": "Its vendor cannot reach it from then on, or can again.",
}


class PeoplePane(SandboxPane):
    """Users and handsets; the same people use all three clouds."""

    scope = Scope.PEOPLE
    columns = COLUMNS
    help = (
        "The people of the sandbox and their handsets; the same ones use all three clouds. Whoever is online gets "
        "messages inside the app. Without a push token a vendor cannot reach a handset, and an owner who hides details "
        "sees that something came, but not what. Enter lets somebody go online or offline."
    )
    BINDINGS = bindings_for(Scope.PEOPLE)

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[str, Person] = {}

    async def load(self) -> None:
        """Ask who there is."""
        state = await (await self.control()).state()
        self._people = {person.id: person for person in state.people}
        self.table.show([person_row(person) for person in state.people])
        self.show_detail()

    @property
    def person(self) -> Person | None:
        """The highlighted person."""
        return self._people.get(self.table.highlighted or "")

    @property
    def users_shown(self) -> tuple[str, ...]:
        """Who can be opened from here."""
        return (self.person.id,) if self.person is not None else ()

    @property
    def count(self) -> str:
        return str(len(self._people) or "")

    def detail(self) -> Content:
        person = self.person
        return person_content(person) if person is not None else Content("")

    # What keys do

    @on(DataTable.RowSelected)
    def action_toggle_online(self) -> None:
        """Let the highlighted person go online, or offline."""
        if self.person is not None:
            chosen = self.person.id
            self.do(lambda: self._set(chosen, online=not self._people[chosen].online))

    def action_toggle_details(self) -> None:
        """Let one of the person's handsets hide texts, or show them."""
        self._change_handset("hides_details", lambda phone: not phone.handset.hides_details)

    def action_toggle_token(self) -> None:
        """Take the push token of one of the person's handsets, or give it one."""
        self._change_handset("has_push_token", lambda phone: not phone.has_push_token)

    def _change_handset(self, name: str, value: Callable[[Phone], bool]) -> None:
        """Change a handset of the highlighted person, after asking which if there are several."""
        if self.person is not None and len(self.person.phones) == 1:
            chosen = self.person.id
            self.do(lambda: self._set_handset(chosen, self._people[chosen].phones[0], name, value))
        elif self.person is not None:
            person = self.person
            run_guarded(self, lambda: self._ask_handset(person, name, value), group="dialog", exclusive=True)

    async def _ask_handset(self, person: Person, name: str, value: Callable[[Phone], bool]) -> None:
        phones = {phone.handset.id: phone for phone in person.phones}

        async def accept(handset_id: str) -> None:
            await self._set_handset(person.id, phones[handset_id], name, value)

        choices = [(f"{phone.handset.model}: {phone_words(phone)}", handset_id) for handset_id, phone in phones.items()]
        await ask(self.app, ValueDialog(f"Which handset of {person.id}?", WHICH[name], accept, choices=choices))

    async def _set_handset(self, person: str, phone: Phone, name: str, value: Callable[[Phone], bool]) -> None:
        await self._set(person, handset=phone.handset.id, **{name: value(phone)})

    async def _set(self, person: str, **values: JsonValue) -> None:
        await (await self.control()).change_person(person, **values)

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Who has no handset has nothing to hide."""
        if action.id in ("toggle_details", "toggle_token") and self.person is not None and not self.person.phones:
            return "this user has no handset"
        return super().why_not(action)

    def label_of(self, action: Action) -> str:
        """Enter leads to where one is not."""
        return "Offline" if action.id == "toggle_online" and self.person and self.person.online else action.label
