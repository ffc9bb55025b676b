"""Named faults: what may go wrong, at which cloud and path, how often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.nearest import nearest
from pushtui.sandbox.fault_kinds import KINDS, FaultKind, FaultName


class FaultError(ValueError):
    """A fault is described wrongly; the text says what is allowed."""


class FaultOrder(BaseModel):
    """A fault as it is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: Annotated[FaultName, Field(description="Which fault.")]
    cloud: Annotated[
        Literal["*", "rongcloud", "agora", "tencent"], Field(description="At which cloud; * means each.")
    ] = "*"
    path: Annotated[
        str,
        Field(
            description="A shell pattern for the path below the cloud's base, as asked for or with braces for values: "
            "/users/{username}."
        ),
    ] = "*"
    times: Annotated[int | None, Field(ge=1, description="For how many requests; null means until it is removed.")] = 1
    probability: Annotated[
        float,
        Field(ge=0, le=1, description="Chance that a request is hit; below 1, times is null unless it is given."),
    ] = 1.0
    accepted: Annotated[
        bool | None,
        Field(description="Whether the request is carried out; null means as is usual for the fault."),
    ] = None
    seconds: Annotated[float | None, Field(description="How long, or how far.")] = None
    status: Annotated[Literal[500, 502, 503, 504], Field(description="HTTP status.")] = 502
    retry_after: Annotated[
        str | None,
        Field(
            pattern=r"^[\x20-\x7e]*$", description="Value of the header Retry-After, sensible or not; null sends none."
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class FaultRecord:
    """A fault as a snapshot keeps it."""

    id: int
    order: FaultOrder
    remaining: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """What of a request decides whether a fault hits it."""

    cloud: str
    paths: tuple[str, ...]
    """The path below the cloud's base as asked for, and with braces."""
    credential: bool
    """Whether it carries a token that may expire, or comes to a cloud that has no tokens at all."""


class Fault:
    """A fault that waits for its requests; `remaining` None means always."""

    def __init__(self, fault_id: int, order: FaultOrder, remaining: int | None) -> None:
        self.id = fault_id
        self.order = order
        self.remaining = remaining
        self.removed = asyncio.Event()

    @property
    def kind(self) -> FaultKind:
        """What is declared about faults of this name."""
        return KINDS[self.order.name]

    @property
    def carries_out(self) -> bool:
        """Whether the request takes effect."""
        return self.kind.carries_out if self.order.accepted is None else self.order.accepted

    @property
    def seconds(self) -> float:
        """How long it lasts, or how far it goes."""
        return self.order.seconds or 0.0

    def hits(self, target: Target, draw: Callable[[], float]) -> bool:
        """Tell whether it befalls a request; chance is asked only if the rest fits."""
        order = self.order
        return (
            self.kind.at_requests
            and order.cloud in ("*", target.cloud)
            and any(fnmatchcase(path, order.path) for path in target.paths)
            and (target.credential or order.name is not FaultName.TOKEN_EXPIRED)
            and (order.probability >= 1 or draw() < order.probability)
        )

    def as_json(self) -> JsonObject:
        """Write the fault as the control API gives it."""
        values = self.order.model_dump(mode="json", include={"name", *self.kind.takes})
        return {"id": self.id, **values, "remaining": self.remaining}


class FaultBook:
    """The faults that are set, in the order they were set."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        """Those that still wait for a request."""
        self._holding: list[Fault] = []
        self._last_id = 0

    def add(self, values: JsonObject) -> Fault:
        """Set a fault from its description; raises FaultError."""
        order = _order(values)
        self._last_id += 1
        fault = Fault(self._last_id, order, order.times)
        self.waiting.append(fault)
        return fault

    @property
    def listed(self) -> list[Fault]:
        """Those that wait for a request, then those used up that still hold one: none remains of them."""
        return [*self.waiting, *self._holding]

    def take(self, target: Target, draw: Callable[[], float]) -> Fault | None:
        """Return the first fault that hits a request, and count it."""
        fault = next((item for item in self.waiting if item.hits(target, draw)), None)
        if fault is None or fault.remaining is None:
            return fault
        fault.remaining -= 1
        if not fault.remaining:
            self.waiting.remove(fault)
            self._holding.append(fault)
        return fault

    def remove(self, fault_id: int | None = None) -> int:
        """Remove one fault or all, release what they hold, and return how many there were."""
        gone = [item for item in (*self.waiting, *self._holding) if fault_id in (None, item.id)]
        for fault in gone:
            fault.removed.set()
        self.waiting = [item for item in self.waiting if item not in gone]
        self._holding = [item for item in self._holding if item not in gone]
        return len(gone)

    def forget(self, fault: Fault) -> None:
        """Remove one fault, if it is still there."""
        if fault in self.waiting:
            self.waiting.remove(fault)

    def done_with(self, fault: Fault) -> None:
        """Forget a used-up fault whose last request is answered."""
        if fault in self._holding:
            self._holding.remove(fault)

    def release(self) -> None:
        """Let go of all requests that are held, also by faults that stay."""
        for fault in (*self.waiting, *self._holding):
            if fault.kind.at_requests:
                fault.removed.set()

    def clear(self) -> None:
        """Remove all, and number the next one 1 again."""
        self.remove()
        self._last_id = 0

    def refusing(self) -> list[Fault]:
        """Return the faults that close ports."""
        return [fault for fault in self.waiting if fault.order.name is FaultName.REFUSE]

    def records(self) -> list[FaultRecord]:
        """Return what a snapshot keeps of the faults that wait."""
        return [FaultRecord(fault.id, fault.order, fault.remaining) for fault in self.waiting]

    def restore(self, records: list[FaultRecord]) -> None:
        """Set exactly these faults."""
        self.remove()
        self.waiting = [Fault(record.id, record.order, record.remaining) for record in records]
        self._last_id = max((record.id for record in records), default=0)


def known_faults() -> list[JsonObject]:
    """Return name, help and parameters of every fault, in the order they are worth knowing."""
    return [
        {"name": name.value, "help": kind.help, "parameters": [_parameter(kind, field) for field in kind.takes]}
        for name, kind in KINDS.items()
    ]


def _parameter(kind: FaultKind, field: str) -> JsonObject:
    """Describe a parameter: help, type, default, and what is allowed (null where there is no bound)."""
    info = FaultOrder.model_fields[field]
    about: JsonObject = {"name": field, "help": info.description or "", **_ALLOWED[field]}
    about["default"] = kind.defaults.get(field, info.default)
    if field == "seconds":
        about |= {"help": kind.seconds_help, "minimum": kind.shortest, "maximum": kind.longest}
    return about


_ALLOWED: dict[str, dict[str, JsonValue]] = {
    "cloud": {"type": "text", "choices": ["*", "rongcloud", "agora", "tencent"]},
    "path": {"type": "text"},
    "times": {"type": "integer", "minimum": 1, "nullable": True},
    "probability": {"type": "number", "minimum": 0, "maximum": 1},
    "accepted": {"type": "boolean", "nullable": True},
    "seconds": {"type": "number"},
    "status": {"type": "integer", "choices": [500, 502, 503, 504]},
    "retry_after": {"type": "text", "nullable": True},
}


def _order(values: JsonObject) -> FaultOrder:
    kind = KINDS[_name(values.get("name"))]
    for field in values:
        _check_known(field, str(values["name"]), kind)
    lasting: JsonObject = {"times": None} if values.get("probability", 1) != 1 else {}
    try:
        order = FaultOrder.model_validate({**kind.defaults, **lasting, **values})
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        told = f"{details['msg'][:1].lower()}{details['msg'][1:]}"
        raise FaultError(f"{details['loc'][0]}: {details['input']!r} is given; {told}") from None
    check_seconds(order.seconds, kind)
    return order


def _name(given: JsonValue) -> FaultName:
    try:
        return FaultName(str(given))
    except ValueError:
        raise FaultError(_unknown("fault", str(given or ""), [name.value for name in KINDS])) from None


def _check_known(field: str, name: str, kind: FaultKind) -> None:
    if field == "name" or field in kind.takes:
        return
    if field in FaultOrder.model_fields:
        raise FaultError(f"{field}: {name} does not take it; known: {', '.join(kind.takes)}")
    raise FaultError(_unknown("parameter of a fault", field, ["name", *kind.takes]))


def check_seconds(given: float | None, kind: FaultKind) -> None:
    """Refuse a span that the kind does not allow; raises FaultError."""
    if given is not None and not kind.shortest <= given <= kind.longest:
        raise FaultError(f"seconds: {given} is given; allowed: {kind.shortest:g} to {kind.longest:g}")


def _unknown(what: str, given: str, known: list[str]) -> str:
    meant = nearest(given, known)
    hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(known)}"
    return f"There is no {what} “{given}”; {hint}"
