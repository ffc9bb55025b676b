"""The control API under `/_sandbox/`: look at the sandbox, and make it behave."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.sandbox import settings as setting
from pushtui.sandbox.clock import ClockError
from pushtui.sandbox.faults import FaultError, FaultName
from pushtui.sandbox.setting import SettingError

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.world import Person

OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Other names for this address come from web pages that try to reach it."""


class BadControlCall(ValueError):
    """The call is wrong; the text says how."""


def control_routes(state: SandboxState) -> list[Route]:
    """Return the routes of the control API."""
    control = _Control(state)
    return [
        Route("/state", _guarded(control.state), methods=["GET"]),
        Route("/inbox", _guarded(control.inbox), methods=["GET"]),
        Route("/sends", _guarded(control.sends), methods=["GET"]),
        Route("/reset", _guarded(control.reset), methods=["POST"]),
        Route("/clock", _guarded(control.clock), methods=["POST"]),
        Route("/settings", _guarded(control.settings), methods=["POST"]),
        Route("/faults", _guarded(control.faults), methods=["GET"]),
        Route("/faults", _guarded(control.add_fault), methods=["POST"]),
        Route("/faults", _guarded(control.remove_faults), methods=["DELETE"]),
    ]


_Handler = Callable[[Request], Awaitable[JsonObject]]


def _guarded(handler: _Handler) -> Callable[[Request], Awaitable[Response]]:
    """Answer wrong calls with 400 and a sentence, and calls by a foreign name with 403."""

    async def answer(request: Request) -> Response:
        host = request.headers.get("host", "")
        if host.rpartition(":")[0] not in OWN_HOSTS and host not in OWN_HOSTS:
            return JSONResponse({"error": "The control API answers on loopback only."}, 403)
        try:
            return JSONResponse(await handler(request))
        except (BadControlCall, ClockError, FaultError, SettingError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


class _Control:
    def __init__(self, state: SandboxState) -> None:
        self._state = state

    async def state(self, _request: Request) -> JsonObject:
        state = self._state
        return {
            "seed": state.seed,
            "began": state.began.isoformat(),
            "clock": self._time(),
            "settings": setting.as_json(state.settings),
            "users": [self._user(person) for person in state.people.values()],
            "requests": dict(state.requests),
            "accepted": state.inbox.accepted.total(),
            "faults": [fault.as_json() for fault in state.faults.waiting],
        }

    async def inbox(self, request: Request) -> JsonObject:
        wanted = request.query_params.get("push")
        if wanted is None:
            return {"pushes": [send.as_json() for send in self._state.inbox.sends]}
        push = self._state.inbox.find(wanted)
        if push is None:
            raise BadControlCall(f"There is no push “{wanted}” in the inbox.")
        return {"pushes": [push.as_json()]}

    async def sends(self, _request: Request) -> JsonObject:
        """The ground truth: what was accepted and shown, whatever the clients were told."""
        inbox = self._state.inbox
        return {
            "accepted": inbox.accepted.total(),
            "clouds": dict(inbox.accepted),
            "recipients": dict(inbox.recipients),
            "shown": dict(inbox.shown),
            "requests": dict(self._state.requests),
        }

    async def reset(self, _request: Request) -> JsonObject:
        self._state.reset()
        return {"clock": self._time()}

    async def clock(self, request: Request) -> JsonObject:
        body = await _object(request)
        _only(body, ("freeze", "advance"))
        clock = self._state.clock
        advance = body.get("advance", 0)
        if isinstance(advance, bool) or not isinstance(advance, int | float):
            raise BadControlCall(f"advance: {advance!r} is given; a number of seconds is needed")
        if "freeze" in body:
            freeze = body["freeze"]
            if freeze is None:
                clock.follow()
            else:
                clock.freeze(_time(freeze))
            self._state.began = clock.now()  # Setting the clock moves the world with it; only advancing ages it.
        clock.advance(_seconds(advance))
        return {"clock": self._time()}

    async def settings(self, request: Request) -> JsonObject:
        self._state.settings = setting.changed(self._state.settings, await _object(request))
        return {"settings": setting.as_json(self._state.settings)}

    async def faults(self, _request: Request) -> JsonObject:
        known: JsonValue = {name.value: name.help for name in FaultName}
        return {"faults": [fault.as_json() for fault in self._state.faults.waiting], "known": known}

    async def add_fault(self, request: Request) -> JsonObject:
        return self._state.faults.add(await _object(request)).as_json()

    async def remove_faults(self, request: Request) -> JsonObject:
        wanted = request.query_params.get("id")
        if wanted is not None and not wanted.isdecimal():
            raise BadControlCall(f"id: “{wanted}” is given; a whole number is needed")
        return {"removed": self._state.faults.remove(None if wanted is None else int(wanted))}

    def _time(self) -> JsonObject:
        return {"now": self._state.clock.now().isoformat(), "frozen": self._state.clock.frozen}

    def _user(self, person: Person) -> JsonObject:
        now, began = self._state.clock.now(), self._state.began
        return {
            "id": person.id,
            "name": person.name,
            "language": person.language,
            "tags": [*person.tags],
            "online": person.online,
            "last_online": (now if person.online else began - person.away).isoformat(),
            "connected": person.connected,
            "handsets": [
                {
                    "id": item.handset.id,
                    "model": item.handset.model,
                    "platform": item.handset.platform.value,
                    "vendor": item.handset.vendor,
                    "package": item.handset.package,
                    "hides_details": item.handset.hides_details,
                    "has_push_token": item.has_push_token,
                }
                for item in person.handsets
            ],
        }


async def _object(request: Request) -> JsonObject:
    try:
        body = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise BadControlCall("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise BadControlCall("The body must be a JSON object.")
    return body


def _only(body: JsonObject, known: tuple[str, ...]) -> None:
    for name in body:
        if name not in known:
            raise BadControlCall(f"There is no “{name}” here; known: {', '.join(known)}")


def _time(value: JsonValue) -> datetime:
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadControlCall(f"freeze: {value!r} is given; a time such as 2026-11-22T12:00:00Z is needed") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _seconds(value: float) -> timedelta:
    try:
        return timedelta(seconds=value)
    except (OverflowError, ValueError):
        raise BadControlCall(f"advance: {value!r} seconds is too far") from None
