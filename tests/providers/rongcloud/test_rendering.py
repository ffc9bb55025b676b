from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.handset import Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.rendering import NothingShown, effective_text, effective_title, render

IMAGE = "https://example.com/image.png"


def body(**notification: Any) -> JsonObject:
    return {"notification": notification}


def android(vendor: str, fields: dict[str, Any]) -> JsonObject:
    return body(alert="common", android={vendor: fields})


def show(push: JsonObject, platform: Platform, vendor: str = "", *, hides: bool = False) -> Notification:
    shown = render(push, Handset("h", "model", platform, vendor, hides_details=hides), "Demo")
    assert isinstance(shown, Notification), shown
    return shown


@pytest.mark.parametrize(
    ("push", "platform", "text"),
    [
        (body(alert="common"), Platform.IOS, "common"),
        (body(alert="common", ios={"alert": "own"}), Platform.IOS, "own"),
        (body(alert="common", ios={"alert": "own"}), Platform.ANDROID, "common"),
        (body(alert="common", android={"alert": "own"}), Platform.ANDROID, "own"),
        (body(ios={"alert": "i"}, android={"alert": "a"}), Platform.HARMONY, None),
        (body(alert="common", harmonyOS={"alert": "own"}), Platform.HARMONY, "own"),
        (body(alert="common"), Platform.WEB, None),
        (body(alert=""), Platform.IOS, None),
        (body(alert=7, ios="x"), Platform.IOS, None),
        ({}, Platform.ANDROID, None),
    ],
)
def test_effective_text(push: JsonObject, platform: Platform, text: str | None) -> None:
    assert effective_text(push, platform) == text


@pytest.mark.parametrize(
    ("push", "platform", "title"),
    [
        (body(title="common", ios={"title": "own"}), Platform.IOS, "own"),
        (body(title="common", ios={"title": "own"}), Platform.ANDROID, "common"),
        (body(title="common", ios={"title": ""}), Platform.IOS, "common"),
        (body(ios={"title": "own"}), Platform.HARMONY, None),
        (body(title="common"), Platform.WEB, None),
    ],
)
def test_effective_title(push: JsonObject, platform: Platform, title: str | None) -> None:
    assert effective_title(push, platform) == title


def test_default_title_stands_in() -> None:
    assert show(body(alert="x"), Platform.IOS).title == "Demo"


def test_ios_reads_its_own_fields() -> None:
    ios = {
        "badge": 3,
        "thread-id": "group",
        "apns-collapse-id": "same",
        "category": "rich",
        "richMediaUri": IMAGE,
        "interruption-level": "critical",
    }
    assert show(body(alert="x", ios=ios), Platform.IOS) == Notification(
        "Demo", "x", badge=3, group="group", collapse="same", category="rich", image=IMAGE, sound="critical"
    )


@pytest.mark.parametrize(("badge", "shown"), [(0, 0), (-4, 0), (12, 12), (None, None), (True, None), ("1", None)])
def test_badge_of_zero_or_less_clears(badge: Any, shown: int | None) -> None:
    assert show(body(alert="x", ios={"badge": badge}), Platform.IOS).badge == shown


def test_rich_media_needs_its_category() -> None:
    assert show(body(alert="x", ios={"richMediaUri": IMAGE}), Platform.IOS).image == ""


def test_ios_is_active_by_default_and_android_has_no_badge() -> None:
    push = body(alert="x", ios={"badge": 5})
    assert show(push, Platform.IOS).sound == "active"
    assert show(push, Platform.ANDROID, "fcm").badge is None


@pytest.mark.parametrize(
    ("vendor", "fields", "expected"),
    [
        ("honor", {"importance": "NORMAL", "image": IMAGE}, {"sound": "NORMAL", "image": IMAGE}),
        ("honor", {"importance": "LOW", "image": IMAGE}, {"sound": "LOW", "image": ""}),
        ("honor", {"image": "http://example.com/a.png"}, {"image": ""}),
        (
            "hw",
            {"channelId": "c", "category": "IM", "image": IMAGE},
            {"channel": "c", "category": "IM", "image": IMAGE, "sound": "NORMAL"},
        ),
        ("hw", {"importance": "LOW", "image": IMAGE}, {"sound": "LOW", "image": IMAGE}),
        ("hw", {"image": "http://example.com/a.png"}, {"image": ""}),
        ("mi", {"channelId": "c", "large_icon_uri": IMAGE}, {"channel": "c", "image": IMAGE}),
        (
            "oppo",
            {"channelId": "c", "category": "IM", "notify_level": 2},
            {"channel": "c", "category": "IM", "sound": "bar, lock screen"},
        ),
        ("oppo", {"notify_level": 16}, {"sound": ""}),
        ("vivo", {}, {"sound": "operational"}),
        ("vivo", {"classification": "1", "category": "IM"}, {"sound": "system", "category": "IM"}),
        (
            "fcm",
            {"channelId": "c", "collapse_key": "k", "imageUrl": IMAGE},
            {"channel": "c", "collapse": "k", "image": IMAGE},
        ),
    ],
)
def test_each_vendor_reads_its_own_part(vendor: str, fields: dict[str, Any], expected: dict[str, Any]) -> None:
    shown = show(android(vendor, fields), Platform.ANDROID, vendor)
    assert {name: getattr(shown, name) for name in expected} == expected


@pytest.mark.parametrize("vendor", ["honor", "hw", "mi", "oppo", "vivo", "fcm", ""])
def test_no_vendor_reads_another_ones_part(vendor: str) -> None:
    everything = {"channelId": "c", "category": "IM", "image": IMAGE, "imageUrl": IMAGE, "collapse_key": "k"}
    others = {name: everything for name in ("honor", "hw", "mi", "oppo", "vivo", "fcm") if name != vendor}
    shown = show(body(alert="x", android=others), Platform.ANDROID, vendor)
    assert (shown.channel, shown.category, shown.image, shown.collapse) == ("", "", "", "")


def test_harmony_reads_ohos() -> None:
    shown = show(body(alert="x", harmonyOS={"ohos": {"category": "IM", "image": IMAGE}}), Platform.HARMONY)
    assert (shown.category, shown.image) == ("IM", IMAGE)
    assert show(body(alert="x", harmonyOS={"ohos": {"image": "ftp://x"}}), Platform.HARMONY).image == ""


def test_hidden_details() -> None:
    shown = show(body(alert="secret plan", title="secret"), Platform.IOS, hides=True)
    assert (shown.title, shown.text) == ("Demo", "You have a new message")


def test_force_show_beats_hidden_details() -> None:
    shown = show(body(alert="text", title="title", forceShowPushContent=1), Platform.IOS, hides=True)
    assert (shown.title, shown.text) == ("title", "text")


@pytest.mark.parametrize(
    ("push", "platform", "word"),
    [
        (body(alert="x"), Platform.WEB, "Web"),
        (body(alert="x", ios={"contentAvailable": 1}), Platform.IOS, "Silent"),
        (body(ios={"alert": "x"}), Platform.ANDROID, "notification.android.alert"),
    ],
)
def test_nothing_shown_says_why(push: JsonObject, platform: Platform, word: str) -> None:
    shown = render(push, Handset("h", "model", platform), "Demo")
    assert isinstance(shown, NothingShown)
    assert word in shown.reason


def test_silence_is_for_ios_only() -> None:
    assert show(body(alert="x", ios={"contentAvailable": 1}), Platform.ANDROID).text == "x"
    assert show(body(alert="x", ios={"contentAvailable": 0}), Platform.IOS).text == "x"
