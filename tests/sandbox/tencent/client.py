"""A client of the sandbox's Tencent side that signs as Tencent's Node library does, made of nothing of pushtui's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.sandbox.client import SandboxClient, client_for, spawn

ISSUED = 1700000000
FIFTY_YEARS = 50 * 365 * 24 * 3600
ALL = "/v4/all_member_push/"
TEXT = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi, beauty"}}]


def sign(key: str, app: int, identifier: str, issued: int = ISSUED, expire: int = FIFTY_YEARS) -> str:
    """Make a UserSig: compact JSON, time before expire."""
    text = f"TLS.identifier:{identifier}\nTLS.sdkappid:{app}\nTLS.time:{issued}\nTLS.expire:{expire}\n"
    digest = base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
    members = {
        "TLS.ver": "2.0",
        "TLS.identifier": identifier,
        "TLS.sdkappid": app,
        "TLS.time": issued,
        "TLS.expire": expire,
        "TLS.sig": digest,
    }
    packed = zlib.compress(json.dumps(members, separators=(",", ":")).encode())
    return base64.b64encode(packed).decode().replace("+", "*").replace("/", "-").replace("=", "_")


@dataclass(frozen=True, slots=True)
class TencentClient:
    """Talks to one running sandbox."""

    sandbox: SandboxClient
    base_url: str
    app: int
    key: str
    admin: str

    def user_sig(self, identifier: str | None = None, **changed: Any) -> str:
        """Sign as somebody, the admin by default."""
        given = {"key": self.key, "app": self.app, "identifier": identifier or self.admin, **changed}
        return sign(**given)

    def query(self, **changed: str | None) -> dict[str, str]:
        """Make the query of a call; None leaves a parameter out."""
        query: dict[str, str | None] = {
            "sdkappid": str(self.app),
            "identifier": self.admin,
            "usersig": self.user_sig(),
            "random": "99999999",
            "contenttype": "json",
            **changed,
        }
        return {name: value for name, value in query.items() if value is not None}

    def call(self, path: str, body: Any, method: str = "POST", /, **query: str | None) -> Any:
        """Call a command and return its JSON; AssertionError unless HTTP says 200. `body` may be bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        connection = http.client.HTTPConnection(urlsplit(self.base_url).netloc, timeout=10)
        try:
            connection.request(method, f"{path}?{urlencode(self.query(**query))}", content)
            response = connection.getresponse()
            answer = response.read()
        finally:
            connection.close()
        assert response.status == 200, answer
        assert response.getheader("Content-Type", "").startswith("application/json")
        return json.loads(answer)

    def ok(self, path: str, body: Any) -> Any:
        """Call a command that must succeed."""
        answer = self.call(path, body)
        assert (answer["ActionStatus"], answer["ErrorCode"]) == ("OK", 0), answer
        return answer

    def code(self, path: str, body: Any, **query: str | None) -> int:
        """Call a command that must fail, and return its code."""
        answer = self.call(path, body, **query)
        assert answer["ActionStatus"] == "FAIL", answer
        assert answer["ErrorInfo"]
        return int(answer["ErrorCode"])

    def push(self, random: int = 1, **body: Any) -> Any:
        """Push a text that waits a day; the clock goes on a second first, so that pushes are not too close."""
        self.sandbox.advance(1.5)
        return self.call(f"{ALL}im_push", {"MsgRandom": random, "MsgLifeTime": 86400, "MsgBody": TEXT, **body})

    def reached(self) -> list[str]:
        """Return who the newest push went to."""
        return list(self.sandbox.inbox()[0]["recipients"])

    def got(self, handset: str) -> Any:
        """Return what a handset got of the newest push."""
        return self.sandbox.deliveries()[handset]


@contextmanager
def running(home: Path) -> Iterator[TencentClient]:
    """Run a sandbox for a while; it ends with its standard input."""
    process = spawn(home, "--port", "0", "--json", "--lifeline")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=10)[1]
        tencent = json.loads(line)["tencent"]
        yield TencentClient(
            client_for(line), tencent["base_url"], tencent["sdkappid"], tencent["secret_key"], tencent["admin"]
        )
        _out, said = process.communicate(timeout=20)
        assert tencent["secret_key"] not in said
        assert "usersig" not in said
    finally:
        process.kill()
        process.communicate()
