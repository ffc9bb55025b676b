"""The sandbox as an ASGI application: control API and clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount

from pushtui.sandbox.cloud import Cloud, Reply
from pushtui.sandbox.control import control_routes
from pushtui.sandbox.exchange import BodyTooLarge, Disconnected, Exchange, path_of
from pushtui.sandbox.misbehaviour import misbehave
from pushtui.sandbox.rongcloud.front import RONGCLOUD

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from pushtui.sandbox.state import SandboxState

CONTROL = "/_sandbox"


def build_app(state: SandboxState) -> ASGIApp:
    """Make the application; whatever is not the control API's belongs to a cloud."""
    return Starlette(routes=[Mount(CONTROL, routes=control_routes(state)), Mount("/", app=CloudApp(state, RONGCLOUD))])


class CloudApp:
    """Answers a cloud's requests, with the faults that are set."""

    def __init__(self, state: SandboxState, cloud: Cloud) -> None:
        self._state = state
        self._cloud = cloud

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = self._state
        exchange = Exchange(state, self._cloud, scope, receive, send)
        state.requests[path_of(scope)] += 1
        try:
            await exchange.read()
        except Disconnected:
            return
        except BodyTooLarge:
            await exchange.send(Reply(413, b"<html><h1>413 Request Entity Too Large</h1></html>", ()))
            return
        faults = state.faults
        fault = faults.take(exchange.call.path)
        if fault is None:
            await exchange.send(exchange.carry_out())
        else:
            await misbehave(exchange, fault)
            faults.done_with(fault)
