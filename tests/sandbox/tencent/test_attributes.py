"""Attribute names, attributes and tags: what is kept, merged, ignored."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.tencent.client import ALL, TencentClient


def names(tencent: TencentClient) -> dict[str, str]:
    return dict(tencent.ok(f"{ALL}im_get_attr_name", {})["AttrNames"])


def attributes(tencent: TencentClient, *users: str) -> dict[str, Any]:
    answer = tencent.ok(f"{ALL}im_get_attr", {"To_Account": list(users)})
    return {item["To_Account"]: item["Attrs"] for item in answer["UserAttrs"]}


def tags(tencent: TencentClient, *users: str) -> dict[str, Any]:
    answer = tencent.ok(f"{ALL}im_get_tag", {"To_Account": list(users)})
    return {item["To_Account"]: item["Tags"] for item in answer["UserTags"]}


def tagging(user: str, *given: str) -> dict[str, Any]:
    return {"UserTags": [{"To_Account": user, "Tags": list(given)}]}


def test_names_are_set_one_by_one_and_sorted_by_number(tencent: TencentClient) -> None:
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": {"9": "Membership Level", "3": "年龄"}})
    assert list(names(tencent).items()) == [
        ("0", "sex"),
        ("1", "city"),
        ("2", "country"),
        ("3", "年龄"),
        ("9", "Membership Level"),
    ]


def test_names_may_replace_all_by_setting(tencent: TencentClient) -> None:
    tencent.sandbox.settings(tencent__attribute_names_replace=True)
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": {"9": "city"}})
    assert names(tencent) == {"9": "city"}


def test_a_name_belongs_to_one_number(tencent: TencentClient) -> None:
    answer = tencent.call(f"{ALL}im_set_attr_name", {"AttrNames": {"5": "new", "0": "city"}})
    assert (answer["ErrorCode"], answer["ErrorInfo"]) == (90033, "attrName:city already exists at index:1")
    assert names(tencent) == {"0": "sex", "1": "city", "2": "country"}
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": {"1": "city"}})


@pytest.mark.parametrize(
    "body", ['{"0": "town", "3": "sex"}', '{"3": "sex", "0": "town"}', '{"0": "city", "1": "sex"}']
)
def test_names_may_change_places(tencent: TencentClient, body: str) -> None:
    tencent.ok(f"{ALL}im_set_attr_name", f'{{"AttrNames": {body}}}'.encode())


@pytest.mark.parametrize("body", ['{"0": "sex", "5": "sex"}', '{"5": "sex", "0": "sex"}'])
def test_a_name_given_twice_is_refused_in_any_order(tencent: TencentClient, body: str) -> None:
    answer = tencent.call(f"{ALL}im_set_attr_name", f'{{"AttrNames": {body}}}'.encode())
    assert (answer["ErrorCode"], answer["ErrorInfo"]) == (90033, "attrName:sex already exists at index:5")


def test_a_new_name_relabels_values(tencent: TencentClient) -> None:
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": {"1": "town"}})
    assert attributes(tencent, "123")["123"] == {"sex": "female", "town": "Beijing", "country": "China"}


def test_attributes_merge_and_go(tencent: TencentClient) -> None:
    tencent.ok(f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"city": "Shenzhen"}}]})
    assert attributes(tencent, "123")["123"] == {"sex": "female", "city": "Shenzhen", "country": "China"}
    tencent.ok(f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": ["sex", "country"]}]})
    assert attributes(tencent, "123")["123"] == {"city": "Shenzhen"}


def test_one_unknown_name_spoils_all(tencent: TencentClient) -> None:
    wanted = [{"To_Account": "123", "Attrs": {"city": "X"}}, {"To_Account": "456", "Attrs": {"size": "L"}}]
    assert tencent.code(f"{ALL}im_set_attr", {"UserAttrs": wanted}) == 90033
    assert attributes(tencent, "123")["123"]["city"] == "Beijing"


def test_tags_are_a_set(tencent: TencentClient) -> None:
    tencent.ok(f"{ALL}im_add_tag", tagging("123", "vip", "new"))
    assert tags(tencent, "123")["123"] == ["女", "年轻", "北京", "vip", "new"]
    tencent.ok(f"{ALL}im_remove_tag", tagging("123", "vip", "absent"))
    assert tags(tencent, "123")["123"] == ["女", "年轻", "北京", "new"]
    tencent.ok(f"{ALL}im_remove_all_tags", {"To_Account": ["123"]})
    assert tags(tencent, "123", "456") == {"123": [], "456": ["女", "年轻", "上海"]}


@pytest.mark.parametrize("code", [90032, 90033])
def test_a_user_holds_a_hundred_tags(tencent: TencentClient, code: int) -> None:
    tencent.sandbox.settings(tencent__full_tags_code=code)
    tencent.ok(f"{ALL}im_remove_all_tags", {"To_Account": ["123"]})
    for ten in range(10):
        tencent.ok(f"{ALL}im_add_tag", tagging("123", *(f"t{ten}{one}" for one in range(10))))
    tencent.ok(f"{ALL}im_add_tag", tagging("123", "t00"))
    both = {"UserTags": [*tagging("456", "more")["UserTags"], *tagging("123", "more")["UserTags"]]}
    assert tencent.code(f"{ALL}im_add_tag", both) == code
    found = tags(tencent, "123", "456")
    assert (len(found["123"]), "more" in found["456"]) == (100, False)


def test_tags_of_a_user_who_is_named_twice_add_up(tencent: TencentClient) -> None:
    tencent.ok(f"{ALL}im_remove_all_tags", {"To_Account": ["123"]})
    for ten in range(9):
        tencent.ok(f"{ALL}im_add_tag", tagging("123", *(f"t{ten}{one}" for one in range(10))))
    halves = [tagging("123", *(f"{half}{one}" for one in range(5)))["UserTags"][0] for half in "abc"]
    assert tencent.code(f"{ALL}im_add_tag", {"UserTags": halves}) == 90032
    tencent.ok(f"{ALL}im_add_tag", {"UserTags": halves[:2]})
    assert len(tags(tencent, "123")["123"]) == 100
    tencent.ok(f"{ALL}im_remove_tag", tagging("123", *tags(tencent, "123")["123"]))
    assert tags(tencent, "123")["123"] == []


@pytest.mark.parametrize("tag", ["", "标" * 17])
def test_tags_that_nobody_can_have_are_removed_without_an_error(tencent: TencentClient, tag: str) -> None:
    tencent.ok(f"{ALL}im_remove_tag", tagging("123", tag, "年轻"))
    assert tags(tencent, "123")["123"] == ["女", "北京", "vip"]


@pytest.mark.parametrize("command", ["im_get_attr", "im_get_tag"])
def test_users_who_are_named_twice_are_told_once(tencent: TencentClient, command: str) -> None:
    answer = tencent.ok(f"{ALL}{command}", {"To_Account": ["123", "456", "123"]})
    [found] = [value for value in answer.values() if isinstance(value, list)]
    assert [item["To_Account"] for item in found] == ["123", "456"]


WRITES: list[tuple[str, dict[str, Any]]] = [
    ("im_set_attr", {"UserAttrs": [{"To_Account": "nobody", "Attrs": {"sex": "x"}}]}),
    ("im_remove_attr", {"UserAttrs": [{"To_Account": "nobody", "Attrs": ["sex"]}]}),
    ("im_add_tag", tagging("nobody", "x")),
    ("im_remove_tag", tagging("nobody", "x")),
    ("im_remove_all_tags", {"To_Account": ["nobody"]}),
    ("im_get_attr", {"To_Account": ["nobody"]}),
    ("im_get_tag", {"To_Account": ["nobody"]}),
]


@pytest.mark.parametrize(("command", "body"), WRITES)
def test_unknown_users_are_ignored_or_listed(tencent: TencentClient, command: str, body: dict[str, Any]) -> None:
    assert "ErrorList" not in tencent.ok(f"{ALL}{command}", body)
    tencent.sandbox.settings(tencent__unknown_users_listed=True)
    [failed] = tencent.ok(f"{ALL}{command}", body)["ErrorList"]
    assert (failed["To_Account"], failed["ErrorCode"]) == ("nobody", 70107)


@pytest.mark.parametrize("user", ["", "x" * 33])
@pytest.mark.parametrize(("command", "body"), WRITES)
def test_ids_that_nobody_can_have_are_unknown(
    tencent: TencentClient, command: str, body: dict[str, Any], user: str
) -> None:
    impossible = json.loads(json.dumps(body).replace("nobody", user))
    assert "ErrorList" not in tencent.ok(f"{ALL}{command}", impossible)


def test_results_come_in_another_order_by_default(tencent: TencentClient) -> None:
    asked = ["123", "456", "dora", "zoe"]
    assert list(tags(tencent, *asked)) == ["123", "dora", "456", "zoe"]
    tencent.sandbox.settings(tencent__results_as_asked=True)
    assert list(attributes(tencent, *asked)) == asked


def test_partial_success_spoils_every_second_user(tencent: TencentClient) -> None:
    tencent.sandbox.fault("partial-success")
    body = {"UserTags": [{"To_Account": user, "Tags": ["new"]} for user in ("123", "456", "zoe")]}
    failed = tencent.ok(f"{ALL}im_add_tag", body)["ErrorList"]
    assert [(item["To_Account"], item["ErrorCode"]) for item in failed] == [("123", 91000), ("zoe", 91000)]
    assert ["new" in held for held in tags(tencent, "123", "456", "zoe").values()] == [False, False, True]
