"""Every documented error that these operations can give, provoked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pushtui.providers.agora.codes import CODES, Key
from tests.sandbox.agora.client import PUSH, AgoraClient

Provoke = Callable[[AgoraClient], tuple[int, str, str]]

SETTINGS = "/users/{}/notification/language"


def with_settings(*call: Any, **settings: Any) -> Provoke:
    def provoke(agora: AgoraClient) -> tuple[int, str, str]:
        agora.sandbox.settings(**settings)
        return agora.error(*call)

    return provoke


def calling(*call: Any, **options: Any) -> Provoke:
    return lambda agora: agora.error(*call, **options)


def with_fault(name: str) -> Provoke:
    def provoke(agora: AgoraClient) -> tuple[int, str, str]:
        agora.sandbox.fault(name, cloud="agora")
        return agora.error("GET", "/users/user1")

    return provoke


def too_fast(agora: AgoraClient) -> tuple[int, str, str]:
    agora.ok("POST", "/push/sync/amelie", PUSH)
    return agora.error("POST", "/push/sync/amelie", PUSH)


def too_fast_at_easemob(agora: AgoraClient) -> tuple[int, str, str]:
    agora.sandbox.settings(agora__push_limit_answers_403=True)
    return too_fast(agora)


def twice(agora: AgoraClient) -> tuple[int, str, str]:
    return agora.error("POST", "/users", {"username": "user1"})


ERRORS: list[tuple[Key, Provoke, str]] = [
    (Key.NOT_JSON, calling("PUT", "/users/user1", b"{nickname}"), "Unexpected character ('n'): expected a valid value"),
    (Key.ARGUMENT, calling("PUT", "/users/user1", b'"text"'), "This is an invalid request."),
    (Key.ARGUMENT, calling("POST", "/users", {}), "Entity 'user' requires a property named username"),
    (Key.ARGUMENT, calling("POST", "/users", {"username": "Mixed Case"}), "Mixed Case is not legal"),
    (Key.ARGUMENT, calling("POST", "/users", {"username": "x" * 65}), "USERNAME_TOO_LONG"),
    (Key.ARGUMENT, calling("PUT", "/users/user1", {"nickname": "x" * 101}), "NICKNAME_TOO_LONG"),
    (Key.ARGUMENT, calling("PUT", "/users/user1", {"notification_display_style": 2}), ""),
    (
        Key.ARGUMENT,
        calling("POST", "/users/batch/status", {"usernames": ["u"] * 101}),
        "request body exceeds maximum limit, max 100",
    ),
    (Key.ARGUMENT, calling("PUT", "/push/nickname", []), "put user push nicknames illegal empty request body"),
    (Key.ARGUMENT, calling("PUT", "/push/nickname", b""), "put user push nicknames illegal empty request body"),
    (
        Key.ARGUMENT,
        calling("PUT", "/push/nickname", [{"username": "a", "push_nickname": "n"}] * 51),
        "put user push nicknames exceeds the limit",
    ),
    (
        Key.ARGUMENT,
        calling("PUT", "/push/nickname", [{"username": "a", "push_nickname": "n" * 101}]),
        "a push nickname length exceeds the limit",
    ),
    (
        Key.ARGUMENT,
        calling("POST", "/messages/users", {"to": ["a"], "type": "txt", "body": {"msg": "x" * 5200}}),
        "message is too large",
    ),
    (Key.ARGUMENT, calling("GET", "/users", cursor="nonsense"), ""),
    (Key.ARGUMENT, calling("GET", "/users", limit="0"), ""),
    (
        Key.PARAMETER,
        calling("PUT", "/users/user1/notification/user/a", {"type": "SOME"}),
        "parameters is invalid : type",
    ),
    (
        Key.NO_SUCH_SETTINGS_USER,
        calling("GET", SETTINGS.format("nobody")),
        "Entity user requires a property named username",
    ),
    (Key.NO_SUCH_TEMPLATE, calling("GET", "/notification/template/gone"), "gone template is not exist"),
    (
        Key.DUPLICATE,
        twice,
        "Application null Entity user requires that property named username be unique, value of user1 exists",
    ),
    (Key.FEATURE_OFF, with_settings("GET", SETTINGS.format("user1"), agora__advanced_push_open=False), ""),
    (Key.BAD_PUSH, calling("POST", "/push/task", {"pushMessage": {"title": "x" * 33}}), "pushMessage.title is invalid"),
    (Key.PUSH_OFF, with_settings("POST", "/push/task", PUSH, agora__push_open=False), "push service not open"),
    (Key.PUSH_LIMIT, too_fast_at_easemob, "limit request"),
    (
        Key.NO_SUCH_APP,
        calling("GET", "/users", base="/some/other"),
        "Could not find application for some/other from URI: some/other/users",
    ),
    (
        Key.NO_SUCH_APP,
        calling("GET", "/users", base="/app-id/x"),
        "Could not find application for app-id/x from URI: app-id/x/users",
    ),
    (Key.NO_SUCH_RESOURCE, calling("GET", "/users/nobody"), "Service resource not found"),
    (Key.NO_SUCH_RESOURCE, calling("PUT", "/users/nobody", {"nickname": "x"}), "Service resource not found"),
    (Key.NO_SUCH_ADDRESS, calling("GET", "/nothing/here"), "url is invalid"),
    (Key.NO_SUCH_ADDRESS, calling("GET", "/", base=""), "url is invalid"),
    (Key.NO_SUCH_METHOD, calling("PATCH", "/users/user1"), ""),
    (
        Key.OLD_NO_SUCH_ADDRESS,
        with_settings("GET", "/nothing/here", agora__unrouted_answer_500=True),
        "javax.ws.rs.WebApplicationException",
    ),
    (
        Key.OLD_NO_SUCH_METHOD,
        with_settings("PATCH", "/users/user1", agora__unrouted_answer_500=True),
        "Service operation not supported",
    ),
    (
        Key.MEDIA_TYPE,
        with_settings("PUT", "/users/user1", {}, agora__content_type_required=True),
        "Unsupported Media Type",
    ),
    (Key.PLAN_LIMIT, with_settings("GET", "/users/user1", agora__plan_used_up=True), ""),
    (Key.PLAN_LIMIT, with_fault("quota-hit"), ""),
    (Key.RATE_LIMIT, too_fast, "This request has reached api limit"),
    (Key.RATE_LIMIT, with_fault("rate-limited"), ""),
    (Key.TIMEOUT, with_fault("internal-timeout"), ""),
    (Key.INTERNAL, with_fault("internal-error"), ""),
]
ELSEWHERE = {
    Key.GRANT,
    Key.EXPIRED_OR_MISSING,
    Key.WRONG_KIND_OF_TOKEN,
    Key.REGISTRATION_CLOSED,
    Key.NOT_PERMITTED,
    Key.CORRUPT,
    Key.FOREIGN,
}
"""Provoked in test_access."""


@pytest.mark.parametrize(
    ("key", "provoke", "text"), ERRORS, ids=[f"{key} {index}" for index, (key, *_) in enumerate(ERRORS)]
)
def test_an_error(agora: AgoraClient, key: Key, provoke: Provoke, text: str) -> None:
    code = CODES[key]
    assert provoke(agora) == (code.http, code.error, text or code.text)


def test_no_error_is_forgotten() -> None:
    assert set(CODES) - {key for key, *_ in ERRORS} == ELSEWHERE


def test_with_its_type_a_body_passes_where_types_matter(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__content_type_required=True)
    agora.ok("PUT", "/users/user1", {"nickname": "x"}, headers={"Content-Type": "application/json; charset=utf-8"})
    agora.ok("GET", "/users/user1")


def test_one_rate_is_shared_by_nickname_and_style(agora: AgoraClient) -> None:
    for index in range(100):
        body = {"nickname": "x"} if index % 2 else {"notification_display_style": 1}
        agora.ok("PUT", "/users/user1", body)
    assert agora.error("PUT", "/users/user1", {"nickname": "x"})[:2] == (429, "reach_limit")
    agora.ok("GET", "/users/user1")
    agora.sandbox.advance(1)
    agora.ok("PUT", "/users/user1", {"nickname": "x"})


def test_pushes_to_all_have_a_rate_and_a_daily_quota(agora: AgoraClient) -> None:
    for _ in range(5):
        agora.ok("POST", "/push/task", PUSH)
    assert agora.error("POST", "/push/task", PUSH)[:2] == (429, "reach_limit")
    for _ in range(95):
        agora.sandbox.advance(12)
        agora.ok("POST", "/push/task", PUSH)
    agora.sandbox.advance(60)
    assert agora.error("POST", "/push/task", PUSH)[:2] == (429, "resource_limited")
    agora.sandbox.freeze("2026-11-23T00:00:00Z")
    agora.ok("POST", "/push/task", PUSH)
