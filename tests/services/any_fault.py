"""Faults drawn at random from all that the sandbox has, with settings that each of them takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from pushtui.sandbox.fault_kinds import KINDS, FaultName

DRIFT = 300
"""Seconds that clocks may differ at the sandbox."""

REFUSALS = (FaultName.RATE_LIMITED, FaultName.QUOTA_HIT)
"""Answers that surely mean “not accepted”: one that is a lie would leave nobody a chance."""

SECONDS: Mapping[FaultName, Sequence[float]] = {
    FaultName.LATENCY: (0.0, 0.02, 0.2),
    FaultName.SLOW_BODY: (0.02, 0.3),
    FaultName.REFUSE: (0.01, 0.05),
    FaultName.CLOCK_SKEW: (-3600, -10, 10, 3600),
}
"""Beside a time limit of 0.15 s for each piece of an answer, so that some answers come too late."""


def drawn_fault(dice: Random) -> dict[str, Any]:
    """Draw a fault as the control API takes it."""
    name = dice.choice(list(FaultName))
    fault: dict[str, Any] = {"name": name.value}
    for parameter in KINDS[name].takes:
        fault |= PARAMETERS[parameter](name, dice)
    return fault


def _times(name: FaultName, dice: Random) -> dict[str, Any]:
    return {"times": 1 if name is FaultName.HOLD else dice.choice((1, 1, 1, 2, 5))}


def _probability(_name: FaultName, dice: Random) -> dict[str, Any]:
    return {"probability": 0.5} if dice.random() < 0.1 else {}


def _accepted(name: FaultName, dice: Random) -> dict[str, Any]:
    if dice.random() < 0.7:
        return {}
    return {"accepted": False if name in REFUSALS else dice.random() < 0.5}


def _seconds(name: FaultName, dice: Random) -> dict[str, Any]:
    return {"seconds": dice.choice(SECONDS[name])}


def _status(_name: FaultName, dice: Random) -> dict[str, Any]:
    return {"status": dice.choice((500, 502, 503, 504))}


def _retry_after(_name: FaultName, dice: Random) -> dict[str, Any]:
    return {"retry_after": dice.choice((None, "0", "1", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"))}


PARAMETERS: Mapping[str, Callable[[FaultName, Random], dict[str, Any]]] = {
    "cloud": lambda _name, dice: {"cloud": dice.choice(("*", "rongcloud"))},
    "path": lambda _name, dice: {"path": dice.choice(("*", "/message/*", "/push/*"))},
    "times": _times,
    "probability": _probability,
    "accepted": _accepted,
    "seconds": _seconds,
    "status": _status,
    "retry_after": _retry_after,
}


def refuses_for_good(fault: Mapping[str, Any]) -> bool:
    """Tell whether RongCloud rejects a request that such a fault hits, and repeating it is not pushtui's to do."""
    if FaultName(fault["name"]) is FaultName.CLOCK_SKEW:
        return float(abs(fault["seconds"])) > DRIFT
    return FaultName(fault["name"]) is FaultName.TOKEN_EXPIRED


def hits(fault: Mapping[str, Any], waiting: Mapping[str, Any] | None) -> int:
    """Count the requests that a fault hit, by what the sandbox lists of it at the end."""
    return int(fault["times"]) - (int(waiting["remaining"] or 0) if waiting is not None else 0)
