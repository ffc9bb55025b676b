"""What a system message looks like, in the app and as a notification."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.handset import Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.message_types import BUILT_IN
from pushtui.providers.rongcloud.rendering import NothingShown, render
from pushtui.providers.rongcloud.system_rendering import message_as_push, user_push_as_push, words_in_app

IMAGE = "https://example.com/image.png"


def message(**fields: Any) -> JsonObject:
    return {"fromUserId": "123", "objectName": "RC:TxtMsg", "content": '{"content":"hi"}', **fields}


def show(sent: JsonObject, platform: Platform = Platform.IOS, vendor: str = "") -> Notification | NothingShown:
    push = message_as_push(sent)
    return push if isinstance(push, NothingShown) else render(push, Handset("h", "model", platform, vendor), "Sender")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("RC:TxtMsg", '{"content":"hi","extra":"x"}', "hi"),
        ("RC:InfoNtf", '{"message":"note"}', "note"),
        ("RC:ContactNtf", '{"operation":"add","message":"please"}', "please"),
        ("RC:ImgMsg", '{"content":"base64","imageUri":"https://example.com"}', "[image]"),
        ("RC:VCMsg", '{"content":"base64","duration":3}', "[voice]"),
        ("RC:TxtMsg", '{"content":7}', "[text]"),
        ("RC:TxtMsg", "not json", "not json"),
        ("my:type", '{"content":"hi"}', '{"content":"hi"}'),
    ],
)
def test_words_in_the_app(name: str, content: str, words: str) -> None:
    assert words_in_app(name, content) == words


def test_without_push_content_the_type_speaks_for_itself() -> None:
    assert show(message()) == Notification("Sender", "hi", sound="active")
    assert show(message(pushContent="news")) == Notification("Sender", "news", sound="active")


@pytest.mark.parametrize("name", [*(kind.name for kind in BUILT_IN.values() if not kind.pushes), "my:type"])
def test_types_without_a_text_of_their_own_need_push_content(name: str) -> None:
    nothing = show(message(objectName=name))
    assert isinstance(nothing, NothingShown)
    assert nothing.reason.startswith(f"P16: {name} has no notification text")
    assert isinstance(show(message(objectName=name, pushContent="news")), Notification)


@pytest.mark.parametrize("name", [kind.name for kind in BUILT_IN.values() if kind.pushes])
def test_the_other_types_do_not(name: str) -> None:
    assert isinstance(show(message(objectName=name)), Notification)


def test_no_push_at_all() -> None:
    nothing = show(message(disablePush=True, pushContent="x", pushExt='{"title":"t"}'))
    assert isinstance(nothing, NothingShown)
    assert "disablePush" in nothing.reason
    assert isinstance(show(message(disablePush=False)), Notification)


def test_silent_on_ios_alone() -> None:
    silent = message(contentAvailable=1)
    assert isinstance(show(silent), NothingShown)
    assert isinstance(show(silent, Platform.ANDROID, "hw"), Notification)
    assert isinstance(show(message(contentAvailable=0)), Notification)


def test_the_extension_on_ios() -> None:
    apns = {"thread-id": "g", "apns-collapse-id": "c", "richMediaUri": IMAGE, "interruption-level": "passive"}
    ext = json.dumps({"title": "News", "pushConfigs": [{"APNs": apns}]})
    assert show(message(pushExt=ext, count=3)) == Notification(
        "News", "hi", badge=3, group="g", collapse="c", image=IMAGE, sound="passive"
    )


@pytest.mark.parametrize(
    ("vendor", "config", "field", "value"),
    [
        ("honor", {"HONOR": {"importance": "LOW"}}, "sound", "LOW"),
        ("hw", {"HW": {"channelId": "news"}}, "channel", "news"),
        ("mi", {"MI": {"large_icon_uri": IMAGE}}, "image", IMAGE),
        ("oppo", {"OPPO": {"channelId": "news"}}, "channel", "news"),
        ("vivo", {"VIVO": {"classification": "1"}}, "sound", "system"),
        ("fcm", {"FCM": {"collapse_key": "k"}}, "collapse", "k"),
    ],
)
def test_vendor_names_are_in_capitals(vendor: str, config: JsonObject, field: str, value: str) -> None:
    def shown(written: JsonObject) -> Any:
        text = json.dumps({"pushConfigs": [written]})
        return getattr(show(message(pushExt=text), Platform.ANDROID, vendor), field)

    assert shown(config) == value
    assert shown({name.lower(): fields for name, fields in config.items()}) != value


def test_the_extension_on_harmony() -> None:
    ext = json.dumps({"pushConfigs": [{"OHOS": {"category": "IM"}}, {"OHOS": {"image": IMAGE}}]})
    shown = show(message(pushExt=ext), Platform.HARMONY)
    assert isinstance(shown, Notification)
    assert (shown.category, shown.image) == ("IM", IMAGE)


def test_hidden_details_give_way_to_the_extension() -> None:
    hidden = Handset("h", "model", Platform.IOS, hides_details=True)

    def text(ext: str) -> str:
        push = message_as_push(message(pushExt=ext))
        assert isinstance(push, dict)
        shown = render(push, hidden, "Sender")
        assert isinstance(shown, Notification)
        return shown.text

    assert text("") == "You have a new message"
    assert text('{"forceShowPushContent":1}') == "hi"


def test_a_push_to_users_calls_its_text_push_content() -> None:
    body: JsonObject = {
        "userIds": ["123"],
        "notification": {"title": "T", "pushContent": "text", "android": {"hw": {"channelId": "c"}}},
    }
    shown = render(user_push_as_push(body), Handset("h", "model", Platform.ANDROID, "hw"), "Demo")
    assert shown == Notification("T", "text", channel="c", sound="NORMAL")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda child: st.lists(child, max_size=3) | st.dictionaries(st.text(max_size=5), child, max_size=3),
)
KEYS = st.sampled_from(["title", "forceShowPushContent", "pushConfigs", "HW", "APNs", "OHOS", "MI", "templateId"])


@given(st.text(max_size=30) | st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON))).map(json.dumps))
def test_half_written_extensions_never_fail(ext: str) -> None:
    for platform in (Platform.IOS, Platform.ANDROID, Platform.HARMONY):
        assert show(message(pushExt=ext), platform, "hw")
