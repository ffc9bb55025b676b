"""The one adapter between text and widgets: what it makes is shown literally.

Textual reads markup in plain strings and passes control characters to the terminal, so
every string that did not come from our source goes through here. A test finds ways around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rich.text import Text
from textual.content import Content
from textual.widgets import Button, Static
from textual.widgets.option_list import Option

from pushtui.domain.safe_text import block, cell, line

if TYPE_CHECKING:
    from textual.app import App

Severity = Literal["information", "warning", "error"]


def literal(text: str, style: str = "") -> Content:
    """Make content of many lines from any text."""
    return _content(block(text), style)


def literal_line(text: str, style: str = "") -> Content:
    """Make content of one line from any text; line breaks are shown as pictures."""
    return _content(line(text), style)


def literal_cell(text: str, style: str = "") -> Text:
    """Make a table cell from any text; its width is the same in every terminal."""
    return Text(cell(text), style=style, no_wrap=True, end="")


def joined(*parts: Content) -> Content:
    """Put contents one after the other."""
    return Content("").join(parts)


def lines(*parts: Content) -> Content:
    """Put contents one below the other."""
    return Content("\n").join(parts)


def option(prompt: Content, id: str | None = None, *, disabled: bool = False) -> Option:  # noqa: A002 - Textual's name
    """Make one entry of an option list."""
    return Option(prompt, id=id, disabled=disabled)


def button(label: str, id: str, *, variant: Literal["default", "primary", "error"] = "default") -> Button:  # noqa: A002
    """Make a button of one row."""
    return Button(literal_line(label), id=id, variant=variant, compact=True)


def toast(
    app: App[Any], message: str, *, title: str = "", severity: Severity = "information", timeout: float = 6
) -> None:
    """Show a short message in the corner, literally."""
    app.notify(block(message), title=line(title), severity=severity, timeout=timeout, markup=False)


class Block(Static):
    """Content of many lines, wrapped at words."""

    DEFAULT_CSS = "Block { width: 1fr; }"

    def __init__(
        self,
        content: Content | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(content or Content(""), id=id, classes=classes, markup=False)
        self._shown = content or Content("")

    def show(self, content: Content) -> None:
        """Replace the content; the less of its size depends on that, the less is painted."""
        if not content.is_same(self._shown):
            layout = self.styles.auto_dimensions and not self._is_as_high(content)
            self._shown = content
            self.update(content, layout=layout)

    def _is_as_high(self, content: Content) -> bool:
        """Tell whether other content takes as many rows, in a block whose width does not depend on it."""
        width = self.size.width
        if not width or (self.styles.width is not None and self.styles.width.is_auto):
            return False
        rules = self.styles.get_rules()
        return content.get_height(rules, width) == self._shown.get_height(rules, width)


class Line(Block):
    """One line of content."""

    DEFAULT_CSS = "Line { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"


def _content(text: str, style: str) -> Content:
    return Content.styled(text, style) if style else Content(text)
