"""Recipients in bodies: put in, read out, and found in answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.json_body import JsonObject
from pushtui.domain.recipient import Recipient
from pushtui.providers.base import Batching
from pushtui.providers.kinds import KINDS, kind_named
from tests.providers.rongcloud.system_bodies import message, page_example, shared, template, user_push

ANSWER = Path(__file__).parents[2] / "data" / "system_template_answer.json"
PEOPLE = [
    Recipient(2, "21", (("c", "1"), ("d", "2"), ("e", "3"))),
    Recipient(3, "22", (("c", "4"), ("d", "5"), ("e", "6"))),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def batching(kind: str) -> Batching:
    found = kind_named(kind).batching
    assert found is not None
    return found


def without_recipients(body: dict[str, Any]) -> JsonObject:
    return {key: value for key, value in body.items() if key not in ("toUserId", "values", "userIds")}


def test_the_pages_body_is_made_from_its_rows() -> None:
    page = page_example()
    own = without_recipients(page) | {"pushData": ["push{data}"]}
    rows = [
        Recipient(2, "21", (*PEOPLE[0].values, ("data", "d"))),
        Recipient(3, "22", (*PEOPLE[1].values, ("data", "d6"))),
    ]
    made = batching("rongcloud.system-template").body({**own, "pushContent": ["push{c}"]}, rows)
    assert list(made) == list(page)
    assert {**made, "values": None, "pushData": None} == {**page, "values": None, "pushData": None}
    assert made["pushData"] == ["push{data}"] * 2


def test_the_pages_recipients_are_read_from_its_body() -> None:
    found = list(batching("rongcloud.system-template").inline(page_example()))
    assert found == [one._replace(line=0) for one in PEOPLE]
    assert batching("rongcloud.system-template").placeholders(page_example()) == ("c", "d", "e")


@given(st.lists(st.builds(Recipient, st.just(0), TEXT, st.just(())), max_size=5), st.sampled_from(sorted(KINDS)))
@settings(deadline=None)
def test_users_that_are_put_in_are_read_out(people: list[Recipient], kind: str) -> None:
    found = kind_named(kind).batching
    if found is not None:
        people = people[: found.most]
        made = found.body({"a": 1, "content": "x", "b": 2}, people)
        assert found.users(made) == [one.user for one in people]
        assert list(found.inline(made)) == people
        assert {key: made[key] for key in ("a", "content", "b")} == {"a": 1, "content": "x", "b": 2}


@given(st.dictionaries(TEXT, TEXT), TEXT)
@settings(deadline=None)
def test_values_that_are_put_in_are_read_out(values: dict[str, str], user: str) -> None:
    person = Recipient(0, user, tuple(values.items()))
    found = batching("rongcloud.system-template")
    assert list(found.inline(found.body(shared(), [person]))) == [person]


def test_lists_of_several_are_left_as_they_are() -> None:
    made = batching("rongcloud.system-template").body(shared(pushContent=["a", "b"], pushData="x"), PEOPLE)
    assert (made["pushContent"], made["pushData"]) == (["a", "b"], "x")


@pytest.mark.parametrize(
    ("kind", "body", "users"),
    [
        ("rongcloud.system-template", template(), ["21", "22"]),
        ("rongcloud.system", message(), ["21", "22"]),
        ("rongcloud.push-user", user_push(), ["21", "22"]),
        ("rongcloud.system", {"toUserId": "21"}, []),
    ],
)
def test_whom_a_request_goes_to(kind: str, body: JsonObject, users: list[str]) -> None:
    assert batching(kind).users(body) == users


def test_the_pages_answer_names_each_message() -> None:
    answer = json.loads(ANSWER.read_text(encoding="utf-8"))
    uids = batching("rongcloud.system-template").uids(answer)
    assert list(uids) == ["uid1", "uid2"]
    assert [uid.rpartition("-")[2] for uid in uids.values()] == ["LLLL", "LLKL"]
    assert kind_named("rongcloud.system").receipt(answer).message_uid == ""


@pytest.mark.parametrize(
    "answer", [{}, {"messageUIDs": None}, {"messageUIDs": [1, {}, {"userId": 1}]}, {"messageUIDs": {}}]
)
def test_an_answer_may_lack_them(answer: JsonObject) -> None:
    assert batching("rongcloud.system").uids({"code": 200, **answer}) == {}
    assert batching("rongcloud.push-user").uids({"code": 200, **answer}) == {}


def test_receipts_of_single_sends() -> None:
    one: JsonObject = {"code": 200, "messageUIDs": [{"userId": "21", "messageUID": "U"}]}
    assert kind_named("rongcloud.system").receipt(one).message_uid == "U"
    assert kind_named("rongcloud.push-user").receipt({"code": 200, "id": "P"}).push_id == "P"
    assert kind_named("rongcloud.push-user").receipt({"code": 200}).push_id == ""
