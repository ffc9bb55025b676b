"""Devices that clients bind: which handset they are, and what becomes of a push."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.agora.client import PUSH, AgoraClient

PATH = "/users/{}/push/binding"


def push(agora: AgoraClient, user: str) -> Any:
    return agora.ok("POST", f"/push/sync/{user}", PUSH)["data"]


def unbind(agora: AgoraClient, user: str) -> None:
    for item in agora.ok("GET", PATH.format(user))["entities"]:
        agora.ok("PUT", PATH.format(user), {**item, "device_token": ""})


@pytest.mark.parametrize(
    ("user", "device", "notifier", "handset"),
    [
        ("zoe", "zoe-hw", "anything", "zoe-hw"),
        ("zoe", "my-phone", "100000001", "zoe-hw"),
        ("zoe", "my-phone", "com.example.demo.apns", "zoe-ios"),
        ("amelie", "my-phone", "anything", "amelie-fcm"),
        ("tunde", "my-phone", "920000000001", "tunde-fcm"),
    ],
)
def test_a_bound_device_is_a_handset(agora: AgoraClient, user: str, device: str, notifier: str, handset: str) -> None:
    unbind(agora, user)
    bound = {"device_id": device, "device_token": "t", "notifier_name": notifier}
    agora.ok("PUT", PATH.format(user), bound)
    assert agora.ok("GET", PATH.format(user))["entities"] == [bound]
    assert [item["pushStatus"] for item in push(agora, user)] == ["SUCCESS"]
    assert agora.texts(handset) == ("News", "Hello")


def test_a_device_that_is_no_handset_is_said_to_be_unknown(agora: AgoraClient) -> None:
    unbind(agora, "zoe")
    for notifier in ("one", "two"):
        agora.ok("PUT", PATH.format("zoe"), {"device_id": "x", "device_token": "t", "notifier_name": notifier})
    assert push(agora, "zoe")[0]["pushStatus"] == "FAIL"
    assert agora.reason("x") == "illegal binding: the user has no such handset in the sandbox."
    assert len(agora.sandbox.inbox()[0]["deliveries"]) == 3


def test_a_token_and_a_certificate_of_a_user_bind_too(agora: AgoraClient) -> None:
    said = agora.ok("PUT", "/users/tunde", {"device_token": "t", "notifier_name": "920000000001"})
    assert said["entities"][0]["device_token"] == "t"
    assert agora.ok("GET", PATH.format("tunde"))["entities"] == [
        {"device_id": "tunde-fcm", "device_token": "t", "notifier_name": "920000000001"}
    ]
    assert push(agora, "tunde")[0]["pushStatus"] == "SUCCESS"
    agora.ok("PUT", "/users/tunde", {"device_id": "tunde-fcm", "device_token": "", "notifier_name": "920000000001"})
    assert agora.ok("GET", PATH.format("tunde"))["entities"] == []


def test_a_certificate_alone_binds_nothing(agora: AgoraClient) -> None:
    agora.ok("PUT", "/users/tunde", {"notifier_name": "920000000001"})
    assert agora.ok("GET", PATH.format("tunde"))["entities"] == []
