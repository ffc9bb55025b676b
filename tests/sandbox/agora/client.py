"""A client of the sandbox's Agora side that makes its own 007 tokens, of nothing of pushtui's."""

from __future__ import annotations

import base64
import hmac
import http.client
import json
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.sandbox.client import HttpAnswer, SandboxClient, client_for, spawn

GROUP = "12312312321"
ERROR_FIELDS = ["error", "exception", "timestamp", "duration", "error_description"]
PUSH = {"pushMessage": {"title": "News", "content": "Hello"}}


def string(value: bytes) -> bytes:
    return struct.pack("<H", len(value)) + value


def app_token(
    app_id: str, certificate: str, *, user: str = "", issued: int | None = None, expire: int = 86400, chat: bool = True
) -> str:
    """Make a 007 token: for the app or for a user, valid from now unless said otherwise."""
    issued = int(time.time()) if issued is None else issued
    service = struct.pack("<HHHI", 5, 1, 1 if user else 2, expire) + string(user.encode())
    services = struct.pack("<H", 1) + service if chat else struct.pack("<H", 0)
    info = string(app_id.encode()) + struct.pack("<III", issued, expire, 99) + services
    key = hmac.digest(struct.pack("<I", issued), certificate.encode(), "sha256")
    key = hmac.digest(struct.pack("<I", 99), key, "sha256")
    return "007" + base64.b64encode(zlib.compress(string(hmac.digest(key, info, "sha256")) + info)).decode()


@dataclass(frozen=True, slots=True)
class AgoraClient:
    """Talks to one running sandbox."""

    sandbox: SandboxClient
    base_url: str
    org_name: str
    app_name: str
    app_id: str
    app_certificate: str
    client_id: str
    client_secret: str

    def token(self, **changed: Any) -> str:
        """Make a token that the sandbox believes at its present time."""
        now = self.sandbox.control("GET", "/state")["clock"]["now"]
        values = {"app_id": self.app_id, "certificate": self.app_certificate, "issued": seconds(now), **changed}
        return app_token(**values)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        base: str | None = None,
        headers: dict[str, str] | None = None,
        **query: str,
    ) -> HttpAnswer:
        """Call an operation; `body` may be bytes, an empty token sends none."""
        bearer = self.token() if token is None else token
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        address = f"{f'/{self.org_name}/{self.app_name}' if base is None else base}{path}"
        return request(
            self.base_url,
            method,
            f"{address}?{urlencode(query)}" if query else address,
            content,
            {**({"Authorization": f"Bearer {bearer}"} if bearer else {}), **(headers or {})},
        )

    def ok(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Call an operation that must succeed, and return its JSON."""
        answer = self.call(method, path, body, **options)
        assert answer.status == 200, answer.body
        return answer.json

    def refusal(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, str, str, str]:
        """Call an operation that must fail, and return status, error, exception and description."""
        answer = self.call(method, path, body, **options)
        assert list(answer.json) == ERROR_FIELDS, answer.body
        said = answer.json
        return answer.status, said["error"], said["exception"], said["error_description"]

    def error(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, str, str]:
        """The same without the exception."""
        status, error, _exception, text = self.refusal(method, path, body, **options)
        return status, error, text

    def person(self, user: str, **changed: Any) -> None:
        """Change a person and their handsets."""
        self.sandbox.control("POST", "/people", {"id": user, **changed})

    def message(self, *to: str, text: str = "hi", sender: str = "amelie", ext: Any = None) -> None:
        """Send a message to users."""
        body = {"from": sender, "to": list(to), "type": "txt", "body": {"msg": text}, "ext": ext or {}}
        self.ok("POST", "/messages/users", body)

    def texts(self, handset: str) -> tuple[str, str]:
        """Return what a handset showed of the newest send; AssertionError if nothing."""
        shown = self.got(handset)["notification"]
        assert shown is not None, self.got(handset)["reason"]
        return shown["title"], shown["text"]

    def reason(self, handset: str) -> str:
        """Return why a handset showed nothing of the newest send; AssertionError if it did."""
        assert self.got(handset)["notification"] is None
        return str(self.got(handset)["reason"])

    def got(self, handset: str) -> Any:
        """Return what a handset got of the newest send."""
        return self.sandbox.deliveries()[handset]


def seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def request(url: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> HttpAnswer:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return HttpAnswer(response.status, names, response.read())
    finally:
        connection.close()


@contextmanager
def running(home: Path) -> Iterator[AgoraClient]:
    """Run a sandbox for a while; it ends with its standard input, and must not have told a secret."""
    process = spawn(home, "--port", "0", "--json", "--lifeline")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=10)[1]
        agora = json.loads(line)["agora"]
        yield AgoraClient(client_for(line), **agora)
        _out, said = process.communicate(timeout=20)
        assert agora["app_certificate"] not in said
        assert agora["client_secret"] not in said
        assert "Bearer" not in said
    finally:
        process.kill()
        process.communicate()
