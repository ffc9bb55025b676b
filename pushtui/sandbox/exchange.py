"""One HTTP request and its answer, down to the connection."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pushtui.sandbox.cloud import Call, Cloud, Failure, Reply
from pushtui.sandbox.protocol import TRANSPORT, reset
from pushtui.sandbox.routing import segments_of

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from pushtui.sandbox.state import SandboxState

LARGEST_BODY = 4 * 1024 * 1024
LONGEST_REQUEST_ID = 36


class Disconnected(Exception):
    """The client went away before its request was complete."""


class BodyTooLarge(Exception):
    """The body is larger than any cloud takes."""


def bare_call(scope: Scope) -> Call:
    """Read method, path and query of a request; its body is yet to come."""
    segments = segments_of(scope["raw_path"])
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace"))
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Call(scope["method"], "/" + "/".join(segments), headers, b"", "", query, segments)


class Exchange:
    """A request that was read, and the ways to answer it, also badly."""

    def __init__(self, state: SandboxState, cloud: Cloud, scope: Scope, receive: Receive, send: Send) -> None:
        self.state = state
        self.cloud = cloud
        self._scope = scope
        self._receive = receive
        self._send = send
        self.call = bare_call(scope)

    async def read(self) -> None:
        """Read the whole request; raises Disconnected or BodyTooLarge."""
        given_id = self.call.headers.get(self.cloud.request_id_header.lower(), "")
        body = await self._body()
        request_id = given_id[:LONGEST_REQUEST_ID] or self.state.randomness.request_id()
        self.call = replace(self.call, body=body, request_id=request_id)

    def carry_out(self) -> Reply:
        """Let the cloud do what is asked."""
        return self.cloud.answer(self.state, self.call)

    def failure(self, failure: Failure, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Make an error of the cloud's without asking it."""
        return self.cloud.refusal(self.state, self.call, self.cloud.failures[failure], headers)

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
