"""People as the control API changes them, and what that changes about pushes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import SandboxClient


@pytest.fixture(autouse=True)
def noon(sandbox: SandboxClient) -> None:
    """At a time that stands still, and without quotas."""
    sandbox.settings(limits=False)
    sandbox.freeze("2026-11-22T12:00:00Z")


def change(sandbox: SandboxClient, person: str, **values: Any) -> Any:
    return sandbox.control("POST", "/people", {"id": person, **values})


def reason(sandbox: SandboxClient, handset: str) -> str:
    """Push a message to all vips and say what one handset made of it."""
    message = {"content": '{"content":"hi"}', "objectName": "RC:TxtMsg"}
    body = {"platform": ["ios", "android"], "audience": {"is_to_all": False, "tag": ["vip"]}}
    sandbox.push({**body, "notification": {"alert": "hi"}, "fromuserid": "fromuseId1", "message": message})
    return str(sandbox.deliveries()[handset]["reason"])


def test_who_goes_online_gets_messages_in_the_app(sandbox: SandboxClient) -> None:
    assert reason(sandbox, "amelie-fcm") == ""
    assert change(sandbox, "amelie", online=True)["online"] is True
    assert reason(sandbox, "amelie-fcm").startswith("Online")


def test_who_goes_offline_was_last_online_now(sandbox: SandboxClient) -> None:
    sandbox.advance(3600)
    said = change(sandbox, "dora", online=False)
    assert (said["online"], said["last_online"]) == (False, "2026-11-22T13:00:00+00:00")
    sandbox.advance(60)
    state = sandbox.control("GET", "/state")["users"]
    assert next(user for user in state if user["id"] == "dora")["last_online"] == "2026-11-22T13:00:00+00:00"
    assert change(sandbox, "dora", online=False)["last_online"] == "2026-11-22T13:00:00+00:00"


def test_a_push_token_is_lost_and_found(sandbox: SandboxClient) -> None:
    change(sandbox, "amelie", has_push_token=False)
    assert "no push token" in reason(sandbox, "amelie-fcm")
    change(sandbox, "amelie", has_push_token=True)
    assert reason(sandbox, "amelie-fcm") == ""


def test_one_handset_of_several(sandbox: SandboxClient) -> None:
    said = change(sandbox, "dora", handset="dora-ios", hides_details=True)
    assert {item["id"]: item["hides_details"] for item in said["handsets"]} == {"dora-ios": True, "dora-web": False}
    said = change(sandbox, "dora", hides_details=True)
    assert [item["hides_details"] for item in said["handsets"]] == [True, True]


def test_a_language_is_that_of_all_handsets(sandbox: SandboxClient) -> None:
    said = change(sandbox, "dora", language="fr", handset="dora-ios")
    assert [said["language"], *(item["language"] for item in said["handsets"])] == ["fr", "fr", "fr"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "id: nothing is given"),
        ({"id": "amelia"}, "There is no person “amelia” here; did you mean “amelie”?"),
        ({"id": "amelie", "onlin": True}, "did you mean “online”?"),
        ({"id": "amelie", "online": "yes"}, "online: 'yes' is given; true or false is needed"),
        ({"id": "amelie", "language": ""}, "language: '' is given; a text is needed"),
        ({"id": "amelie", "handset": "amelie-hw"}, "There is no handset of amelie “amelie-hw” here"),
        ({"id": 7}, "id: 7 is given; a text is needed"),
    ],
)
def test_a_wrong_change_says_what_is_allowed(sandbox: SandboxClient, body: dict[str, Any], words: str) -> None:
    before = sandbox.control("GET", "/state")["users"]
    answer = sandbox.raw_control("POST", "/people", body)
    assert answer.status == 400
    assert words in answer.json["error"]
    assert sandbox.control("GET", "/state")["users"] == before
