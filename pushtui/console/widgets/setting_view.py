"""A setting of the sandbox as a row, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.providers.apps import provider_title
from pushtui.services.sandbox_values import value_words

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue
    from pushtui.services.sandbox_world import Setting

COLUMNS = (
    Column("Cloud", 12),
    Column("Setting", 26),
    Column("Value", 16),
    Column("Default", 14, spare=2),
    Column("What it does", 12, stretches=True, spare=1),
)
NAME = 10


def setting_row(setting: Setting) -> Row:
    """Write a setting; one that is changed is marked by shape and weight."""
    mark = "●" if setting.changed else " "
    return Row(
        setting.name,
        (
            Cell(cloud_words(setting), "$quiet"),
            Cell(setting.own_name),
            Cell(f"{mark} {_words(setting.value)}", "bold $finding-warning" if setting.changed else ""),
            Cell(_words(setting.default), "$quiet"),
            Cell(setting.help, "$quiet"),
        ),
    )


def setting_content(setting: Setting) -> Content:
    """Write what a setting does, and what it can be."""
    choices = ", ".join(value_words(choice) for choice in setting.choices)
    return lines(
        literal_line(setting.name, "bold"),
        literal(setting.help),
        Content(""),
        _fact("value", _words(setting.value), "bold" if setting.changed else ""),
        _fact("default", _words(setting.default)),
        *([_fact("allowed", choices)] if choices else []),
    )


def cloud_words(setting: Setting) -> str:
    """Name the cloud that a setting belongs to."""
    return provider_title(setting.cloud) if setting.cloud else "all clouds"


def _words(value: JsonValue) -> str:
    return value_words(value) or "–"


def _fact(name: str, value: str, style: str = "") -> Content:
    return joined(literal_line(f"{name:<{NAME}}", "$quiet"), literal_line(value, style))
