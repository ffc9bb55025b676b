"""Calls to the sandbox's application without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pushtui.sandbox.app import SandboxApp

PORT = 1234


def ask(
    app: SandboxApp,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    port: int = PORT,
    query: str = "",
) -> tuple[int, bytes]:
    """Make one call and return status and body; `path` is percent-encoded."""
    return asyncio.run(_ask(app, method, path, headers, body, port, query))


async def _ask(
    app: SandboxApp, method: str, path: str, headers: Mapping[str, str], body: bytes, port: int, query: str
) -> tuple[int, bytes]:
    sent: list[Any] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode("latin-1", "replace"),
        "query_string": query.encode("latin-1", "replace"),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()],
        "server": ("127.0.0.1", port),
        "state": {},
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])
