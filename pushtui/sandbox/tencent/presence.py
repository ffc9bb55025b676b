"""Whether users are connected, reached by offline push, or neither."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pushtui.domain.handset import Handset, Platform

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.world import Person, SandboxHandset


class Presence(StrEnum):
    """As `query_online_status` calls it."""

    ONLINE = "Online"
    PUSH_ONLINE = "PushOnline"
    """Not connected, but logged in lately: offline pushes arrive."""
    OFFLINE = "Offline"


def presence(state: SandboxState, person: Person) -> Presence:
    """Tell how a person is reached now."""
    if person.online:
        return Presence.ONLINE
    lately = away(state, person) < timedelta(days=state.settings.tencent.offline_days)
    return Presence.PUSH_ONLINE if person.connected and lately else Presence.OFFLINE


def away(state: SandboxState, person: Person) -> timedelta:
    """Return how long ago a person who is not connected was online."""
    return state.clock.now() - state.began + person.away


def platform_presence(item: SandboxHandset, person: Presence) -> Presence:
    """Tell how a handset is reached; a browser that is closed is not."""
    if person is Presence.PUSH_ONLINE and item.handset.platform is Platform.WEB:
        return Presence.OFFLINE
    return person


def platform_name(handset: Handset) -> str:
    """Return Tencent's name of a handset's platform; the one of HarmonyOS is not documented."""
    if handset.platform is Platform.IOS:
        return "iPad" if "iPad" in handset.model else "iPhone"
    return {Platform.ANDROID: "Android", Platform.HARMONY: "Harmony"}.get(handset.platform, "Web")
