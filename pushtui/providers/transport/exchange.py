"""Sending a request once, and saying how that ended."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx

from pushtui.domain.attempt import Answer
from pushtui.domain.errors import NotSent, OutcomeUnknown, Rejected
from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.providers.errors import ConnectionLost
from pushtui.providers.transport.connections import Channel, Timeouts, Way, client_for, origin

if TYPE_CHECKING:
    from pushtui.domain.clock import Clock
    from pushtui.providers.transport.requests import Prepared

ANSWER_BYTES = 1024 * 1024
"""No provider answers a send with more; beyond it the answer counts as unreadable."""

MAY_BE_ACCEPTED = "The provider may or may not have accepted it."


async def perform(
    prepared: Prepared, clock: Clock, timeouts: Timeouts, way: Way | None = None, doubt: str = MAY_BE_ACCEPTED
) -> Answer:
    """Send a request once, over a way for several or a connection of its own, and return what came back.

    Raises NotSent or OutcomeUnknown, whatever happens; an OutcomeUnknown that comes of an
    unforeseen error has it as its cause, and one that comes of no whole answer ends with the sentence `doubt`.
    """
    mine = Channel() if way is None else way
    client = await mine.client(prepared.request.url, timeouts, prepared.request_id)
    whole = False
    try:
        answer = await _perform(prepared, clock, timeouts.total, client, doubt)
        whole = True
        return answer
    finally:
        await mine.done(client, whole=whole and way is not None)


async def _perform(prepared: Prepared, clock: Clock, seconds: float, client: httpx.AsyncClient, doubt: str) -> Answer:
    started = clock.monotonic()
    received = bytearray()
    response: httpx.Response | None = None
    try:
        async with asyncio.timeout(seconds):
            response = await client.send(prepared.request, stream=True)
            async for piece in response.aiter_bytes():
                received += piece
                if len(received) > ANSWER_BYTES:
                    raise _AnswerTooLong
            return _answer(response, bytes(received), clock.monotonic() - started)
    except _NOT_SENT as error:
        raise NotSent(
            f"No connection to {origin(prepared.request.url)}: {_reason(error)}.",
            request_id=prepared.request_id,
        ) from None
    except Exception as error:  # noqa: BLE001 - the request may have left, and that must be kept whatever happened
        partial = _answer(response, bytes(received), clock.monotonic() - started) if response is not None else None
        raise _unknown(error, prepared, partial, doubt) from (None if isinstance(error, _FORESEEN) else error)
    finally:
        if response is not None:
            with suppress(Exception):  # It is over, one way or the other.
                await response.aclose()


async def fetch_json(method: str, url: str, body: JsonObject | None = None, patience: float = 5.0) -> JsonValue:
    """Make a plain call that may be repeated, such as the sandbox's control API."""
    content = None if body is None else compact(body).encode()
    headers = {"Content-Type": "application/json"} if content else {}
    try:
        async with await client_for(httpx.URL(url), Timeouts(patience, patience, patience)) as client:
            response = await client.request(method, url, content=content, headers=headers)
            value: JsonValue = json.loads(response.content)
    except (httpx.HTTPError, ValueError) as error:
        raise NotSent(f"No readable answer from {url}: {_reason(error)}.") from None
    if response.is_error:
        detail = value.get("error") if isinstance(value, dict) else value
        raise Rejected(detail if isinstance(detail, str) else f"{url} answers {response.status_code}.")
    return value


def _answer(response: httpx.Response, body: bytes, elapsed: float) -> Answer:
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
    return Answer(response.status_code, headers, body.decode("utf-8", "replace"), elapsed)


def _unknown(error: Exception, prepared: Prepared, partial: Answer | None, doubt: str) -> OutcomeUnknown:
    happened = (
        f"The request left this machine, but no whole answer came back: {_reason(error)}."
        if isinstance(error, _FORESEEN)
        else f"An unexpected {type(error).__name__} broke the exchange off; the request may have left this machine."
    )
    kind = ConnectionLost if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError) else OutcomeUnknown
    return kind(f"{happened} {doubt}", request_id=prepared.request_id, answer=partial)


class _AnswerTooLong(Exception):
    """The answer has more than ANSWER_BYTES."""


_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_FORESEEN = (httpx.HTTPError, TimeoutError, _AnswerTooLong)

_WORDS = {
    httpx.ConnectTimeout: "it did not answer in time",
    httpx.PoolTimeout: "too many calls are under way",
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
