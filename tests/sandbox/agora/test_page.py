"""The examples of Agora's page “Offline push configuration”, sent and answered as printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.agora.client import GROUP, AgoraClient

TIME, WORK, ID, APP = "a time", "milliseconds", "an id", "the app's"
KINDS: dict[str, Callable[[Any], bool]] = {
    TIME: lambda said: type(said) is int and said > 10**12,
    WORK: lambda said: type(said) is int and 0 <= said < 1000,
    ID: lambda said: len(said) == 36,
}
LACKING = ("organization", "application", "applicationName")
HOST = {"Host": "a1.agora.com", "Content-Type": "application/json"}

USER = {"uuid": ID, "type": "user", "created": TIME, "modified": TIME, "username": "user1", "activated": True}
MODE = {"type": "NONE", "ignoreInterval": "21:30-08:00", "ignoreDuration": 86400000}
MODE_ANSWER = {"type": "NONE", "ignoreDuration": TIME, "ignoreInterval": "21:30-08:00"}
TEMPLATE = {"name": "test7", "title_pattern": "Hello,{0}", "content_pattern": "Test,{0}"}
TEMPLATE_ANSWER = {
    "name": "test7",
    "createAt": TIME,
    "updateAt": TIME,
    "title_pattern": "Hello,{0}",
    "content_pattern": "Test,{0}",
}


def users_answer(**entity: Any) -> dict[str, Any]:
    return {
        "action": "put",
        "application": ID,
        "path": "/users",
        "uri": "https://a1.agora.com/{org}/{app}/users",
        "entities": [{**USER, **entity}],
        "timestamp": TIME,
        "duration": WORK,
        "organization": APP,
        "applicationName": APP,
    }


def answer(uri: str, action: str, data: dict[str, Any], *, path: bool = True) -> dict[str, Any]:
    return {
        **({"path": "/users"} if path else {}),
        "uri": f"https://localhost/{{org}}/{{app}}{uri}",
        "timestamp": TIME,
        "organization": APP,
        "application": ID,
        "action": action,
        "data": data,
        "duration": WORK,
        "applicationName": APP,
    }


BEFORE: dict[str, list[tuple[str, str, Any]]] = {
    "mode of a group": [("PUT", f"/users/hxtest/notification/chatgroup/{GROUP}", MODE)],
    "language read": [("PUT", "/users/hxtest/notification/language", {"translationLanguage": "EU"})],
    "template read": [("POST", "/notification/template", TEMPLATE)],
    "template deleted": [("POST", "/notification/template", TEMPLATE)],
}

EXAMPLES: list[tuple[str, str, str, Any, dict[str, Any]]] = [
    ("nickname", "PUT", "/users/user1", {"nickname": "testuser"}, users_answer(nickname="testuser")),
    (
        "display style",
        "PUT",
        "/users/a",
        {"notification_display_style": "1"},
        users_answer(
            username="a",  # The page prints user1, whom it did not ask for.
            notification_display_style=1,
            nickname="testuser",
            notifier_name="2882303761517426801",
        ),
    ),
    (
        "mode",
        "PUT",
        "/users/hxtest/notification/user/hxtest",
        MODE,
        answer("/users/notification/user/hxtest", "put", MODE_ANSWER),
    ),
    (
        "mode of a group",
        "GET",
        f"/users/hxtest/notification/chatgroup/{GROUP}",
        None,
        answer(f"/users/notification/chatgroup/{GROUP}", "get", MODE_ANSWER),
    ),
    (
        "language",
        "PUT",
        "/users/hxtest/notification/language",
        {"translationLanguage": "EU"},
        answer("/users/notification/language", "put", {"language": "EU"}),
    ),
    (
        "language read",
        "GET",
        "/users/hxtest/notification/language",
        None,
        answer("/users/notification/language", "put", {"language": "EU"}),
    ),
    (
        "template",
        "POST",
        "/notification/template",
        TEMPLATE,
        answer("/notification/template", "post", TEMPLATE_ANSWER, path=False),
    ),
    (
        "template read",
        "GET",
        "/notification/template/test7",
        None,
        answer("/notification/template/test7", "get", TEMPLATE_ANSWER, path=False),
    ),
    (
        "template deleted",
        "DELETE",
        "/notification/template/test7",
        None,
        answer("/notification/template", "delete", TEMPLATE_ANSWER, path=False),
    ),
]


NAMES = [item[0] for item in EXAMPLES]


@pytest.mark.parametrize(("name", "method", "path", "body", "printed"), EXAMPLES, ids=NAMES)
def test_an_example_is_answered_as_printed(
    agora: AgoraClient, name: str, method: str, path: str, body: Any, printed: dict[str, Any]
) -> None:
    prepare(agora, name)
    assert_printed(agora.ok(method, path, body, headers=HOST), printed, agora)


@pytest.mark.parametrize(("name", "method", "path", "body", "printed"), EXAMPLES, ids=NAMES)
def test_below_app_id_the_same_lacks_three_fields(
    agora: AgoraClient, name: str, method: str, path: str, body: Any, printed: dict[str, Any]
) -> None:
    prepare(agora, name)
    left = {name: value for name, value in printed.items() if name not in LACKING}
    assert_printed(agora.ok(method, path, body, headers=HOST, base=f"/app-id/{agora.app_id}"), left, agora)


def test_a_duration_goes_out_relative_and_comes_back_as_the_moment_it_ends(agora: AgoraClient) -> None:
    said = agora.ok("PUT", "/users/user1/notification/user/user1", {"ignoreDuration": 86400000})
    assert said["data"] == {"ignoreDuration": said["timestamp"] + 86400000}
    agora.sandbox.advance(3600)
    later = agora.ok("GET", "/users/user1/notification/user/user1")
    assert later["data"]["ignoreDuration"] == later["timestamp"] + 86400000 - 3600_000


def test_deleting_a_template_without_its_name_as_in_the_page_s_command_deletes_nothing(agora: AgoraClient) -> None:
    agora.ok("POST", "/notification/template", TEMPLATE)
    assert agora.error("DELETE", "/notification/template")[0] == 405
    assert agora.error("DELETE", "/notification/template/")[0] == 400
    agora.ok("GET", "/notification/template/test7")


def prepare(agora: AgoraClient, name: str) -> None:
    agora.ok("POST", "/users", {"username": "hxtest"})
    for earlier in BEFORE.get(name, []):
        agora.ok(*earlier)


def assert_printed(said: Any, printed: Any, agora: AgoraClient) -> None:
    """Compare with the page: same fields in the same order, same values except for times and ids."""
    if isinstance(printed, dict):
        assert list(said) == list(printed)
        for name, value in printed.items():
            assert_printed(said[name], value, agora)
    elif isinstance(printed, list):
        assert len(said) == len(printed)
        for one, other in zip(said, printed, strict=True):
            assert_printed(one, other, agora)
    elif printed in KINDS:
        assert KINDS[printed](said)
    elif printed == APP:
        assert said in (agora.org_name, agora.app_name)
    elif isinstance(printed, str):
        assert said == printed.replace("{org}", agora.org_name).replace("{app}", agora.app_name)
    else:
        assert (said, type(said)) == (printed, type(printed))
