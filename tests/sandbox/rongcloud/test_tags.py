"""User tags, and the pushes that find users by them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import AppServer, post


def tags_of(sandbox: SandboxClient, *users: str) -> Any:
    return post(sandbox, "/user/tags/get.json", {"userIds": users}).json


def test_setting_replaces_everything(sandbox: SandboxClient) -> None:
    assert tags_of(sandbox, "123") == {"code": 200, "result": {"123": ["女", "年轻", "北京", "vip"]}}
    assert post(sandbox, "/user/tag/set.json", {"userId": "123", "tags": ["a", "b", "a"]}).json == {"code": 200}
    assert tags_of(sandbox, "123", "nobody")["result"] == {"123": ["a", "b"], "nobody": []}
    post(sandbox, "/user/tag/set.json", {"userId": "123", "tags": []})
    assert tags_of(sandbox, "123")["result"] == {"123": []}


def test_a_batch_replaces_for_everybody_in_it(sandbox: SandboxClient) -> None:
    users = [f"u{i}" for i in range(1000)]
    assert post(sandbox, "/user/tag/batch/set.json", {"userIds": users, "tags": ["new"]}).json == {"code": 200}
    assert tags_of(sandbox, "u0", "u999")["result"] == {"u0": ["new"], "u999": ["new"]}


def test_answers_come_in_the_order_asked(sandbox: SandboxClient) -> None:
    assert list(tags_of(sandbox, "zoe", "123", "amelie")["result"]) == ["zoe", "123", "amelie"]


def test_commas_separate_nothing(sandbox: SandboxClient) -> None:
    assert tags_of(sandbox, "123,456")["result"] == {"123,456": []}


def test_forty_bytes(sandbox: SandboxClient) -> None:
    assert post(sandbox, "/user/tag/set.json", {"userId": "u", "tags": ["字" * 13 + "x"] * 20}).code == 200
    assert post(sandbox, "/user/tag/set.json", {"userId": "u", "tags": ["字" * 14]}).code == 1005


def test_tagged_pushes_follow_the_tags() -> None:
    app = AppServer()
    push = {
        "platform": ["ios", "android"],
        "audience": {"tag": ["fresh"], "is_to_all": False},
        "notification": {"alert": "x"},
    }
    app("/user/tag/set.json", {"userId": "unregistered", "tags": ["fresh"]})
    app("/push.json", push)
    assert app.newest.recipients == ()
    app("/user/tag/batch/set.json", {"userIds": ["zoe", "omar"], "tags": ["fresh"]})
    app.register("unregistered")
    app("/push.json", push)
    assert set(app.newest.recipients) == {"zoe", "omar", "unregistered"}
