"""HTTP: the only module that knows httpx.

A send is prepared first, so that the journal can keep it before it leaves, and performed
then. What goes wrong is either `NotSent` (it surely never reached the provider) or
`OutcomeUnknown` (it may have); every doubt is `OutcomeUnknown`.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import ssl
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import httpx

from pushtui import __version__
from pushtui.domain.attempt import Answer, Headers, SentRequest
from pushtui.domain.errors import AccountError, NotSent, OutcomeUnknown, Rejected
from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.domain.secret import MASK

if TYPE_CHECKING:
    from pushtui.domain.clock import Clock
    from pushtui.domain.plan import PlannedRequest

ANSWER_BYTES = 1024 * 1024
"""No provider answers a send with more; beyond it the answer counts as unreadable."""

REQUEST_ID = "X-Request-ID"

USES = 80
"""Requests over one connection; RongCloud recommends no more."""
IDLE = 0.1
"""Seconds without a request after which a connection is not used again."""

_ONE_CONNECTION = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: for a connection, for each piece of the answer, and for all of it."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to leave, and the masked copy of it that may be kept and shown."""

    request: httpx.Request
    sent: SentRequest
    request_id: str


def prepare(
    planned: PlannedRequest,
    host: str,
    signature_headers: Headers,
    secret_headers: frozenset[str],
    request_id: str,
    *,
    stays_open: bool = False,
) -> Prepared:
    """Build the request exactly as it will be written to the connection; AccountError if the host is none.

    `stays_open` is for requests that go over a Channel.
    """
    headers = [
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Connection", "keep-alive" if stays_open else "close"),
        ("User-Agent", f"pushtui/{__version__}"),
        *signature_headers,
        (REQUEST_ID, request_id),
        ("Content-Type", planned.content_type),
    ]
    request = httpx.Request(planned.method, _address(host, planned.path), headers=headers, content=planned.body)
    masked = tuple(
        (name.decode(), MASK if name.decode().lower() in secret_headers else value.decode())
        for name, value in request.headers.raw
    )
    sent = SentRequest(planned.method, str(request.url), masked, planned.body.decode("utf-8", "replace"))
    return Prepared(request, sent, request_id)


@lru_cache(maxsize=64)
def _address(host: str, path: str) -> httpx.URL:
    try:
        url = httpx.URL(host + path)
        known_by_name = bool(url.host)  # Reading the host checks its name.
    except (httpx.InvalidURL, UnicodeError) as error:
        raise AccountError(
            f"The account's address {host} cannot be used: {error}. Correct it; nothing was sent."
        ) from None
    if not known_by_name:
        raise AccountError(f"The account's address {host} names no host. Correct it; nothing was sent.")
    return url


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
            _know_that_there_is_no_sniffio()
            self._client, self._uses = await _client(url, timeouts, request_id, _ONE_CONNECTION), 0
        self._uses += 1
        return self._client

    async def close(self) -> None:
        """Close the connection, if there is one."""
        client, self._client, self._uses = self._client, None, 0
        if client is not None:
            with suppress(Exception):  # What the answer is, or that there is none, is known by now.
                await client.aclose()


async def perform(prepared: Prepared, clock: Clock, timeouts: Timeouts, channel: Channel | None = None) -> Answer:
    """Send a request once, over a channel or a connection of its own, and return what came back.

    Raises NotSent or OutcomeUnknown, whatever happens; an OutcomeUnknown that comes of an
    unforeseen error has it as its cause.
    """
    mine = channel or Channel()
    whole = False
    try:
        answer = await _perform(prepared, clock, timeouts, mine)
        whole = True
        return answer
    finally:
        if channel is None or not whole:
            await mine.close()


async def _perform(prepared: Prepared, clock: Clock, timeouts: Timeouts, channel: Channel) -> Answer:
    client = await channel.client(prepared.request.url, timeouts, prepared.request_id)
    started = clock.monotonic()
    received = bytearray()
    response: httpx.Response | None = None
    try:
        async with asyncio.timeout(timeouts.total):
            response = await client.send(prepared.request, stream=True)
            async for piece in response.aiter_bytes():
                received += piece
                if len(received) > ANSWER_BYTES:
                    raise _AnswerTooLong
            return _answer(response, bytes(received), clock.monotonic() - started)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
        raise NotSent(
            f"No connection to {_origin(prepared.request.url)}: {_reason(error)}.",
            request_id=prepared.request_id,
        ) from None
    except Exception as error:  # noqa: BLE001 - the request may have left, and that must be kept whatever happened
        partial = _answer(response, bytes(received), clock.monotonic() - started) if response is not None else None
        raise _unknown(error, prepared, partial) from (None if isinstance(error, _FORESEEN) else error)


async def fetch_json(method: str, url: str, body: JsonObject | None = None, patience: float = 5.0) -> JsonValue:
    """Make a plain call that may be repeated, such as the sandbox's control API."""
    content = None if body is None else compact(body).encode()
    headers = {"Content-Type": "application/json"} if content else {}
    try:
        async with await _client(httpx.URL(url), Timeouts(patience, patience, patience)) as client:
            response = await client.request(method, url, content=content, headers=headers)
            value: JsonValue = json.loads(response.content)
    except (httpx.HTTPError, ValueError) as error:
        raise NotSent(f"No readable answer from {url}: {_reason(error)}.") from None
    if response.is_error:
        detail = value.get("error") if isinstance(value, dict) else value
        raise Rejected(detail if isinstance(detail, str) else f"{url} answers {response.status_code}.")
    return value


async def _client(
    url: httpx.URL, timeouts: Timeouts, request_id: str = "", limits: httpx.Limits | None = None
) -> httpx.AsyncClient:
    """Make a client, without connecting to anything; NotSent if none can be made."""
    try:
        return await _made_client(url, timeouts, limits or httpx.Limits())
    except Exception as error:  # noqa: BLE001 - nothing can have left, whatever happened
        raise NotSent(
            f"No connection to {_origin(url)} could be prepared: {_named(error)}. Look at what the environment "
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


def _answer(response: httpx.Response, body: bytes, elapsed: float) -> Answer:
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
    return Answer(response.status_code, headers, body.decode("utf-8", "replace"), elapsed)


def _unknown(error: Exception, prepared: Prepared, partial: Answer | None) -> OutcomeUnknown:
    happened = (
        f"The request left this machine, but no whole answer came back: {_reason(error)}."
        if isinstance(error, _FORESEEN)
        else f"An unexpected {type(error).__name__} broke the exchange off; the request may have left this machine."
    )
    return OutcomeUnknown(
        f"{happened} The provider may or may not have accepted it.", request_id=prepared.request_id, answer=partial
    )


class _AnswerTooLong(Exception):
    """The answer has more than ANSWER_BYTES."""


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode()}"


_FORESEEN = (httpx.HTTPError, TimeoutError, _AnswerTooLong)

_WORDS = {
    httpx.ConnectTimeout: "it did not answer in time",
    httpx.ReadTimeout: "the provider fell silent",
    httpx.WriteTimeout: "the connection stopped taking data",
    httpx.ReadError: "the connection was reset",
    httpx.WriteError: "the connection was reset",
    TimeoutError: "it took too long",
    _AnswerTooLong: "the answer is longer than 1 MiB",
}


def _reason(error: BaseException) -> str:
    words = _WORDS.get(type(error))
    return words or str(error).strip().rstrip(".") or type(error).__name__


def _named(error: Exception) -> str:
    """Say what is wrong; of a proxy's address that cannot be read only that, since it may hold a password."""
    kind = type(error).__name__
    return kind if isinstance(error, httpx.InvalidURL) else f"{kind}, {str(error).strip().rstrip('.')}"
