"""Fields of the form keep what they cannot show."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.fields import ChoiceField, FieldChanged
from pushtui.providers.rongcloud.push import TAGGED_PUSH

(PLATFORM,) = (spec for spec in TAGGED_PUSH.fields if spec.path == ("platform",))


@pytest.mark.parametrize(
    ("given", "chosen", "value"),
    [
        (["ios", "tv"], (), ["tv"]),
        (["ios", "tv", 1], (0, 1), ["ios", "android", "tv", 1]),
        ("ios", (1,), ["android"]),
        (None, (0,), ["ios"]),
    ],
)
def test_toggling_a_choice_keeps_what_is_not_on_offer(
    monkeypatch: pytest.MonkeyPatch, given: Any, chosen: tuple[int, ...], value: list[Any]
) -> None:
    field = ChoiceField(PLATFORM, given)
    posted: list[FieldChanged] = []
    monkeypatch.setattr(field, "post_message", posted.append)
    field.on_choices_changed(Choices.Changed(field, chosen))
    assert [message.value for message in posted] == [value]
