"""Which handsets of a recipient a send is meant for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pushtui.domain.handset import Handset, Platform
from pushtui.domain.json_body import JsonObject, JsonPath, get
from pushtui.providers.rongcloud.audience import is_to_all, named_users
from pushtui.providers.rongcloud.push import PUSH
from pushtui.sandbox.rongcloud.settings import RongCloudSettings

Addressed = Callable[[Handset], str]
"""Says why a send is not meant for a handset; empty if it is."""


def everyone(_handset: Handset) -> str:
    """Address every handset."""
    return ""


def to_everybody(path: str, body: JsonObject, settings: RongCloudSettings) -> Addressed:
    """Return what narrows a message to everybody: the platforms of a push, the system of a broadcast."""
    if path == PUSH.path:
        return partial(not_addressed, body, settings)
    return partial(_other_system, str(body.get("os") or ""))


def not_addressed(body: JsonObject, settings: RongCloudSettings, handset: Handset) -> str:
    """Say why the push is not meant for a handset of a recipient; user ids beat platform and package."""
    named = not is_to_all(body)
    if named_users(body):
        return ""
    package = get(body, ("audience", "packageName")) if named else None
    if handset.platform is Platform.WEB:
        return f"Not addressed: packageName is {package}, and web clients have none." if package else ""
    platforms = strings(body, ("platform",))
    needed = _platform_word(handset.platform, settings)
    if needed and needed not in platforms:
        return f"Not addressed: platform names {', '.join(sorted({*platforms}))}, not {needed}."
    if package and package != handset.package:
        return f"Not addressed: packageName is {package}, the app here is {handset.package}."
    return ""


def strings(body: JsonObject, path: JsonPath) -> list[str]:
    """Return the texts of a list; none if there is no list."""
    value = get(body, path)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _platform_word(platform: Platform, settings: RongCloudSettings) -> str:
    """Return what `platform` must name to reach a handset; HarmonyOS has no word of its own."""
    if platform is Platform.HARMONY:
        return "android" if settings.harmony_follows_android else ""
    return platform.value


def _other_system(system: str, handset: Handset) -> str:
    """Say why a broadcast to one system is not meant for a handset."""
    if not system or handset.platform is Platform.WEB or handset.platform.value == system.lower():
        return ""
    return f"Not addressed: os names {system}, this is {handset.platform.value}."
