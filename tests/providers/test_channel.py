"""Connections that are used again, and when they are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from pushtui.domain.attempt import Answer
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import OutcomeUnknown
from pushtui.domain.plan import PlannedRequest
from pushtui.providers.base import Signature
from pushtui.providers.transport import Channel, Pool, Timeouts, Way, connections, perform, prepare

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b\r\n\r\n{}"


@dataclass
class Counting:
    """A server that counts its connections and keeps what was asked."""

    url: str = ""
    connections: int = 0
    heads: list[bytes] = field(default_factory=list)
    breaks: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                self.heads.append(await reader.readuntil(b"\r\n\r\n"))
                await reader.readexactly(2)
                writer.write(ANSWER[:40] if self.breaks else ANSWER)
                await writer.drain()
                if self.breaks:
                    break
        except asyncio.IncompleteReadError:
            pass  # The client has hung up.
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Counting]:
    counting = Counting()
    async with await asyncio.start_server(counting.serve, "127.0.0.1", 0) as started:
        counting.url = f"http://127.0.0.1:{started.sockets[0].getsockname()[1]}"
        yield counting


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    opened = Channel()
    yield opened
    await opened.close()


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    opened = Pool(idle=60)
    yield opened
    await opened.close()


async def ask(server: Counting, channel: Way | None) -> Answer:
    request = PlannedRequest("POST", (server.url,), "/send", "application/json", b"{}")
    prepared = prepare(request, server.url, Signature(), frozenset(), "id", stays_open=channel is not None)
    return await perform(prepared, SystemClock(), Timeouts(2, 2, 5), channel)


async def test_requests_that_follow_each_other_share_a_connection(server: Counting, channel: Channel) -> None:
    for _ in range(5):
        assert (await ask(server, channel)).status == 200
    assert server.connections == 1
    assert all(b"Connection: keep-alive\r\n" in head for head in server.heads)


async def test_nothing_that_a_server_wants_kept_is_sent_back(server: Counting, channel: Channel) -> None:
    for _ in range(3):
        await ask(server, channel)
    assert not any(b"cookie" in head.lower() for head in server.heads)


async def test_without_a_channel_every_request_has_its_own(server: Counting) -> None:
    for _ in range(3):
        await ask(server, None)
    assert server.connections == 3
    assert all(b"Connection: close\r\n" in head for head in server.heads)


async def test_a_connection_that_was_idle_is_not_used_again(
    server: Counting, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(server, channel)
    now = asyncio.get_running_loop().time()
    monkeypatch.setattr("time.monotonic", lambda: now + 60)
    await ask(server, channel)
    assert server.connections == 2


async def test_a_connection_has_an_end(server: Counting, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "USES", 3)
    for _ in range(7):
        await ask(server, channel)
    assert server.connections == 3


async def test_a_connection_that_failed_is_not_used_again(server: Counting, channel: Channel) -> None:
    server.breaks = True
    with pytest.raises(OutcomeUnknown):
        await ask(server, channel)
    server.breaks = False
    await ask(server, channel)
    assert server.connections == 2


async def test_requests_side_by_side_have_connections_that_are_used_again(server: Counting, pool: Pool) -> None:
    await asyncio.gather(*(ask(server, pool) for _ in range(10)))
    opened = server.connections
    assert 1 < opened <= 10
    await asyncio.gather(*(ask(server, pool) for _ in range(opened)))
    assert server.connections == opened


async def test_a_pool_leaves_its_connections_after_as_many_calls(
    server: Counting, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "USES", 3)
    for _ in range(7):
        await ask(server, pool)
    assert server.connections == 3
    answers = await asyncio.gather(*(ask(server, pool) for _ in range(20)))
    assert [answer.status for answer in answers] == [200] * 20


async def test_a_call_that_fails_spoils_no_other(server: Counting, pool: Pool) -> None:
    await ask(server, pool)
    server.breaks = True
    with pytest.raises(OutcomeUnknown):
        await ask(server, pool)
    server.breaks = False
    assert (await ask(server, pool)).status == 200


async def test_a_pools_connection_that_was_idle_is_not_used_again(
    server: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Pool(idle=30)
    await ask(server, pool)
    now = asyncio.get_running_loop().time()
    monkeypatch.setattr("time.monotonic", lambda: now + 31)
    await ask(server, pool)
    await pool.close()
    assert server.connections == 2
