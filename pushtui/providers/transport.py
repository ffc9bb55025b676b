"""HTTP: the only module that knows httpx.

A send is prepared first, so that the journal can keep it before it leaves, and performed
then. What goes wrong is either `NotSent` (it surely never reached the provider) or
`OutcomeUnknown` (it may have); every doubt is `OutcomeUnknown`.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from dataclasses import dataclass
from functools import cache
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
) -> Prepared:
    """Build the request exactly as it will be written to the connection; AccountError if the host is none."""
    headers = [
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
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


async def perform(prepared: Prepared, clock: Clock, timeouts: Timeouts) -> Answer:
    """Send a request once, over a connection of its own, and return what came back.

    A connection of its own, because one that the provider closed meanwhile would leave the
    outcome in doubt. Raises NotSent or OutcomeUnknown, whatever happens; an OutcomeUnknown that
    comes of an unforeseen error has it as its cause.
    """
    client = await _client(prepared.request.url, timeouts, prepared.request_id)
    started = clock.monotonic()
    received = bytearray()
    response: httpx.Response | None = None
    try:
        async with asyncio.timeout(timeouts.total), client:
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


async def _client(url: httpx.URL, timeouts: Timeouts, request_id: str = "") -> httpx.AsyncClient:
    """Make a client for one call, without connecting to anything; NotSent if none can be made."""
    try:
        return await _made_client(url, timeouts)
    except Exception as error:  # noqa: BLE001 - nothing can have left, whatever happened
        raise NotSent(
            f"No connection to {_origin(url)} could be prepared: {_named(error)}. Look at what the environment "
            "says of proxies (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) and certificates (SSL_CERT_FILE, SSL_CERT_DIR).",
            request_id=request_id,
        ) from None


async def _made_client(url: httpx.URL, timeouts: Timeouts) -> httpx.AsyncClient:
    """Proxies from the environment count, except towards this machine."""
    loopback = url.host in ("127.0.0.1", "localhost", "::1")
    context = await asyncio.to_thread(_tls) if url.scheme == "https" else _no_certificates()
    return httpx.AsyncClient(
        verify=context,
        trust_env=not loopback,
        follow_redirects=False,
        timeout=httpx.Timeout(timeouts.read, connect=timeouts.connect),
    )


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
