"""Users, their state and their devices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.agora.client import PUSH, AgoraClient


def names(said: Any) -> list[str]:
    return [entity["username"] for entity in said["entities"]]


def test_registering_one_user(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/users", {"username": "new.user-1_x", "password": "p", "nickname": "New"})
    (user,) = said["entities"]
    assert list(user) == ["uuid", "type", "created", "modified", "username", "activated", "nickname"]
    assert "data" not in said
    assert agora.ok("GET", "/users/new.user-1_x")["entities"][0]["uuid"] == user["uuid"]
    agora.ok("POST", "/push/sync/new.user-1_x", PUSH)
    assert agora.sandbox.inbox()[0]["deliveries"][0]["notification"]["text"] == "Hello"


def test_registering_many_of_whom_one_is_taken(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/users", [{"username": "n1"}, {"username": "user1"}, {"username": "n2"}])
    assert names(said) == ["n1", "n2"]
    assert said["data"] == [{"username": "user1", "registerUserFailReason": "the user1 already exists"}]
    assert agora.ok("POST", "/users", [{"username": "n3"}])["data"] == []


def test_an_illegal_row_fails_alone_or_the_whole_list(agora: AgoraClient) -> None:
    rows: list[dict[str, Any]] = [{"username": "n1"}, {"username": "Not Legal"}, {"username": "n2", "nickname": 5}]
    said = agora.ok("POST", "/users", [*rows, {"username": "x" * 300}])
    assert names(said) == ["n1"]
    assert said["data"] == [
        {"username": "Not Legal", "registerUserFailReason": "Not Legal is not legal"},
        {"username": "n2", "registerUserFailReason": "This is an invalid request."},
        {"username": "x" * 100, "registerUserFailReason": "USERNAME_TOO_LONG"},
    ]
    agora.sandbox.settings(agora__illegal_rows_fail_alone=False)
    assert agora.error("POST", "/users", [{"username": "n3"}, rows[1]])[2] == "Not Legal is not legal"
    assert agora.error("GET", "/users/n3")[0] == 404


@pytest.mark.parametrize("row", [{}, {"username": 5}, {"nickname": "x"}, "n4", None, ["n4"]])
def test_a_row_that_names_nobody_refuses_the_whole_list(agora: AgoraClient, row: Any) -> None:
    assert agora.error("POST", "/users", [{"username": "n1"}, row])[:2] == (400, "illegal_argument")
    assert agora.error("GET", "/users/n1")[0] == 404


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_users_in_another_encoding_are_nobody(agora: AgoraClient, encoding: str) -> None:
    for body in ([{"username": "n1"}, {"username": "n2"}], [{"username": "n1"}], {"username": "n1"}):
        said = agora.error("POST", "/users", json.dumps(body).encode(encoding))
        assert said[:2] == (400, "json_parse")


def test_a_list_of_one_is_a_list_whatever_stands_before_it(agora: AgoraClient) -> None:
    assert agora.ok("POST", "/users", b' \n[{"username": "n1"}]')["data"] == []
    assert "data" not in agora.ok("POST", "/users", b' \n{"username": "n2"}')


def test_at_most_sixty_at_once(agora: AgoraClient) -> None:
    users = [{"username": f"n{index}"} for index in range(61)]
    assert agora.error("POST", "/users", users)[:2] == (400, "illegal_argument")
    assert agora.error("POST", "/users", [])[:2] == (400, "illegal_argument")
    agora.ok("POST", "/users", users[1:])


def test_all_users_page_by_page_first_registered_first(agora: AgoraClient) -> None:
    agora.ok("POST", "/users", {"username": "last"})
    first = agora.ok("GET", "/users", limit="2")
    assert first["params"] == {"limit": ["2"]}
    twice = agora.ok("GET", "/users?limit=2&limit=3&x=")
    assert twice["params"] == {"limit": ["2", "3"], "x": [""]}
    assert (names(first), first["count"]) == (["a", "user1"], 2)
    seen, said = names(first), first
    while "cursor" in said:
        said = agora.ok("GET", "/users", limit="2", cursor=said["cursor"])
        seen += names(said)
    assert seen[-1] == "last"
    assert len(set(seen)) == len(seen) == 19
    assert agora.ok("GET", "/users")["count"] == 10
    assert agora.ok("GET", "/users", limit="1000")["count"] == 19


def test_a_user_is_read_with_the_devices_and_without_what_was_never_set(agora: AgoraClient) -> None:
    said = agora.ok("GET", "/users/amelie")
    assert list(said) == ["action", "path", "uri", "entities", "timestamp", "duration", "count"]
    assert said["count"] == 1
    assert said["uri"] == f"https://localhost/{agora.org_name}/{agora.app_name}/users/amelie"
    named = agora.ok("GET", "/users/amelie", headers={"Host": "a1.agora.com:8080"})
    assert named["uri"] == f"https://a1.agora.com:8080/{agora.org_name}/{agora.app_name}/users/amelie"
    (device,) = said["entities"][0]["pushInfo"]
    assert device["device_Id"] == "amelie-fcm"
    assert "notification_no_disturbing" not in said["entities"][0]
    assert "pushInfo" not in agora.ok("GET", "/users/tunde")["entities"][0]


def test_a_user_is_found_by_uuid_too(agora: AgoraClient) -> None:
    uuid = agora.ok("GET", "/users/amelie")["entities"][0]["uuid"]
    agora.ok("PUT", f"/users/{uuid}", {"nickname": "Amy"})
    assert agora.ok("GET", "/users/amelie")["entities"][0]["nickname"] == "Amy"


def test_case_of_names_matters_unless_it_is_folded(agora: AgoraClient) -> None:
    assert agora.error("GET", "/users/fromuseId1")[0] == 404
    agora.sandbox.settings(agora__usernames_folded=True)
    assert names(agora.ok("GET", "/users/fromuseId1")) == ["fromuseid1"]


def test_only_what_is_given_changes(agora: AgoraClient) -> None:
    agora.ok("PUT", "/users/user1", {"notification_display_style": 1})
    (user,) = agora.ok("PUT", "/users/user1", {"nickname": "Other", "notification_display_style": None})["entities"]
    assert (user["nickname"], user["notification_display_style"]) == ("Other", 1)
    assert user["modified"] > user["created"]


@pytest.mark.parametrize("style", [1, "1", True])
def test_the_display_style_is_answered_as_a_number(agora: AgoraClient, style: Any) -> None:
    (user,) = agora.ok("PUT", "/users/user1", {"notification_display_style": style})["entities"]
    assert user["notification_display_style"] == 1
    assert type(user["notification_display_style"]) is int


def test_quiet_hours_of_the_old_kind_are_echoed_as_numbers(agora: AgoraClient) -> None:
    hours = {
        "notification_no_disturbing": True,
        "notification_no_disturbing_start": "22",
        "notification_no_disturbing_end": 7,
    }
    (user,) = agora.ok("PUT", "/users/user1", hours)["entities"]
    assert (user["notification_no_disturbing_start"], user["notification_no_disturbing_end"]) == (22, 7)


def test_who_is_online(agora: AgoraClient) -> None:
    status = agora.ok("GET", "/users/dora/status")
    assert status["data"] == {"dora": "online"}
    assert status["uri"] == f"https://localhost/{agora.org_name}/{agora.app_name}/users/dora/status"
    said = agora.ok("POST", "/users/batch/status", {"usernames": ["dora", "amelie", "nobody"]})
    assert said["data"] == [{"dora": "online"}, {"amelie": "offline"}, {"nobody": "offline"}]
    assert said["action"] == "get batch user status"
    assert agora.error("GET", "/users/nobody/status")[0] == 404


def test_nicknames_of_many(agora: AgoraClient) -> None:
    pairs = [{"username": "user1", "push_nickname": "One"}, {"username": "a", "push_nickname": ""}]
    said = agora.ok("PUT", "/push/nickname", pairs)
    assert (list(said), said["entities"]) == (["timestamp", "entities", "action", "duration"], pairs)
    (user,) = agora.ok("GET", "/users/user1")["entities"]
    assert (user["nickname"], user["modified"]) == ("One", said["timestamp"])
    pairs[1]["username"] = "nobody"
    assert agora.error("PUT", "/push/nickname", pairs)[0] == 404


def test_a_device_is_bound_and_unbound(agora: AgoraClient) -> None:
    device = {"device_id": "tunde-fcm", "device_token": "t1", "notifier_name": "920"}
    path = "/users/tunde/push/binding"
    assert agora.ok("PUT", path, device)["entities"] == [device]
    agora.ok("PUT", path, {**device, "notifier_name": "921"})
    assert [item["notifier_name"] for item in agora.ok("GET", path)["entities"]] == ["920", "921"]
    agora.ok("POST", "/messages/users", {"to": ["tunde"], "type": "txt", "body": {"msg": "hi"}})
    assert agora.texts("tunde-fcm")[0] == "You have a new message"
    agora.ok("PUT", path, {**device, "device_token": ""})
    assert [item["notifier_name"] for item in agora.ok("GET", path)["entities"]] == ["921"]
    agora.ok("PUT", path, {**device, "device_token": "", "notifier_name": ""})
    assert agora.ok("GET", path)["entities"] == []
    agora.message("tunde")
    assert agora.reason("tunde-fcm").startswith("no push binding")
    assert agora.error("GET", "/users/nobody/push/binding")[:2] == (400, "required_property_not_found")


def test_doubled_slashes_and_a_body_without_a_type(agora: AgoraClient) -> None:
    assert names(agora.ok("GET", "//users//user1")) == ["user1"]
    agora.ok("PUT", "/users/user1", {"nickname": "x"}, headers={"Content-Type": "application/x-www-form-urlencoded"})


def test_partial_success(agora: AgoraClient) -> None:
    agora.sandbox.fault("partial-success", cloud="agora")
    said = agora.ok("POST", "/users", [{"username": "n1"}, {"username": "n2"}])
    assert names(said) == ["n2"]
    assert said["data"] == [{"username": "n1", "registerUserFailReason": "server internal error"}]
