"""The row above a run's recipients: how many stand in each state, and whom one sees."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pushtui.console.actions import BY_ID
from pushtui.console.widgets.bar import Bar, Piece, width_of
from pushtui.domain.attempt import AttemptState
from pushtui.domain.run import Tally
from pushtui.services.results import EVERY_STATE

if TYPE_CHECKING:
    from collections.abc import Callable

FILTERS: Mapping[str, frozenset[AttemptState]] = MappingProxyType(
    {
        "show_everybody": EVERY_STATE,
        "show_accepted": frozenset((AttemptState.ACCEPTED,)),
        "show_rejected": frozenset((AttemptState.REJECTED,)),
        "show_unknown": frozenset((AttemptState.UNKNOWN,)),
        "show_planned": frozenset((AttemptState.PLANNED, AttemptState.IN_FLIGHT)),
    }
)
"""Whom each of the keys shows; who is under way counts as planned until there is an answer."""

_MARKS = {
    "show_accepted": AttemptState.ACCEPTED,
    "show_rejected": AttemptState.REJECTED,
    "show_unknown": AttemptState.UNKNOWN,
    "show_planned": AttemptState.PLANNED,
}


class FilterBar(Bar):
    """Keys, marks, words and counts; where room is short, the words of those not chosen are left out."""

    DEFAULT_CSS = "FilterBar { height: 1; width: 1fr; color: $foreground; }"

    def __init__(self) -> None:
        super().__init__()
        self._tally = Tally()
        self._chosen = "show_everybody"

    def show(self, tally: Tally, chosen: str) -> None:
        """Show the counts, and which of them is looked at."""
        self._tally, self._chosen = tally, chosen
        self.renew()

    def pieces(self, width: int) -> list[Piece]:
        whole = self._row(lambda action: True)
        return whole if width_of(whole) <= width else self._row(lambda action: action == self._chosen)

    def _row(self, has_word: Callable[[str], bool]) -> list[Piece]:
        return [self._piece(action, word=has_word(action)) for action in FILTERS]

    def _piece(self, action: str, *, word: bool) -> Piece:
        people = sum(self._tally.of(state).recipients for state in FILTERS[action])
        mark = f"{_MARKS[action].mark} " if action in _MARKS else ""
        name = f"{BY_ID[action].label} " if word or not mark else ""
        text = f" {BY_ID[action].key} {mark}{name}{people:,} "
        chosen = action == self._chosen
        return Piece(text, "bold $bar-current-text on $bar-current" if chosen else "" if people else "$quiet", action)
