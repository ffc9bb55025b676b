"""From what a user is sent to what each of their handsets shows, or why it shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery, Handset, Platform
from pushtui.domain.json_body import JsonObject, get
from pushtui.providers.rongcloud.rendering import NothingShown, render
from pushtui.sandbox.rongcloud.addressing import Addressed, everyone
from pushtui.sandbox.rongcloud.silence import silenced
from pushtui.sandbox.world import APP_NAME, SandboxHandset

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one user is sent."""

    id: str
    user: str
    push: JsonObject | NothingShown
    """The notification as a `/push.json` body."""
    sender: str = ""
    """Whose message it is; a notification alone has no sender."""
    message: str = ""
    """What the app shows of the message."""
    stored: bool = True
    """Whether the message waits for those who are offline."""
    active_only: bool = False
    """Whether devices that did not connect for long are left out."""


def deliver(state: SandboxState, parcel: Parcel, addressed: Addressed = everyone) -> Iterator[Delivery]:
    """Yield one delivery for each handset of a registered user."""
    title = sender_name(state, parcel) or APP_NAME
    for item in state.people[parcel.user].handsets:
        unreached = _unaddressed(parcel, item.handset, addressed) or _unreached(state, parcel)
        if unreached:
            yield Delivery(parcel.id, parcel.user, item.handset, None, unreached)
        else:
            yield _deliver(state, parcel, item, title)


def sender_name(state: SandboxState, parcel: Parcel) -> str:
    """Return the name that a recipient sees: an alias of their own, else the registered one if there is a token."""
    alias = state.rongcloud.preferences_of(parcel.user).aliases.get(parcel.sender)
    sender = state.rongcloud.users.get(parcel.sender)
    return alias or (sender.name if sender and sender.has_token else "")


def _unaddressed(parcel: Parcel, handset: Handset, addressed: Addressed) -> str:
    if handset.platform is Platform.WEB and not parcel.sender:
        return "Not addressed: web clients get messages only, and there is none."
    return addressed(handset)


def _unreached(state: SandboxState, parcel: Parcel) -> str:
    """Say why RongCloud has no way to a user at all."""
    user, person = state.rongcloud.users[parcel.user], state.people[parcel.user]
    if not (user.has_token and person.connected):
        return "P23: no device id is known; the user was registered, but never got a token or never connected."
    away, days = state.clock.now() - state.began + person.away, state.settings.rongcloud.active_days
    if parcel.active_only and not person.online and away > timedelta(days=days):
        return f"Not reached: last connected {away.days} days ago; only the last {days} count."
    return ""


def _deliver(state: SandboxState, parcel: Parcel, item: SandboxHandset, title: str) -> Delivery:
    """Bring the message into the app, and show the notification unless something keeps it back."""
    arrives = parcel.sender and (parcel.stored or state.people[parcel.user].online)
    message = parcel.message if arrives else ""
    reason = _held_back(state, parcel, item)
    if reason:
        return Delivery(parcel.id, parcel.user, item.handset, None, reason, message)
    shown = parcel.push if isinstance(parcel.push, NothingShown) else render(parcel.push, item.handset, title)
    if isinstance(shown, NothingShown):
        return Delivery(parcel.id, parcel.user, item.handset, None, shown.reason, message)
    return Delivery(parcel.id, parcel.user, item.handset, shown, _note(parcel, item.handset), message)


def _held_back(state: SandboxState, parcel: Parcel, item: SandboxHandset) -> str:
    """Say why a handset that can be reached gets no notification."""
    if state.people[parcel.user].online and parcel.sender:
        return "Online: the message arrives in the app at once, without a notification."
    if item.handset.platform is Platform.WEB:
        return "Offline web client: the message waits in the app; web never gets a notification."
    preferences, zone = state.rongcloud.preferences_of(parcel.user), state.settings.rongcloud.quiet_hours_zone
    silence = silenced(preferences, parcel.sender, state.clock.now(), zone)
    if silence:
        return silence
    if not item.has_push_token:
        return (
            "A4: the handset has no push token of its vendor; the owner refused notifications or it never registered."
        )
    return ""


def _note(parcel: Parcel, handset: Handset) -> str:
    """Say what is worth knowing about a notification that shows."""
    forced = not isinstance(parcel.push, NothingShown) and get(parcel.push, ("notification", "forceShowPushContent"))
    if handset.hides_details and forced != 1:
        return "The owner hides details; forceShowPushContent 1 would show the text."
    return ""
