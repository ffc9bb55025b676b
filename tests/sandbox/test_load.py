"""Fifty connections at once: nothing is lost, and the ground truth is what the clients counted."""

from __future__ import annotations

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from tests.sandbox.client import HttpAnswer
from tests.sandbox.clouds import NAMES, SEND_PATHS, Clouds, Request, accepted

REQUESTS = 5000
CONNECTIONS = 50
RECIPIENTS = ["amelie", "omar", "dora"]


@dataclass(slots=True)
class Counted:
    """What one client knows."""

    accepted: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    refused: list[bytes] = field(default_factory=list)


def requests(clouds: Clouds, client: int, token: str) -> tuple[str, list[Request]]:
    """Return one client's cloud and requests; each push of Tencent's has a number of its own."""
    cloud = NAMES[client % len(NAMES)]
    numbers = range(client * REQUESTS + 1, client * REQUESTS + 1 + REQUESTS // CONNECTIONS)
    given = token if cloud == "agora" else ""
    return cloud, [clouds.sending(cloud, RECIPIENTS, number, given) for number in numbers]


def drive(work: tuple[str, list[Request]]) -> Counted:
    """Send all requests over one kept connection; a lost answer costs it, and it is made anew."""
    cloud, calls = work
    counted = Counted()
    connection = http.client.HTTPConnection(urlsplit(calls[0].base_url).netloc, timeout=60)
    for request in calls:
        try:
            answer = _ask(connection, request)
        except ConnectionResetError:
            counted.lost[cloud] += 1
            connection.close()
            continue
        if accepted(answer):
            counted.accepted[cloud] += 1
        else:
            counted.refused.append(answer.body)
    connection.close()
    return counted


def _ask(connection: http.client.HTTPConnection, request: Request) -> HttpAnswer:
    connection.request(request.method, request.path, request.body, dict(request.headers))
    response = connection.getresponse()
    return HttpAnswer(response.status, dict(response.getheaders()), response.read())


@pytest.mark.parametrize("lost", [0, 40], ids=["all answers arrive", "some answers are lost"])
def test_nothing_is_lost(clouds: Clouds, lost: int) -> None:
    token = clouds.agora.token()
    for cloud in NAMES if lost else ():
        clouds.sandbox.fault("answer-lost", cloud=cloud, path=SEND_PATHS[cloud], times=lost, probability=0.2)
    work = [requests(clouds, client, token) for client in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        done = list(pool.map(drive, work))
    assert [body for counted in done for body in counted.refused] == []
    told = sum((counted.accepted for counted in done), Counter[str]())
    unknown = sum((counted.lost for counted in done), Counter[str]())
    truth = clouds.sandbox.control("GET", "/sends")
    assert unknown == Counter(dict.fromkeys(NAMES, lost) if lost else {})
    assert truth["clouds"] == dict(told + unknown)
    assert truth["accepted"] == REQUESTS
    assert [truth["requests"][SEND_PATHS[cloud]] for cloud in NAMES] == [(told + unknown)[cloud] for cloud in NAMES]
    assert truth["recipients"]["omar"] == REQUESTS
    assert clouds.sandbox.control("GET", "/inbox?limit=1")["sequence"] == REQUESTS
