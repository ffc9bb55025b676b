"""Every documented error that these operations can give, provoked over HTTP and compared with what is documented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pushtui.providers.agora.codes import CODES, Key
from tests.sandbox.agora.client import PUSH, AgoraClient

Said = tuple[int, str, str, str]
Provoke = Callable[[AgoraClient], Said]

LANGUAGE = "/users/{}/notification/language"
TOKEN_NEEDED = (401, "unauthorized", "EasemobSecurityException")
BAD_TOKEN = (401, "auth_bad_access_token", "EasemobSecurityException")
ILLEGAL = (400, "illegal_argument", "IllegalArgumentException")
NOT_FOUND = (404, "service_resource_not_found")


def with_settings(*call: Any, **settings: Any) -> Provoke:
    def provoke(agora: AgoraClient) -> Said:
        agora.sandbox.settings(**settings)
        return agora.refusal(*call)

    return provoke


def calling(*call: Any, **options: Any) -> Provoke:
    return lambda agora: agora.refusal(*call, **options)


def with_fault(name: str) -> Provoke:
    def provoke(agora: AgoraClient) -> Said:
        agora.sandbox.fault(name, cloud="agora")
        return agora.refusal("GET", "/users/user1")

    return provoke


def too_fast(agora: AgoraClient) -> Said:
    agora.ok("POST", "/push/sync/amelie", PUSH)
    return agora.refusal("POST", "/push/sync/amelie", PUSH)


def too_fast_at_easemob(agora: AgoraClient) -> Said:
    agora.sandbox.settings(agora__push_limit_answers_403=True)
    return too_fast(agora)


def too_many_tasks(agora: AgoraClient) -> Said:
    for _ in range(3):
        agora.ok("POST", "/push/task", {"startDate": "2026-11-22 14:00:00", **PUSH})
    return agora.refusal("POST", "/push/task", PUSH)


def token_with(**values: Any) -> Provoke:
    return lambda agora: agora.refusal("GET", "/users/user1", token=agora.token(**values))


def wrong_secret(agora: AgoraClient) -> Said:
    asked = {"grant_type": "client_credentials", "client_id": agora.client_id, "client_secret": "other"}
    return agora.refusal("POST", "/token", asked, token="")


ERRORS: list[tuple[Key, Provoke, tuple[int, str, str], str]] = [
    (
        Key.NOT_JSON,
        calling("PUT", "/users/user1", b"{nickname}"),
        (400, "json_parse", "JsonParseException"),
        "Unexpected character ('n'): expected a valid value",
    ),
    (
        Key.NOT_JSON,
        calling("PUT", "/users/user1", b'{"nickname": "\xff"}'),
        (400, "json_parse", "JsonParseException"),
        "Unexpected character",
    ),
    (Key.ARGUMENT, calling("PUT", "/users/user1", b'"text"'), ILLEGAL, "This is an invalid request."),
    (Key.ARGUMENT, calling("PUT", "/users/user1", b""), ILLEGAL, "This is an invalid request."),
    (Key.ARGUMENT, calling("POST", "/users", {}), ILLEGAL, "Entity 'user' requires a property named username"),
    (Key.ARGUMENT, calling("POST", "/users", {"username": "Mixed Case"}), ILLEGAL, "Mixed Case is not legal"),
    (Key.ARGUMENT, calling("POST", "/users", {"username": "x" * 65}), ILLEGAL, "USERNAME_TOO_LONG"),
    (Key.ARGUMENT, calling("PUT", "/users/user1", {"nickname": "x" * 101}), ILLEGAL, "NICKNAME_TOO_LONG"),
    (
        Key.ARGUMENT,
        calling("PUT", "/users/user1", {"notification_display_style": 2}),
        ILLEGAL,
        "This is an invalid request.",
    ),
    (
        Key.ARGUMENT,
        calling("POST", "/users/batch/status", {"usernames": ["u"] * 101}),
        ILLEGAL,
        "request body exceeds maximum limit, max 100",
    ),
    (Key.ARGUMENT, calling("PUT", "/push/nickname", []), ILLEGAL, "put user push nicknames illegal empty request body"),
    (
        Key.ARGUMENT,
        calling("PUT", "/push/nickname", b""),
        ILLEGAL,
        "put user push nicknames illegal empty request body",
    ),
    (
        Key.ARGUMENT,
        calling("PUT", "/push/nickname", [{"username": "a", "push_nickname": "n"}] * 51),
        ILLEGAL,
        "put user push nicknames exceeds the limit",
    ),
    (
        Key.ARGUMENT,
        calling("PUT", "/push/nickname", [{"username": "a", "push_nickname": "n" * 101}]),
        ILLEGAL,
        "a push nickname length exceeds the limit",
    ),
    (
        Key.ARGUMENT,
        calling("POST", "/messages/users", {"to": ["a"], "type": "txt", "body": {"msg": "x" * 5200}}),
        ILLEGAL,
        "message is too large",
    ),
    (Key.ARGUMENT, calling("GET", "/users", cursor="nonsense"), ILLEGAL, "This is an invalid request."),
    (Key.ARGUMENT, calling("GET", "/users", limit="0"), ILLEGAL, "This is an invalid request."),
    (
        Key.ARGUMENT,
        with_settings("GET", "/push/label/gone", agora__unknown_label_answers_404=False),
        ILLEGAL,
        "This is an invalid request.",
    ),
    (
        Key.PARAMETER,
        calling("PUT", "/users/user1/notification/user/a", {"type": "SOME"}),
        ILLEGAL,
        "parameters is invalid : type",
    ),
    (Key.GRANT, wrong_secret, (400, "invalid_grant", "InvalidGrantException"), "client_secret does not match"),
    (
        Key.GRANT,
        calling("POST", "/token", {"grant_type": "password", "username": "user1", "password": "x"}, token=""),
        (400, "invalid_grant", "InvalidGrantException"),
        "invalid username or password",
    ),
    (
        Key.NO_SUCH_SETTINGS_USER,
        calling("GET", LANGUAGE.format("nobody")),
        (400, "required_property_not_found", "RequiredPropertyNotFoundException"),
        "Entity user requires a property named username",
    ),
    (
        Key.NO_SUCH_TEMPLATE,
        calling("GET", "/notification/template/gone"),
        (400, "entity_not_found", "EntityNotFoundException"),
        "gone template is not exist",
    ),
    (
        Key.DUPLICATE,
        calling("POST", "/users", {"username": "user1"}),
        (400, "duplicate_unique_property_exists", "DuplicateUniquePropertyExistsException"),
        "Application null Entity user requires that property named username be unique, value of user1 exists",
    ),
    (
        Key.DUPLICATE,
        calling("POST", "/push/label", {"name": "vip"}),
        (400, "duplicate_unique_property_exists", "DuplicateUniquePropertyExistsException"),
        "Application null Entity label requires that property named name be unique, value of vip exists",
    ),
    (
        Key.FEATURE_OFF,
        with_settings("GET", LANGUAGE.format("user1"), agora__advanced_push_open=False),
        (400, "service open exception", "ServiceOpenException"),
        "the app not open push notification settings",
    ),
    (
        Key.BAD_PUSH,
        calling("POST", "/push/task", {"pushMessage": {"title": "x" * 33}}),
        (400, "bad_request", "MessageException"),
        "pushMessage.title is invalid",
    ),
    (
        Key.EXPIRED_OR_MISSING,
        calling("GET", "/users/user1", token=""),
        TOKEN_NEEDED,
        "Unable to authenticate due to expired access token",
    ),
    (Key.WRONG_KIND_OF_TOKEN, token_with(chat=False), TOKEN_NEEDED, "Unable to authenticate (OAuth)"),
    (
        Key.REGISTRATION_CLOSED,
        calling("POST", "/users", {"username": "x"}, token=""),
        TOKEN_NEEDED,
        "Registration is not open, please contact the app admin",
    ),
    (
        Key.NOT_PERMITTED,
        lambda agora: agora.refusal("GET", "/users", token=agora.token(user="user1")),
        (401, "unauthorized", "UnauthorizedException"),
        "Subject does not have permission [applications:get:8be024f0-e978-11e8-b697-5d598d5f8402:/users]",
    ),
    (
        Key.CORRUPT,
        calling("GET", "/users/user1", token="nonsense"),
        BAD_TOKEN,
        "Unable to authenticate due to corrupt access token",
    ),
    (Key.FOREIGN, token_with(certificate="0123456789abcdef" * 2), BAD_TOKEN, "Unable to authenticate"),
    (
        Key.PUSH_OFF,
        with_settings("POST", "/push/task", PUSH, agora__push_open=False),
        (403, "forbidden_op", "ServiceNotOpenException"),
        "push service not open",
    ),
    (Key.PUSH_LIMIT, too_fast_at_easemob, (403, "forbidden_op", "LimitException"), "limit request"),
    (Key.PUSH_LIMIT, too_many_tasks, (403, "forbidden_op", "LimitException"), "limit request"),
    (
        Key.NO_SUCH_APP,
        calling("GET", "/users", base="/some/other"),
        (404, "organization_application_not_found", "OrganizationApplicationNotFoundException"),
        "Could not find application for some/other from URI: some/other/users",
    ),
    (
        Key.NO_SUCH_APP,
        calling("GET", "/users", base="/app-id/x"),
        (404, "organization_application_not_found", "OrganizationApplicationNotFoundException"),
        "Could not find application for app-id/x from URI: app-id/x/users",
    ),
    (
        Key.NO_SUCH_USER,
        calling("GET", "/users/nobody"),
        (*NOT_FOUND, "UserNotFoundException"),
        "Service resource not found",
    ),
    (
        Key.NO_SUCH_USER,
        calling("PUT", "/users/nobody", {"nickname": "x"}),
        (*NOT_FOUND, "UserNotFoundException"),
        "Service resource not found",
    ),
    (
        Key.NO_SUCH_RESOURCE,
        calling("GET", "/push/label/gone"),
        (*NOT_FOUND, "ServiceResourceNotFoundException"),
        "Service resource not found",
    ),
    (Key.NO_SUCH_ADDRESS, calling("GET", "/nothing/here"), (404, "not_found", "NotFoundException"), "url is invalid"),
    (Key.NO_SUCH_ADDRESS, calling("GET", "/", base=""), (404, "not_found", "NotFoundException"), "url is invalid"),
    (
        Key.NO_SUCH_METHOD,
        calling("PATCH", "/users/user1"),
        (405, "method_not_allowed", "NotAllowedException"),
        "Method Not Allowed",
    ),
    (
        Key.OLD_NO_SUCH_ADDRESS,
        with_settings("GET", "/nothing/here", agora__unrouted_answer_500=True),
        (500, "web_application", "WebApplicationException"),
        "javax.ws.rs.WebApplicationException",
    ),
    (
        Key.OLD_NO_SUCH_METHOD,
        with_settings("PATCH", "/users/user1", agora__unrouted_answer_500=True),
        (500, "unsupported_service_operation", "UnsupportedServiceOperationException"),
        "Service operation not supported",
    ),
    (
        Key.MEDIA_TYPE,
        with_settings("PUT", "/users/user1", {}, agora__content_type_required=True),
        (415, "web_application", "WebApplicationException"),
        "Unsupported Media Type",
    ),
    (
        Key.PLAN_LIMIT,
        with_settings("GET", "/users/user1", agora__plan_used_up=True),
        (429, "resource_limited", "ResourceLimitedException"),
        "You have exceeded the limit of the Free edition. Please upgrade to higher edition.",
    ),
    (
        Key.PLAN_LIMIT,
        with_fault("quota-hit"),
        (429, "resource_limited", "ResourceLimitedException"),
        "You have exceeded the limit of the Free edition. Please upgrade to higher edition.",
    ),
    (Key.RATE_LIMIT, too_fast, (429, "reach_limit", "ReachLimitException"), "This request has reached api limit"),
    (
        Key.RATE_LIMIT,
        with_fault("rate-limited"),
        (429, "reach_limit", "ReachLimitException"),
        "This request has reached api limit",
    ),
    (
        Key.TIMEOUT,
        with_fault("internal-timeout"),
        (408, "request_timeout", "RequestTimeoutException"),
        "Request Timeout",
    ),
    (
        Key.INTERNAL,
        with_fault("internal-error"),
        (500, "internal_server_error", "InternalServerErrorException"),
        "Internal Server Error",
    ),
]


@pytest.mark.parametrize(
    ("provoke", "names", "text"), [row[1:] for row in ERRORS], ids=[f"{row[0]} {at}" for at, row in enumerate(ERRORS)]
)
def test_an_error(agora: AgoraClient, provoke: Provoke, names: tuple[int, str, str], text: str) -> None:
    assert provoke(agora) == (*names, text)


def test_no_error_is_forgotten() -> None:
    assert {row[0] for row in ERRORS} == set(CODES)


def test_the_token_counts_before_all_else_and_a_wrong_one_uses_nothing_up(agora: AgoraClient) -> None:
    for _ in range(2):
        assert agora.error("POST", "/push/sync/amelie", PUSH, token="nonsense")[1] == "auth_bad_access_token"
    agora.ok("POST", "/push/sync/amelie", PUSH)
    agora.sandbox.settings(agora__plan_used_up=True, agora__push_open=False, agora__content_type_required=True)
    assert agora.error("POST", "/push/sync/amelie", PUSH, token="nonsense")[1] == "auth_bad_access_token"
    assert agora.error("POST", "/push/sync/amelie", PUSH)[1] == "resource_limited"


def test_with_its_type_a_body_passes_where_types_matter(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__content_type_required=True)
    agora.ok("PUT", "/users/user1", {"nickname": "x"}, headers={"Content-Type": "application/json; charset=utf-8"})
    agora.ok("GET", "/users/user1")


@pytest.mark.parametrize(
    "body",
    [
        b'{"nickname": NaN}',
        b'{"x": 1e999}',
        b'{"nickname": "\\ud800"}',
        '{"nickname": "x"}'.encode("utf-16"),
        '{"nickname": "x"}'.encode("utf-16-le"),
        b'\xef\xbb\xbf{"nickname": "x"}',
        b'{"x": 99999999999999999999}',
    ],
)
def test_what_no_reader_of_json_in_utf8_would_take(agora: AgoraClient, body: bytes) -> None:
    assert agora.error("PUT", "/users/user1", body)[:2] == (400, "json_parse")


def test_refusals_repeat_texts_only_and_not_all_of_a_long_one(agora: AgoraClient) -> None:
    said = agora.error("POST", "/messages/users", {"to": ["a"], "type": "txt", "body": {"msg": {"a": "x"}}})
    assert said[2] == "This is an invalid request."
    assert agora.error("POST", "/users", {"username": {"a": "x" * 300}})[2] == "This is an invalid request."
    assert agora.error("GET", f"/notification/template/{'x' * 300}")[2] == f"{'x' * 100} template is not exist"
    pairs = [{"username": 5, "push_nickname": "n" * 101}]
    assert "5" not in agora.error("PUT", "/push/nickname", pairs)[2]


def test_too_many_pushes_answer_403_only_where_that_is_set_and_only_for_pushes(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__push_limit_answers_403=True)
    agora.sandbox.fault("rate-limited", cloud="agora", times=3)
    assert agora.error("POST", "/push/sync/amelie", PUSH)[:2] == (403, "forbidden_op")
    assert agora.error("GET", "/push/label")[:2] == (429, "reach_limit")
    assert agora.error("GET", "/push/label", base=f"/app-id/{agora.app_id}")[:2] == (429, "reach_limit")


def test_a_task_too_many_may_be_a_rate_that_is_reached(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__too_many_tasks_answer_403=False)
    assert too_many_tasks(agora)[:2] == (429, "reach_limit")


def test_on_the_free_plan_ten_calls_a_second_in_all(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__free_plan=True)
    for index in range(10):
        agora.ok("GET", "/users" if index % 2 else "/users/user1")
    assert agora.error("GET", "/push/label")[:2] == (429, "reach_limit")
    agora.sandbox.advance(0.1)
    agora.ok("GET", "/push/label")
    agora.sandbox.settings(limits=False)
    agora.ok("GET", "/push/label")
    agora.sandbox.settings(limits=True)


def test_one_rate_is_shared_by_nickname_and_style(agora: AgoraClient) -> None:
    for index in range(100):
        body = {"nickname": "x"} if index % 2 else {"notification_display_style": 1}
        agora.ok("PUT", "/users/user1", body)
    assert agora.error("PUT", "/users/user1", {"nickname": "x"})[:2] == (429, "reach_limit")
    agora.ok("GET", "/users/user1")
    agora.sandbox.advance(1)
    agora.ok("PUT", "/users/user1", {"nickname": "x"})


def hundred_tasks(agora: AgoraClient) -> None:
    for _ in range(100):
        agora.ok("POST", "/push/task", PUSH)
        agora.sandbox.advance(12)


def test_pushes_to_all_have_a_rate_and_a_daily_quota(agora: AgoraClient) -> None:
    for _ in range(5):
        agora.ok("POST", "/push/task", PUSH)
    assert agora.error("POST", "/push/task", PUSH)[:2] == (429, "reach_limit")
    agora.sandbox.reset()
    agora.sandbox.freeze("2026-11-22T12:00:00Z")
    hundred_tasks(agora)
    assert agora.error("POST", "/push/task", PUSH)[:2] == (429, "resource_limited")
    agora.sandbox.freeze("2026-11-23T00:00:00Z")
    agora.ok("POST", "/push/task", PUSH)


def test_the_day_of_the_quota_is_that_of_its_zone(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__day_zone="Asia/Shanghai")
    hundred_tasks(agora)
    agora.sandbox.freeze("2026-11-22T15:59:59Z")
    assert agora.error("POST", "/push/task", PUSH)[:2] == (429, "resource_limited")
    agora.sandbox.freeze("2026-11-22T16:00:00Z")
    agora.ok("POST", "/push/task", PUSH)
