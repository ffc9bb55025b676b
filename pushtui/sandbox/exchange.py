"""One HTTP request and its answer, down to the connection."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pushtui.sandbox.cloud import Call, Cloud, Failure, Reply, no_credential
from pushtui.sandbox.clouds import catch_up
from pushtui.sandbox.faults import Fault, Target
from pushtui.sandbox.mishap import report
from pushtui.sandbox.protocol import TRANSPORT, reset
from pushtui.sandbox.routing import segments_of

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive, Scope, Send

    from pushtui.sandbox.state import SandboxState

LARGEST_BODY = 4 * 1024 * 1024
LONGEST_REQUEST_ID = 36
ELSEWHERE = "(no such operation)"


class Disconnected(Exception):
    """The client went away before its request was complete."""


class BodyTooLarge(Exception):
    """The body is larger than any cloud takes."""


def bare_call(scope: Scope) -> Call:
    """Read method, path and query of a request; its body is yet to come."""
    segments = segments_of(scope["raw_path"])
    pairs = tuple(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace"))
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Call(scope["method"], "/" + "/".join(segments), headers, b"", "", dict(pairs), segments, query_pairs=pairs)


class Exchange:
    """A request that was read, and the ways to answer it, also badly."""

    def __init__(self, state: SandboxState, cloud: Cloud, scope: Scope, receive: Receive, send: Send) -> None:
        self.state = state
        self.cloud = cloud
        self.skew = timedelta(0)
        """How far the cloud's clock is ahead, for this request."""
        self._scope = scope
        self._receive = receive
        self._send = send
        self.call = bare_call(scope)
        self.path, self.operation = cloud.paths(state, self.call)
        """The path below the cloud's base, and the operation's with braces; the latter is empty if there is none."""

    @property
    def credential(self) -> str:
        """What identifies the token that the request carries; empty without one."""
        return self.cloud.credential(self.call)

    async def read(self) -> None:
        """Read the whole request; raises Disconnected or BodyTooLarge."""
        given_id = self.call.headers.get(self.cloud.request_id_header.lower(), "")
        body = await self._body()
        request_id = given_id[:LONGEST_REQUEST_ID] or self.state.randomness.request_id()
        self.call = replace(self.call, body=body, request_id=request_id)

    def fault(self) -> Fault | None:
        """Return the fault that this request is to meet, and count it."""
        if not self.state.faults.waiting:
            return None
        may_expire = self.cloud.credential is no_credential or bool(self.credential)
        target = Target(self.cloud.name, (self.path, self.operation), may_expire)
        return self.state.faults.take(target, self.state.randomness.draw)

    def carry_out(self) -> Reply:
        """Let the cloud do what is asked; an error of our own is logged, and said as the cloud would say it."""
        try:
            catch_up(self.state)
            with self.state.clock.held(self.skew):
                return self.cloud.answer(self.state, self.call)
        except Exception as error:  # noqa: BLE001 - one mistake must not take the sandbox along
            report(f"{self.cloud.name} {self.call.method} {self.operation or ELSEWHERE}", error)
            return self.failure(Failure.FAILED_INSIDE)
        finally:
            self.state.news.ring()

    def failure(self, failure: Failure, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Make an error of the cloud's without asking it."""
        return self.cloud.refusal(self.state, self.call, self.cloud.failures[failure], headers)

    async def send(self, reply: Reply) -> None:
        """Answer."""
        await self._start(reply)
        await self._send({"type": "http.response.body", "body": reply.body})

    async def send_slowly(self, reply: Reply, pieces: int, seconds: float, hurry: asyncio.Event) -> None:
        """Answer in so many pieces over a time, or the rest at once when told to hurry."""
        await self._start(reply)
        size = max(1, -(-len(reply.body) // pieces))
        for start in range(0, len(reply.body), size):
            piece = reply.body[start : start + size]
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            await self.wait(hurry, seconds / pieces)
        await self._send({"type": "http.response.body", "body": b""})

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

    async def wait(self, event: asyncio.Event, seconds: float | None = None) -> None:
        """Wait for an event, at most so long, and no longer than the client does."""
        if event.is_set():
            return
        either: list[Awaitable[object]] = [event.wait(), self.gone()]
        waits = [asyncio.ensure_future(item) for item in either]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def gone(self) -> None:
        """Wait until the client is gone."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    @property
    def _transport(self) -> asyncio.Transport:
        transport: asyncio.Transport = self._scope["state"][TRANSPORT]
        return transport

    async def _start(self, reply: Reply) -> None:
        date = format_datetime(self.state.clock.now() + self.skew, usegmt=True)
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
