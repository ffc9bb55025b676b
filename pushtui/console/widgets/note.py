"""A calm sentence in the middle of a screen that has nothing else to show."""

from __future__ import annotations

from textual.content import Content

from pushtui.console.widgets.literal import Block, lines, literal, literal_line


class Note(Block):
    """What is the matter, and what to do next."""

    DEFAULT_CSS = """
    Note { width: 1fr; height: 1fr; content-align: center middle; text-align: center; padding: 0 4; }
    """

    def say(self, title: str, text: str) -> None:
        """Replace what is said."""
        self.show(lines(literal_line(title, "bold"), Content(""), literal(text, "$quiet")))
