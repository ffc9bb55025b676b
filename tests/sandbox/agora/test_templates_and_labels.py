"""Push templates, push labels, and who has them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.agora.client import AgoraClient

TEMPLATE = {"name": "hello", "title_pattern": "{0}", "content_pattern": "{$msg}"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", "with space"),
        ("name", "x" * 65),
        ("name", "под"),
        ("title_pattern", None),
        ("content_pattern", None),
        ("content_pattern", 5),
    ],
)
def test_what_a_template_needs(agora: AgoraClient, field: str, value: Any) -> None:
    body = {name: text for name, text in {**TEMPLATE, field: value}.items() if text is not None}
    said = agora.error("POST", "/notification/template", body)
    assert said == (400, "illegal_argument", f"parameters is invalid : {field}")


def test_creating_a_template_again(agora: AgoraClient) -> None:
    agora.ok("POST", "/notification/template", TEMPLATE)
    said = agora.error("POST", "/notification/template", {**TEMPLATE, "title_pattern": "new"})
    assert said[:2] == (400, "duplicate_unique_property_exists")
    assert agora.ok("GET", "/notification/template/hello")["data"]["title_pattern"] == "{0}"
    agora.sandbox.settings(agora__template_duplicates_refused=False)
    agora.ok("POST", "/notification/template", {**TEMPLATE, "title_pattern": "new"})
    assert agora.ok("GET", "/notification/template/hello")["data"]["title_pattern"] == "new"


def test_changing_a_template_where_that_exists(agora: AgoraClient) -> None:
    texts = {"title_pattern": "T", "content_pattern": "C"}
    agora.ok("POST", "/notification/template", TEMPLATE)
    assert agora.error("PUT", "/notification/template/hello", texts)[0] == 405
    agora.sandbox.settings(agora__template_change_open=True)
    agora.sandbox.advance(1)
    changed = agora.ok("PUT", "/notification/template/hello", texts)["data"]
    assert (changed["title_pattern"], changed["updateAt"]) == ("T", changed["createAt"] + 1000)
    assert agora.error("PUT", "/notification/template/other", texts)[2] == "other template is not exist"


def test_a_deleted_template_is_gone(agora: AgoraClient) -> None:
    agora.ok("POST", "/notification/template", TEMPLATE)
    agora.ok("DELETE", "/notification/template/hello")
    assert agora.error("DELETE", "/notification/template/hello")[:2] == (400, "entity_not_found")


def test_a_label_from_beginning_to_end(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/push/label", {"name": "post-90s", "description": "hah"})
    assert list(said) == ["timestamp", "data", "duration"]
    assert said["data"] == {"name": "post-90s", "description": "hah", "createdAt": said["timestamp"]}
    added = agora.ok("POST", "/push/label/post-90s/user", {"usernames": ["user1", "nobody", "a"]})
    assert added["data"] == {"success": ["user1", "a"], "fail": {"nobody": "appUser not exists"}}
    assert agora.ok("GET", "/push/label/post-90s")["data"]["count"] == 2
    one = {"username": "a", "created": added["timestamp"]}
    assert agora.ok("GET", "/push/label/post-90s/user/a")["data"] == one
    assert agora.ok("GET", "/push/label/post-90s/user")["data"] == [{**one, "username": "user1"}, one]
    gone = agora.ok("DELETE", "/push/label/post-90s/user", {"usernames": ["a", "dora"]})
    assert gone["data"] == {"success": ["a"], "fail": {"dora": "user not in label"}}
    assert agora.error("GET", "/push/label/post-90s/user/a")[0] == 404
    assert agora.ok("DELETE", "/push/label/post-90s")["data"] == "success"
    assert agora.error("GET", "/push/label/post-90s")[:2] == (404, "service_resource_not_found")


def test_pages_of_labels_and_of_their_users(agora: AgoraClient) -> None:
    for name in ("one", "two", "three"):
        agora.ok("POST", "/push/label", {"name": name})
    first = agora.ok("GET", "/push/label", limit="2")
    second = agora.ok("GET", "/push/label", limit="100", cursor=first["cursor"])
    names = [label["name"] for said in (first, second) for label in said["data"]]
    assert names[:3] == ["three", "two", "one"]
    assert set(names) == {"one", "two", "three", "vip", "beta", "staff"}
    users = agora.ok("GET", "/push/label/vip/user", limit="1")
    rest = agora.ok("GET", "/push/label/vip/user", cursor=users["cursor"])
    assert [item["username"] for item in (*users["data"], *rest["data"])][:2] == ["123", "amelie"]


def test_case_of_labels(agora: AgoraClient) -> None:
    assert agora.error("POST", "/push/label", {"name": "VIP"})[:2] == (400, "duplicate_unique_property_exists")
    assert agora.ok("GET", "/push/label/Vip")["data"]["name"] == "vip"
    agora.ok("DELETE", "/push/label/BETA")
    assert agora.error("GET", "/push/label/beta")[0] == 404
    agora.sandbox.settings(agora__label_case_counts=True)
    agora.ok("POST", "/push/label", {"name": "VIP"})
    assert agora.error("GET", "/push/label/Vip")[0] == 404


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "a b"}, {"name": "x" * 65}, {"name": "y", "description": "x" * 256}]
)
def test_labels_that_are_refused(agora: AgoraClient, body: Any) -> None:
    assert agora.error("POST", "/push/label", body)[:2] == (400, "illegal_argument")


def test_how_many_labels_and_users_there_may_be(agora: AgoraClient) -> None:
    for index in range(97):
        agora.sandbox.advance(0.01)
        agora.ok("POST", "/push/label", {"name": f"l{index}"})
    assert agora.error("POST", "/push/label", {"name": "more"})[:2] == (400, "illegal_argument")
    assert agora.error("POST", "/push/label/vip/user", {"usernames": ["a"] * 101})[:2] == (400, "illegal_argument")
    agora.sandbox.settings(agora__users_per_label=1)
    said = agora.ok("POST", "/push/label/l0/user", {"usernames": ["a", "user1", "a"]})
    assert said["data"] == {"success": ["a"], "fail": {"user1": "label users exceed the limit"}}
    again = agora.ok("POST", "/push/label/l0/user", {"usernames": ["a"]})
    assert again["data"] == {"success": ["a"], "fail": {}}


def test_partial_success_of_labelling(agora: AgoraClient) -> None:
    agora.sandbox.fault("partial-success", cloud="agora", times=2)
    added = agora.ok("POST", "/push/label/beta/user", {"usernames": ["a", "user1"]})
    assert added["data"] == {"success": ["user1"], "fail": {"a": "server internal error"}}
    gone = agora.ok("DELETE", "/push/label/beta/user", {"usernames": ["user1", "yuki"]})
    assert gone["data"] == {"success": ["yuki"], "fail": {"user1": "server internal error"}}
