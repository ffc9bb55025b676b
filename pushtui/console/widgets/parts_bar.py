"""The row of the sandbox screen's parts, and what time it is there."""

from __future__ import annotations

from collections.abc import Mapping

from pushtui.console.actions import BY_ID, PARTS, Scope
from pushtui.console.widgets.bar import Bar, Piece, width_of
from pushtui.services.sandbox_clock import AS_HERE


class PartsBar(Bar):
    """Says which part is shown, how much there is in each, and the sandbox's time."""

    DEFAULT_CSS = """
    PartsBar { height: 1; width: 1fr; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._current = Scope.INBOX
        self._counts: Mapping[Scope, str] = {}
        self._time = ""

    def show(self, current: Scope, counts: Mapping[Scope, str], time: str) -> None:
        """Show where one is, and what is known of each part."""
        self._current, self._counts, self._time = current, counts, time
        self.renew()

    def pieces(self, width: int) -> list[Piece]:
        """Leave out, where there is no room, a time that is as here, else the counts."""
        tabs = self._tabs(self._counts)
        if width <= width_of(tabs) + len(self._time) + 1:
            if self._time == AS_HERE:
                return tabs
            tabs = self._tabs({})
        gap = max(width - width_of(tabs) - len(self._time) - 1, 1)
        room = max(width - width_of(tabs) - gap, 0)
        return [*tabs, Piece(" " * gap), Piece(f"{self._time} "[:room], "$quiet")]

    def _tabs(self, counts: Mapping[Scope, str]) -> list[Piece]:
        return [self._tab(action, scope, counts.get(scope, "")) for action, scope in PARTS.items()]

    def _tab(self, action: str, scope: Scope, count: str) -> Piece:
        text = f" {BY_ID[action].key} {BY_ID[action].label}{f' · {count}' if count else ''} "
        return Piece(text, "bold $bar-current-text on $bar-current" if scope is self._current else "$quiet", action)
