"""How every emulated cloud works: a list of operations, checks in the provider's order, an envelope.

A request is located (the base comes off the path), routed (which operation), checked, read
(the body becomes the operation's request model) and handled; the answer goes into the cloud's
envelope. At any step a Refusal ends it, which the cloud writes in its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic

from pushtui.domain.json_body import JsonObject, compact
from pushtui.providers.base import RequestT
from pushtui.sandbox.routing import Router

if TYPE_CHECKING:
    from pushtui.domain.quota import Quota, Rate
    from pushtui.providers.base import Endpoint
    from pushtui.providers.wire import WireModel
    from pushtui.sandbox.state import SandboxState


@dataclass(frozen=True, slots=True)
class Call:
    """One request; header names are in lower case, the path is decoded and free of doubled slashes."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    request_id: str
    query: Mapping[str, str] = field(default_factory=dict)
    segments: tuple[str, ...] = ()
    """The parts of the path between slashes, each decoded on its own; they may hold slashes."""
    base: str = ""
    """What `locate` took off the path."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What stands where the endpoint's path has braces."""
    query_pairs: tuple[tuple[str, str], ...] = ()
    """The query as it came, with names that are repeated."""
    partial: bool = False
    """Whether some of the items asked for shall fail, where the cloud can say so for each."""

    def spoils(self, index: int) -> bool:
        """Tell whether the item at a position shall fail: every second one, from the first."""
        return self.partial and index % 2 == 0


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, down to the bytes."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Refusal(Exception):
    """The cloud says no, in its own code and text."""

    def __init__(self, code: int | str, text: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Failure(StrEnum):
    """What a fault can make any cloud say."""

    OVER_RATE = "over the rate"
    OVER_QUOTA = "over the quota"
    FAILED_INSIDE = "failed inside"
    TIMED_OUT = "timed out inside"
    CREDENTIAL_EXPIRED = "credential expired"


def one(_call: Call) -> int:
    """Count a call as one unit."""
    return 1


def always(_state: SandboxState) -> bool:
    """Say that nothing has to be switched on first."""
    return True


@dataclass(frozen=True, slots=True)
class Operation(Generic[RequestT]):
    """One endpoint of a cloud, and what it does once all checks are passed."""

    endpoint: Endpoint[RequestT]
    handle: Callable[[SandboxState, Call, RequestT], JsonObject]
    """Returns what the success holds beside the envelope, or raises Refusal."""
    switched_on: Callable[[SandboxState], bool] = always
    """Whether the app's console has the service enabled."""
    count: Callable[[Call], int] = one
    """How many units of the endpoint's rates a call takes."""


Check = Callable[["SandboxState", "Operation[Any]", Call], None]
"""Raises Refusal if the call does not pass."""


def _always_count(_state: SandboxState) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Limits:
    """How a cloud counts calls against its rates and quotas, and what it says beyond them."""

    refusal: Callable[[Call, Rate | Quota], Refusal]
    day_zone: Callable[[SandboxState], str]
    """In whose midnight daily quotas begin anew."""
    failed_calls_count: Callable[[SandboxState], bool] = _always_count
    """Whether a call that passed here but failed later uses up its quota; rates it uses up always."""

    def check(self, state: SandboxState, operation: Operation[Any], call: Call) -> None:
        """Refuse a call beyond a limit and count it otherwise; a refused one does not count."""
        if not state.settings.limits:
            return
        endpoint, now, units = operation.endpoint, state.clock.now(), operation.count(call)
        fast = state.buckets.exhausted(endpoint.rates, units, now)
        full = fast or state.calls.exhausted(endpoint.quotas, now, self.day_zone(state))
        if full is not None:
            raise self.refusal(call, full)
        state.buckets.take(endpoint.rates, units, now)
        if self.failed_calls_count(state):
            self._count(state, operation)

    def settle(self, state: SandboxState, operation: Operation[Any]) -> None:
        """Count a call that was carried out, where only those count."""
        if state.settings.limits and not self.failed_calls_count(state):
            self._count(state, operation)

    def _count(self, state: SandboxState, operation: Operation[Any]) -> None:
        for group in dict.fromkeys(quota.group for quota in operation.endpoint.quotas):
            state.calls.count(group, state.clock.now())


def as_it_came(_state: SandboxState, call: Call) -> Call:
    """Leave the path alone: the cloud has no base."""
    return call


def no_credential(_call: Call) -> str:
    """Say that calls carry nothing that could expire."""
    return ""


def nothing_due(_state: SandboxState) -> None:
    """Do nothing: at most clouds, nothing happens without a request."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """One emulated provider."""

    name: str
    operations: tuple[Operation[Any], ...]
    checks: tuple[Check, ...]
    read: Callable[[SandboxState, Operation[Any], Call], WireModel]
    """Turns body or query into the endpoint's request model, as patiently as the cloud does."""
    succeed: Callable[[SandboxState, Operation[Any], Call, JsonObject], JsonObject]
    """Puts the envelope round what an operation returned."""
    refuse: Callable[[SandboxState, Call, Refusal], tuple[int, JsonObject]]
    """Writes a refusal as HTTP status and body."""
    unrouted: Callable[[SandboxState, Call, tuple[str, ...]], Refusal]
    """Says that there is no such path, or which methods it has."""
    limits: Limits
    """Its `check` stands among the checks, where the cloud counts."""
    failures: Mapping[Failure, Refusal]
    """How the cloud says what a fault asks for."""
    locate: Callable[[SandboxState, Call], Call] = as_it_came
    credential: Callable[[Call], str] = no_credential
    request_id_header: str = ""
    catch_up: Callable[[SandboxState], None] = nothing_due
    """Does what time and changed people (`state.changed_people`) have brought about."""
    router: Router = field(init=False)

    def __post_init__(self) -> None:
        routes = [(operation.endpoint.method, operation.endpoint.path) for operation in self.operations]
        object.__setattr__(self, "router", Router(routes))

    def answer(self, state: SandboxState, call: Call) -> Reply:
        """Carry a call out; whole, without a pause in which another call could come in between."""
        try:
            call = self.locate(state, call)
            operation, call = self._route(state, call)
            for check in self.checks:
                check(state, operation, call)
            request = self.read(state, operation, call)
            body = operation.handle(state, call, request)
            self.limits.settle(state, operation)
            return self.reply(call, 200, self.succeed(state, operation, call, body))
        except Refusal as refusal:
            return self.refusal(state, call, refusal)

    def refusal(
        self, state: SandboxState, call: Call, refusal: Refusal, headers: tuple[tuple[str, str], ...] = ()
    ) -> Reply:
        """Write a refusal in the cloud's envelope."""
        status, body = self.refuse(state, call, refusal)
        return self.reply(call, status, body, headers)

    def reply(self, call: Call, status: int, body: JsonObject, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Write an answer as JSON."""
        echoed = ((self.request_id_header, call.request_id),) if self.request_id_header else ()
        mine = (("Content-Type", "application/json; charset=utf-8"), *echoed)
        return Reply(status, compact(body).encode("utf-8", "replace"), (*mine, *headers))

    def paths(self, state: SandboxState, call: Call) -> tuple[str, str]:
        """Return a call's path below the base, and its operation's with values in braces; empty if there is none."""
        try:
            call = self.locate(state, call)
            return call.path, self._route(state, call)[0].endpoint.path
        except Refusal:
            return call.path, ""

    def _route(self, state: SandboxState, call: Call) -> tuple[Operation[Any], Call]:
        found = self.router.find(call.method, call.segments)
        if found is None:
            raise self.unrouted(state, call, self.router.methods(call.segments))
        index, parameters = found
        return self.operations[index], replace(call, parameters=parameters)
