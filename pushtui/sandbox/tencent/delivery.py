"""From an accepted push to what each handset got, or why it got nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery
from pushtui.domain.json_body import JsonObject, get
from pushtui.providers.tencent.condition import Matching, matches, names_everybody
from pushtui.providers.tencent.rendering import NothingShown, message_text, render
from pushtui.sandbox.tencent.presence import Presence, away, presence

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.tencent.data import Account
    from pushtui.sandbox.world import Person, SandboxHandset


@dataclass(frozen=True, slots=True)
class Sent:
    """A push on its way; `sender` stands in for a title that it does not give."""

    id: str
    body: JsonObject
    sender: str

    @property
    def lifetime(self) -> int:
        """Seconds for which the message waits for those who are not online."""
        value = self.body.get("MsgLifeTime")
        return value if isinstance(value, int) else 0


def recipients(state: SandboxState, body: JsonObject) -> list[Account]:
    """Return the accounts that the condition means, everybody without one."""
    condition, data = get(body, ("Condition",)), state.tencent
    if not isinstance(condition, dict) or names_everybody(condition):
        return list(data.accounts.values())
    how = Matching(state.settings.tencent.either_list_suffices, state.settings.tencent.case_ignored)
    return [
        account
        for account in data.accounts.values()
        if matches(condition, account.tags, data.attributes_of(account), how)
    ]


def deliver(state: SandboxState, sent: Sent, accounts: Iterable[Account]) -> Iterator[Delivery]:
    """Yield one delivery for each handset of each recipient."""
    for account in accounts:
        person = state.people[account.id]
        for item in person.handsets:
            yield _delivered(state, sent, account, person, item)


def _delivered(state: SandboxState, sent: Sent, account: Account, person: Person, item: SandboxHandset) -> Delivery:
    blocked = _blocked(state, account, person)
    if blocked:
        return Delivery(sent.id, account.id, item.handset, None, blocked)
    message = message_text(sent.body)
    if person.online:
        reason = "Online: the message arrives in the app at once, without a notification."
        return Delivery(sent.id, account.id, item.handset, None, reason, message)
    waiting = message if sent.lifetime else ""
    held = _held_back(state, sent, person, item)
    shown = NothingShown(held) if held else render(sent.body, item.handset, sent.sender)
    if isinstance(shown, NothingShown):
        reason = (
            f"{shown.reason} The message waits {sent.lifetime:,} s for the next login." if waiting else shown.reason
        )
        return Delivery(sent.id, account.id, item.handset, None, reason, waiting)
    return Delivery(sent.id, account.id, item.handset, shown, "", waiting)


def _blocked(state: SandboxState, account: Account, person: Person) -> str:
    """Say why neither message nor notification goes to a user, online or not."""
    if not person.connected:
        return "Never logged in: the account was imported, but nobody ever connected."
    if account.wants_nothing:
        return "Bit 0 of Tag_Profile_IM_MsgSettings is 1: the user receives nothing."
    if account.do_not_disturb and account.do_not_disturb.holds(state.clock.now()):
        return "Global do-not-disturb holds now: nothing is pushed, online or offline."
    return ""


def _held_back(state: SandboxState, sent: Sent, person: Person, item: SandboxHandset) -> str:
    """Say why a handset that is not online gets no notification, whatever the push says."""
    if presence(state, person) is Presence.OFFLINE:
        return f"Offline: the last login was {away(state, person).days} days ago."
    if not sent.lifetime and not state.settings.tencent.no_lifetime_pushes:
        return "Not online, and MsgLifeTime is 0: only users online at this moment get it."
    if not item.has_push_token:
        return "No push token: the owner refused notifications, or the handset never registered at its vendor."
    return ""
