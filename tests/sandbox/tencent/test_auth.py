"""Who may call: each flaw of query and UserSig has its own code, in the order of the checks."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest

from tests.sandbox.tencent.client import ALL, FIFTY_YEARS, ISSUED, TencentClient

NAMES = f"{ALL}im_get_attr_name"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"sdkappid": None}, 60012),
        ({"sdkappid": ""}, 60012),
        ({"sdkappid": None, "usersig": "x"}, 60012),
        ({"sdkappid": "x"}, 60025),
        ({"sdkappid": "9" * 5000}, 60025),
        ({"SDKAppID": "1", "sdkappid": None}, 60012),
        ({"identifier": None}, 60025),
        ({"usersig": None}, 60025),
        ({"random": None}, 60025),
        ({"random": "-1"}, 60025),
        ({"random": "4294967296"}, 60025),
        ({"random": "x"}, 60025),
        ({"contenttype": None}, 60025),
        ({"contenttype": "JSON"}, 60025),
        ({"sdkappid": "1400000001"}, 70020),
        ({"sdkappid": "1400000001", "usersig": "x"}, 70020),
        ({"usersig": "x"}, 70003),
        ({"usersig": "eJyr+/="}, 70003),
        ({"identifier": "somebody"}, 70013),
    ],
)
def test_a_wrong_query(tencent: TencentClient, query: dict[str, str | None], code: int) -> None:
    assert tencent.code(NAMES, {}, **query) == code


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ({"app": 1400000001}, 70014),
        ({"identifier": "somebody"}, 70013),
        ({"key": "another"}, 70009),
        ({"issued": 0, "expire": 60}, 70001),
        ({"app": 1, "identifier": "x", "key": "x", "expire": 0}, 70014),
        ({"identifier": "x", "key": "x", "expire": 0}, 70013),
        ({"key": "x", "expire": 0}, 70009),
    ],
)
def test_a_wrong_user_sig(tencent: TencentClient, signed: dict[str, Any], code: int) -> None:
    assert tencent.code(NAMES, {}, usersig=tencent.user_sig(**signed)) == code


def test_a_bomb_is_refused(tencent: TencentClient) -> None:
    bomb = base64.b64encode(zlib.compress(b"0" * 1_000_000)).decode().translate(str.maketrans("+/=", "*-_"))
    assert tencent.code(NAMES, {}, usersig=bomb) == 70003


@pytest.mark.parametrize("random", ["0", "4294967295"])
def test_every_unsigned_number_of_32_bits_will_do(tencent: TencentClient, random: str) -> None:
    assert tencent.call(NAMES, {}, random=random)["ErrorCode"] == 0


def test_a_user_sig_ends_to_the_second(tencent: TencentClient) -> None:
    tencent.sandbox.freeze("2023-11-14T22:14:20Z")
    signed = tencent.user_sig(issued=ISSUED, expire=60)
    assert tencent.call(NAMES, {}, usersig=signed)["ErrorCode"] == 0
    tencent.sandbox.advance(1)
    assert tencent.code(NAMES, {}, usersig=signed) == 70001


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (NAMES, {}, 90009),
        (f"{ALL}im_push", b"", 90009),
        ("/v4/openim/query_online_status", {"To_Account": ["123"]}, 60010),
        ("/v4/im_open_login_svc/account_check", {}, 60010),
    ],
)
def test_only_the_admin_may(tencent: TencentClient, path: str, body: Any, code: int) -> None:
    signed = tencent.user_sig("123")
    assert tencent.code(path, body, identifier="123", usersig=signed) == code
    tencent.sandbox.settings(tencent__not_admin_code=60010)
    assert tencent.code(path, body, identifier="123", usersig=signed) == 60010


def test_too_many_failures_lock_for_a_minute(tencent: TencentClient) -> None:
    wrong = tencent.user_sig(key="another")
    for _ in range(10):
        assert tencent.code(NAMES, {}, usersig=wrong) == 70009
    assert tencent.code(NAMES, {}) == 70050
    assert tencent.code(NAMES, {}, identifier="123", usersig=tencent.user_sig("123")) == 90009
    tencent.sandbox.advance(59)
    assert tencent.code(NAMES, {}) == 70050
    tencent.sandbox.advance(1)
    tencent.ok(NAMES, {})


@pytest.mark.parametrize("settings", [{"limits": False}, {"tencent__failed_verifications": 0}])
def test_without_limits_nothing_locks_and_nothing_is_kept(tencent: TencentClient, settings: dict[str, Any]) -> None:
    tencent.sandbox.settings(**settings)
    for _ in range(12):
        assert tencent.code(NAMES, {}, usersig="x") == 70003
    assert failures(tencent) == {}
    tencent.sandbox.settings(limits=True, tencent__failed_verifications=10)
    tencent.ok(NAMES, {})


def failures(tencent: TencentClient) -> dict[str, list[str]]:
    return dict(tencent.sandbox.control("GET", "/snapshot")["tencent"]["failed_verifications"])


def test_what_has_expired_locks_nobody(tencent: TencentClient) -> None:
    old = tencent.user_sig(issued=0, expire=60)
    for _ in range(12):
        assert tencent.code(NAMES, {}, usersig=old) == 70001
    tencent.ok(NAMES, {})


def test_failures_are_kept_of_so_many_identifiers(tencent: TencentClient) -> None:
    for number in range(1003):
        tencent.code(NAMES, {}, identifier=f"i{number}-{'x' * 100}", usersig="x")
    kept = failures(tencent)
    assert len(kept) == 1000
    assert next(iter(kept)).startswith("i3-")
    assert max(len(name) for name in kept) == 32


def test_an_identifier_that_fails_again_is_remembered_longer(tencent: TencentClient) -> None:
    for identifier in ("first", "second", "first"):
        tencent.code(NAMES, {}, identifier=identifier, usersig="x")
    assert list(failures(tencent)) == ["second", "first"]


def test_a_lock_that_is_yet_to_come_holds_nobody(tencent: TencentClient) -> None:
    tencent.sandbox.freeze("2030-01-01T00:00:00Z")
    for _ in range(10):
        tencent.code(NAMES, {}, usersig="x")
    assert tencent.code(NAMES, {}) == 70050
    tencent.sandbox.freeze("2026-11-22T04:00:00Z")
    tencent.ok(NAMES, {})


def test_a_token_that_a_fault_lets_expire(tencent: TencentClient) -> None:
    tencent.sandbox.fault("token-expired")
    assert tencent.code(NAMES, {}) == 70001
    assert tencent.code(NAMES, {}) == 70001
    renewed = tencent.user_sig(issued=ISSUED + 1, expire=FIFTY_YEARS)
    assert tencent.call(NAMES, {}, usersig=renewed)["ErrorCode"] == 0


def test_a_call_without_user_sig_meets_no_expiry(tencent: TencentClient) -> None:
    tencent.sandbox.fault("token-expired")
    assert tencent.code(NAMES, {}, usersig=None) == 60025
    assert tencent.code(NAMES, {}, usersig="") == 60025
    assert tencent.code(NAMES, {}) == 70001


def test_who_may_not_hears_so_before_what_is_switched_off(tencent: TencentClient) -> None:
    tencent.sandbox.settings(tencent__push_to_all_enabled=False)
    assert tencent.code(NAMES, {}, identifier="123", usersig=tencent.user_sig("123")) == 90009
    assert tencent.code(NAMES, {}, usersig="x") == 70003
    assert tencent.code(NAMES, b"nothing") == 90045


def test_no_user_sig_is_kept(tencent: TencentClient) -> None:
    tencent.push()
    tencent.code(NAMES, {}, usersig=tencent.user_sig(key="another"))
    kept = json.dumps([tencent.sandbox.control("GET", path) for path in ("/state", "/inbox", "/sends")])
    assert tencent.user_sig() not in kept
    assert tencent.key not in kept
