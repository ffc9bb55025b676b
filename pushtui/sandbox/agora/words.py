"""What several operations say in the same words."""

from __future__ import annotations

from pushtui.providers.agora.codes import Key
from pushtui.sandbox.cloud import Refusal

NO_USER = "appUser not exists"
FAILED_INSIDE = "server internal error"
LONGEST_ECHO = 100


def echoed(value: object) -> str:
    """Return what a refusal repeats of a value that came: texts only, and not all of a long one."""
    return value[:LONGEST_ECHO] if isinstance(value, str) else ""


def invalid(parameter: str) -> Refusal:
    """Say which parameter does not fit."""
    return Refusal(Key.PARAMETER, f"parameters is invalid : {echoed(parameter)}")


def taken(entity: str, name: str, value: str) -> Refusal:
    """Say that something of this name exists already."""
    text = f"Application null Entity {entity} requires that property named {name} be unique"
    return Refusal(Key.DUPLICATE, f"{text}, value of {echoed(value)} exists")
