"""What people type for the sandbox, as values: parameters of faults, settings, and its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.errors import UsageError
from pushtui.domain.json_body import compact
from pushtui.domain.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.services.sandbox_world import FaultParameter, Faults, KnownFault, Setting

ALWAYS = "always"
"""What people write for a fault that goes on until it is removed."""
AS_USUAL = "by default"
"""What they see where a fault decides by itself."""
YES, NO = frozenset(("on", "true", "yes", "1")), frozenset(("off", "false", "no", "0"))

_NEEDED = {
    "boolean": "on or off",
    "integer": "a whole number",
    "number": "a number",
}


def fault_values(fault: KnownFault, typed: Mapping[str, str]) -> JsonObject:
    """Return the parameters of a fault from what was typed for them, less those that keep their default.

    Some defaults depend on other parameters, so that saying them is not the same as leaving them out.
    Raises UsageError that names the parameter.
    """
    known = {parameter.name: parameter for parameter in fault.parameters}
    for name in typed:
        if name not in known:
            raise UsageError(f"{name}: the fault “{fault.name}” does not take it; it takes: {', '.join(known)}.")
    values = {name: _parameter(known[name], text) for name, text in typed.items()}
    return {name: value for name, value in values.items() if value != known[name].default}


def fault_called(faults: Faults, name: str) -> KnownFault:
    """Return the fault of a name; UsageError names the nearest one."""
    known = {fault.name: fault for fault in faults.known}
    if name not in known:
        hint = did_you_mean(name, known) or f" Known: {', '.join(known)}."
        raise UsageError(f"There is no fault “{name}”.{hint}")
    return known[name]


def setting_called(settings: Sequence[Setting], name: str) -> Setting:
    """Return the setting of a name; UsageError names the nearest one."""
    known = {setting.name: setting for setting in settings}
    if name not in known:
        hint = did_you_mean(name, known) or " See: pushtui sandbox settings"
        raise UsageError(f"There is no setting “{name}”.{hint}")
    return known[name]


def setting_value(setting: Setting, text: str) -> JsonValue:
    """Return the value that was typed for a setting, of its type; raises UsageError."""
    return typed_value(setting.name, text, type_of(setting.default))


def typed_value(name: str, text: str, kind: str) -> JsonValue:
    """Return a value of a type: text, integer, number or boolean; UsageError names what was typed for it."""
    try:
        return _value(text, kind)
    except ValueError:
        raise UsageError(f"{name}: “{text}” is given; {_NEEDED[kind]} is needed.") from None


def type_of(value: JsonValue) -> str:
    """Name the type of a value as the control API does."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "text"


def value_words(value: JsonValue) -> str:
    """Write a value the way people type it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, str) else compact(value)


def parameter_words(parameter: FaultParameter, value: JsonValue) -> str:
    """Write a parameter's value the way people type it; nothing where there is none."""
    if value is None:
        return ALWAYS if parameter.name == "times" else ""
    return value_words(value)


def parameter_help(parameter: FaultParameter) -> str:
    """Say what a parameter is for, in the words that people type."""
    return parameter.help.replace("null", _NULLS.get(parameter.name, "nothing"))


_NULLS = {"times": ALWAYS, "probability": ALWAYS, "accepted": AS_USUAL}


def _parameter(parameter: FaultParameter, text: str) -> JsonValue:
    words = text.strip()
    if words == parameter_words(parameter, parameter.default) or not words:
        return parameter.default
    if words == ALWAYS and parameter.name == "times":
        return None
    return typed_value(parameter.name, words, parameter.type)


def _value(text: str, kind: str) -> JsonValue:
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    if kind != "boolean":
        return text
    word = text.strip().lower()
    if word in YES | NO:
        return word in YES
    raise ValueError(text)
