"""Requests a second at each cloud beside a bare ASGI hello-world on the same server: `python -m bench.sandbox`.

Both run as processes of their own, with the same uvicorn, protocol and event loop. Rounds go over all
subjects in turn, so that a busy machine hits all alike; the figures are medians.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import uvicorn

from pushtui.sandbox.protocol import BreakableProtocol
from tests.sandbox.clouds import Clouds, Request, running_clouds

ROOT = Path(__file__).parents[1]
CONNECTIONS = 8
PEOPLE = [f"user{number}" for number in range(100)]
HELLO = b"hello, world"
END_OF_HEAD = b"\r\n\r\n"


@dataclass(slots=True)
class Subject:
    """What is asked: requests that differ where the cloud insists."""

    name: str
    request: Request
    numbered: bool = False
    """Whether `MsgRandom` has to differ from call to call."""
    sent: int = 0

    def wire(self, count: int) -> list[bytes]:
        """Return so many requests down to the bytes."""
        start = self.sent + 1
        self.sent += count
        return [self._wire(number) for number in range(start, self.sent + 1)]

    def _wire(self, number: int) -> bytes:
        body = self.request.body
        if self.numbered:
            body = body.replace(b'"MsgRandom": 0', b'"MsgRandom": %d' % number)
        headers = {"Host": "localhost", "Content-Length": str(len(body)), **self.request.headers}
        lines = [f"{self.request.method} {self.request.path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join(lines).encode() + END_OF_HEAD + body


async def hello(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer anything with a text."""
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(HELLO)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": HELLO})


def serve_bare() -> None:
    """Serve the hello-world on a free port, and print that."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    options: dict[str, Any] = {"ws": "none", "lifespan": "off", "interface": "asgi3", "proxy_headers": False}
    config = uvicorn.Config(
        hello, http=BreakableProtocol, log_config=None, access_log=False, server_header=False, **options
    )
    asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


@contextmanager
def bare() -> Iterator[str]:
    """Run the hello-world as a process, and say where."""
    command = (sys.executable, "-m", "bench.sandbox", "--bare")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.communicate()


def settle(clouds: Clouds) -> str:
    """Register a hundred people at each cloud, and return a bearer token."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for user in PEOPLE:
        body = urlencode({"userId": user, "name": user}).encode()
        sandbox = clouds.sandbox
        assert sandbox.request("POST", "/user/getToken.json", body, {**sandbox.signed(), **form}).status == 200
    for start in range(0, len(PEOPLE), 50):
        clouds.agora.ok("POST", "/users", [{"username": user} for user in PEOPLE[start : start + 50]])
    for user in PEOPLE:
        clouds.tencent.ok("/v4/im_open_login_svc/account_import", {"UserID": user})
        clouds.tencent.ok("/v4/all_member_push/im_add_tag", {"UserTags": [{"To_Account": user, "Tags": ["bench"]}]})
    grant = {"grant_type": "client_credentials", "client_id": clouds.agora.client_id}
    secret = {"client_secret": clouds.agora.client_secret}
    return str(clouds.agora.ok("POST", "/token", {**grant, **secret}, token="")["access_token"])


def subjects(clouds: Clouds, hello_url: str, token: str) -> list[Subject]:
    """Return what is measured: the bare server first."""
    form = {**clouds.sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
    online = Request(clouds.sandbox.base_url, "POST", "/user/checkOnline.json", b"userId=amelie", form)
    text = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}]
    push = {"MsgRandom": 0, "MsgLifeTime": 0, "MsgBody": text, "Condition": {"TagsAnd": ["bench"]}}
    tencent = partial(clouds.call, "tencent", "POST")
    return [
        Subject("bare ASGI hello-world", Request(hello_url, "GET", "/", b"", {})),
        Subject("RongCloud, is a user online", online),
        Subject("RongCloud, template to 100 users", clouds.sending("rongcloud", PEOPLE)),
        Subject("Agora Chat, is a user online", clouds.call("agora", "GET", "/users/amelie/status", None, token)),
        Subject("Agora Chat, push to 100 users", clouds.sending("agora", PEOPLE, 0, token)),
        Subject("Tencent, names of attributes", tencent("/v4/all_member_push/im_get_attr_name", {})),
        Subject("Tencent, push to 100 users", tencent("/v4/all_member_push/im_push", push), numbered=True),
    ]


def measure(subject: Subject, count: int) -> float:
    """Return requests a second over several connections."""
    work = [subject.wire(count // CONNECTIONS) for _ in range(CONNECTIONS)]
    address = urlsplit(subject.request.base_url)
    target = (address.hostname or "", address.port or 0)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        began = time.perf_counter()
        list(pool.map(partial(_drive, target), work))
        taken = time.perf_counter() - began
    return CONNECTIONS * len(work[0]) / taken


def _drive(target: tuple[str, int], work: list[bytes]) -> None:
    with socket.create_connection(target) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in work:
            connection.sendall(request)
            _check(_answer(connection))


def _answer(connection: socket.socket) -> bytes:
    """Read one answer whole; its length stands in its head."""
    data = connection.recv(65536)
    while END_OF_HEAD not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(END_OF_HEAD)
    lower = head.lower()
    length = int(lower.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"Refused: {head!r} {body!r}")
    return body


def _check(body: bytes) -> None:
    if body != HELLO:
        code = json.loads(body).get("ErrorCode", 0)
        if code:
            raise SystemExit(f"Refused: {body!r}")


def main() -> None:
    """Print requests a second of each subject, and its share of the bare server's."""
    parser = argparse.ArgumentParser("python -m bench.sandbox", description="The sandbox beside a bare ASGI server.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=1600, help="in each round, for each subject")
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bare:
        serve_bare()
        return
    with tempfile.TemporaryDirectory() as home, bare() as url, running_clouds(Path(home), "--no-limits") as (_, clouds):
        found = subjects(clouds, url, settle(clouds))
        rates: dict[str, list[float]] = {subject.name: [] for subject in found}
        for subject in found:
            measure(subject, 160)
        for _ in range(given.rounds):
            for subject in found:
                rates[subject.name].append(measure(subject, given.requests))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    first = next(iter(medians.values()))
    for name, rate in medians.items():
        print(f"{name:<34}{rate:7.0f} a second  ×{rate / first:5.2f}")


if __name__ == "__main__":
    main()
