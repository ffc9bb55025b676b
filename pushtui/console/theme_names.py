"""The variables that a theme may set beyond its colours, and what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "quiet": "foreground",
        "rule": "panel",
        "key": "accent",
        "field": "surface",
        "field-focus": "panel",
        "bar": "panel",
        "bar-text": "foreground",
        "bar-quiet": "foreground",
        "bar-current": "accent",
        "bar-current-text": "background",
        "env-live": "error",
        "env-live-text": "background",
        "env-test": "warning",
        "env-test-text": "background",
        "env-sandbox": "panel",
        "env-sandbox-text": "foreground",
        "finding-error": "error",
        "finding-warning": "warning",
        "finding-advice": "foreground",
        "state-accepted": "success",
        "state-rejected": "error",
        "state-unknown": "warning",
        "state-waiting": "foreground",
        "json-key": "accent",
        "json-string": "foreground",
        "json-number": "foreground",
        "json-word": "foreground",
        "json-mark": "foreground",
    }
)
"""Name of a variable, and the colour that stands in where a theme does not set it."""


def stand_ins(colors: Mapping[str, str]) -> dict[str, str]:
    """Return a value for every variable, taken from the colours of a theme."""
    return {name: colors[color] for name, color in VARIABLES.items()}
