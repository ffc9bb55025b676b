"""What each named fault does to a request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from pushtui.sandbox.cloud import Failure, Reply
from pushtui.sandbox.exchange import Exchange
from pushtui.sandbox.fault_kinds import FaultName
from pushtui.sandbox.faults import Fault

PIECES = 20
"""In so many pieces a slow body comes, if it has as many bytes."""

Misbehaviour = Callable[[Exchange, Fault], Awaitable[None]]


async def misbehave(exchange: Exchange, fault: Fault) -> None:
    """Answer a request the way the fault wants it."""
    await MISBEHAVIOURS[fault.order.name](exchange, fault)


def _reply(exchange: Exchange, fault: Fault) -> Reply:
    """Return the true answer if the request is carried out, else an error that is not sent as such."""
    return exchange.carry_out() if fault.carries_out else exchange.failure(Failure.FAILED_INSIDE)


async def _latency(exchange: Exchange, fault: Fault) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(fault.removed.wait(), fault.seconds)
    await exchange.send(_reply(exchange, fault))


async def _slow_body(exchange: Exchange, fault: Fault) -> None:
    await exchange.send_slowly(_reply(exchange, fault), PIECES, fault.seconds, fault.removed)


async def _hold(exchange: Exchange, fault: Fault) -> None:
    reply = _reply(exchange, fault)
    await exchange.wait(fault.removed)
    await exchange.send(reply)


async def _break(exchange: Exchange, fault: Fault) -> None:
    if fault.carries_out:
        exchange.carry_out()
    await exchange.break_off()


async def _half_body(exchange: Exchange, fault: Fault) -> None:
    await exchange.send_half(_reply(exchange, fault))


async def _html_5xx(exchange: Exchange, fault: Fault) -> None:
    await _html(exchange, fault, fault.order.status, HTTPStatus(fault.order.status).phrase)


async def _html_200(exchange: Exchange, fault: Fault) -> None:
    await _html(exchange, fault, 200, "Sign in to the network")


async def _html(exchange: Exchange, fault: Fault, status: int, title: str) -> None:
    if fault.carries_out:
        exchange.carry_out()
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\r\n"
    await exchange.send(Reply(status, page.encode(), (("Content-Type", "text/html"),)))


async def _invalid_json(exchange: Exchange, fault: Fault) -> None:
    reply = _reply(exchange, fault)
    await exchange.send(Reply(200, reply.body[: len(reply.body) // 2], reply.headers))


async def _wrong_content_type(exchange: Exchange, fault: Fault) -> None:
    reply = _reply(exchange, fault)
    others = [header for header in reply.headers if header[0] != "Content-Type"]
    await exchange.send(replace(reply, headers=(("Content-Type", "text/plain"), *others)))


async def _rate_limited(exchange: Exchange, fault: Fault) -> None:
    after = fault.order.retry_after
    headers = () if after is None else (("Retry-After", after),)
    await _refuse(exchange, fault, Failure.OVER_RATE, headers)


async def _quota_hit(exchange: Exchange, fault: Fault) -> None:
    await _refuse(exchange, fault, Failure.OVER_QUOTA)


async def _internal_error(exchange: Exchange, fault: Fault) -> None:
    await _refuse(exchange, fault, Failure.FAILED_INSIDE)


async def _internal_timeout(exchange: Exchange, fault: Fault) -> None:
    await _refuse(exchange, fault, Failure.TIMED_OUT)


async def _partial_success(exchange: Exchange, _fault: Fault) -> None:
    exchange.call = replace(exchange.call, partial=True)
    await exchange.send(exchange.carry_out())


async def _token_expired(exchange: Exchange, fault: Fault) -> None:
    if not exchange.credential:
        await _refuse(exchange, fault, Failure.CREDENTIAL_EXPIRED)
        return
    exchange.state.expired.add(exchange.credential)
    await exchange.send(exchange.carry_out())


async def _clock_skew(exchange: Exchange, fault: Fault) -> None:
    exchange.skew = timedelta(seconds=fault.seconds)
    await exchange.send(exchange.carry_out())


async def _refuse(
    exchange: Exchange, fault: Fault, failure: Failure, headers: tuple[tuple[str, str], ...] = ()
) -> None:
    if fault.carries_out:
        exchange.carry_out()
    await exchange.send(exchange.failure(failure, headers))


MISBEHAVIOURS: Mapping[FaultName, Misbehaviour] = {
    FaultName.LATENCY: _latency,
    FaultName.SLOW_BODY: _slow_body,
    FaultName.HOLD: _hold,
    FaultName.RESET_BEFORE: _break,
    FaultName.ANSWER_LOST: _break,
    FaultName.HALF_BODY: _half_body,
    FaultName.HTML_5XX: _html_5xx,
    FaultName.HTML_200: _html_200,
    FaultName.INVALID_JSON: _invalid_json,
    FaultName.WRONG_CONTENT_TYPE: _wrong_content_type,
    FaultName.RATE_LIMITED: _rate_limited,
    FaultName.QUOTA_HIT: _quota_hit,
    FaultName.INTERNAL_ERROR: _internal_error,
    FaultName.INTERNAL_TIMEOUT: _internal_timeout,
    FaultName.PARTIAL_SUCCESS: _partial_success,
    FaultName.TOKEN_EXPIRED: _token_expired,
    FaultName.CLOCK_SKEW: _clock_skew,
}
"""All but `refuse`, which hits ports and not requests."""
