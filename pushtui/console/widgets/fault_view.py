"""Faults as rows, those that are set first, and one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.providers.apps import provider_title
from pushtui.services.sandbox_values import parameter_help, parameter_words, value_words
from pushtui.services.sandbox_world import EVERY_CLOUD

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue
    from pushtui.services.sandbox_world import FaultParameter, KnownFault, SetFault

COLUMNS = (Column("Fault", 20), Column("What it does, or where it waits", 40, stretches=True))
WHERE = ("cloud", "path", "times", "probability")
"""Parameters that are told in words of their own."""
NAME = 13


def set_row(fault: SetFault) -> Row:
    """Write a fault that is set: where it waits, for how many requests, with which parameters."""
    own = [f"{name.replace('_', ' ')} {value_words(value)}" for name, value in _own(fault).items()]
    told = " · ".join((where_words(fault), how_often(fault), *own))
    return Row(f"set {fault.id}", (Cell(f"● {fault.name}", "bold $finding-warning"), Cell(told, "bold")))


def known_row(fault: KnownFault) -> Row:
    """Write a fault that can be set."""
    return Row(fault.name, (Cell(f"○ {fault.name}"), Cell(fault.help, "$quiet")))


def fault_content(known: KnownFault, fault: SetFault | None) -> Content:
    """Write what a fault does and takes, and where it waits if it is set."""
    return lines(
        literal_line(known.name, "bold"),
        literal(known.help),
        Content(""),
        *(_parameter(parameter, fault) for parameter in known.parameters),
    )


def where_words(fault: SetFault) -> str:
    """Say which requests a fault befalls: `every cloud`, `Agora Chat /users/*`."""
    cloud = "every cloud" if fault.cloud == EVERY_CLOUD else provider_title(fault.cloud)
    return cloud if fault.path == "*" else f"{cloud} {fault.path}"


def how_often(fault: SetFault) -> str:
    """Say how many requests a fault still waits for."""
    left = "until removed" if fault.remaining is None else f"{fault.remaining} left"
    chance = fault.parameters.get("probability", 1)
    return left if not isinstance(chance, float) or chance >= 1 else f"{chance:.3g} × {left}"


def _own(fault: SetFault) -> dict[str, JsonValue]:
    return {name: value for name, value in fault.parameters.items() if name not in WHERE and value is not None}


def _parameter(parameter: FaultParameter, fault: SetFault | None) -> Content:
    value = parameter.default if fault is None else fault.parameters.get(parameter.name, parameter.default)
    return joined(
        literal_line(f"{parameter.name:<{NAME}}", "$quiet"),
        literal_line(f"{parameter_words(parameter, value) or '–':<{NAME}}", "" if fault is None else "bold"),
        literal_line(parameter_help(parameter), "$quiet"),
    )
