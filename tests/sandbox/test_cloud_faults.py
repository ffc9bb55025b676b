"""Each fault at each cloud: what its client sees in the cloud's own words, and what is true."""

from __future__ import annotations

import http.client
from collections import Counter
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from pushtui.sandbox.app import CLOUDS
from pushtui.sandbox.cloud import Failure
from pushtui.sandbox.fault_kinds import KINDS, FaultName
from pushtui.sandbox.misbehaviour import MISBEHAVIOURS
from tests.sandbox.clouds import NAMES, SEND_PATHS, Clouds, accepted

every_cloud = pytest.mark.parametrize("cloud", NAMES)


def test_every_fault_is_played_and_every_cloud_has_words_for_it() -> None:
    assert set(MISBEHAVIOURS) == set(FaultName) - {FaultName.REFUSE}
    assert set(KINDS) == set(FaultName)
    for cloud in CLOUDS:
        assert set(cloud.failures) == set(Failure), cloud.name


@every_cloud
def test_without_a_fault_it_is_accepted(clouds: Clouds, cloud: str) -> None:
    assert accepted(clouds.send(cloud))
    assert clouds.sandbox.accepted() == 1


@every_cloud
def test_reset_before_acceptance(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("reset-before", cloud=cloud)
    with pytest.raises(ConnectionResetError):
        clouds.send(cloud)
    assert clouds.sandbox.accepted() == 0


@every_cloud
def test_accepted_but_the_answer_lost(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("answer-lost", cloud=cloud)
    with pytest.raises(ConnectionResetError):
        clouds.send(cloud)
    assert clouds.sandbox.accepted() == 1


@every_cloud
def test_half_a_body(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("half-body", cloud=cloud)
    with pytest.raises(http.client.IncompleteRead):
        clouds.send(cloud)
    assert clouds.sandbox.accepted() == 1


@every_cloud
def test_json_that_stops(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("invalid-json", cloud=cloud)
    answer = clouds.send(cloud)
    with pytest.raises(ValueError, match="line 1"):
        answer.json  # noqa: B018 - parsing is what is tested


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@every_cloud
def test_a_gateways_page(clouds: Clouds, cloud: str, status: int) -> None:
    clouds.sandbox.fault("html-5xx", cloud=cloud, status=status)
    answer = clouds.send(cloud)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html")
    assert clouds.sandbox.accepted() == 0
    assert accepted(clouds.send(cloud, 2))


@every_cloud
def test_a_portals_page(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("html-200", cloud=cloud)
    assert clouds.send(cloud).body.startswith(b"<html>")


@every_cloud
def test_a_wrong_content_type_over_a_true_body(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("wrong-content-type", cloud=cloud)
    answer = clouds.send(cloud)
    assert answer.headers["content-type"] == "text/plain"
    assert accepted(answer)
    assert clouds.sandbox.accepted() == 1


@every_cloud
def test_a_slow_body_comes_whole(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("slow-body", cloud=cloud, seconds=0.02)
    assert accepted(clouds.send(cloud))


def test_a_slow_body_whose_fault_is_removed_hurries(clouds: Clouds) -> None:
    clouds.sandbox.fault("slow-body", seconds=3600, times=None)
    request = clouds.sending("rongcloud", ["amelie"])
    connection = http.client.HTTPConnection(request.base_url.removeprefix("http://"), timeout=10)
    connection.request(request.method, request.path, request.body, dict(request.headers))
    response = connection.getresponse()
    first = response.read(1)
    clouds.sandbox.control("DELETE", "/faults")
    assert (first + response.read()).endswith(b"}")
    connection.close()


WORDS: dict[str, dict[str, tuple[int, Any]]] = {
    "rate-limited": {"rongcloud": (429, 1008), "agora": (429, "reach_limit"), "tencent": (200, 60007)},
    "quota-hit": {"rongcloud": (429, 1008), "agora": (429, "resource_limited"), "tencent": (200, 90047)},
    "internal-error": {"rongcloud": (500, 1000), "agora": (500, "internal_server_error"), "tencent": (200, 91000)},
    "internal-timeout": {"rongcloud": (504, 1050), "agora": (408, "request_timeout"), "tencent": (200, 60008)},
}


@pytest.mark.parametrize("fault", WORDS)
@every_cloud
def test_refusals_in_the_clouds_own_words(clouds: Clouds, cloud: str, fault: str) -> None:
    clouds.sandbox.fault(fault, cloud=cloud)
    answer = clouds.send(cloud)
    said = answer.json
    code = said.get("code", said.get("ErrorCode", said.get("error")))
    assert (answer.status, code) == WORDS[fault][cloud]
    assert clouds.sandbox.accepted() == (1 if fault == "internal-timeout" else 0)


@pytest.mark.parametrize(
    "after", [None, "3", "0", "-1", "99999999999999999999", "Wed, 21 Oct 2015 07:28:00 GMT", "soon"]
)
@every_cloud
def test_retry_after_of_every_kind(clouds: Clouds, cloud: str, after: str | None) -> None:
    clouds.sandbox.fault("rate-limited", cloud=cloud, retry_after=after)
    assert clouds.send(cloud).headers.get("retry-after") == after


def test_some_of_the_items_fail(clouds: Clouds) -> None:
    clouds.sandbox.fault("partial-success", times=None)
    agora = clouds.send("agora").json["data"]
    assert [item["pushStatus"] for item in agora] == ["ERROR", "ASYNC_SUCCESS"]
    body = {"UserID": "new"}, {"UserID": "newer"}
    answer = clouds.call("tencent", "POST", "/v4/im_open_login_svc/multiaccount_import", {"AccountList": [*body]})
    assert answer.send().json["FailAccounts"] == ["new"]
    assert accepted(clouds.send("rongcloud"))


def test_an_expired_token_of_agora_stays_expired_and_a_fresh_one_works(clouds: Clouds) -> None:
    old, fresh = clouds.agora.token(), clouds.agora.token(expire=4000)
    clouds.sandbox.fault("token-expired")
    opened = clouds.agora.ok(
        "POST",
        "/token",
        {
            "grant_type": "client_credentials",
            "client_id": clouds.agora.client_id,
            "client_secret": clouds.agora.client_secret,
        },
        token="",
    )
    assert opened["access_token"]
    assert clouds.sandbox.control("GET", "/faults")["faults"], "a call without a token uses the fault up"
    refused = [clouds.send("agora", token=old) for _ in range(2)]
    assert [answer.status for answer in refused] == [401, 401]
    assert clouds.send("agora", token=fresh).status == 200
    assert clouds.sandbox.accepted() == 1


def test_an_expired_usersig_of_tencent_stays_expired_and_a_fresh_one_works(clouds: Clouds) -> None:
    old, fresh = clouds.tencent.user_sig(), clouds.tencent.user_sig(expire=10**9)
    clouds.sandbox.fault("token-expired", cloud="tencent")
    assert [clouds.send("tencent", token=old).json["ErrorCode"] for _ in range(2)] == [70001, 70001]
    assert accepted(clouds.send("tencent", token=fresh))


def test_rongcloud_has_nothing_that_expires_and_refuses_one_signature(clouds: Clouds) -> None:
    clouds.sandbox.fault("token-expired", cloud="rongcloud")
    assert [clouds.send("rongcloud").code for _ in range(2)] == [1004, 200]


@pytest.mark.parametrize("seconds", [7200, -7200])
@every_cloud
def test_a_skewed_clock_is_seen_for_one_request(clouds: Clouds, cloud: str, seconds: int) -> None:
    clouds.sandbox.fault("clock-skew", cloud=cloud, seconds=seconds)
    dates = [parsedate_to_datetime(clouds.send(cloud, number).headers["date"]) for number in (1, 2)]
    assert (dates[0] - dates[1]).total_seconds() == seconds


def test_a_skewed_clock_refuses_what_is_not_valid_then(clouds: Clouds) -> None:
    clouds.sandbox.settings(rongcloud__allowed_drift=60)
    now = {"Timestamp": str(1795348800)}  # Noon of the frozen day.
    signed = clouds.sandbox.signed(timestamp=now["Timestamp"])
    clouds.sandbox.fault("clock-skew", seconds=7200, times=3)
    request = clouds.sending("rongcloud", ["amelie"])
    codes = [clouds.sandbox.request("POST", request.path, request.body, signed).code for _ in range(1)]
    token = clouds.agora.token(expire=3600)
    codes += [clouds.send("agora", token=token).status]
    sig = clouds.tencent.user_sig(issued=1795348800, expire=3600)
    codes += [clouds.send("tencent", token=sig).json["ErrorCode"]]
    assert codes == [1004, 401, 70001]


def test_a_skewed_clock_moves_what_is_written_down(clouds: Clouds) -> None:
    clouds.sandbox.fault("clock-skew", seconds=3600)
    clouds.send("agora")
    assert clouds.sandbox.inbox()[0]["at"] == "2026-11-22T13:00:00+00:00"


@every_cloud
def test_a_fault_is_for_its_cloud_alone(clouds: Clouds, cloud: str) -> None:
    clouds.sandbox.fault("html-200", cloud=cloud, times=None)
    pages = {name for name in NAMES if clouds.send(name).body.startswith(b"<html>")}
    assert pages == {cloud}


@pytest.mark.parametrize(
    ("pattern", "hit"),
    [
        ("/users/*", ["/users/amelie", "/users/amelie/status"]),
        ("/users/{username}", ["/users/amelie"]),
        ("/users/amelie", ["/users/amelie"]),
        ("/push/*", ["/push/label"]),
        ("/sandbox/*", []),
    ],
)
def test_a_path_is_below_the_base_or_has_braces(clouds: Clouds, pattern: str, hit: list[str]) -> None:
    clouds.sandbox.fault("html-200", path=pattern, times=None)
    paths = ["/users/amelie", "/users/amelie/status", "/push/label"]
    answers = {path: clouds.call("agora", "GET", path).send() for path in paths}
    assert [path for path, answer in answers.items() if answer.body.startswith(b"<html>")] == hit


def test_a_path_that_is_no_operation_can_be_hit_too(clouds: Clouds) -> None:
    clouds.sandbox.fault("html-5xx", path="/nowhere")
    assert clouds.call("rongcloud", "POST", "/nowhere", {}).send().status == 502
    clouds.sandbox.fault("html-5xx", path="/")
    assert clouds.sandbox.request("GET", "/", b"", {}).status == 502


def test_chance_is_reproducible_and_about_right(clouds: Clouds) -> None:
    def outcomes() -> list[bool]:
        clouds.sandbox.reset()
        clouds.sandbox.fault("html-5xx", probability=0.3)
        token = clouds.agora.token()
        return [clouds.send("agora", token=token).status == 502 for _ in range(60)]

    first = outcomes()
    assert first == outcomes()
    assert 8 <= Counter(first)[True] <= 30


def test_chance_and_count_together(clouds: Clouds) -> None:
    clouds.sandbox.fault("html-5xx", probability=0.5, times=2)
    assert [clouds.send("tencent", number).status for number in range(30)].count(502) == 2
    assert clouds.sandbox.control("GET", "/faults")["faults"] == []


def test_a_chance_of_none_hits_nobody(clouds: Clouds) -> None:
    clouds.sandbox.fault("html-5xx", probability=0)
    assert accepted(clouds.send("agora"))


def test_all_sends_are_known_by_their_path(clouds: Clouds) -> None:
    for cloud, path in SEND_PATHS.items():
        clouds.send(cloud)
        assert clouds.sandbox.requests(path) == 1
    clouds.sandbox.request("GET", "/nowhere", b"", {})
    assert clouds.sandbox.requests("(no such operation)") == 1
