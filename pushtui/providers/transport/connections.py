"""Connections, and how long they are used."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import ssl
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import httpx

from pushtui.domain.errors import NotSent

for _name in ("httpx", "httpcore"):  # They would write addresses and answers down, and some hold a credential.
    logging.getLogger(_name).setLevel(logging.CRITICAL)

USES = 80
"""Requests over one connection; RongCloud recommends no more."""
IDLE = 0.1
"""Seconds without a request after which a connection is not used again."""

LONGER_IDLE = 4.0
"""The same for calls that do no harm when repeated; shorter than servers keep idle connections."""
SIDE_BY_SIDE = 20
"""Connections to one host at a time."""

_ONE_CONNECTION = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: for a connection, for each piece of the answer, and for all of it."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0


class Way(Protocol):
    """How requests of one kind reach one host."""

    async def client(self, url: httpx.URL, timeouts: Timeouts, request_id: str) -> httpx.AsyncClient:
        """Return the client for the next request; NotSent if none can be made."""
        ...

    async def done(self, client: httpx.AsyncClient, *, whole: bool) -> None:
        """Take note that a request is over, and whether all of its answer came."""
        ...


class Channel:
    """A connection that is used again while requests follow each other without a pause, one at a time.

    One that was idle for longer is not used again: a provider that closed it meanwhile would leave the outcome of
    the next request in doubt.
    """

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None
        self._uses = 0

    async def client(self, url: httpx.URL, timeouts: Timeouts, request_id: str) -> httpx.AsyncClient:
        """Return the client for the next request; NotSent if none can be made."""
        if self._uses >= USES:
            await self.close()
        if self._client is None:
            self._client, self._uses = await client_for(url, timeouts, request_id, _ONE_CONNECTION), 0
        self._uses += 1
        return self._client

    async def done(self, client: httpx.AsyncClient, *, whole: bool) -> None:
        """Close the connection unless all of an answer came over it."""
        if not whole:
            await self.close()

    async def close(self) -> None:
        """Close the connection, if there is one."""
        client, self._client, self._uses = self._client, None, 0
        if client is not None:
            await _closed(client)


class Pool:
    """Connections to one host for calls that run side by side, each used again within `idle` seconds.

    After as many calls as one connection should carry all are left for new ones.
    """

    def __init__(self, idle: float) -> None:
        self._limits = httpx.Limits(
            max_connections=SIDE_BY_SIDE, max_keepalive_connections=SIDE_BY_SIDE, keepalive_expiry=idle
        )
        self._client: httpx.AsyncClient | None = None
        self._uses = 0
        self._running: dict[httpx.AsyncClient, int] = {}
        self._making = asyncio.Lock()

    async def client(self, url: httpx.URL, timeouts: Timeouts, request_id: str) -> httpx.AsyncClient:
        """Return the client for the next request; NotSent if none can be made."""
        async with self._making:
            if self._uses >= USES:
                await self._leave()
            if self._client is None:
                self._client, self._uses = await client_for(url, timeouts, request_id, self._limits), 0
            self._uses += 1
            self._running[self._client] = self._running.get(self._client, 0) + 1
            return self._client

    async def done(self, client: httpx.AsyncClient, *, whole: bool) -> None:
        """Close the connections that were left, once nothing is under way over them."""
        self._running[client] = self._running.get(client, 1) - 1
        if not self._running[client]:
            del self._running[client]
            if client is not self._client:
                await _closed(client)

    async def close(self) -> None:
        """Close all connections, also those in use."""
        clients = {*self._running, *([self._client] if self._client is not None else [])}
        self._client, self._uses = None, 0
        for client in clients:
            await _closed(client)

    async def _leave(self) -> None:
        """Use the connections no longer for what comes next."""
        client, self._client, self._uses = self._client, None, 0
        if client is not None and client not in self._running:
            await _closed(client)


async def _closed(client: httpx.AsyncClient) -> None:
    with suppress(Exception):  # What the answer is, or that there is none, is known by now.
        await client.aclose()


async def client_for(
    url: httpx.URL, timeouts: Timeouts, request_id: str = "", limits: httpx.Limits | None = None
) -> httpx.AsyncClient:
    """Make a client, without connecting to anything; NotSent if none can be made."""
    try:
        return await _made_client(url, timeouts, limits or httpx.Limits())
    except Exception as error:  # noqa: BLE001 - nothing can have left, whatever happened
        raise NotSent(
            f"No connection to {origin(url)} could be prepared: {_named(error)}. Look at what the environment "
            "says of proxies (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) and certificates (SSL_CERT_FILE, SSL_CERT_DIR).",
            request_id=request_id,
        ) from None


async def _made_client(url: httpx.URL, timeouts: Timeouts, limits: httpx.Limits) -> httpx.AsyncClient:
    """Proxies from the environment count, except towards this machine."""
    loopback = url.host in ("127.0.0.1", "localhost", "::1")
    context = await asyncio.to_thread(_tls) if url.scheme == "https" else _no_certificates()
    return httpx.AsyncClient(
        verify=context,
        trust_env=not loopback,
        follow_redirects=False,
        timeout=httpx.Timeout(timeouts.read, connect=timeouts.connect),
        limits=limits,
    )


def _know_that_there_is_no_sniffio() -> None:
    """Keep httpcore from searching the disk for it several times in each request, where it is not installed."""
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # how Python is told that there is no such module


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@cache
def _no_certificates() -> ssl.SSLContext:
    """Make a context that trusts nobody: cheap, and closed should plain http ever redirect to TLS."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def origin(url: httpx.URL) -> str:
    """Say where an address leads, without its path and query."""
    return f"{url.scheme}://{url.netloc.decode()}"


def _named(error: Exception) -> str:
    """Say what is wrong; of a proxy's address that cannot be read only that, since it may hold a password."""
    kind = type(error).__name__
    return kind if isinstance(error, httpx.InvalidURL) else f"{kind}, {str(error).strip().rstrip('.')}"
