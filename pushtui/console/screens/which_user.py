"""Ctrl+F: which user to open."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from pushtui.console.screens.search_dialog import SearchDialog
from pushtui.console.widgets.literal import literal_line


class WhichUser(SearchDialog[str, str]):
    """Answers a user's id: what was typed, or one of those that were open before."""

    def __init__(self, recent: Sequence[str], placeholder: str = "A user's id") -> None:
        super().__init__(placeholder)
        self._recent = recent

    def matches(self, query: str) -> list[str]:
        if not query:
            return list(self._recent)
        return [query, *(user for user in self._recent if query.lower() in user.lower() and user != query)]

    def prompt(self, item: str) -> Content:
        return literal_line(f" {item}")

    def choose(self, item: str) -> None:
        self.dismiss(item)
