"""How every emulated cloud works: a list of operations, checks in the provider's order, an envelope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, compact

if TYPE_CHECKING:
    from pushtui.providers.base import Endpoint
    from pushtui.sandbox.state import SandboxState


@dataclass(frozen=True, slots=True)
class Call:
    """One request; header names are in lower case, the path is free of doubled slashes."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    request_id: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, down to the bytes."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Refusal(Exception):
    """The cloud says no, in its own code and text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint of a cloud, and what it does once all checks are passed."""

    endpoint: Endpoint
    handle: Callable[[SandboxState, Call], JsonObject]
    """Returns the body of the success, or raises Refusal."""
    switched_on: Callable[[SandboxState], bool] = lambda _: True
    """Whether the app's console has the service enabled."""


Check = Callable[["SandboxState", Operation, Call], None]
"""Raises Refusal if the call does not pass."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """One emulated provider."""

    name: str
    operations: tuple[Operation, ...]
    checks: tuple[Check, ...]
    unknown_path: Refusal
    refuse: Callable[[Call, Refusal], tuple[int, JsonObject]]
    """Writes a refusal as HTTP status and body."""
    request_id_header: str
    settle: Callable[[SandboxState, Operation], None] = lambda _state, _operation: None
    """Keeps the books once a call was carried out."""

    def answer(self, state: SandboxState, call: Call) -> Reply:
        """Carry a call out; whole, without a pause in which another call could come in between."""
        try:
            operation = self._operation(call)
            for check in self.checks:
                check(state, operation, call)
            body = operation.handle(state, call)
            self.settle(state, operation)
            return self.reply(call, 200, body)
        except Refusal as refusal:
            return self.refusal(call, refusal)

    def refusal(self, call: Call, refusal: Refusal, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Write a refusal in the cloud's envelope."""
        status, body = self.refuse(call, refusal)
        return self.reply(call, status, body, headers)

    def reply(self, call: Call, status: int, body: JsonObject, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """Write an answer as JSON."""
        mine = (("Content-Type", "application/json; charset=utf-8"), (self.request_id_header, call.request_id))
        return Reply(status, compact(body).encode("utf-8", "replace"), (*mine, *headers))

    def _operation(self, call: Call) -> Operation:
        for operation in self.operations:
            if (operation.endpoint.method, operation.endpoint.path) == (call.method, call.path):
                return operation
        raise self.unknown_path
