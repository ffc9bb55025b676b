"""Who gets in: 007 tokens, tokens of the cloud's own, and what each failure says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.agora.client import AgoraClient, app_token

ANY = ("GET", "/users/user1")
EXPIRED = (401, "unauthorized", "Unable to authenticate due to expired access token")
CORRUPT = (401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token")
FOREIGN = (401, "auth_bad_access_token", "Unable to authenticate")
NO_PERMISSION = (401, "unauthorized")
CLOSED = (401, "unauthorized", "Registration is not open, please contact the app admin")
OTHER = "0123456789abcdef" * 2


def credentials(agora: AgoraClient, **changed: Any) -> dict[str, Any]:
    return {
        "grant_type": "client_credentials",
        "client_id": agora.client_id,
        "client_secret": agora.client_secret,
        **changed,
    }


def test_a_007_token_opens_until_it_ends(agora: AgoraClient) -> None:
    token = agora.token(expire=600)
    agora.sandbox.advance(599)
    agora.ok(*ANY, token=token)
    agora.sandbox.advance(1)
    assert agora.error(*ANY, token=token) == EXPIRED


def test_a_007_token_never_holds_longer_than_a_day(agora: AgoraClient) -> None:
    token = agora.token(expire=10**9)
    agora.sandbox.advance(24 * 3600)
    assert agora.error(*ANY, token=token) == EXPIRED


def test_without_a_token(agora: AgoraClient) -> None:
    assert agora.error(*ANY, token="") == EXPIRED
    assert agora.error(*ANY, token="", headers={"Authorization": "Basic abc"}) == EXPIRED


@pytest.mark.parametrize(
    "token", ["nonsense", "007", "007!!!!", "007eJxTYNDN", "YWMt", "YWMt****", "YWMtabc", "YWMt!!!!" + "A" * 28]
)
def test_a_token_that_cannot_be_read(agora: AgoraClient, token: str) -> None:
    assert agora.error(*ANY, token=token) == CORRUPT


def test_a_token_made_elsewhere(agora: AgoraClient) -> None:
    assert agora.error(*ANY, token=app_token(OTHER, agora.app_certificate)) == FOREIGN
    assert agora.error(*ANY, token=app_token(agora.app_id, OTHER)) == FOREIGN
    page_token = "YWMte3bGuOukEeiTkNP4grL7iwAAAAAAAAAAAAAAAAAAAAGL4CTw6XgR6LaXXVmNX4QCAgMAAAFnKdc"
    assert agora.error(*ANY, token=page_token) == FOREIGN


def test_a_token_for_another_service(agora: AgoraClient) -> None:
    said = agora.error(*ANY, token=agora.token(chat=False))
    assert said == (401, "unauthorized", "Unable to authenticate (OAuth)")


def test_the_scheme_s_case_does_not_matter(agora: AgoraClient) -> None:
    agora.ok(*ANY, token="", headers={"Authorization": f"bearer {agora.token()}"})


def test_a_user_s_token_opens_what_is_the_user_s(agora: AgoraClient) -> None:
    uuid = agora.ok(*ANY)["entities"][0]["uuid"]
    for user in (uuid, "user1"):
        token = agora.token(user=user)
        agora.ok("GET", "/users/user1/notification/language", token=token)
        agora.ok("PUT", f"/users/{uuid}", {"nickname": "me"}, token=token)
        for method, path in (("GET", "/users/a"), ("GET", "/users"), ("POST", "/push/task"), ("GET", "/users/nobody")):
            assert agora.error(method, path, {}, token=token)[:2] == NO_PERMISSION
    said = agora.error("GET", "/users/a", token=agora.token(user="user1"))[2]
    other = agora.ok("GET", "/users/a")["entities"][0]["uuid"]
    assert said.startswith("Subject does not have permission [applications:get:")
    assert said.endswith(f":/users/{other}]")


def test_client_credentials(agora: AgoraClient) -> None:
    said = agora.ok("POST", "/token", credentials(agora, ttl="600"), token="")
    assert list(said) == ["access_token", "expires_in", "application"]
    assert said["access_token"].startswith("YWMt")
    assert said["expires_in"] == 600
    agora.sandbox.advance(599)
    agora.ok(*ANY, token=said["access_token"])
    agora.sandbox.advance(1)
    assert agora.error(*ANY, token=said["access_token"]) == EXPIRED


def test_how_long_a_token_is_valid(agora: AgoraClient) -> None:
    default = agora.ok("POST", "/token", credentials(agora), token="")
    assert default["expires_in"] == 60 * 24 * 3600
    endless = agora.ok("POST", "/token", credentials(agora, ttl=0), token="")
    longest = agora.ok("POST", "/token", credentials(agora, ttl=10**12), token="")
    assert longest["expires_in"] == 10**12
    agora.ok(*ANY, token=longest["access_token"])
    agora.sandbox.settings(agora__ttl_in_milliseconds=True)
    assert agora.ok("POST", "/token", credentials(agora, ttl=90_000), token="")["expires_in"] == 90
    agora.sandbox.advance(10 * 365 * 24 * 3600)
    agora.ok(*ANY, token=endless["access_token"])
    assert agora.error(*ANY, token=default["access_token"]) == EXPIRED


@pytest.mark.parametrize(
    ("changed", "error", "text"),
    [
        ({"client_id": None}, "illegal_argument", "client_id must be provided."),
        ({"client_secret": ""}, "illegal_argument", "client_secret must be provided."),
        ({"client_id": "other"}, "invalid_grant", "client_id does not match"),
        ({"client_secret": "other"}, "invalid_grant", "client_secret does not match"),
        ({"grant_type": "inherit"}, "invalid_grant", "grant_type is not supported"),
        ({"grant_type": None}, "invalid_grant", "grant_type is not supported"),
        ({"grant_type": "password", "username": "user1", "password": "x"}, "invalid_grant", None),
        ({"ttl": -1}, "illegal_argument", None),
        ({"ttl": True}, "illegal_argument", None),
        ({"ttl": 10**12 + 1}, "illegal_argument", None),
    ],
)
def test_wrong_credentials(agora: AgoraClient, changed: dict[str, Any], error: str, text: str | None) -> None:
    said = agora.error("POST", "/token", credentials(agora, **changed), token="")
    assert said[:2] == (400, error)
    assert said[2] == (text or said[2])


def test_a_grant_type_is_needed(agora: AgoraClient) -> None:
    assert agora.error("POST", "/token", {}, token="")[2] == "grant_type must be provided."


def test_a_007_token_is_exchanged_for_one_of_the_cloud_s_own(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__token_exchange_required=True)
    token = agora.token(expire=600)
    assert agora.error(*ANY, token=token) == CORRUPT
    said = agora.ok("POST", "/token", {"grant_type": "agora"}, token=token)
    assert list(said) == ["access_token", "expire_timestamp"]
    agora.ok(*ANY, token=said["access_token"])
    agora.sandbox.advance(600)
    assert agora.error(*ANY, token=said["access_token"]) == EXPIRED
    assert agora.error("POST", "/token", {"grant_type": "agora"}, token=token) == EXPIRED
    assert agora.error("POST", "/token", {"grant_type": "agora"}, token="") == EXPIRED


def test_only_a_007_token_is_exchanged(agora: AgoraClient) -> None:
    own = agora.ok("POST", "/token", credentials(agora), token="")["access_token"]
    for token in (own, "nonsense"):
        assert agora.error("POST", "/token", {"grant_type": "agora"}, token=token) == CORRUPT
    assert agora.error("POST", "/token", {"grant_type": "agora"}, token=app_token(OTHER, OTHER)) == FOREIGN


def test_a_user_logs_in_with_a_password(agora: AgoraClient) -> None:
    agora.ok("POST", "/users", {"username": "newcomer", "password": "open sesame"})
    asked = {"grant_type": "password", "username": "newcomer", "password": "open sesame"}
    said = agora.ok("POST", "/token", asked, token="")
    assert said["user"]["username"] == "newcomer"
    agora.ok("GET", "/users/newcomer", token=said["access_token"])
    assert agora.error(*ANY, token=said["access_token"])[:2] == NO_PERMISSION


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_registration_needs_the_app_s_token_unless_it_is_open(agora: AgoraClient, token: str) -> None:
    assert agora.error("POST", "/users", {"username": "x"}, token=token) == CLOSED
    assert agora.error("POST", "/users", {"username": "x"}, token=agora.token(user="user1")) == CLOSED
    agora.sandbox.settings(agora__registration_open=True)
    agora.ok("POST", "/users", {"username": "x"}, token=token)


def test_an_unknown_user_without_a_token(agora: AgoraClient) -> None:
    assert agora.error("GET", "/users/nobody", token="") == EXPIRED
    agora.sandbox.settings(agora__unknown_user_before_token=True)
    assert agora.error("GET", "/users/nobody", token="")[0] == 404
    assert agora.error(*ANY, token="") == EXPIRED


def test_a_token_that_a_fault_lets_expire(agora: AgoraClient) -> None:
    token = agora.token()
    agora.sandbox.fault("token-expired", cloud="agora")
    assert agora.error(*ANY, token=token) == EXPIRED
    assert agora.error(*ANY, token=token) == EXPIRED
    agora.ok(*ANY, token=agora.token(expire=3000))


def test_same_seed_clock_and_calls_give_the_same_bytes(agora: AgoraClient) -> None:
    said = []
    for _ in range(2):
        agora.sandbox.reset()
        agora.sandbox.freeze("2026-11-22T12:00:00Z")
        answers = (agora.call("POST", "/token", credentials(agora), token=""), agora.call(*ANY))
        said.append([answer.body for answer in answers])
    assert said[0] == said[1]
