"""What a handset shows of a push: whose text wins, what each platform and vendor reads."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.handset import Handset, Notification, Platform
from pushtui.providers.tencent.rendering import NothingShown, gist, message_text, render

IPHONE = Handset("i", "iPhone 16", Platform.IOS)
HARMONY = Handset("o", "HUAWEI Mate 70", Platform.HARMONY)
WEB = Handset("w", "Chrome", Platform.WEB)

HELLO = {"MsgType": "TIMTextElem", "MsgContent": {"Text": "hello"}}

INFO: dict[str, Any] = {
    "PushFlag": 0,
    "Title": "title",
    "Desc": "text",
    "Ext": '{"a":1}',
    "AndroidInfo": {
        "Sound": "shake",
        "HuaWeiChannelID": "hw-channel",
        "HuaWeiCategory": "IM",
        "HuaWeiImportance": "LOW",
        "HuaWeiImage": "https://example.com/hw.png",
        "HonorImportance": "NORMAL",
        "HonorImage": "http://example.com/honor.png",
        "XiaoMiChannelID": "mi-channel",
        "OPPOChannelID": "oppo-channel",
        "OPPOCategory": "MARKETING",
        "VIVOClassification": "0",
        "VIVOCategory": "IM",
        "GoogleChannelID": "fcm-channel",
        "GoogleImage": "https://example.com/fcm.png",
    },
    "ApnsInfo": {
        "Title": "iOS title",
        "SubTitle": "below",
        "Sound": "shake.caf",
        "BadgeMode": 1,
        "Image": "https://example.com/ios.png",
        "MutableContent": 1,
        "InterruptionLevel": "time-sensitive",
    },
}


def android(vendor: str) -> Handset:
    return Handset("a", "phone", Platform.ANDROID, vendor)


def body(*parts: dict[str, Any], **info: Any) -> dict[str, Any]:
    return {"MsgBody": list(parts or (HELLO,)), "OfflinePushInfo": info}


@pytest.mark.parametrize(
    ("vendor", "expected"),
    [
        (
            "hw",
            Notification(
                "title",
                "text",
                channel="hw-channel",
                category="IM",
                image="https://example.com/hw.png",
                sound="LOW, shake",
            ),
        ),
        ("honor", Notification("title", "text", sound="NORMAL, shake")),
        ("mi", Notification("title", "text", channel="mi-channel", sound="shake")),
        ("oppo", Notification("title", "text", channel="oppo-channel", category="MARKETING", sound="shake")),
        ("vivo", Notification("title", "text", category="IM", sound="marketing, shake")),
        (
            "fcm",
            Notification("title", "text", channel="fcm-channel", image="https://example.com/fcm.png", sound="shake"),
        ),
        ("other", Notification("title", "text")),
    ],
)
def test_each_vendor_reads_its_own(vendor: str, expected: Notification) -> None:
    assert render(body(**INFO), android(vendor), "sender") == expected


def test_ios_reads_its_own() -> None:
    assert render(body(**INFO), IPHONE, "sender") == Notification(
        "iOS title", "below\ntext", image="https://example.com/ios.png", sound="time-sensitive, shake.caf"
    )


@pytest.mark.parametrize(
    ("classification", "said"), [(0, "marketing"), ("0", "marketing"), (1, "system"), ("1", "system")]
)
def test_vivo_classifies(classification: Any, said: str) -> None:
    shown = render(body(AndroidInfo={"VIVOClassification": classification}), android("vivo"), "sender")
    assert shown == Notification("sender", "hello", sound=said)


def test_the_first_sound_of_a_custom_part_reaches_ios() -> None:
    silent = {"MsgType": "TIMCustomElem", "MsgContent": {"Desc": "a"}}
    loud = [{"MsgType": "TIMCustomElem", "MsgContent": {"Sound": sound}} for sound in ("bell.caf", "gong.caf")]
    assert render(body(HELLO, silent, *loud), IPHONE, "s") == Notification(
        "s", "hello a", badge=1, sound="active, bell.caf"
    )
    other = {"MsgType": "TIMTextElem", "MsgContent": {"Text": "hello", "Sound": "x"}}
    assert render(body(other), IPHONE, "s") == Notification("s", "hello", badge=1, sound="active")


def test_defaults() -> None:
    plain = body()
    assert render(plain, IPHONE, "sender") == Notification("sender", "hello", badge=1, sound="active")
    assert render(plain, android("hw"), "sender") == Notification("sender", "hello", sound="NORMAL")
    assert render(plain, android("vivo"), "sender") == Notification("sender", "hello", sound="system")
    assert render(plain, HARMONY, "sender") == Notification("sender", "hello")


@pytest.mark.parametrize(
    ("content", "handset", "words"),
    [
        (body(PushFlag=1), IPHONE, "PushFlag"),
        (body(ApnsInfo={"ContentAvailable": 1}), IPHONE, "Silent"),
        (body(), WEB, "Web"),
        (body({"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}"}}), IPHONE, "No text"),
    ],
)
def test_nothing_is_shown(content: dict[str, Any], handset: Handset, words: str) -> None:
    shown = render(content, handset, "sender")
    assert isinstance(shown, NothingShown)
    assert words in shown.reason


def test_silence_on_ios_is_not_silence_on_android() -> None:
    assert isinstance(render(body(ApnsInfo={"ContentAvailable": 1}), android("mi"), "sender"), Notification)


@pytest.mark.parametrize(
    ("part", "shown", "arrived"),
    [
        (HELLO, "hello", "hello"),
        ({"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}", "Desc": "custom"}}, "custom", "{}"),
        ({"MsgType": "TIMLocationElem", "MsgContent": {"Desc": "here"}}, "[Location] here", "[Location] here"),
        ({"MsgType": "TIMImageElem", "MsgContent": {}}, "[Image]", "[Image]"),
    ],
)
def test_parts_give_the_text(part: dict[str, Any], shown: str, arrived: str) -> None:
    assert render(body(part), android("mi"), "sender") == Notification("sender", shown)
    assert message_text(body(part)) == arrived


def test_desc_shows_a_custom_part_without_one() -> None:
    custom = {"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}"}}
    assert render(body(custom, Desc="text"), android("mi"), "sender") == Notification("sender", "text")


def test_gist_says_each_once() -> None:
    assert gist(body(**INFO)) == "iOS title · title · text · hello"
    assert gist({}) == ""


@pytest.mark.parametrize("odd", [None, 3, [], "x", {"MsgBody": [None, {"MsgType": 3}]}])
def test_bodies_in_progress_do_no_harm(odd: Any) -> None:
    draft = odd if isinstance(odd, dict) else {"MsgBody": odd, "OfflinePushInfo": odd}
    assert isinstance(render(draft, IPHONE, "sender"), NothingShown)
