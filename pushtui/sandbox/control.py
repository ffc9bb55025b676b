"""The control API under `/_sandbox/`: what there is, who may ask, and how errors are said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.sandbox.clock import ClockError
from pushtui.sandbox.clouds import catch_up
from pushtui.sandbox.control_calls import LONGEST_WAIT, Control
from pushtui.sandbox.control_input import BadControlCall
from pushtui.sandbox.faults import FaultError
from pushtui.sandbox.inbox import KEPT_SENDS
from pushtui.sandbox.mishap import report
from pushtui.sandbox.setting import SettingError
from pushtui.sandbox.snapshot import SnapshotError

if TYPE_CHECKING:
    from pushtui.sandbox.gates import Gates
    from pushtui.sandbox.state import SandboxState

CONTROL = "/_sandbox"
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Other names for this address come from web pages that try to reach it."""
ABOUT = "The sandbox's control API. It answers on loopback only, to local names only."

Handler = Callable[[Request], Awaitable[JsonObject]]


@dataclass(frozen=True, slots=True)
class ControlCall:
    """One call: where it is, what it takes, what it does."""

    method: str
    path: str
    takes: str
    """Members of the body, or of the query where it is written with `?`; empty for none."""
    help: str
    handler: Callable[[Control, Request], Awaitable[JsonObject]]


CALLS = (
    ControlCall(
        "GET",
        "/state",
        "",
        "Seed, begin, clock, settings, people with their handsets, requests by operation, accepted sends in all and by "
        "cloud, base URLs, faults.",
        Control.state,
    ),
    ControlCall(
        "GET",
        "/inbox",
        "?push, ?limit, ?after, ?began, ?wait",
        f"Accepted sends, newest first, with what each handset showed or why not; the last {KEPT_SENDS} are kept. "
        "`push` is an id or message UID; `limit` how many at most; `after` the sequence number already known, "
        "`began` the beginning that belongs to it, and "
        f"`wait` for how many seconds, up to {LONGEST_WAIT:g}, to wait for a newer one. "
        "`sequence` is the newest: a smaller one than before, or another `began`, means a reset.",
        Control.inbox,
    ),
    ControlCall(
        "GET",
        "/sends",
        "",
        "The ground truth: how many sends were accepted, in all, by cloud and by recipient, and how many notifications "
        "each user's handsets showed, whatever the clients were told.",
        Control.sends,
    ),
    ControlCall(
        "POST",
        "/clock",
        "freeze, advance",
        "Stops the clock at a time (`freeze`, ISO 8601), lets it follow the real one (`freeze` null), or moves it by "
        "seconds (`advance`). Freezing moves the world along; advancing ages it.",
        Control.clock,
    ),
    ControlCall(
        "POST",
        "/reset",
        "seed",
        "Brings back the beginning, of another seed if given. The accounts and their secrets stay those of the start.",
        Control.reset,
    ),
    ControlCall("POST", "/seed", "seed", "The same, but a seed is needed.", Control.seed),
    ControlCall(
        "GET",
        "/settings",
        "",
        "Name, value, default, help and choices of each setting.",
        Control.settings,
    ),
    ControlCall(
        "POST",
        "/settings",
        "names of settings",
        "Changes settings, all that are given or none.",
        Control.change_settings,
    ),
    ControlCall("GET", "/faults", "", "Faults that wait, and all that are known.", Control.faults),
    ControlCall("POST", "/faults", "name, parameters", "Sets a fault, and answers with its `id`.", Control.add_fault),
    ControlCall(
        "DELETE",
        "/faults",
        "?id",
        "Removes one fault, or all, and releases the requests that they hold.",
        Control.remove_faults,
    ),
    ControlCall(
        "POST",
        "/people",
        "id, online, language, handset, hides_details, has_push_token",
        "Changes a person: online or not, the language, and whether their handsets (or the one named) hide details and "
        "have a push token.",
        Control.change_person,
    ),
    ControlCall("GET", "/snapshot", "", "The whole state as JSON, without secrets.", Control.snapshot),
    ControlCall(
        "POST",
        "/snapshot",
        "a snapshot",
        "Brings back exactly that state. A wrong one changes nothing.",
        Control.load_snapshot,
    ),
)


def control_app(state: SandboxState, gates: Gates, addresses: Mapping[str, str]) -> Starlette:
    """Make the control API as an application; `addresses` are the clouds' base URLs."""
    control = Control(state, gates, addresses)
    routes = [
        Route(CONTROL + call.path, _guarded(state, call, partial(call.handler, control)), methods=[call.method])
        for call in (INDEX, *CALLS)
    ]
    return Starlette(
        routes=routes,
        exception_handlers={HTTPException: _no_such_call},
    )


async def _index(_control: Control, _request: Request) -> JsonObject:
    calls: list[JsonValue] = [
        {"method": call.method, "path": CONTROL + call.path, "takes": call.takes, "help": call.help} for call in CALLS
    ]
    return {"about": ABOUT, "calls": calls}


INDEX = ControlCall("GET", "/", "", "What there is.", _index)


def _guarded(state: SandboxState, call: ControlCall, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Answer wrong calls with 400 and a sentence, calls by a foreign name with 403, mistakes of our own with 500.

    What is due happens before a call that looks, and what a call brought about happens before its answer.
    """

    async def answer(request: Request) -> Response:
        host = request.headers.get("host", "")
        if host.rpartition(":")[0] not in OWN_HOSTS and host not in OWN_HOSTS:
            return JSONResponse({"error": "The control API answers on loopback only."}, 403)
        try:
            catch_up(state)
            said = await handler(request)
            catch_up(state)
            return JSONResponse(said)
        except (BadControlCall, ClockError, FaultError, SettingError, SnapshotError) as error:
            return JSONResponse({"error": str(error)}, 400)
        except Exception as error:  # noqa: BLE001 - one mistake must not take the sandbox along
            report(f"{call.method} {CONTROL}{call.path}", error)
            return JSONResponse({"error": "The sandbox failed inside; its standard error says where."}, 500)

    return answer


async def _no_such_call(request: Request, error: Exception) -> Response:
    """Answer 404 or 405 with a hint."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return JSONResponse({"error": f"There is no {request.method} {request.url.path}; see {CONTROL}/."}, status)
