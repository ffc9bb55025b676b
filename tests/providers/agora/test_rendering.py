"""What templates, extensions and vendors' blocks make of a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.handset import Handset, Platform
from pushtui.providers.agora.rendering import (
    Chat,
    Look,
    Taste,
    Texts,
    blocks_of,
    chat_texts,
    fill,
    push_notification,
    subtitle,
    words_inside,
)

CHAT = Chat("hi", {}, "anna", "Anna")
IPHONE = Handset("i", "iPhone", Platform.IOS)
PIXEL = Handset("p", "Pixel", Platform.ANDROID, "fcm")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda child: st.lists(child, max_size=3) | st.dictionaries(st.text(max_size=5), child, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("{0} {1}", "a b"),
        ("{1}{1}{2}", "bb{2}"),
        ("{$fromNickname}: {$msg}", "Anna: hi"),
        ("{$dynamicFrom}", "Anna"),
        ("{} {x} {$other} {-1} {{0}}", "{} {x} {$other} {-1} {a}"),
    ],
)
def test_variables(pattern: str, shown: str) -> None:
    assert fill(Texts(pattern, pattern), CHAT, ["a", "b"], ["a", "b"]) == Texts(shown, shown)


def test_a_variable_without_a_value_may_be_left_out() -> None:
    template = Texts("{0}{1}!", "{$other} {x} {0}")
    assert fill(template, CHAT, ["a"], lacking_stay=False) == Texts("a!", "{$other} {x} ")


def test_what_the_app_itself_reads_of_a_push() -> None:
    message: Any = {"title": "t", "content": "c", "easemob": {"title": "own"}}
    assert words_inside(message) == "own · c"
    assert words_inside({"title": 5, "agora": {"content": ["x"]}}) == "You have a message"


def test_values_are_not_patterns() -> None:
    assert fill(Texts("{0}", "{0}"), CHAT, ["{$msg}"], ["{1}", "x"]) == Texts("{$msg}", "{1}")


def test_title_and_text_count_separately() -> None:
    assert fill(Texts("{0}", "{0}"), CHAT, ["t"], ["c"]) == Texts("t", "c")


def test_a_sender_s_name_in_the_group_goes_before_the_nickname() -> None:
    chat = Chat("hi", {"em_push_ext": {"group_user_nickname": "Ann"}}, "anna", "Anna")
    assert fill(Texts("{$dynamicFrom}", "{$fromNickname}"), chat) == Texts("Ann", "Anna")


@pytest.mark.parametrize(
    ("block", "shown"),
    [({}, ("basic", "text")), ({"title": "own"}, ("own", "text")), ({"notification": {"body": "b"}}, ("basic", "b"))],
)
def test_a_vendor_s_block(block: Any, shown: tuple[str, str]) -> None:
    made = push_notification({"title": "basic", "content": "text", "fcm": block}, PIXEL, blocks_of(PIXEL), 0)
    assert (made.title, made.text) == shown


def test_another_vendor_s_block_is_not_read() -> None:
    message: Any = {"title": "basic", "apns": {"title": "apple", "subTitle": "s"}, "subTitle": "basic s"}
    assert push_notification(message, PIXEL, blocks_of(PIXEL), 0).title == "basic"
    assert push_notification(message, IPHONE, blocks_of(IPHONE), 0).title == "apple"
    assert (subtitle(message, blocks_of(IPHONE)), subtitle(message, ())) == ("s", "basic s")


@pytest.mark.parametrize(
    ("config", "block", "badge"),
    [
        ({"addNum": 2}, {}, 7),
        ({"setNum": 3}, {}, 3),
        ({"setNum": 3, "addNum": 2}, {}, 3),
        ({"addNum": 2}, {"badge": 9}, 9),
        ({"addNum": 2}, {"badge": {"addNum": 1}}, 6),
        ({"setNum": 0, "addNum": 2}, {}, 7),
        ({"addNum": 0, "setNum": 0}, {}, 0),
        ({"setNum": 0}, {}, 0),
        ({"addNum": 0}, {}, None),
        ({"addNum": -9}, {}, 0),
        ({"setNum": -1}, {}, 0),
        ({"addNum": True}, {}, None),
        ({"addNum": 2**31 - 1}, {}, 2**31 - 1),
        ({}, {"badge": -1}, 0),
        ({}, {"badge": 2**62}, 2**31 - 1),
        ({}, {"badge": {"setNum": True}}, None),
        ({}, {"badge": {"addNum": 2**62}}, 2**31 - 1),
        ({}, {"badge": True}, None),
    ],
)
def test_the_badge(config: Any, block: Any, badge: int | None) -> None:
    assert push_notification({"config": {"badge": config}, "apns": block}, IPHONE, ("apns",), 5).badge == badge


@given(st.dictionaries(st.sampled_from(["em_push_template", "em_apns_ext", "em_push_ext"]), JSON), JSON)
def test_whatever_an_extension_or_a_push_holds_something_is_shown(ext: Any, block: Any) -> None:
    texts = chat_texts(Chat("hi", ext, "anna"), Taste("bob"), Look({"default": Texts("t", "c")}))
    assert texts.title
    assert push_notification({"config": block, "fcm": block}, PIXEL, blocks_of(PIXEL), 0).text
