"""What a handset makes of an `im_push` body: the message in the app, and the offline notification.

Pure, and patient with bodies that are still being written: a value of the wrong type counts
as absent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pushtui.domain.handset import Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, get

_INFO: JsonPath = ("OfflinePushInfo",)
_ANDROID: JsonPath = (*_INFO, "AndroidInfo")
_APNS: JsonPath = (*_INFO, "ApnsInfo")

_STANDING_FOR: Mapping[str, str] = {
    "TIMFaceElem": "[Face]",
    "TIMSoundElem": "[Voice]",
    "TIMImageElem": "[Image]",
    "TIMFileElem": "[File]",
    "TIMVideoFileElem": "[Video]",
}
"""What a notification says for a part that has no text; the words are the sandbox's."""


@dataclass(frozen=True, slots=True)
class NothingShown:
    """Why a handset shows nothing, in words."""

    reason: str


def message_text(body: JsonObject) -> str:
    """Return what the message says inside the app, part after part."""
    return " ".join(text for text in map(_part_text, _parts(body)) if text)


def notification_text(body: JsonObject) -> str:
    """Return the notification's text: Desc, else the message's own; empty where there is none."""
    return _text(body, (*_INFO, "Desc")) or " ".join(text for text in map(_shown_text, _parts(body)) if text)


def notification_title(body: JsonObject, platform: Platform) -> str:
    """Return the title that the body gives a platform: only iOS has its own; empty where there is none."""
    own = _text(body, (*_APNS, "Title")) if platform is Platform.IOS else ""
    return own or _text(body, (*_INFO, "Title"))


def gist(body: JsonObject) -> str:
    """Return every title and text that people read, each once: `News · Hello`."""
    titles = [notification_title(body, platform) for platform in (Platform.IOS, Platform.ANDROID)]
    return " · ".join(dict.fromkeys(words for words in (*titles, notification_text(body), message_text(body)) if words))


def render(body: JsonObject, handset: Handset, sender: str) -> Notification | NothingShown:
    """Return what a handset that is not connected shows, or why it shows nothing.

    `sender` stands in for a title that the body does not give.
    """
    if handset.platform is Platform.WEB:
        return NothingShown("Web clients get messages in the app, never notifications.")
    if get(body, (*_INFO, "PushFlag")) == 1:
        return NothingShown("PushFlag is 1: no offline push.")
    if handset.platform is Platform.IOS and get(body, (*_APNS, "ContentAvailable")) == 1:
        return NothingShown("Silent push (ContentAvailable is 1): it wakes the app and shows nothing.")
    text = notification_text(body)
    if not text:
        return NothingShown("No text: neither OfflinePushInfo.Desc nor the message itself gives one.")
    title = notification_title(body, handset.platform) or sender
    return _dressed(body, handset, Notification(title=title, text=text))


def _parts(body: JsonObject) -> list[JsonObject]:
    parts = body.get("MsgBody")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _part_text(part: JsonObject) -> str:
    """Return what a part says in the app; a custom part says what its data are."""
    return _content(part, "Data") or _shown_text(part) if part.get("MsgType") == "TIMCustomElem" else _shown_text(part)


def _shown_text(part: JsonObject) -> str:
    """Return what a notification says for a part."""
    kind = part.get("MsgType")
    if kind == "TIMTextElem":
        return _content(part, "Text")
    if kind == "TIMCustomElem":
        return _content(part, "Desc")
    if kind == "TIMLocationElem":
        return f"[Location] {_content(part, 'Desc')}".rstrip()
    return _STANDING_FOR.get(kind, "") if isinstance(kind, str) else ""


def _content(part: JsonObject, name: str) -> str:
    return _text(part, ("MsgContent", name))


def _dressed(body: JsonObject, handset: Handset, shown: Notification) -> Notification:
    """Add what only the platform or the vendor reads; for HarmonyOS no fields are documented."""
    if handset.platform is Platform.IOS:
        return _ios(body, shown)
    if handset.platform is Platform.ANDROID:
        dress = _VENDORS.get(handset.vendor)
        return dress(body, shown) if dress else shown
    return shown


def _ios(body: JsonObject, shown: Notification) -> Notification:
    """A subtitle is a line of its own between title and text; a message that counts adds one to the badge."""
    subtitle = _text(body, (*_APNS, "SubTitle"))
    return replace(
        shown,
        text=f"{subtitle}\n{shown.text}" if subtitle else shown.text,
        badge=None if get(body, (*_APNS, "BadgeMode")) == 1 else 1,
        image=_text(body, (*_APNS, "Image")) if get(body, (*_APNS, "MutableContent")) == 1 else "",
        sound=_joined(_text(body, (*_APNS, "InterruptionLevel")) or "active", _ios_sound(body)),
    )


def _ios_sound(body: JsonObject) -> str:
    """Return the sound of the offline push, else that of a custom part."""
    custom = (_content(part, "Sound") for part in _parts(body) if part.get("MsgType") == "TIMCustomElem")
    return _text(body, (*_APNS, "Sound")) or next(filter(None, custom), "")


def _huawei(body: JsonObject, shown: Notification) -> Notification:
    return replace(
        shown,
        channel=_android(body, "HuaWeiChannelID"),
        category=_android(body, "HuaWeiCategory"),
        image=_https(_android(body, "HuaWeiImage")),
        sound=_joined(_android(body, "HuaWeiImportance") or "NORMAL", _android(body, "Sound")),
    )


def _honor(body: JsonObject, shown: Notification) -> Notification:
    return replace(
        shown,
        image=_https(_android(body, "HonorImage")),
        sound=_joined(_android(body, "HonorImportance") or "NORMAL", _android(body, "Sound")),
    )


def _xiaomi(body: JsonObject, shown: Notification) -> Notification:
    return replace(shown, channel=_android(body, "XiaoMiChannelID"), sound=_android(body, "Sound"))


def _oppo(body: JsonObject, shown: Notification) -> Notification:
    return replace(
        shown,
        channel=_android(body, "OPPOChannelID"),
        category=_android(body, "OPPOCategory"),
        sound=_android(body, "Sound"),
    )


def _vivo(body: JsonObject, shown: Notification) -> Notification:
    marketing = get(body, (*_ANDROID, "VIVOClassification")) in (0, "0")
    return replace(
        shown,
        category=_android(body, "VIVOCategory"),
        sound=_joined("marketing" if marketing else "system", _android(body, "Sound")),
    )


def _fcm(body: JsonObject, shown: Notification) -> Notification:
    return replace(
        shown,
        channel=_android(body, "GoogleChannelID"),
        image=_https(_android(body, "GoogleImage")),
        sound=_android(body, "Sound"),
    )


_VENDORS: Mapping[str, Callable[[JsonObject, Notification], Notification]] = {
    "hw": _huawei,
    "honor": _honor,
    "mi": _xiaomi,
    "oppo": _oppo,
    "vivo": _vivo,
    "fcm": _fcm,
}


def _android(body: JsonObject, name: str) -> str:
    return _text(body, (*_ANDROID, name))


def _text(body: JsonValue, path: JsonPath) -> str:
    value = get(body, path)
    return value if isinstance(value, str) else ""


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _https(address: str) -> str:
    """Vendors that demand https show no image from elsewhere."""
    return address if address.startswith("https://") else ""
