"""Wire models and endpoints: limits in bytes, and every endpoint as documented."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pushtui.providers.tencent import attributes, push, users
from pushtui.providers.tencent.codes import CODES, Retry
from pushtui.providers.tencent.push_model import PushRequest
from pushtui.providers.wire import WireModel, form_fields

ENDPOINTS = [
    value
    for module in (attributes, push, users)
    for name, value in vars(module).items()
    if name.isupper() and hasattr(value, "request_model")
]
TEXT = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}]


def test_every_command_is_declared_once() -> None:
    paths = [endpoint.path for endpoint in ENDPOINTS]
    assert len(paths) == len(set(paths)) == 18
    assert all(endpoint.method == "POST" and endpoint.rates for endpoint in ENDPOINTS)
    assert [endpoint.name for endpoint in ENDPOINTS if not endpoint.repeatable] == ["im_push"]


def test_every_field_has_a_form() -> None:
    for endpoint in ENDPOINTS:
        assert all(field.help for field in form_fields(endpoint.request_model))


@pytest.mark.parametrize(
    ("model", "field", "fits"),
    [
        (attributes.SET_NAMES.request_model, lambda text: {"AttrNames": {"0": text}}, 50),
        (
            attributes.SET_ATTRIBUTES.request_model,
            lambda text: {"UserAttrs": [{"To_Account": "a", "Attrs": {"sex": text}}]},
            50,
        ),
        (attributes.ADD_TAGS.request_model, lambda text: {"UserTags": [{"To_Account": "a", "Tags": [text]}]}, 50),
        (push.PUSH.request_model, lambda text: {"MsgRandom": 1, "MsgBody": TEXT, "Condition": {"TagsOr": [text]}}, 50),
        (users.IMPORT_ACCOUNT.request_model, lambda text: {"UserID": text}, 32),
    ],
)
def test_limits_are_bytes(model: type[WireModel], field: Any, fits: int) -> None:
    chinese = "标" * (fits // 3)
    model.model_validate(field("x" * fits))
    model.model_validate(field(chinese))
    for text in ("x" * (fits + 1), chinese + "标"):
        with pytest.raises(ValidationError):
            model.model_validate(field(text))


@pytest.mark.parametrize("random", [0, 2**32 - 1])
def test_random_numbers_are_unsigned_and_of_32_bits(random: int) -> None:
    PushRequest.model_validate({"MsgRandom": random, "MsgBody": TEXT})


@pytest.mark.parametrize("random", [-1, 2**32, "1", True, 1.5, None])
def test_other_random_numbers_are_none(random: Any) -> None:
    with pytest.raises(ValidationError):
        PushRequest.model_validate({"MsgRandom": random, "MsgBody": TEXT})


def test_codes_say_whether_to_try_again() -> None:
    assert (CODES[90024].retry, CODES[90024].wait) == (Retry.LATER, 1)
    assert (CODES[70050].retry, CODES[70050].wait) == (Retry.LATER, 60)
    assert CODES[91000].retry is Retry.MAY_SUCCEED
    assert CODES[90009].retry is Retry.USELESS
