"""The ports' doors: closed, connections are refused, and only the port's number stays ours."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterable

from pushtui.sandbox.faults import Fault, FaultBook
from pushtui.sandbox.ports import bind
from pushtui.sandbox.protocol import BreakableProtocol

Serve = Callable[[socket.socket], Awaitable[asyncio.Server]]


class Gates:
    """Keeps each cloud's port open or closed, as the faults have it."""

    def __init__(self, ports: dict[str, int], faults: FaultBook) -> None:
        self._ports = ports
        """By the cloud's name."""
        self._faults = faults
        self._servers: dict[int, asyncio.Server] = {}
        self._reserved: dict[str, socket.socket] = {}
        self._timers: dict[Fault, asyncio.Task[None]] = {}
        self._serve: Serve | None = None
        self._connections: Callable[[], Iterable[BreakableProtocol]] = tuple
        self._turn = asyncio.Lock()

    def guard(
        self, servers: Iterable[asyncio.Server], serve: Serve, connections: Callable[[], Iterable[BreakableProtocol]]
    ) -> None:
        """Take over the servers that listen, how to make another, and where the connections are."""
        self._servers = {server.sockets[0].getsockname()[1]: server for server in servers}
        self._serve, self._connections = serve, connections

    async def follow(self) -> None:
        """Open and close as the faults have it now."""
        async with self._turn:
            faults = self._faults.refusing()
            clouds = {fault.order.cloud for fault in faults}
            for name in self._ports if self._serve else ():
                await (self._close if clouds & {name, "*"} else self._open)(name)
            for fault in faults:
                if fault.order.seconds is not None and fault not in self._timers:
                    self._timers[fault] = asyncio.create_task(self._lift_later(fault))

    def stop(self) -> None:
        """Let go of everything; for the end of the server."""
        for task in self._timers.values():
            task.cancel()
        for server in self._servers.values():
            server.close()
        for reserved in self._reserved.values():
            reserved.close()

    async def _close(self, name: str) -> None:
        port = self._ports[name]
        if name in self._reserved:
            return
        self._servers.pop(port).close()
        self._reserved[name] = bind(port)  # so that nobody else takes it
        for connection in list(self._connections()):
            if _port_of(connection) == port:
                connection.shutdown()

    async def _open(self, name: str) -> None:
        reserved = self._reserved.pop(name, None)
        if reserved is not None and self._serve is not None:
            self._servers[self._ports[name]] = await self._serve(reserved)

    async def _lift_later(self, fault: Fault) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(fault.removed.wait(), fault.seconds)
        self._faults.forget(fault)
        del self._timers[fault]
        await self.follow()


def _port_of(connection: BreakableProtocol) -> int:
    name = connection.transport.get_extra_info("sockname")
    return int(name[1]) if name else 0
