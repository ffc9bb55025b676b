"""What a handset makes of a `/push.json` body: which title, text, image and channel win.

Pure, and patient with bodies that are still being written: a value of the wrong type counts
as absent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pushtui.domain.handset import Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject, JsonPath, get

_NOTIFICATION: JsonPath = ("notification",)
_ANDROID: JsonPath = ("notification", "android")

OPPO_LEVELS = {1: "bar", 2: "bar, lock screen", 16: "bar, lock screen, banner, vibration, ringtone"}
VIVO_CLASSES = {"0": "operational", "1": "system"}


@dataclass(frozen=True, slots=True)
class NothingShown:
    """Why a handset shows nothing, in words."""

    reason: str


def effective_text(body: JsonObject, platform: Platform) -> str | None:
    """Return the text a platform shows: its own, else the common one, else None."""
    if platform is Platform.WEB:
        return None
    return _text(body, (*_NOTIFICATION, platform.value, "alert")) or _text(body, (*_NOTIFICATION, "alert")) or None


def effective_title(body: JsonObject, platform: Platform) -> str | None:
    """Return the title a platform shows: only iOS has its own, else the common one, else None."""
    if platform is Platform.WEB:
        return None
    own = _text(body, (*_NOTIFICATION, "ios", "title")) if platform is Platform.IOS else ""
    return own or _text(body, (*_NOTIFICATION, "title")) or None


def gist(body: JsonObject) -> str:
    """Return every title and text that some platform shows, each once: `News · Hello`."""
    platforms = (Platform.IOS, Platform.ANDROID, Platform.HARMONY)
    titles = [effective_title(body, platform) for platform in platforms]
    texts = [effective_text(body, platform) for platform in platforms]
    return " · ".join(dict.fromkeys(words for words in (*titles, *texts) if words))


def render(body: JsonObject, handset: Handset, default_title: str) -> Notification | NothingShown:
    """Return what a handset shows when the push reaches it, or why it shows nothing."""
    if handset.platform is Platform.WEB:
        return NothingShown("Web clients get messages in the app, never notifications.")
    if handset.platform is Platform.IOS and get(body, (*_NOTIFICATION, "ios", "contentAvailable")) == 1:
        return NothingShown("Silent push (contentAvailable is 1): it wakes the app and shows nothing.")
    text = effective_text(body, handset.platform)
    if text is None:
        return NothingShown(
            f"No text for {handset.platform.value}: neither notification.{handset.platform.value}.alert "
            "nor notification.alert is given."
        )
    shown = Notification(title=effective_title(body, handset.platform) or default_title, text=text)
    if handset.hides_details and get(body, (*_NOTIFICATION, "forceShowPushContent")) != 1:
        shown = replace(shown, title=default_title, text="You have a new message")
    return _dressed(body, handset, shown)


def _dressed(body: JsonObject, handset: Handset, shown: Notification) -> Notification:
    """Add what only the platform or the vendor reads."""
    if handset.platform is Platform.IOS:
        return _ios(body, shown)
    if handset.platform is Platform.HARMONY:
        return _harmony(body, shown)
    dress = _VENDORS.get(handset.vendor)
    return dress(body, shown) if dress else shown


def _ios(body: JsonObject, shown: Notification) -> Notification:
    ios: JsonPath = (*_NOTIFICATION, "ios")
    badge = get(body, (*ios, "badge"))
    category = _text(body, (*ios, "category"))
    fetched = category or get(body, (*ios, "mutable-content")) == 1
    return replace(
        shown,
        badge=max(badge, 0) if isinstance(badge, int) and not isinstance(badge, bool) else None,
        group=_text(body, (*ios, "thread-id")),
        collapse=_text(body, (*ios, "apns-collapse-id")),
        category=category,
        image=_text(body, (*ios, "richMediaUri")) if fetched else "",
        sound=_text(body, (*ios, "interruption-level")) or "active",
    )


def _harmony(body: JsonObject, shown: Notification) -> Notification:
    ohos: JsonPath = (*_NOTIFICATION, "harmonyOS", "ohos")
    return replace(shown, category=_text(body, (*ohos, "category")), image=_https(body, (*ohos, "image")))


def _honor(body: JsonObject, shown: Notification) -> Notification:
    honor: JsonPath = (*_ANDROID, "honor")
    importance = _text(body, (*honor, "importance"))
    return replace(shown, sound=importance, image="" if importance == "LOW" else _https(body, (*honor, "image")))


def _huawei(body: JsonObject, shown: Notification) -> Notification:
    hw: JsonPath = (*_ANDROID, "hw")
    return replace(
        shown,
        channel=_text(body, (*hw, "channelId")),
        category=_text(body, (*hw, "category")),
        image=_https(body, (*hw, "image")),
        sound=_text(body, (*hw, "importance")) or "NORMAL",
    )


def _xiaomi(body: JsonObject, shown: Notification) -> Notification:
    mi: JsonPath = (*_ANDROID, "mi")
    return replace(shown, channel=_text(body, (*mi, "channelId")), image=_text(body, (*mi, "large_icon_uri")))


def _oppo(body: JsonObject, shown: Notification) -> Notification:
    oppo: JsonPath = (*_ANDROID, "oppo")
    category = _text(body, (*oppo, "category"))
    level = get(body, (*oppo, "notify_level"))
    return replace(
        shown,
        channel=_text(body, (*oppo, "channelId")),
        category=category,
        sound=OPPO_LEVELS.get(level, "") if category and isinstance(level, int) else "",
    )


def _vivo(body: JsonObject, shown: Notification) -> Notification:
    vivo: JsonPath = (*_ANDROID, "vivo")
    return replace(
        shown,
        category=_text(body, (*vivo, "category")),
        sound=VIVO_CLASSES.get(_text(body, (*vivo, "classification")) or "0", ""),
    )


def _fcm(body: JsonObject, shown: Notification) -> Notification:
    fcm: JsonPath = (*_ANDROID, "fcm")
    return replace(
        shown,
        channel=_text(body, (*fcm, "channelId")),
        collapse=_text(body, (*fcm, "collapse_key")),
        image=_text(body, (*fcm, "imageUrl")),
    )


_VENDORS: Mapping[str, Callable[[JsonObject, Notification], Notification]] = {
    "honor": _honor,
    "hw": _huawei,
    "mi": _xiaomi,
    "oppo": _oppo,
    "vivo": _vivo,
    "fcm": _fcm,
}


def _text(body: JsonObject, path: JsonPath) -> str:
    value = get(body, path)
    return value if isinstance(value, str) else ""


def _https(body: JsonObject, path: JsonPath) -> str:
    """Vendors that demand https show no image from elsewhere."""
    address = _text(body, path)
    return address if address.startswith("https://") else ""
