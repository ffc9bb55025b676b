"""All three clouds of one sandbox process, and one send that each of them accepts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.sandbox.agora.client import AgoraClient
from tests.sandbox.client import HttpAnswer, SandboxClient, client_for, spawn
from tests.sandbox.tencent.client import ALL, TEXT, TencentClient

NAMES = ("rongcloud", "agora", "tencent")
NOON = "2026-11-22T12:00:00Z"
SEND_PATHS = {
    "rongcloud": "/message/system/publish_template.json",
    "agora": "/push/single",
    "tencent": f"{ALL}im_push",
}
"""Below the base, and also with braces: these paths have none."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request down to the bytes."""

    base_url: str
    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]

    def send(self) -> HttpAnswer:
        """Make it, on a connection of its own."""
        return SandboxClient(self.base_url, self.base_url, "", "").request(
            self.method, self.path, self.body, self.headers
        )


@dataclass(frozen=True, slots=True)
class Clouds:
    """Clients of one sandbox."""

    sandbox: SandboxClient
    agora: AgoraClient
    tencent: TencentClient
    line: str
    """What the sandbox printed."""

    def send(self, cloud: str, number: int = 1, token: str = "") -> HttpAnswer:
        """Push to amelie and omar."""
        return self.sending(cloud, ["amelie", "omar"], number, token).send()

    def sending(self, cloud: str, users: list[str], number: int = 1, token: str = "") -> Request:
        """Make a push to users; `number` is new for each at Tencent, `token` the bearer or UserSig."""
        if cloud == "rongcloud":
            values = [{"name": user} for user in users]
            content = '{"content":"hi {name}"}'
            template: Any = {
                "fromUserId": "fromuseId1",
                "objectName": "RC:TxtMsg",
                "content": content,
                "toUserId": users,
            }
            template |= {"values": values, "pushContent": ["hi {name}"] * len(users)}
            return self.call(cloud, "POST", SEND_PATHS[cloud], template)
        if cloud == "agora":
            return self.call(cloud, "POST", SEND_PATHS[cloud], {"targets": users, **_PUSH}, token)
        body: Any = {"MsgRandom": number, "MsgLifeTime": 86400, "MsgBody": TEXT, "Condition": {"TagsOr": ["vip"]}}
        return self.call(cloud, "POST", SEND_PATHS[cloud], body, token)

    def call(self, cloud: str, method: str, path: str, body: Any = None, token: str = "") -> Request:
        """Make any call with valid credentials; `path` is below the base."""
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        if cloud == "rongcloud":
            headers = {**self.sandbox.signed(), "Content-Type": "application/json"}
            return Request(self.sandbox.base_url, method, path, content, headers)
        if cloud == "agora":
            base = f"/{self.agora.org_name}/{self.agora.app_name}"
            headers = {"Authorization": f"Bearer {token or self.agora.token()}", "Content-Type": "application/json"}
            return Request(self.agora.base_url, method, base + path, content, headers)
        query = self.tencent.query(**({"usersig": token} if token else {}))
        return Request(self.tencent.base_url, method, f"{path}?{urlencode(query)}", content, {})

    def base_url(self, cloud: str) -> str:
        """Return a cloud's base URL."""
        return str(json.loads(self.line)[cloud]["base_url"])


_PUSH = {"pushMessage": {"title": "News", "content": "Hello"}}


def clouds_of(line: str) -> Clouds:
    """Read the line that a sandbox prints."""
    said = json.loads(line)
    sandbox, tencent = client_for(line), said["tencent"]
    return Clouds(
        sandbox,
        AgoraClient(sandbox, **said["agora"]),
        TencentClient(sandbox, tencent["base_url"], tencent["sdkappid"], tencent["secret_key"], tencent["admin"]),
        line,
    )


def accepted(answer: HttpAnswer) -> bool:
    """Tell whether a cloud took a send."""
    said = answer.json
    return answer.status == 200 and said.get("code", 200) == 200 and said.get("ErrorCode", 0) == 0


@contextmanager
def running_clouds(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Clouds]]:
    """Run a sandbox for a while; it ends with its standard input."""
    process = spawn(home, "--port", "0", "--json", "--lifeline", *options)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=10)[1]
        yield process, clouds_of(line)
        process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
