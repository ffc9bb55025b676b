"""The sandbox as an ASGI application: control API and clouds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from pushtui.sandbox.cloud import Cloud, Reply
from pushtui.sandbox.clouds import CLOUDS as CLOUDS
from pushtui.sandbox.control import CONTROL, control_app
from pushtui.sandbox.exchange import ELSEWHERE, BodyTooLarge, Disconnected, Exchange
from pushtui.sandbox.gates import Gates
from pushtui.sandbox.misbehaviour import misbehave

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from pushtui.sandbox.state import SandboxState


class SandboxApp:
    """Answers the clouds' requests, each cloud on a port of its own, and the control API on all ports."""

    def __init__(self, state: SandboxState, gates: Gates, ports: Mapping[int, Cloud]) -> None:
        self._state = state
        self._ports = ports
        addresses = {cloud.name: f"http://127.0.0.1:{port}" for port, cloud in ports.items()}
        self._control = control_app(state, gates, addresses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        cloud = self._ports.get(scope["server"][1])
        if path == CONTROL or path.startswith(f"{CONTROL}/"):
            await self._control(scope, receive, send)
        elif cloud is None:
            await PlainTextResponse(f"No cloud answers on this port; see {CONTROL}/.\n", 404)(scope, receive, send)
        else:
            await self._answer(Exchange(self._state, cloud, scope, receive, send))

    async def _answer(self, exchange: Exchange) -> None:
        self._state.requests[exchange.operation or ELSEWHERE] += 1
        try:
            await exchange.read()
        except Disconnected:
            return
        except BodyTooLarge:
            await exchange.send(Reply(413, b"<html><h1>413 Request Entity Too Large</h1></html>", ()))
            return
        fault = exchange.fault()
        if fault is None:
            await exchange.send(exchange.carry_out())
        else:
            await misbehave(exchange, fault)
            self._state.faults.done_with(fault)
