"""The sandbox as an ASGI application: control API and clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from pushtui.sandbox.agora.front import AGORA
from pushtui.sandbox.cloud import Cloud, Reply
from pushtui.sandbox.control import control_routes
from pushtui.sandbox.exchange import BodyTooLarge, Disconnected, Exchange
from pushtui.sandbox.misbehaviour import misbehave
from pushtui.sandbox.rongcloud.front import RONGCLOUD
from pushtui.sandbox.tencent.front import TENCENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from pushtui.sandbox.state import SandboxState

CONTROL = "/_sandbox"
ELSEWHERE = "(no such operation)"
CLOUDS = (RONGCLOUD, AGORA, TENCENT)


def build_app(state: SandboxState, ports: Mapping[int, Cloud]) -> ASGIApp:
    """Make the application; each cloud has a port of its own, and the control API answers on all of them."""
    return Starlette(routes=[Mount(CONTROL, routes=control_routes(state)), Mount("/", app=CloudApp(state, ports))])


class CloudApp:
    """Answers the clouds' requests, with the faults that are set."""

    def __init__(self, state: SandboxState, ports: Mapping[int, Cloud]) -> None:
        self._state = state
        self._ports = ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cloud = self._ports.get(scope["server"][1])
        if cloud is None:
            await PlainTextResponse(f"No cloud answers on this port; see {CONTROL}/state.\n", 404)(scope, receive, send)
            return
        await self._answer(Exchange(self._state, cloud, scope, receive, send))

    async def _answer(self, exchange: Exchange) -> None:
        state = self._state
        where = exchange.cloud.where(state, exchange.call)
        state.requests[where or ELSEWHERE] += 1
        try:
            await exchange.read()
        except Disconnected:
            return
        except BodyTooLarge:
            await exchange.send(Reply(413, b"<html><h1>413 Request Entity Too Large</h1></html>", ()))
            return
        fault = state.faults.take(exchange.call.path)
        if fault is None:
            await exchange.send(exchange.carry_out())
        else:
            await misbehave(exchange, fault)
            state.faults.done_with(fault)
