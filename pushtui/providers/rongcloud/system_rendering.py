"""What a system message looks like: in the app, and as a notification for those who are away.

A message's `pushContent` and `pushExt` say the same as the notification of `/push.json` in
other words, so they are put into those words, which `rendering` then shows. Pure, and patient
with what is still being written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, get, with_value
from pushtui.providers.rongcloud.message_types import BUILT_IN
from pushtui.providers.rongcloud.rendering import NothingShown

_READ: Mapping[str, str] = {
    "RC:TxtMsg": "content",
    "RC:InfoNtf": "message",
    "RC:ContactNtf": "message",
    "RC:GrpNtf": "message",
}
"""Where built-in types keep what people read."""
RECALLED = "A message was recalled"

_CONFIGS: Mapping[str, JsonPath] = {
    "HONOR": ("android", "honor"),
    "HW": ("android", "hw"),
    "MI": ("android", "mi"),
    "OPPO": ("android", "oppo"),
    "VIVO": ("android", "vivo"),
    "FCM": ("android", "fcm"),
    "APNs": ("ios",),
    "OHOS": ("harmonyOS", "ohos"),
}


def words_in_app(object_name: str, content: str) -> str:
    """Return what the app shows of a message: its text, else its kind in brackets, else the content as it is."""
    kind = BUILT_IN.get(object_name)
    parsed = _object(content)
    if kind is None or parsed is None:
        return content
    text = parsed.get(_READ.get(object_name, ""))
    return text if isinstance(text, str) else f"[{kind.title.partition(',')[0]}]"


def push_words(object_name: str, content: str) -> str:
    """Return RongCloud's own notification text for a message type; empty if the type has none."""
    kind = BUILT_IN.get(object_name)
    if kind is None or not kind.pushes:
        return ""
    return RECALLED if object_name == "RC:RcCmd" else words_in_app(object_name, content)


def message_as_push(message: JsonObject, ext: JsonObject | None = None) -> JsonObject | NothingShown:
    """Write a system message's notification as a `/push.json` body, or say why there is none.

    `ext` is its push extension, if the caller has read it already.
    """
    if message.get("disablePush") is True:
        return NothingShown("disablePush is true: the message comes without a notification.")
    name, content = str(message.get("objectName") or ""), str(message.get("content") or "")
    text = str(message.get("pushContent") or "") or push_words(name, content)
    if not text:
        return NothingShown(f"P16: {name} has no notification text of its own, and pushContent is empty.")
    notification: JsonObject = {"alert": text}
    silent, badge = message.get("contentAvailable"), message.get("count")
    ios: JsonObject = {"contentAvailable": silent, "badge": badge}
    if silent is not None or badge is not None:
        notification["ios"] = {key: value for key, value in ios.items() if value is not None}
    if ext is None:
        ext = _object(str(message.get("pushExt") or "")) or {}
    return {"notification": _extended(notification, ext)}


def user_push_as_push(body: JsonObject) -> JsonObject:
    """Write a `/push/user.json` body as a `/push.json` one: the text is called alert there."""
    given = body.get("notification")
    notification = given if isinstance(given, dict) else {}
    rest = {key: value for key, value in notification.items() if key != "pushContent"}
    return {"notification": {**rest, "alert": notification.get("pushContent")}}


def _extended(notification: JsonObject, ext: JsonObject) -> JsonObject:
    """Add what `pushExt` says."""
    for key in ("title", "forceShowPushContent"):
        if ext.get(key):
            notification = {**notification, key: ext[key]}
    configs = ext.get("pushConfigs")
    for config in configs if isinstance(configs, list) else []:
        for vendor, fields in config.items() if isinstance(config, dict) else ():
            if vendor in _CONFIGS and isinstance(fields, dict):
                notification = _joined(notification, _CONFIGS[vendor], fields)
    return notification


def _joined(notification: JsonObject, path: JsonPath, fields: JsonObject) -> JsonObject:
    """Add a vendor's fields to those that are there; rich media needs no category here to be fetched."""
    before = get(notification, path)
    fetched: JsonObject = {"mutable-content": 1} if fields.get("richMediaUri") else {}
    return with_value(notification, path, {**(before if isinstance(before, dict) else {}), **fields, **fetched})


def _object(text: str) -> JsonObject | None:
    """Read a JSON object; half characters, which no handset shows, make it unreadable."""
    try:
        value: JsonValue = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
