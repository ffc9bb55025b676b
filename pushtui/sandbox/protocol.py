"""The server's HTTP protocol, with a way to break its connections on purpose."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORT = "pushtui.transport"
"""Under this key of `scope["state"]` an application finds the connection's transport."""


class BreakableProtocol(H11Protocol):
    """uvicorn's protocol; it also hands each request its transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        self.app_state = {**self.app_state, TRANSPORT: transport}
        super().connection_made(transport)

    @property
    def reads_on(self) -> bool:
        """Whether a request has begun to arrive whose end is still to come."""
        return self.cycle is not None and self.cycle.more_body


def reset(transport: asyncio.Transport) -> None:
    """Break the connection at once, so that the other side sees a reset and not an end."""
    connection: Any = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
