"""Wire models and endpoints: limits in bytes, and every endpoint as documented."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pushtui.domain.field import Unit
from pushtui.providers.tencent import attributes, push, users
from pushtui.providers.tencent.codes import CODES, Retry
from pushtui.providers.tencent.push_model import PushRequest
from pushtui.providers.tencent.values import JUDGED_SINGLY, is_user_id
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


WRONG_ITEMS: list[Any] = [
    (attributes.SET_NAMES, lambda items: {"AttrNames": items}, {}),
    (attributes.SET_ATTRIBUTES, lambda items: {"UserAttrs": items}, []),
    (attributes.SET_ATTRIBUTES, lambda items: {"UserAttrs": [{"To_Account": "a", "Attrs": items}]}, {}),
    (attributes.REMOVE_ATTRIBUTES, lambda items: {"UserAttrs": items}, []),
    (attributes.REMOVE_ATTRIBUTES, lambda items: {"UserAttrs": [{"To_Account": "a", "Attrs": items}]}, []),
    (attributes.GET_ATTRIBUTES, lambda items: {"To_Account": items}, []),
    (attributes.ADD_TAGS, lambda items: {"UserTags": items}, []),
    (attributes.ADD_TAGS, lambda items: {"UserTags": [{"To_Account": "a", "Tags": items}]}, []),
    (attributes.REMOVE_TAGS, lambda items: {"UserTags": items}, []),
    (attributes.REMOVE_TAGS, lambda items: {"UserTags": [{"To_Account": "a", "Tags": items}]}, []),
    (attributes.GET_TAGS, lambda items: {"To_Account": items}, []),
    (attributes.REMOVE_ALL_TAGS, lambda items: {"To_Account": items}, []),
    (push.PUSH, lambda items: {"MsgRandom": 1, "MsgBody": items}, []),
    (push.PUSH, lambda items: {"MsgRandom": 1, "MsgBody": TEXT, "Condition": {"TagsOr": items}}, []),
    (push.PUSH, lambda items: {"MsgRandom": 1, "MsgBody": TEXT, "Condition": {"TagsAnd": items}}, []),
    (push.PUSH, lambda items: {"MsgRandom": 1, "MsgBody": TEXT, "Condition": {"AttrsOr": items}}, {}),
    (push.PUSH, lambda items: {"MsgRandom": 1, "MsgBody": TEXT, "Condition": {"AttrsAnd": items}}, {}),
    (users.CHECK_ACCOUNTS, lambda items: {"CheckItem": items}, []),
    (users.IMPORT_ACCOUNTS, lambda items: {"Accounts": items}, []),
    (users.IMPORT_ACCOUNTS, lambda items: {"AccountList": items}, []),
    (users.DELETE_ACCOUNTS, lambda items: {"DeleteItem": items}, []),
    (users.ONLINE_STATUS, lambda items: {"To_Account": items}, []),
    (users.GET_PROFILES, lambda items: {"To_Account": ["a"], "TagList": items}, []),
    (users.GET_PROFILES, lambda items: {"To_Account": items, "TagList": ["a"]}, []),
    (users.SET_PROFILE, lambda items: {"From_Account": "a", "ProfileItem": items}, []),
]


@pytest.mark.parametrize(("endpoint", "body", "kind"), WRONG_ITEMS)
def test_too_many_wrong_items_are_one_error(endpoint: Any, body: Any, kind: Any) -> None:
    """So that nobody waits for a million errors to be written."""
    items = {f"k{index}": 1 for index in range(600)} if isinstance(kind, dict) else [{}] * 600
    with pytest.raises(ValidationError) as caught:
        endpoint.request_model.model_validate(body(items))
    assert [error["type"] for error in caught.value.errors()] == ["too_long"]


@pytest.mark.parametrize("user", ["", "x" * 33, "用" * 11])
def test_ids_are_judged_with_the_body_or_singly(user: str) -> None:
    model, body = attributes.GET_TAGS.request_model, {"To_Account": ["a", user]}
    assert not is_user_id(user)
    assert model.model_validate(body, context=JUDGED_SINGLY).model_dump() == body
    with pytest.raises(ValidationError):
        model.model_validate(body)


@pytest.mark.parametrize("user", ["x", "x" * 32, "用" * 10 + "ab"])
def test_user_ids(user: str) -> None:
    assert is_user_id(user)


def test_forms_know_the_limits_of_ids() -> None:
    [limit] = next(form_fields(users.IMPORT_ACCOUNT.request_model)).limits
    assert (limit.maximum, limit.unit) == (32, Unit.BYTES)


@pytest.mark.parametrize("value", [True, False, 1.0, 0.0, 2, "1"])
def test_a_flag_is_0_or_1(value: Any) -> None:
    with pytest.raises(ValidationError):
        users.ONLINE_STATUS.request_model.model_validate({"To_Account": ["a"], "IsNeedDetail": value})


def test_codes_say_whether_to_try_again() -> None:
    assert (CODES[90024].retry, CODES[90024].wait) == (Retry.LATER, 1)
    assert (CODES[70050].retry, CODES[70050].wait) == (Retry.LATER, 60)
    assert CODES[91000].retry is Retry.MAY_SUCCEED
    assert CODES[90009].retry is Retry.USELESS
