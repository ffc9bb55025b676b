"""What one recipient reads."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.handset import Handset, Platform
from pushtui.domain.reading import Reading
from pushtui.providers.kinds import kind_named
from tests.providers.rongcloud.system_bodies import message, page_example, template, user_push

HANDSETS = (Handset("i", "iPhone", Platform.IOS), Handset("a", "Android", Platform.ANDROID, "fcm"))


def reading(kind: str, body: dict[str, Any], index: int = 0) -> Reading:
    batching = kind_named(kind).batching
    assert batching is not None
    return batching.reading(body, index, HANDSETS)


def offline(found: Reading) -> list[tuple[str, str] | str]:
    return [
        (one.notification.title, one.notification.text) if one.notification else one.reason for one in found.offline
    ]


def test_the_example_of_the_page() -> None:
    first, second = (reading("rongcloud.system-template", page_example(), index) for index in (0, 1))
    assert (first.user, first.in_app, first.data, first.leaks) == ("21", "123", "pushd", ())
    assert (second.user, second.in_app, second.data, second.leaks) == ("22", "456", "pushd6", ())
    assert offline(first) == [("fromuser", "push1")] * 2
    assert offline(second) == [("fromuser", "push4")] * 2


def test_what_leaks_is_shown_as_it_would_be_read() -> None:
    body = template(values=[{"{c}": "1"}, {}], pushContent=["{x} {c}", "y"])
    assert reading("rongcloud.system-template", body).in_app == "1{d}{e}"
    assert reading("rongcloud.system-template", body).leaks == ("{d}", "{e}", "{x}")
    assert reading("rongcloud.system-template", body, 1).leaks == ("{c}", "{d}", "{e}")


def test_a_message_without_notification_says_why() -> None:
    assert offline(reading("rongcloud.system", message(disablePush=True)))[0].startswith("disablePush is true")  # type: ignore[union-attr]
    silent = offline(reading("rongcloud.system", message(contentAvailable=1)))
    assert isinstance(silent[0], str)
    assert silent[1] == ("news", "Hi")


def test_a_push_without_a_message() -> None:
    found = reading("rongcloud.push-user", user_push(), 1)
    assert (found.user, found.in_app) == ("22", "")
    assert offline(found) == [("News", "Hi")] * 2
    assert offline(reading("rongcloud.push-user", user_push(notification={"pushContent": "Hi"})))[0] == (
        "your app",
        "Hi",
    )


@pytest.mark.parametrize("body", [{}, {"toUserId": 1, "values": 2, "content": 3, "userIds": None, "notification": []}])
@pytest.mark.parametrize("kind", ["rongcloud.system-template", "rongcloud.system", "rongcloud.push-user"])
def test_nonsense_is_read_too(kind: str, body: dict[str, Any]) -> None:
    assert reading(kind, body).user == ""
