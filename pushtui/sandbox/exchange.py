"""One HTTP request and its answer, down to the connection."""

from __future__ import annotations

import asyncio
import re
from email.utils import format_datetime
from typing import TYPE_CHECKING

from pushtui.sandbox.cloud import Call, Cloud, Refusal, Reply
from pushtui.sandbox.protocol import TRANSPORT, reset

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from pushtui.sandbox.state import SandboxState

LARGEST_BODY = 4 * 1024 * 1024
LONGEST_REQUEST_ID = 36
_SLASHES = re.compile("/{2,}")


class Disconnected(Exception):
    """The client went away before its request was complete."""


class BodyTooLarge(Exception):
    """The body is larger than any cloud takes."""


def path_of(scope: Scope) -> str:
    """Return the path that is meant, whatever slashes an SDK doubled."""
    return _SLASHES.sub("/", str(scope["path"]))


class Exchange:
    """A request that was read, and the ways to answer it, also badly."""

    def __init__(self, state: SandboxState, cloud: Cloud, scope: Scope, receive: Receive, send: Send) -> None:
        self.state = state
        self.cloud = cloud
        self._scope = scope
        self._receive = receive
        self._send = send
        self.call = Call(scope["method"], path_of(scope), {}, b"", "")

    async def read(self) -> None:
        """Read the whole request; raises Disconnected or BodyTooLarge."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in self._scope["headers"]}
        given_id = headers.get(self.cloud.request_id_header.lower(), "")
        request_id = given_id[:LONGEST_REQUEST_ID] or self.state.randomness.request_id()
        self.call = Call(self.call.method, self.call.path, headers, await self._body(), request_id)

    def carry_out(self) -> Reply:
        """Let the cloud do what is asked."""
        return self.cloud.answer(self.state, self.call)

    def refusal(self, refusal: Refusal, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Make an error of the cloud's without asking it."""
        return self.cloud.refusal(self.call, refusal, headers)

    async def send(self, reply: Reply) -> None:
        """Answer."""
        await self._start(reply)
        await self._send({"type": "http.response.body", "body": reply.body})

    async def send_half(self, reply: Reply) -> None:
        """Promise all of the body, send half of it and close the connection."""
        await self._start(reply)
        half = reply.body[: len(reply.body) // 2]
        await self._send({"type": "http.response.body", "body": half, "more_body": True})
        self._transport.close()
        await self.gone()

    async def break_off(self) -> None:
        """Reset the connection."""
        reset(self._transport)
        await self.gone()

    async def gone(self) -> None:
        """Wait until the client is gone."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    @property
    def _transport(self) -> asyncio.Transport:
        transport: asyncio.Transport = self._scope["state"][TRANSPORT]
        return transport

    async def _start(self, reply: Reply) -> None:
        date = format_datetime(self.state.clock.now(), usegmt=True)
        headers = (*reply.headers, ("Content-Length", str(len(reply.body))), ("Date", date))
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await self._send({"type": "http.response.start", "status": reply.status, "headers": raw})

    async def _body(self) -> bytes:
        body = bytearray()
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            body += message.get("body", b"")
            if len(body) > LARGEST_BODY:
                raise BodyTooLarge
            if not message.get("more_body", False):
                return bytes(body)
