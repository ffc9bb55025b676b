"""Modes, do-not-disturb, languages and receivers' templates as they are set and read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.agora.client import GROUP, AgoraClient

APP = "/users/user1/notification/user/user1"
PEER = "/users/user1/notification/user/a"
IN_GROUP = f"/users/user1/notification/chatgroup/{GROUP}"


def data(agora: AgoraClient, path: str) -> Any:
    return agora.ok("GET", path)["data"]


def test_each_field_is_set_alone(agora: AgoraClient) -> None:
    assert data(agora, APP) == {}
    agora.ok("PUT", APP, {"type": "AT"})
    agora.ok("PUT", APP, {"ignoreInterval": "21:30-08:00"})
    said = agora.ok("PUT", APP, {"ignoreDuration": 60000})
    assert said["data"] == {
        "type": "AT",
        "ignoreDuration": said["timestamp"] + 60000,
        "ignoreInterval": "21:30-08:00",
    }


def test_nothing_and_null_change_nothing(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"type": "AT", "ignoreDuration": 5})
    before = data(agora, APP)
    for body in ({}, {"type": None, "ignoreInterval": None, "ignoreDuration": None}):
        assert agora.ok("PUT", APP, body)["data"] == before


def test_empty_and_zero_clear(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"ignoreInterval": "21:30-08:00", "ignoreDuration": 604800000})
    said = agora.ok("PUT", APP, {"ignoreInterval": "", "ignoreDuration": 0})
    assert said["data"] == {"ignoreDuration": 0, "ignoreInterval": ""}


def test_zero_may_leave_a_duration_alone(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__zero_duration_clears=False)
    set_to = agora.ok("PUT", APP, {"ignoreDuration": 60000})["data"]
    assert agora.ok("PUT", APP, {"ignoreDuration": 0})["data"] == set_to


@pytest.mark.parametrize("interval", ["8:5-9:30", "00:00-00:00", "23:59-0:0"])
def test_intervals_that_are_taken(agora: AgoraClient, interval: str) -> None:
    assert agora.ok("PUT", APP, {"ignoreInterval": interval})["data"]["ignoreInterval"] == interval


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "DEFAULT"),
        ("type", "none"),
        ("type", ""),
        ("ignoreInterval", "24:00-08:00"),
        ("ignoreInterval", "08:60-09:00"),
        ("ignoreInterval", "21:30"),
        ("ignoreInterval", "21:30-08:00\n"),
        ("ignoreDuration", -1),
        ("ignoreDuration", 604800001),
        ("ignoreDuration", "soon"),
        ("ignoreDuration", 1.5),
        ("ignoreDuration", True),
        ("ignoreDuration", False),
    ],
)
def test_values_that_are_refused_change_nothing(agora: AgoraClient, field: str, value: Any) -> None:
    said = agora.error("PUT", APP, {field: value})
    assert said == (400, "illegal_argument", f"parameters is invalid : {field}")
    assert data(agora, APP) == {}


def test_default_is_for_conversations(agora: AgoraClient) -> None:
    assert agora.ok("PUT", PEER, {"type": "DEFAULT"})["data"] == {"type": "DEFAULT"}


def test_the_own_uuid_is_the_app_as_a_whole_too(agora: AgoraClient) -> None:
    uuid = agora.ok("GET", "/users/user1")["entities"][0]["uuid"]
    assert agora.error("PUT", f"/users/user1/notification/user/{uuid}", {"type": "DEFAULT"})[0] == 400
    agora.ok("PUT", f"/users/user1/notification/user/{uuid}", {"type": "AT"})
    assert data(agora, APP) == {"type": "AT"}


def test_an_interval_of_a_conversation_is_kept_without_effect_or_dropped(agora: AgoraClient) -> None:
    assert agora.ok("PUT", IN_GROUP, {"ignoreInterval": "08:00-09:00"})["data"] == {"ignoreInterval": "08:00-09:00"}
    agora.sandbox.settings(agora__conversation_interval_kept=False)
    assert agora.ok("PUT", PEER, {"type": "AT", "ignoreInterval": "08:00-09:00"})["data"] == {"type": "AT"}


def test_unset_as_null(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__unset_is_null=True)
    assert data(agora, APP) == {"type": None, "ignoreDuration": None, "ignoreInterval": None}


def test_another_chat_type(agora: AgoraClient) -> None:
    said = agora.error("PUT", "/users/user1/notification/chatroom/5", {})
    assert said == (400, "illegal_argument", "parameters is invalid : chattype")


def test_what_web_sdks_add_to_the_query_is_ignored(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"type": "AT"}, resource="webim_random_1")


def test_many_conversations_at_once(agora: AgoraClient) -> None:
    agora.ok("PUT", PEER, {"type": "NONE"})
    agora.ok("PUT", IN_GROUP, {"ignoreDuration": 60000})
    said = agora.ok("GET", "/users/user1/notification", user="a,dora", group=f"{GROUP},77")
    assert said["data"] == {
        "user": {"a": {"type": "NONE"}},
        "group": {GROUP: {"ignoreDuration": said["timestamp"] + 60000}},
    }
    agora.sandbox.advance(60)
    assert agora.ok("GET", "/users/user1/notification", group=GROUP)["data"] == {"user": {}, "group": {}}
    many = ",".join(str(number) for number in range(21))
    assert agora.error("GET", "/users/user1/notification", user=many)[2] == "parameters is invalid : user"
    twenty, one = many.removesuffix(",20"), "77"
    agora.ok("GET", "/users/user1/notification", user=twenty)
    said = agora.error("GET", "/users/user1/notification", user=twenty, group=one)
    assert said == (400, "illegal_argument", "parameters is invalid : group")


def test_conversations_that_have_a_mode_of_their_own(agora: AgoraClient) -> None:
    agora.ok("PUT", APP, {"type": "AT"})
    agora.ok("PUT", PEER, {"type": "NONE"})
    agora.ok("PUT", "/users/user1/notification/user/dora", {"type": "DEFAULT"})
    agora.ok("PUT", IN_GROUP, {"type": "AT"})
    first = agora.ok("GET", "/users/user1/notification/mute/type", limit="1", _v="1700000000000")
    assert first["data"] == [{"user": "a", "value": "NONE"}]
    second = agora.ok("GET", "/users/user1/notification/mute/type", limit="1", cursor=first["cursor"])
    assert second["data"] == [{"group": GROUP, "value": "AT"}]
    assert "cursor" not in second


def test_any_language_is_taken_and_empty_is_one(agora: AgoraClient) -> None:
    path = "/users/user1/notification/language"
    assert data(agora, path) == {"language": ""}
    for code in ("zh-Hans", "EU", ""):
        agora.ok("PUT", path, {"translationLanguage": code})
        assert data(agora, path) == {"language": code}
    assert agora.error("PUT", path, {"language": "en"})[2] == "parameters is invalid : translationLanguage"


def test_the_action_that_the_page_prints_for_reading_a_language(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__language_get_says_put=False)
    assert agora.ok("GET", "/users/user1/notification/language")["action"] == "get"


def test_the_receiver_s_template(agora: AgoraClient) -> None:
    path = "/users/user1/notification/template"
    assert agora.error("PUT", path, {"templateName": "mine"})[2] == "mine template is not exist"
    agora.ok("POST", "/notification/template", {"name": "mine", "title_pattern": "T", "content_pattern": "C"})
    assert agora.ok("PUT", path, {"templateName": "mine"})["data"] == {"templateName": "mine"}
    assert data(agora, path) == {"templateName": "mine"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/users/nobody/notification/user/nobody"),
        ("GET", "/users/nobody/notification/user/nobody"),
        ("GET", "/users/nobody/notification"),
        ("GET", "/users/nobody/notification/mute/type"),
        ("GET", "/users/nobody/notification/language"),
        ("GET", "/users/nobody/notification/template"),
    ],
)
def test_an_unknown_user_is_a_bad_request_here(agora: AgoraClient, method: str, path: str) -> None:
    assert agora.error(method, path, {})[:2] == (400, "required_property_not_found")
