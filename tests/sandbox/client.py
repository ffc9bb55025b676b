"""A sandbox process and a plain HTTP client for it, made of nothing of pushtui's."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]

PAGE_EXAMPLE: dict[str, Any] = {
    "platform": ["ios", "android"],
    "fromuserid": "fromuseId1",
    "audience": {
        "tag": ["女", "年轻"],
        "tag_or": ["北京", "上海"],
        "userid": ["123", "456"],
        "is_to_all": False,
    },
    "message": {"content": '{"content":"1111","extra":"aa"}', "objectName": "RC:TxtMsg"},
    "notification": {
        "title": "标题",
        "forceShowPushContent": 0,
        "alert": "this is a push",
        "ios": {
            "alert": "override alert",
            "thread-id": "223",
            "apns-collapse-id": "111",
            "extras": {"id": "1", "name": "2"},
        },
        "android": {
            "alert": "override alert",
            "hw": {
                "channelId": "NotificationKanong",
                "importance": "NORMAL",
                "image": "https://example.com/image.png",
            },
            "mi": {"channelId": "rongcloud_kanong", "large_icon_uri": "https://example.com/image.png"},
            "oppo": {"channelId": "rc_notification_id", "category": "IM", "notify_level": 2},
            "vivo": {"classification": "0"},
            "extras": {"id": "1", "name": "2"},
        },
        "harmonyOS": {
            "ohos": {"category": "IM", "image": "https://example.com/image.png"},
            "extras": {"id": "1", "name": "2"},
        },
    },
}
"""The request example of RongCloud's page, as printed."""

SMALL_PUSH: dict[str, Any] = {
    "platform": ["ios", "android"],
    "audience": {"is_to_all": False, "tag": ["vip"]},
    "notification": {"alert": "hello"},
}
"""A push-only body that is accepted."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> Any:
        return self.json["code"]


@dataclass(frozen=True, slots=True)
class SandboxClient:
    """Talks to one running sandbox."""

    control_url: str
    base_url: str
    app_key: str
    app_secret: str

    def signed(self, nonce: str = "14314", timestamp: str = "1408710653000") -> dict[str, str]:
        """Make the four headers of a call."""
        digest = hashlib.sha1((self.app_secret + nonce + timestamp).encode()).hexdigest()
        return {"App-Key": self.app_key, "Nonce": nonce, "Timestamp": timestamp, "Signature": digest}

    def push(self, body: Any = None, *, path: str = "/push.json", **headers: str) -> HttpAnswer:
        """Send a push; `body` may be bytes, None sends a small one."""
        content = body if isinstance(body, bytes) else json.dumps(SMALL_PUSH if body is None else body).encode()
        return self.request("POST", path, content, {**self.signed(), **headers})

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Make any call to the cloud's side."""
        return _request(self.base_url, method, path, body, headers)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Make a call to the control API and return its JSON; AssertionError unless it says 200."""
        answer = self.raw_control(method, path, body)
        assert answer.status == 200, answer.body
        return answer.json

    def raw_control(self, method: str, path: str, body: Any = None) -> HttpAnswer:
        """Make a call to the control API."""
        content = b"" if body is None else json.dumps(body).encode()
        return _request(self.control_url, method, urlsplit(self.control_url).path + path, content, {})

    def reset(self) -> None:
        """Bring the sandbox back to its beginning."""
        self.control("POST", "/reset")

    def freeze(self, at: str) -> None:
        """Stop the sandbox's clock."""
        self.control("POST", "/clock", {"freeze": at})

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock."""
        self.control("POST", "/clock", {"advance": seconds})

    def settings(self, **values: Any) -> None:
        """Change settings; two underscores stand for the dot: `rongcloud__day_zone`."""
        self.control("POST", "/settings", {name.replace("__", "."): value for name, value in values.items()})

    def fault(self, name: str, **values: Any) -> int:
        """Set a fault and return its id."""
        return int(self.control("POST", "/faults", {"name": name, **values})["id"])

    def accepted(self) -> int:
        """Return the ground truth: how many sends took effect."""
        return int(self.control("GET", "/sends")["accepted"])

    def requests(self, path: str = "/push.json") -> int:
        """Return how many requests arrived at a path."""
        return int(self.control("GET", "/sends")["requests"].get(path, 0))

    def inbox(self) -> list[Any]:
        """Return the pushes, newest first."""
        return list(self.control("GET", "/inbox")["pushes"])

    def deliveries(self) -> dict[str, Any]:
        """Return the newest push's deliveries by handset id."""
        return {item["handset"]["id"]: item for item in self.inbox()[0]["deliveries"]}


def _request(url: str, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return HttpAnswer(response.status, names, response.read())
    finally:
        connection.close()


def client_for(line: str) -> SandboxClient:
    """Read the line that a sandbox prints."""
    said = json.loads(line)
    rongcloud = said["rongcloud"]
    return SandboxClient(said["control_url"], rongcloud["base_url"], rongcloud["app_key"], rongcloud["app_secret"])


def spawn(home: Path, *options: str) -> subprocess.Popen[str]:
    """Start a sandbox process that keeps its files under `home`."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
    }
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "pushtui.sandbox", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


@contextmanager
def running(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], SandboxClient]]:
    """Run a sandbox on a free port for a while; it ends with its standard input."""
    process = spawn(home, "--port", "0", "--json", "--lifeline", *options)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=10)[1]
        yield process, client_for(line)
    finally:
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
