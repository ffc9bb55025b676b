"""The row at the bottom: what the keys do here and now."""

from __future__ import annotations

from pushtui.console.acting import label_of, why_not
from pushtui.console.actions import Action, Scope, in_scope, scopes_at
from pushtui.console.actions import Bar as OnBar
from pushtui.console.widgets.bar import Bar, Piece, width_of


class KeyBar(Bar):
    """One cheap widget instead of one per key. Call `renew` after what changes the actions."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $bar; color: $bar-quiet; }
    """

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def pieces(self, width: int) -> list[Piece]:
        *here, everywhere = (in_scope(scope) for scope in scopes_at(self.scope))
        own = [action for actions in here for action in actions]
        shown = [action for action in (everywhere[0], *own, *everywhere[1:]) if action.bar.value]
        needed = [action for action in shown if action.bar is OnBar.ALWAYS]
        fewer = [[*needed[: len(needed) - dropped - 1], needed[-1]] for dropped in range(1, len(needed))]
        for actions, gap in ((shown, "  "), (needed, "  "), *((some, " ") for some in (needed, *fewer))):
            pieces = [piece for action in actions for piece in self._hint(action, gap)]
            if width_of(pieces) <= width:
                break
        return pieces

    def _hint(self, action: Action, gap: str) -> tuple[Piece, Piece, Piece]:
        faint = "" if why_not(self.screen, self.scope, action) is None else " dim"
        return (
            Piece(" "),
            Piece(action.key, f"bold $key{faint}", action.id),
            Piece(f" {label_of(self.screen, action)}{gap[1:]}", f"$bar-quiet{faint}", action.id),
        )
