"""How many recipients a call takes of its rate, read before anything is checked."""

from __future__ import annotations

from collections.abc import Callable

from pushtui.providers.rongcloud.system import RECIPIENTS_A_SECOND
from pushtui.sandbox.cloud import Call
from pushtui.sandbox.rongcloud.reading import read_fields
from pushtui.sandbox.tolerance import NotReadable, read_object


def recipients_in_json(field: str) -> Callable[[Call], int]:
    """Count the entries of a list in a JSON body."""

    def count(call: Call) -> int:
        try:
            given = read_object(call.body).get(field)
        except NotReadable:
            return 1
        return _units(len(given) if isinstance(given, list) else 1)

    return count


def recipients_in_form(field: str) -> Callable[[Call], int]:
    """Count how often a key stands in a form."""

    def count(call: Call) -> int:
        try:
            return _units(len(read_fields(call.body).get(field, [])))
        except NotReadable:
            return 1

    return count


def _units(recipients: int) -> int:
    """A call with nobody counts too; one with too many is refused for that, and not for being too fast."""
    return min(max(recipients, 1), RECIPIENTS_A_SECOND)
