"""From an accepted RongCloud push to what each handset shows, or why it shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pushtui.domain.handset import Delivery, Handset, Platform
from pushtui.domain.json_body import JsonObject, JsonPath, get, has
from pushtui.providers.rongcloud.rendering import NothingShown, render
from pushtui.sandbox.world import APP_NAME, SandboxHandset

if TYPE_CHECKING:
    from pushtui.sandbox.rongcloud.data import RongCloudUser
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState


def recipients(body: JsonObject, state: SandboxState) -> list[RongCloudUser]:
    """Return the users that the audience names: everybody, else the user ids, else the tags."""
    users = state.rongcloud.users.values()
    if get(body, ("audience", "is_to_all")) is True:
        return list(users)
    ids = _strings(body, ("audience", "userid"))
    if ids:
        return [user for user in users if user.id in ids]
    every, some = _strings(body, ("audience", "tag")), _strings(body, ("audience", "tag_or"))
    return [user for user in users if every <= {*user.tags} and (not some or some & {*user.tags})]


def unknown_users(body: JsonObject, state: SandboxState) -> tuple[str, ...]:
    """Return the user ids of the audience that nobody has."""
    if get(body, ("audience", "is_to_all")) is True:
        return ()
    return tuple(sorted(_strings(body, ("audience", "userid")) - state.rongcloud.users.keys()))


def resolve(push_id: str, body: JsonObject, state: SandboxState) -> Iterator[Delivery]:
    """Yield one delivery for each handset of each recipient."""
    title = _sender(body, state) or APP_NAME
    for user in recipients(body, state):
        for item in state.people[user.id].handsets:
            yield _deliver(push_id, body, user, item, title, state)


def _deliver(
    push_id: str, body: JsonObject, user: RongCloudUser, item: SandboxHandset, title: str, state: SandboxState
) -> Delivery:
    reason = _not_addressed(body, item.handset, state.settings.rongcloud) or _held_back(body, user, item, state)
    if reason:
        return Delivery(push_id, user.id, item.handset, None, reason)
    shown = render(body, item.handset, title)
    if isinstance(shown, NothingShown):
        return Delivery(push_id, user.id, item.handset, None, shown.reason)
    hidden = item.handset.hides_details and get(body, ("notification", "forceShowPushContent")) != 1
    note = "The owner hides details; forceShowPushContent 1 would show the text." if hidden else ""
    return Delivery(push_id, user.id, item.handset, shown, note)


def _not_addressed(body: JsonObject, handset: Handset, settings: RongCloudSettings) -> str:
    """Say why the push is not meant for a handset of a recipient; user ids beat platform and package."""
    if handset.platform is Platform.WEB:
        return "" if has(body, ("message",)) else "Not addressed: web clients get messages only, and there is none."
    if _strings(body, ("audience", "userid")) and get(body, ("audience", "is_to_all")) is not True:
        return ""
    platforms = _strings(body, ("platform",))
    needed = _platform_word(handset.platform, settings)
    if needed and needed not in platforms:
        return f"Not addressed: platform names {', '.join(sorted(platforms))}, not {needed}."
    package = get(body, ("audience", "packageName"))
    if package and package != handset.package and get(body, ("audience", "is_to_all")) is not True:
        return f"Not addressed: packageName is {package}, the app here is {handset.package}."
    return ""


def _platform_word(platform: Platform, settings: RongCloudSettings) -> str:
    """Return what `platform` must name to reach a handset; HarmonyOS has no word of its own."""
    if platform is Platform.HARMONY:
        return "android" if settings.harmony_follows_android else ""
    return platform.value


def _held_back(body: JsonObject, user: RongCloudUser, item: SandboxHandset, state: SandboxState) -> str:
    """Say why RongCloud sends nothing to a handset that is addressed."""
    person, settings, now = state.people[user.id], state.settings.rongcloud, state.clock.now()
    if not user.has_token:
        return "P23: no device id is known; the user was registered, but never got a token and never connected."
    away = now - state.began + person.away
    if not person.online and away > timedelta(days=settings.active_days):
        return f"Not reached: last connected {away.days} days ago; only the last {settings.active_days} count."
    if person.online and has(body, ("message",)):
        return "Online: the message arrives in the app at once, without a notification."
    if item.handset.platform is Platform.WEB:
        return "Offline web client: the message waits in the app; web never gets a notification."
    wall_clock = now.astimezone(ZoneInfo(settings.quiet_hours_zone))
    if user.quiet_hours and user.quiet_hours.hold(wall_clock):
        return f"P17: quiet hours {user.quiet_hours} ({settings.quiet_hours_zone}), it is {wall_clock:%H:%M}."
    if not item.has_push_token:
        return (
            "A4: the handset has no push token of its vendor; the owner refused notifications or it never registered."
        )
    return ""


def _sender(body: JsonObject, state: SandboxState) -> str:
    """Return the sender's name; without a token of their own it is missing."""
    user = state.rongcloud.users.get(str(get(body, ("fromuserid",))))
    return user.name if user and user.has_token else ""


def _strings(body: JsonObject, path: JsonPath) -> frozenset[str]:
    value = get(body, path)
    return frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
