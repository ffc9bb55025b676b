"""Same seed, clock and calls: the same bytes, also from another process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from pushtui.providers.base import Encoding, Endpoint
from pushtui.sandbox.app import CLOUDS
from tests.sandbox.client import PAGE_EXAMPLE
from tests.sandbox.clouds import NAMES, NOON, Clouds, Request, running_clouds

TOKEN_EXPIRE = 10**6
USERS = {"users": [{"username": "nina"}, {"username": "otto"}]}
GRANT = {"grant_type": "client_credentials"}

Call = tuple[str, str, str, Any]
CHOSEN: list[Call] = [
    ("rongcloud", "POST", "/push.json", PAGE_EXAMPLE),
    ("rongcloud", "POST", "/user/getToken.json", urlencode({"userId": "nina", "name": "Nina"}).encode()),
    ("agora", "POST", "/users", USERS["users"]),
    ("agora", "PUT", "/users/nina", {"nickname": "N"}),
    ("agora", "POST", "/notification/template", {"name": "t", "title_pattern": "a", "content_pattern": "b"}),
    ("agora", "POST", "/push/label", {"name": "new"}),
    ("agora", "POST", "/push/label/new/user", {"usernames": ["nina", "nobody"]}),
    ("agora", "POST", "/push/list/label", {"targets": ["vip"], "pushMessage": {"title": "a", "content": "b"}}),
    ("agora", "POST", "/push/task", {"pushMessage": {"title": "a", "content": "b"}}),
    ("tencent", "POST", "/v4/im_open_login_svc/account_import", {"UserID": "tom"}),
]


def script(clouds: Clouds) -> Iterator[Request]:
    """Make calls that change things and calls that look; then one of every operation, however it is answered."""
    token = clouds.agora.token(expire=TOKEN_EXPIRE)
    yield clouds.call("agora", "POST", "/token", _grant(clouds), token)
    for cloud, method, path, body in CHOSEN:
        yield clouds.call(cloud, method, path, body, token if cloud == "agora" else "")
    for number, cloud in enumerate(NAMES):
        yield clouds.sending(cloud, ["amelie", "omar"], number, token if cloud == "agora" else "")
    for each in CLOUDS:
        for operation in each.operations:
            yield _any_call(clouds, each.name, operation.endpoint, token)
    yield clouds.call("agora", "GET", "/nowhere", None, token)


def _grant(clouds: Clouds) -> dict[str, str]:
    return {**GRANT, "client_id": clouds.agora.client_id, "client_secret": clouds.agora.client_secret}


def _any_call(clouds: Clouds, cloud: str, endpoint: Endpoint[Any], token: str) -> Request:
    path = endpoint.path.replace("{username}", "amelie").replace("{chattype}", "user")
    path = path.replace("{key}", "omar").replace("{name}", "t").replace("{label}", "vip")
    body = urlencode({"userId": "omar"}).encode() if endpoint.encoding is Encoding.FORM else {"UserID": "x"}
    request = clouds.call(cloud, endpoint.method, path, body, token if cloud == "agora" else "")
    kind = {"Content-Type": endpoint.encoding.value} if endpoint.encoding is Encoding.FORM else {}
    return replace(request, headers={**request.headers, **kind})


def everything(clouds: Clouds) -> list[Any]:
    clouds.sandbox.freeze(NOON)
    clouds.sandbox.fault("html-5xx", cloud="agora", probability=0.2, path="/users/*")
    named = (replace(request, headers={**request.headers, "Host": "api.example.com"}) for request in script(clouds))
    answers = [request.send() for request in named]  # Agora's answers name the host that was asked for.
    seen: list[Any] = [(answer.status, answer.headers, answer.body) for answer in answers]
    seen += [clouds.sandbox.raw_control("GET", path).body for path in ("/inbox", "/sends", "/snapshot")]
    return seen


def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("first", "second"):
        with running_clouds(tmp_path / name, "--seed", "3", "--no-limits") as (_process, clouds):
            found.append(everything(clouds))
    for first, second in zip(*found, strict=True):
        assert first == second


@pytest.mark.parametrize("seed", [1, 4])
def test_a_reset_gives_the_same_bytes_again(clouds: Clouds, seed: int) -> None:
    found = []
    for _ in range(2):
        clouds.sandbox.control("POST", "/reset", {"seed": seed})
        found.append(everything(clouds))
    assert found[0] == found[1]


def test_another_seed_gives_other_ids(clouds: Clouds) -> None:
    ids = []
    for seed in (1, 2):
        clouds.sandbox.control("POST", "/seed", {"seed": seed})
        ids.append(clouds.send("rongcloud").json["messageUIDs"][0])
    assert ids[0] != ids[1]
