"""`/push.json` over a socket: signature, order of checks, validation, answers, quotas."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.sandbox.client import PAGE_EXAMPLE, SMALL_PUSH, SandboxClient


def test_the_pages_example_is_accepted_and_reaches_its_two_users(sandbox: SandboxClient) -> None:
    answer = sandbox.push(PAGE_EXAMPLE)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert list(answer.json) == ["code", "id", "messageUID"]
    assert answer.json["id"] == answer.json["messageUID"]
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", answer.json["id"])
    deliveries = sandbox.deliveries()
    assert set(deliveries) == {"123-ios", "456-hw"}
    assert deliveries["123-ios"]["notification"]["text"] == "override alert"
    assert deliveries["123-ios"]["notification"]["collapse"] == "111"
    assert deliveries["456-hw"]["notification"]["channel"] == "NotificationKanong"


def test_push_only_has_an_id_but_no_message_uid(sandbox: SandboxClient) -> None:
    body = sandbox.push().json
    assert set(body) == {"code", "id"}
    assert re.fullmatch(r"[0-9A-Za-z]{22}", body["id"])


def test_the_documented_vector_of_the_signature(sandbox: SandboxClient) -> None:
    client = SandboxClient("", "", "key", "Y1W2MeFwwwRxa0")
    assert client.signed("14314", "1408710653000")["Signature"] == "30be0bbca9c9b2e27578701e9fda2358a814c88f"


@pytest.mark.parametrize("spelling", ["App-Key", "app-key", "APP-KEY", "RC-App-Key", "rc-app-key"])
def test_headers_bare_or_with_rc_in_any_case(sandbox: SandboxClient, spelling: str) -> None:
    prefix = "rc-" if spelling.lower().startswith("rc-") else ""
    headers = {prefix + name.lower(): value for name, value in sandbox.signed().items()}
    headers[spelling] = headers.pop(f"{prefix}app-key")
    assert sandbox.request("POST", "/push.json", json.dumps(SMALL_PUSH).encode(), headers).code == 200


@pytest.mark.parametrize("nonce", ["1", "0.8444218515250481", "x" * 64])
@pytest.mark.parametrize("timestamp", ["1408706337", "1408706337000"])
def test_seconds_and_milliseconds_and_long_nonces(sandbox: SandboxClient, nonce: str, timestamp: str) -> None:
    assert sandbox.push(**sandbox.signed(nonce, timestamp)).code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"Signature": "0" * 40},
        {"Signature": ""},
        {"Nonce": "14315"},
        {"Timestamp": "1408710653001"},
        {"Signature": "ÿ" * 40},
    ],
)
def test_a_wrong_signature_is_1004(sandbox: SandboxClient, wrong: dict[str, str]) -> None:
    answer = sandbox.push(**wrong)
    assert (answer.status, answer.code) == (401, 1004)


def test_signatures_are_lower_case(sandbox: SandboxClient) -> None:
    assert sandbox.push(Signature=sandbox.signed()["Signature"].upper()).code == 1004


def test_nonces_are_one_to_sixty_four_long(sandbox: SandboxClient) -> None:
    assert sandbox.push(**sandbox.signed("x" * 65)).code == 1004
    assert sandbox.push(**sandbox.signed("")).code == 1004


def test_the_app_key_as_secret_is_refused(sandbox: SandboxClient) -> None:
    mistaken = SandboxClient(sandbox.control_url, sandbox.base_url, sandbox.app_key, sandbox.app_key)
    assert mistaken.push().code == 1004


@pytest.mark.parametrize("key", ["nobody", ""])
def test_an_unknown_app_key_is_1002(sandbox: SandboxClient, key: str) -> None:
    answer = sandbox.push(**{"App-Key": key})
    assert (answer.status, answer.code, answer.json["errorMessage"]) == (400, 1002, "Invalidate App-Key.")


def test_drift_is_checked_only_when_asked_for(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    day_off = sandbox.signed(timestamp="1795435200000")
    assert sandbox.push(**day_off).code == 200
    sandbox.settings(rongcloud__allowed_drift=300)
    answer = sandbox.push(**day_off)
    assert (answer.status, answer.code) == (401, 1004)
    assert answer.headers["date"] == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert sandbox.push(**sandbox.signed(timestamp="1795348800")).code == 200
    assert sandbox.push(**sandbox.signed(timestamp="nan")).code == 1004


@pytest.mark.parametrize(("method", "path"), [("POST", "/nothing.json"), ("GET", "/push.json"), ("POST", "/")])
def test_unknown_paths_are_404(sandbox: SandboxClient, method: str, path: str) -> None:
    answer = sandbox.request(method, path, b"{}", sandbox.signed())
    assert (answer.status, answer.code, answer.json["url"]) == (404, 404, path)


def test_doubled_slashes_are_forgiven(sandbox: SandboxClient) -> None:
    assert sandbox.push(path="//push.json").code == 200
    assert sandbox.requests("/push.json") == 1


def test_errors_have_the_envelope(sandbox: SandboxClient) -> None:
    answer = sandbox.push({})
    assert list(answer.json) == ["url", "code", "errorMessage"]
    assert answer.json["url"] == "/push.json"
    assert isinstance(answer.code, int)


def test_the_request_id_is_echoed_or_made(sandbox: SandboxClient) -> None:
    assert sandbox.push(**{"X-Request-Id": "mine"}).headers["x-request-id"] == "mine"
    assert len(sandbox.push().headers["x-request-id"]) == 32


def test_an_empty_body_is_1003(sandbox: SandboxClient) -> None:
    answer = sandbox.push(b"")
    assert (answer.status, answer.code) == (400, 1003)


def changed(**changes: Any) -> dict[str, Any]:
    return {**SMALL_PUSH, **changes}


MESSAGE = {"objectName": "RC:TxtMsg", "content": '{"content":"x"}'}


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        (b"not json", 1002, "ParamError:body "),
        (b"[1]", 1002, "ParamError:body "),
        ({}, 1002, "ParamError:platform is required"),
        (changed(platform=[]), 1002, "ParamError:platform "),
        (changed(platform=["windows"]), 1002, "ParamError:platform[0] is invalid"),
        (changed(audience={}), 1002, "ParamError:audience names nobody"),
        (changed(audience={"tag": [], "is_to_all": False}), 1002, "ParamError:audience names nobody"),
        (changed(audience={"tag": ["t"] * 21}), 1002, "ParamError:audience.tag has too many"),
        (changed(audience={"userid": ["u"] * 1001}), 1002, "ParamError:audience.userid has too many"),
        (changed(audience={"userid": ["u" * 65]}), 1005, "ParamError:audience.userid[0] is too long"),
        (changed(notification={}), 1002, "ParamError:notification.ios.alert"),
        (changed(notification={"ios": {"alert": "x"}}), 1002, "ParamError:notification.android.alert"),
        (changed(notification={"alert": "x", "title": "t" * 51}), 1005, "ParamError:notification.title is too long"),
        (changed(message=MESSAGE), 1002, "ParamError:fromuserid is required"),
        (changed(fromUserId="u", message=MESSAGE), 1002, "ParamError:fromuserid is required"),
        (changed(fromuserid="u"), 1002, "ParamError:message is required"),
        (changed(fromuserid="u", message={**MESSAGE, "objectName": "RC:Mine"}), 1002, "ParamError:message.objectName"),
        (changed(fromuserid="u", message={**MESSAGE, "objectName": "x" * 33}), 1005, "ParamError:message.objectName"),
        (
            changed(fromuserid="u", message={"objectName": "my", "content": "字" * 43691}),
            1005,
            "ParamError:message.content",
        ),
    ],
)
def test_what_is_refused_and_how(sandbox: SandboxClient, body: Any, code: int, text: str) -> None:
    answer = sandbox.push(body)
    assert (answer.status, answer.code) == (400, code)
    assert answer.json["errorMessage"].startswith(text)
    assert sandbox.accepted() == 0


def test_content_of_128_k_is_accepted(sandbox: SandboxClient) -> None:
    message = {"objectName": "my", "content": "x" * (128 * 1024)}
    assert sandbox.push(changed(fromuserid="u", message=message)).code == 200


def test_inferred_choices_are_settings(sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False, rongcloud__too_many_items_code=1502)
    assert sandbox.push(changed(audience={"tag": ["t"] * 21})).code == 1502
    one = changed(platform=["ios"], notification={"ios": {"alert": "x"}})
    assert sandbox.push(one).code == 200
    sandbox.settings(rongcloud__text_per_platform=False)
    assert sandbox.push(one).code == 1002
    sandbox.settings(rongcloud__body_limit=10)
    assert sandbox.push().code == 1508


def test_java_shapes_are_understood(sandbox: SandboxClient) -> None:
    body = changed(audience={"tag": [], "userid": ["123"]}, unknown=1)
    assert sandbox.push(body).code == 200
    assert set(sandbox.deliveries()) == {"123-ios"}
    assert sandbox.inbox()[0]["body"]["audience"] == {"is_to_all": False, "tag": [], "userid": ["123"]}


def test_a_switched_off_service_is_1009_until_the_rate_is_exceeded(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__broadcast_enabled=False)
    answers = [sandbox.push() for _ in range(3)]
    assert [(answer.status, answer.code) for answer in answers] == [(430, 1009), (430, 1009), (429, 1008)]
    assert sandbox.accepted() == 0


def test_two_an_hour_and_three_a_day(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    assert [sandbox.push().code for _ in range(3)] == [200, 200, 1008]
    sandbox.advance(3600)
    assert [sandbox.push().code for _ in range(2)] == [200, 1008]
    sandbox.advance(2 * 3600)
    assert sandbox.push().code == 1008
    sandbox.freeze("2026-11-23T00:00:00Z")
    assert sandbox.push().code == 200
    assert sandbox.accepted() == 4


def test_the_day_ends_in_the_zone_of_the_setting(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__day_zone="Asia/Shanghai")
    sandbox.freeze("2026-11-22T10:00:00Z")
    assert [sandbox.push().code for _ in range(2)] == [200, 200]
    sandbox.freeze("2026-11-22T12:00:00Z")
    assert sandbox.push().code == 200
    sandbox.freeze("2026-11-22T15:59:59Z")
    assert sandbox.push().code == 1008
    sandbox.freeze("2026-11-22T16:00:00Z")
    assert sandbox.push().code == 200


FAILED_FIRST: tuple[dict[str, Any] | None, ...] = ({}, None, None)


def test_failed_calls_cost_a_slot_and_unsigned_ones_do_not(sandbox: SandboxClient) -> None:
    sandbox.push(Signature="wrong")
    assert [sandbox.push(body).code for body in FAILED_FIRST] == [1002, 200, 1008]


def test_only_accepted_calls_cost_a_slot_if_the_setting_says_so(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__failed_calls_count=False)
    assert [sandbox.push(body).code for body in (*FAILED_FIRST[:2], *FAILED_FIRST)] == [1002, 200, 1002, 200, 1008]


def test_limits_can_be_off(sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False)
    assert [sandbox.push().code for _ in range(5)] == [200] * 5
    assert sandbox.accepted() == 5


def test_a_body_larger_than_any_cloud_takes(sandbox: SandboxClient) -> None:
    assert sandbox.push(b"x" * (4 * 1024 * 1024 + 1)).status == 413
    assert sandbox.push().code == 200
