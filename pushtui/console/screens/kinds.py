"""Which kind of draft to start."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.fuzzy import Matcher

from pushtui.console.screens.search_dialog import SearchDialog
from pushtui.console.widgets.literal import joined, lines, literal_line, toast
from pushtui.services.kind_choices import KindChoice


class KindDialog(SearchDialog[str, KindChoice]):
    """Answers the name of a kind. What the account cannot send stays in view and says why."""

    def __init__(self, choices: Sequence[KindChoice], current: str) -> None:
        """`current` is the kind of the draft in hand."""
        super().__init__("What kind of draft? Type a few letters, or move with the arrows.")
        self._choices = choices
        self._current = current

    def start(self, query: str) -> int:
        names = [choice.name for choice in self._choices]
        return names.index(self._current) if not query and self._current in names else 0

    def matches(self, query: str) -> list[KindChoice]:
        matcher = Matcher(query)
        return [choice for choice in self._choices if not query or _means(query, matcher, choice)]

    def prompt(self, item: KindChoice) -> Content:
        mark = "●" if item.name == self._current else " "
        name = joined(
            literal_line(f"{mark} {item.title}", "$quiet" if item.why_not else "bold"),
            literal_line(f"  {item.name}", "$quiet"),
        )
        about = f"not now: {item.why_not}" if item.why_not else item.about
        return lines(name, literal_line(f"  {about}", "$quiet italic" if item.why_not else "$quiet"))

    def choose(self, item: KindChoice) -> None:
        if item.why_not:
            toast(self.app, f"{item.title}: it {item.why_not}.", severity="warning")
        else:
            self.dismiss(item.name)


def _means(query: str, matcher: Matcher, choice: KindChoice) -> bool:
    return matcher.match(choice.title) > 0 or query.lower() in f"{choice.name} {choice.about}".lower()
