"""Named faults: what may go wrong, where, and how often."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pushtui.domain.nearest import nearest

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject


class FaultError(ValueError):
    """A fault is described wrongly; the text says what is allowed."""


class FaultName(StrEnum):
    """What can be made to go wrong."""

    LATENCY = "latency"
    HOLD = "hold"
    RESET_BEFORE = "reset-before"
    ANSWER_LOST = "answer-lost"
    HALF_BODY = "half-body"
    HTML_5XX = "html-5xx"
    HTML_200 = "html-200"
    INVALID_JSON = "invalid-json"
    RATE_LIMITED = "rate-limited"
    INTERNAL_ERROR = "internal-error"
    INTERNAL_TIMEOUT = "internal-timeout"

    @property
    def help(self) -> str:
        """What it does, in a sentence."""
        return _HELP[self.value]

    @property
    def accepts(self) -> bool:
        """Whether the request is carried out although the answer says otherwise, unless told."""
        return self in _ACCEPTING


_HELP = {
    "latency": "Waits `seconds`, or until the fault is removed, and answers then as ever.",
    "hold": "Carries the request out, and answers only when the fault is removed.",
    "reset-before": "Resets the connection without carrying the request out.",
    "answer-lost": "Carries the request out, then resets the connection instead of answering.",
    "half-body": "Answers with half of the body that Content-Length promises, then closes.",
    "html-5xx": "Answers with a gateway's HTML page and `status` (502 if not given).",
    "html-200": "Answers 200 with an HTML page, as captive portals do.",
    "invalid-json": "Answers 200 with JSON that stops in the middle.",
    "rate-limited": "Answers as over the rate, with `retry_after` as header if given.",
    "internal-error": "Answers that the provider failed inside (RongCloud 1000, HTTP 500).",
    "internal-timeout": "Answers that the provider timed out inside (RongCloud 1050, HTTP 504).",
}
_ACCEPTING = frozenset(
    (
        FaultName.LATENCY,
        FaultName.HOLD,
        FaultName.ANSWER_LOST,
        FaultName.HALF_BODY,
        FaultName.INVALID_JSON,
        FaultName.INTERNAL_TIMEOUT,
    )
)


class FaultOrder(BaseModel):
    """A fault as it is asked for; `path` is a shell pattern, `times` None means always."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: FaultName
    path: str = "*"
    times: Annotated[int | None, Field(ge=1)] = 1
    seconds: Annotated[float, Field(ge=0, le=3600)] = 1.0
    status: Annotated[int, Field(ge=500, le=599)] = 502
    retry_after: Annotated[str | None, Field(pattern=r"^[\x20-\x7e]*$")] = None
    accepted: bool | None = None
    """Whether the request is carried out, where that is not as usual for the fault."""


class Fault:
    """A fault that waits for its requests; `remaining` None means always."""

    def __init__(self, fault_id: int, order: FaultOrder) -> None:
        self.id = fault_id
        self.order = order
        self.remaining = order.times
        self.removed = asyncio.Event()

    @property
    def carries_out(self) -> bool:
        """Whether the request takes effect."""
        return self.order.name.accepts if self.order.accepted is None else self.order.accepted

    def as_json(self) -> JsonObject:
        """Write the fault as the control API gives it."""
        return {"id": self.id, **self.order.model_dump(mode="json"), "remaining": self.remaining}


class FaultBook:
    """The faults that are set, in the order they were set."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        """Those that still wait for a request."""
        self._holding: list[Fault] = []
        self._last_id = 0

    def add(self, values: JsonObject) -> Fault:
        """Set a fault from its description; raises FaultError."""
        self._last_id += 1
        fault = Fault(self._last_id, _order(values))
        self.waiting.append(fault)
        return fault

    def take(self, path: str) -> Fault | None:
        """Return the first fault that waits for this path, and count it."""
        fault = next((item for item in self.waiting if fnmatchcase(path, item.order.path)), None)
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

    def done_with(self, fault: Fault) -> None:
        """Forget a used-up fault whose last request is answered."""
        if fault in self._holding:
            self._holding.remove(fault)


def _order(values: JsonObject) -> FaultOrder:
    try:
        return FaultOrder.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
    field = str(details["loc"][0])
    if field == "name":
        raise FaultError(_unknown("fault", str(details["input"]), [item.value for item in FaultName]))
    if details["type"] == "extra_forbidden":
        raise FaultError(_unknown("parameter of a fault", field, list(FaultOrder.model_fields)))
    raise FaultError(f"{field}: {details['input']!r} is given; {details['msg'][:1].lower()}{details['msg'][1:]}")


def _unknown(what: str, given: str, known: list[str]) -> str:
    meant = nearest(given, known)
    hint = f"did you mean “{meant}”?" if meant else f"known: {', '.join(known)}"
    return f"There is no {what} “{given}”; {hint}"
